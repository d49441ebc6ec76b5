import ArgumentParser
import Rulebook

/// `trucewatch check`: a run that fails where grave alerts stand.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Read incidents once and fail where grave alerts stand at the end.",
        discussion: """
            Writes what 'watch --final' writes: the alerts that stand at the end, ended ones included. Made for scripts \
            and continuous integration.

            EXAMPLES
              Fail on alerts of level high or critical:
                trucewatch check incidents.jsonl
              Fail on any alert:
                trucewatch check --fail-on informational --rules Rules incidents.csv
              In a script:
                trucewatch check --quiet --fail-on critical feed.jsonl > alerts.jsonl || notify-the-desk alerts.jsonl

            EXIT STATUS
              0 no such alert, 1 an alert at or above --fail-on, 2 the rule book does not load, 3 bad arguments, 4 an \
            input could not be read (with --strict: a bad record)
            """)

    @OptionGroup var options: RunOptions

    @Option(help: ArgumentHelp("The level from which on an alert fails the check.", valueName: "level"))
    var failOn: Level = .high

    func run() throws {
        var run = try Run(options.plan(isFinal: true))
        if let gravest = try run.run(), gravest >= failOn { throw ExitCode(ExitStatus.findings.rawValue) }
    }
}
