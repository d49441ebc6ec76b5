import ArgumentParser

/// `trucewatch watch`: incidents in, alerts out.
struct WatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Read incidents and write the alerts that the rules raise.",
        discussion: """
            Alerts go to standard output: text on a terminal, otherwise one JSON object a line. A late, corrected or \
            withdrawn report changes the alerts: they are then 'updated', 'resolved' or 'retracted'. Rejected records and \
            a summary go to standard error.

            EXAMPLES
              A file, with the rule book in the folder Rules:
                trucewatch watch incidents.jsonl
              What stands at the end, the same for every order of arrival:
                trucewatch watch --final --rules pakistan.yml acled-2021.csv acled-2022.csv.gz
              A stream, only the grave ones:
                tail -f incidents.jsonl | trucewatch watch | jq -c 'select(.level == "critical")'
              Times of the place, and the bad records kept:
                trucewatch watch --time-zone Asia/Karachi --rejects bad.csv incidents.csv

            Ctrl-C ends a run as the end of the input does: what is pending is written, then the summary; pressed again, \
            it ends at once.

            EXIT STATUS
              0 done, 2 the rule book does not load, 3 bad arguments, 4 an input could not be read (with --strict: a bad \
            record)
            """)

    @OptionGroup var options: RunOptions

    @OptionGroup(title: "Streams that never end") var following: FollowOptions

    @Flag(name: .customLong("final"), help: "Write only the alerts that stand at the end, ended ones included, sorted.")
    var isFinal = false

    func run() throws {
        if following.isLive {
            if isFinal {
                throw Failure(
                    .configuration,
                    "--final is for a run that ends; 'trucewatch alerts --state FILE' shows what stands in a ledger")
            }
            if following.follow { Signals.installReload() }
            return try LiveRun(following.plan(options)).run()
        }
        var run = try Run(options.plan(isFinal: isFinal))
        _ = try run.run()
    }
}
