import ArgumentParser
import Diagnostics
import Events
import Reporting
import Rulebook

/// `trucewatch lint`: the rule book alone.
struct LintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Examine the rule book: what is wrong, where, and what to write instead.",
        discussion: """
            Shows everything at once, with the line and a caret under the place. Errors keep the rule book from loading; \
            warnings are terms that are unclear, rules that can never fire, and what a reader of an alert would miss. A \
            warning that is meant is ignored by a comment at the end of its line, or before it: \
            '# lint: ignore ID reason'.

            EXAMPLES
              The folder Rules:
                trucewatch lint
              Files and folders:
                trucewatch lint Rules/pakistan.yml Rules/general
              With the fields and types of the events that the rules are for:
                trucewatch lint --events incidents.jsonl
              Mend what can only be a slip:
                trucewatch lint --fix
              For continuous integration:
                trucewatch lint --report sarif=lint.sarif --report github

            EXIT STATUS
              0 nothing to report, 1 warnings, 2 the rule book does not load, 3 bad arguments, 4 events cannot be read
            """)

    @Argument(
        help: "Files of the rule book, or folders of *.yml and *.yaml files. (default: Rules)", completion: .file())
    var files: [String] = []

    @OptionGroup var rulebook: RulebookOptions

    @Option(
        help: ArgumentHelp(
            "A file of incidents whose fields and types count as known; repeatable.", valueName: "file"),
        completion: .file())
    var events: [String] = []

    @Option(help: "How these files call their columns: a name, or a YAML file. (default: recognised)")
    var profile: String?

    @Option(help: "The zone of times without an offset, such as Asia/Karachi. (default: UTC)")
    var timeZone: String?

    @Flag(help: "Apply the fixes that cannot change what was meant, and say which.")
    var fix = false

    @Flag(help: "Print all findings that there are, with an example each, and end.")
    var list = false

    @Option(help: "Whether to colour: auto, always or never.")
    var color: ColorChoice = .auto

    @Flag(help: "Only the findings, no closing line.")
    var quiet = false

    @OptionGroup var reports: ReportOptions

    func run() throws {
        if list { return try FileDescriptor.standardOutput.write(Array(ProblemExample.documentation.utf8)) }
        let console = Console(color: color, isQuiet: quiet)
        let zone = try timeZone.map { name throws(Failure) in try TimeZones.find(name) } ?? .utc
        var sources = try rulebook.sources(and: files)
        if fix { sources = try fixed(sources, zone, console) }
        let (rulebook, _, loading) = Rulebook.loadWithTests(sources, timeZone: zone)
        let diagnostics = try rulebook.map { try findings($0, sources, loading, zone, console) } ?? loading
        for diagnostic in diagnostics { console.show(diagnostic) }
        let summary = summary(of: diagnostics, sources)
        console.remark(summary)
        try reports.write(
            .lint(diagnostics, files: sources.map(\.file), version: TruceWatch.version, summary: summary))
        if rulebook == nil { throw ExitCode(ExitStatus.rulebook.rawValue) }
        if diagnostics.contains(where: { $0.severity >= .warning }) { throw ExitCode(ExitStatus.findings.rawValue) }
    }

    private func findings(
        _ rulebook: Rulebook, _ sources: [RulebookSource], _ loading: [Diagnostic], _ zone: TimeZoneRules,
        _ console: Console
    ) throws -> [Diagnostic] {
        var fields = Profiles.knownColumns
        var types: Set<String> = []
        if !events.isEmpty {
            var options = Reader.Options()
            options.profile = try profile.map { name throws(Failure) in
                try Profiles.find(name, in: rulebook, timeZone: zone, console: console)
            }
            options.timeZone = zone
            options.findTimeZone = { try? TimeZones.find($0) }
            let survey = try EventSurvey(
                of: Input.all(events), for: rulebook.fieldsOfNoProfile(knownFields: fields), options: options)
            fields.formUnion(survey.fields)
            types = survey.types
        }
        return rulebook.lint(knownFields: fields, knownTypes: types, sources: sources, loading: loading)
    }

    private func fixed(
        _ sources: [RulebookSource], _ zone: TimeZoneRules, _ console: Console
    ) throws(Failure) -> [RulebookSource] {
        let (fixed, applied) = Rulebook.applyingSafeFixes(to: sources, timeZone: zone)
        for (before, after) in zip(sources, fixed) where before.bytes != after.bytes {
            do throws(SystemError) {
                try WholeFile.write(after.bytes, to: after.file)
            } catch {
                throw Failure(.configuration, "\(after.file): cannot be written: \(error.reason)")
            }
        }
        for change in applied {
            let place = change.fix.location
            console.say(
                "\(place.file):\(place.line):\(place.column): \(DisplayText.safe(change.before)) is now "
                    + "\(change.fix.replacement) [\(change.id)]")
        }
        return fixed
    }

    private func summary(of diagnostics: [Diagnostic], _ sources: [RulebookSource]) -> String {
        let fixable = diagnostics.count { $0.fix?.isSafe ?? false }
        let counts = [
            Report.counted(sources.count, "file"),
            Report.counted(diagnostics.count { $0.severity == .error }, "error"),
            Report.counted(diagnostics.count { $0.severity == .warning }, "warning"),
        ]
        return (counts + (fixable > 0 ? ["\(fixable) can be mended by --fix"] : [])).joined(separator: ", ")
    }
}
