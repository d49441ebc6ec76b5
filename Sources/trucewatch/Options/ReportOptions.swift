import ArgumentParser
import Reporting

/// A report that was asked for: its format, and the file it goes to.
struct ReportRequest: ExpressibleByArgument {
    var format: ReportFormat
    /// The file; nil for standard output.
    var path: String?

    /// Reads `FORMAT` or `FORMAT=FILE`.
    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let format = ReportFormat.all.first(where: { $0.name == parts[0] }) else { return nil }
        self.format = format
        if parts.count == 2 {
            if parts[1].isEmpty { return nil }
            path = parts[1] == "-" ? nil : String(parts[1])
        }
    }
}

/// Reports for systems of continuous integration.
struct ReportOptions: ParsableArguments {
    @Option(
        name: .customLong("report"),
        help: ArgumentHelp(
            """
            Write a report to a file, or to standard output where none is named (then nothing else goes there); \
            repeatable. Formats: sarif (code scanning), junit (test reports), github (annotations), text.
            """, valueName: "format[=file]"))
    var requests: [ReportRequest] = []

    func validate() throws {
        if requests.count(where: { $0.path == nil }) > 1 {
            throw ValidationError("only one report can go to standard output; name a file: --report sarif=FILE")
        }
    }

    /// Whether any report is asked for.
    var isWanted: Bool { !requests.isEmpty }

    /// Whether standard output is taken by a report.
    var takesStandardOutput: Bool { requests.contains { $0.path == nil } }

    /// Sees to it that no report would overwrite what is read.
    func check(against inputs: [FileStatus.Identity]) throws(Failure) {
        for path in requests.compactMap(\.path) {
            guard let identity = try? FileStatus(path: path).identity, inputs.contains(identity) else { continue }
            throw Failure(.configuration, "--report \(path): this file is an input; it would be overwritten")
        }
    }

    /// Writes the reports that were asked for.
    func write(_ report: @autoclosure () -> Report) throws(Failure) {
        if requests.isEmpty { return }
        let report = report()
        for request in requests {
            do throws(SystemError) {
                let bytes = request.format.bytes(of: report)
                if let path = request.path {
                    try WholeFile.write(bytes, to: path)
                } else {
                    try FileDescriptor.standardOutput.write(bytes)
                }
            } catch {
                if request.path == nil, error == .brokenPipe { continue }
                throw Failure(
                    error == .diskFull ? .input : .configuration,
                    "--report \(request.path ?? "standard output"): cannot be written: \(error.reason)")
            }
        }
    }
}
