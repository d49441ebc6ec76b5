import ArgumentParser
import Monitoring

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
                feed-of-incidents | trucewatch watch | jq -c 'select(.level == "critical")'
              A file that grows, is rotated or replaced by a new export:
                trucewatch watch -F incidents.jsonl
              A folder and a pattern, for ever, going on after a restart where the last run left off:
                trucewatch watch -F --state watch.db --output alerts.jsonl reports 'exports/*.csv'
              Every hour, only what is new since the last time:
                trucewatch watch --state watch.db incidents.csv
              Times of the place, and the bad records kept:
                trucewatch watch --time-zone Asia/Karachi --rejects bad.csv incidents.csv

            FOLLOWING
              -F reads files to their end and then what is added. A file that is renamed or cut off is read on, and so is \
            the one that takes its name. One that gives most of its events again is a new edition of an export: corrections \
            follow from the ids, and what it no longer has is withdrawn. Stream time stands still while no event comes, \
            unless --clock is given. Reports further back than --horizon (400d) change nothing: for an export that tells of \
            more years, give --horizon unlimited.

            THE LEDGER
              --state FILE keeps in one SQLite file how far each source was read, the events within the horizon, and the \
            alerts as emitted, in one transaction a turn. A run that is killed and started again writes to --output FILE \
            what one writes that was not; into a pipe no line twice but the one in flight. 'trucewatch alerts --state FILE' \
            shows what it remembers, and 'sqlite3 FILE' opens it, also while a run writes. With another rule book, or on \
            SIGHUP, the rules are derived anew from its events, and what differs is written.

            Ctrl-C ends a run as the end of the input does: what is pending is written (with --state it stays pending), \
            then the summary; pressed again, it ends at once.

            EXIT STATUS
              0 done, 2 the rule book does not load, 3 bad arguments, 4 an input could not be read (with --strict: a bad \
            record)
            """)

    @OptionGroup var options: RunOptions

    @OptionGroup(title: "Streams that never end") var following: FollowOptions

    @Flag(name: .customLong("final"), help: "Write only the alerts that stand at the end, ended ones included, sorted.")
    var isFinal = false

    @Flag(help: "Also follow the statistics of the rule book: lines at the end of each day, among the alerts.")
    var stats = false

    func run() throws {
        if following.isLive {
            if isFinal {
                throw Failure(
                    .configuration,
                    "--final is for a run that ends; 'trucewatch alerts --state FILE' shows what stands in a ledger")
            }
            if following.follow { Signals.installReload() }
            var plan = try following.plan(options)
            plan.base.monitorOptions.followsStatistics = stats
            return try LiveRun(plan).run()
        }
        var plan = try options.plan(isFinal: isFinal)
        plan.monitorOptions.followsStatistics = stats
        var run = try Run(plan)
        _ = try run.run()
    }
}
