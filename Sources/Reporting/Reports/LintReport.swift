import Diagnostics
import Rulebook

extension Report {
    /// What `lint` found, or why a rule book does not load: each of its files is a case.
    ///
    /// - Parameters:
    ///   - command: the command that says so.
    ///   - files: the files of the rule book.
    public static func lint(
        _ diagnostics: [Diagnostic], files: [String], command: String = "lint", version: String, summary: String
    ) -> Report {
        let byFile = Dictionary(grouping: diagnostics, by: \.location.file)
        let cases = files.map { file in
            Case(
                group: "rule book", name: file, location: Location(file: file),
                findings: (byFile[file] ?? []).map {
                    Finding($0, isFailure: true)
                })
        }
        var seen: Set<String> = []
        let kinds = diagnostics.filter { seen.insert($0.id).inserted }.map {
            Kind(id: $0.id, title: $0.id, severity: $0.severity)
        }
        return Report(command: command, version: version, summary: summary, kinds: kinds, cases: cases)
    }

    /// A number and a noun: `1 file`, `2 files`.
    public static func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
