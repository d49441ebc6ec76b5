import Events
import Monitoring
import Rulebook
import Testing

/// A run of a rule book over lines of JSON, record by record.
struct SampleRun {
    var told: [Message] = []
    var standing: [Message] = []
    var summary = Summary()

    init(_ rules: String, _ events: [String], until: String? = nil, zone: TimeZoneRules = .utc) throws {
        let loaded = Rulebook.load([RulebookSource(file: "rules.yml", bytes: Array(rules.utf8))], timeZone: zone)
        let rulebook = try #require(loaded.rulebook, "\(loaded.diagnostics)")
        var options = Monitor.Options()
        options.timeZone = zone
        options.keepsStanding = true
        options.followsStatistics = true
        var monitor = Monitor(rulebook: rulebook, options: options)
        var readerOptions = Reader.Options()
        readerOptions.timeZone = zone
        var reader = Reader(schema: monitor.schema, options: readerOptions)
        var symbols = SymbolTable()
        var rejections: [Rejection] = []
        var told: [Message] = []
        reader.open(source: "events")
        for event in events + [""] {
            var batch = Batch(schema: monitor.schema, source: "events")
            if event.isEmpty {
                reader.close(symbols: &symbols, into: &batch, rejections: &rejections)
            } else {
                let bytes = Array((event + "\n").utf8)
                reader.read(bytes.span, symbols: &symbols, into: &batch, rejections: &rejections)
            }
            monitor.receive(batch, symbols: &symbols, tell: { told.append($0) }, refuse: { _ in })
        }
        let end = until.flatMap { TimeText.read($0, in: zone)?.instant }
        monitor.conclude(until: end, symbols: &symbols) { told.append($0) }
        #expect(rejections.isEmpty)
        self.told = told
        standing = monitor.standingMessages(symbols: symbols)
        summary = monitor.summary(symbols: symbols)
    }

    /// An event of a type in a district on a day of March 2014, at an hour.
    static func event(_ id: String, _ day: Int, _ hour: Int, _ type: String, _ district: String = "x") -> String {
        let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        return
            #"{"id":"\#(id)","time":"2014-03-\#(two(day))T\#(two(hour)):00:00Z","type":"\#(type)","admin2":"\#(district)"}"#
    }

    /// An event of a type in a district at the beginning of a day of March 2014.
    static func event(_ id: String, _ day: Int, _ type: String, _ district: String = "x") -> String {
        event(id, day, 0, type, district)
    }

    /// What is told of alerts, each as its status, its rule or threshold, and the event it is of or how many alerts.
    func notices() -> [String] { SampleRun.sketches(told) }

    /// What stands, in the same way.
    var standingNotices: [String] { SampleRun.sketches(standing) }

    private static func sketches(_ messages: [Message]) -> [String] {
        messages.compactMap(\.notice).map { notice in
            switch notice {
            case .alert(let alert): "\(alert.status.rawValue) \(alert.rule) \(alert.events.first?.id ?? "")"
            case .risk(let risk): "\(risk.status.rawValue) risk \(risk.threshold) \(risk.contributionCount)"
            }
        }
    }

    var lines: [Statistic] { standing.compactMap(\.statistic) }
}
