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
            warnings are terms that are unclear or rules that can never fire.

            EXAMPLES
              The folder Rules:
                trucewatch lint
              Files and folders:
                trucewatch lint Rules/pakistan.yml Rules/general
              For continuous integration:
                trucewatch lint --report sarif=lint.sarif --report github

            EXIT STATUS
              0 nothing to report, 1 warnings, 2 the rule book does not load, 3 bad arguments
            """)

    @Argument(
        help: "Files of the rule book, or folders of *.yml and *.yaml files. (default: Rules)", completion: .file())
    var files: [String] = []

    @OptionGroup var rulebook: RulebookOptions

    @Option(help: "The zone of times without an offset, such as Asia/Karachi. (default: UTC)")
    var timeZone: String?

    @Option(help: "Whether to colour: auto, always or never.")
    var color: ColorChoice = .auto

    @Flag(help: "Only the findings, no closing line.")
    var quiet = false

    @OptionGroup var reports: ReportOptions

    func run() throws {
        let console = Console(color: color, isQuiet: quiet)
        let zone = try timeZone.map { name throws(Failure) in try TimeZones.find(name) } ?? .utc
        let sources = try rulebook.sources(and: files)
        let (rulebook, _, loading) = Rulebook.loadWithTests(sources, timeZone: zone)
        let diagnostics =
            rulebook?.lint(knownFields: Profiles.knownColumns, sources: sources, loading: loading) ?? loading
        for diagnostic in diagnostics { console.show(diagnostic) }
        let errors = diagnostics.count { $0.severity == .error }
        let warnings = diagnostics.count { $0.severity == .warning }
        let counts = [
            Report.counted(sources.count, "file"), Report.counted(errors, "error"),
            Report.counted(warnings, "warning"),
        ]
        let summary = counts.joined(separator: ", ")
        console.remark(summary)
        try reports.write(
            .lint(diagnostics, files: sources.map(\.file), version: TruceWatch.version, summary: summary))
        if rulebook == nil { throw ExitCode(ExitStatus.rulebook.rawValue) }
        if warnings + errors > 0 { throw ExitCode(ExitStatus.findings.rawValue) }
    }
}
