import ArgumentParser
import Events
import Monitoring
import Reporting
import Rulebook

/// `trucewatch stats`: the statistics of the rule book, as a monitor's daily report.
struct StatsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "Read incidents and write the statistics of the rule book as a daily report.",
        discussion: """
            Writes a table of each 'statistics:' document at the last cut-off that the input reaches: the number in each \
            window, that of the window before, the change, for counts the ratio with its exact 95 % interval, and the total \
            since the ceasefire took effect. With --format jsonl the lines of all cut-offs.

            A day counts once it is over: give --until where the input is complete up to the end of its last day.

            EXAMPLES
              The report of the last day:
                trucewatch stats --time-zone Asia/Karachi --until 2014-04-01 incidents.jsonl
              The report of another day:
                trucewatch stats --at 2014-03-15 incidents.jsonl
              All lines, for a spreadsheet or a chart:
                trucewatch stats --format jsonl incidents.csv > statistics.jsonl

            EXIT STATUS
              0 done, 2 the rule book does not load, 3 bad arguments, 4 an input could not be read (with --strict: a bad \
            record)
            """)

    @OptionGroup var options: RunOptions

    @Option(help: ArgumentHelp("The last cut-off up to this instant, such as 2014-03-15.", valueName: "instant"))
    var at: String?

    @Option(help: "Whether to draw plots of the last windows: auto (on a terminal), always or never.")
    var plot: ColorChoice = .auto

    func run() throws {
        var plan = try options.plan(isFinal: false)
        let instant = try at.map { text throws(Failure) in
            try RunOptions.instant(text, of: "--at", in: plan.timeZone)
        }
        guard !plan.rulebook.statistics.isEmpty else {
            throw Failure(.configuration, "the rule book has no 'statistics:' document")
        }
        plan.writesAlerts = false
        plan.monitorOptions.emitsChanges = false
        plan.monitorOptions.keepsStanding = true
        plan.monitorOptions.followsStatistics = true
        var run = try Run(plan)
        var output = StatisticOutput(plan, isPlotted: plot)
        var failure: Failure?
        do throws(Failure) {
            _ = try run.run()
        } catch {
            // What could be read is counted all the same.
            failure = error
        }
        if options.format == .jsonl {
            for line in run.standingStatistics() { try output.write(line) }
        } else {
            for report in run.statisticReports(through: instant) { try output.write(report) }
        }
        try output.flush()
        if let failure { throw failure }
    }
}

/// Where statistics go: standard output.
private struct StatisticOutput {
    private static let bufferSize = 64 << 10

    private let encoder: StatisticEncoder
    private let table: StatisticTable
    private let isPlotted: Bool
    private var buffer: [UInt8] = []

    init(_ plan: RunPlan, isPlotted: ColorChoice) {
        encoder = StatisticEncoder(rulebook: plan.rulebook, timeZone: plan.timeZone)
        table = StatisticTable(rulebook: plan.rulebook, options: plan.textOptions(for: .standardOutput))
        self.isPlotted =
            switch isPlotted {
            case .always: true
            case .never: false
            case .auto: FileDescriptor.standardOutput.isTerminal
            }
    }

    mutating func write(_ line: Statistic) throws(Failure) {
        encoder.encode(line, into: &buffer)
        if buffer.count >= StatisticOutput.bufferSize { try flush() }
    }

    mutating func write(_ report: StatisticReport) throws(Failure) {
        table.write(report, isPlotted: isPlotted, into: &buffer)
    }

    /// Hands on what was written; a reader that has gone ends the output quietly.
    mutating func flush() throws(Failure) {
        defer { buffer.removeAll(keepingCapacity: true) }
        do throws(SystemError) {
            try FileDescriptor.standardOutput.write(buffer)
        } catch {
            if error == .brokenPipe { return }
            throw Failure(.input, "standard output cannot be written: \(error.reason)")
        }
    }
}
