import Diagnostics
import Events
import Monitoring
import Reporting
import Rulebook

/// What follows from the records of a test in one order of arrival.
struct Evaluation {
    /// The changes that each record made, in the order of arrival.
    var steps: [[Notice]] = []
    /// The changes that the end of the input made.
    var end: [Notice] = []
    /// The alerts that stand at the end.
    var standing: [Notice] = []
    /// The records that could not be used, by index, and why.
    var rejections: [(event: Int, diagnostic: Diagnostic)] = []
    /// The records that are further back than the horizon, by index.
    var refused: [Int] = []
}

/// The records of a test as a source would send them, and how they are followed.
///
/// They take the way of any other input: JSON Lines to the reader, its batches to a monitor.
struct Scenario {
    private let records: [[UInt8]]
    private let readerOptions: Reader.Options
    private let monitorOptions: Monitor.Options
    private let until: Instant?

    init(_ test: RuleTest, timeZone: TimeZoneRules, findTimeZone: @escaping @Sendable (String) -> TimeZoneRules?) {
        records = test.events.map { Scenario.line(of: $0) }
        var readerOptions = Reader.Options()
        readerOptions.profile = test.profile
        readerOptions.timeZone = timeZone
        readerOptions.findTimeZone = findTimeZone
        self.readerOptions = readerOptions
        var monitorOptions = Monitor.Options()
        monitorOptions.lateness = test.lateness
        monitorOptions.horizon = test.horizon
        monitorOptions.timeZone = timeZone
        monitorOptions.keepsStanding = true
        self.monitorOptions = monitorOptions
        until = test.until
    }

    /// Follows the records one after the other and keeps what each of them changes.
    func follow(_ rulebook: Rulebook, order: [Int]) -> Evaluation {
        var monitor = Monitor(rulebook: rulebook, options: monitorOptions)
        var reader = Reader(schema: monitor.schema, options: readerOptions)
        var symbols = SymbolTable()
        var evaluation = Evaluation()
        reader.open(source: "")
        for event in order {
            var batch = Batch(schema: monitor.schema, source: "")
            var rejections: [Rejection] = []
            let record = records[event]
            reader.read(record.span, symbols: &symbols, into: &batch, rejections: &rejections)
            evaluation.rejections += rejections.map { (event, $0.diagnostic) }
            var changes: [Notice] = []
            var isRefused = false
            monitor.receive(
                batch, symbols: &symbols, tell: { if let notice = $0.notice { changes.append(notice) } },
                refuse: { _ in isRefused = true })
            if isRefused { evaluation.refused.append(event) }
            evaluation.steps.append(changes)
        }
        var end: [Notice] = []
        monitor.conclude(until: until, symbols: &symbols) { if let notice = $0.notice { end.append(notice) } }
        evaluation.end = end
        evaluation.standing = monitor.standingNotices(symbols: symbols)
        return evaluation
    }

    /// The alerts of rules that stand once all records have come, taken in at once; of those that still hold with their peak so
    /// far, where that is asked for.
    func standing(_ rulebook: Rulebook, order: [Int], peaksSoFar: Bool = false) -> [Alert] {
        standingNotices(rulebook, order: order, peaksSoFar: peaksSoFar).compactMap(\.alert)
    }

    /// The alerts of rules and risks that stand once all records have come.
    func standingNotices(_ rulebook: Rulebook, order: [Int], peaksSoFar: Bool = false) -> [Notice] {
        var options = monitorOptions
        options.emitsChanges = false
        options.tellsPeaksSoFar = peaksSoFar
        var monitor = Monitor(rulebook: rulebook, options: options)
        var reader = Reader(schema: monitor.schema, options: readerOptions)
        var symbols = SymbolTable()
        var batch = Batch(schema: monitor.schema, source: "")
        var rejections: [Rejection] = []
        var bytes: [UInt8] = []
        for event in order { bytes += records[event] }
        reader.open(source: "")
        reader.read(bytes.span, symbols: &symbols, into: &batch, rejections: &rejections)
        reader.close(symbols: &symbols, into: &batch, rejections: &rejections)
        monitor.receive(batch, symbols: &symbols, emit: { _ in }, refuse: { _ in })
        monitor.finish(until: until, symbols: &symbols) { _ in }
        return monitor.standingNotices(symbols: symbols)
    }

    private static func line(of event: RuleTest.Event) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, field) in event.fields.enumerated() {
            bytes.append(UInt8(ascii: index == 0 ? "{" : ","))
            bytes.append(jsonText: field.name)
            bytes.append(UInt8(ascii: ":"))
            bytes.append(json: field.value)
        }
        return bytes + Array((event.fields.isEmpty ? "{}\n" : "}\n").utf8)
    }
}
