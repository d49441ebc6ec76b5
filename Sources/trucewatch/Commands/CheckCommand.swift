import ArgumentParser
import Monitoring
import Reporting
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
              For continuous integration, a report in each of two formats:
                trucewatch check --report sarif=alerts.sarif --report junit=alerts.xml incidents.jsonl
              In a script:
                trucewatch check --quiet --fail-on critical feed.jsonl > alerts.jsonl || notify-the-desk alerts.jsonl

            EXIT STATUS
              0 no such alert, 1 an alert at or above --fail-on, 2 the rule book does not load, 3 bad arguments, 4 an \
            input could not be read (with --strict: a bad record)
            """)

    @OptionGroup var options: RunOptions

    @Option(help: ArgumentHelp("The level from which on an alert fails the check.", valueName: "level"))
    var failOn: Level = .high

    @OptionGroup var reports: ReportOptions

    func run() throws {
        let plan = try plan()
        var run = try Run(plan)
        let gravest: Level?
        do throws(Failure) {
            gravest = try run.run()
        } catch {
            // What could be read is told all the same; that it is not all, too.
            try reports.write(report(of: run, plan, isComplete: false))
            throw error
        }
        try reports.write(report(of: run, plan, isComplete: true))
        if let gravest, gravest >= failOn { throw ExitCode(ExitStatus.findings.rawValue) }
    }

    private func plan() throws(Failure) -> RunPlan {
        do throws(Failure) {
            var plan = try options.plan(isFinal: true)
            plan.writesAlerts = !reports.takesStandardOutput
            plan.monitorOptions.keepsPlaces = reports.isWanted
            try reports.check(against: plan.inputs.compactMap(\.status?.identity))
            return plan
        } catch {
            if error.status == .rulebook {
                try reports.write(
                    .lint(
                        error.diagnostics, files: error.files, command: "check", version: TruceWatch.version,
                        summary: "the rule book does not load"))
            }
            throw error
        }
    }

    private func report(of run: borrowing Run, _ plan: RunPlan, isComplete: Bool) -> Report {
        let alerts = run.standing.compactMap(\.alert)
        var report = Report.check(
            alerts, risks: run.standing.compactMap(\.risk), of: plan.rulebook, failOn: failOn,
            timeZone: plan.timeZone, version: TruceWatch.version, refused: run.refused,
            places: alerts.map { run.place(of: $0) })
        report.isComplete = isComplete
        return report
    }
}
