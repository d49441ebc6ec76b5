import Diagnostics
import Events
import Monitoring
import Rulebook
import Testing

/// Rules run over events that are drawn: one character an hour (or another unit), a letter is an event of that type.
///
/// Several lines are laid over each other. There are detections `a`, `b` and `c`, one for each type, that raise no alert.
struct Drawing {
    /// The alerts that stand at the end, the same in every order of arrival.
    let alerts: [Alert]
    private let length: Int
    private let unit: Timespan
    private let begin: Instant

    /// - Parameters:
    ///   - rules: YAML documents, one of them a rule named `drawn`.
    ///   - fields: what an event of a letter has beside `type`.
    init(
        _ lines: String..., rules: String, unit: Timespan = TwinBooks.hours(1), begin: Instant = TwinBooks.instant(0),
        timeZone: TimeZoneRules = .utc, imprecise: [Character: Timespan] = [:],
        fields: (Character) -> [String: Value] = { _ in [:] }
    ) throws {
        length = lines.map(\.count).max() ?? 0
        self.unit = unit
        self.begin = begin
        let detections = "abc".map {
            "title: \($0)\nname: \($0)\nlevel: low\ndetection: {s: {type: \($0)}, condition: s}\n---\n"
        }
        let text = detections.joined() + rules
        let (book, diagnostics) = Rulebook.load(
            [RulebookSource(file: "drawn.yml", bytes: Array(text.utf8))], timeZone: timeZone)
        try #require(diagnostics.filter { $0.severity == .error }.map(\.message) == [])
        let rulebook = try #require(book)
        var events: [TwinEvent] = []
        for (number, line) in lines.enumerated() {
            for (place, letter) in line.enumerated() where letter.isLetter {
                let time = begin + Timespan(milliseconds: unit.milliseconds * Int64(place))
                var event = TwinEvent(id: "\(letter)\(place)-\(number)", time: time)
                event.timeEnd = time + (imprecise[letter] ?? .zero)
                event.fields = fields(letter).merging(["type": .text(String(letter))]) { given, _ in given }
                events.append(event)
            }
        }
        let until = begin + Timespan(milliseconds: unit.milliseconds * Int64(length - 1))
        var random = SplitMix64(seed: 7)
        alerts = Drawing.run(rulebook, events, until: until, timeZone, &random)
        for _ in 0..<4 {
            let again = Drawing.run(rulebook, events.shuffled(using: &random), until: until, timeZone, &random)
            #expect(again == alerts, "the order of arrival makes a difference")
        }
    }

    private static func run(
        _ rulebook: Rulebook, _ events: [TwinEvent], until: Instant, _ timeZone: TimeZoneRules,
        _ random: inout SplitMix64
    ) -> [Alert] {
        var options = Monitor.Options()
        options.keepsStanding = true
        options.timeZone = timeZone
        var monitor = Monitor(rulebook: rulebook, options: options)
        var symbols = SymbolTable()
        let batches = TwinBatches.batches(of: events, schema: monitor.schema, symbols: &symbols, &random)
        for batch in batches { monitor.receive(batch, symbols: &symbols, emit: { _ in }, refuse: { _ in }) }
        monitor.finish(until: until, symbols: &symbols) { _ in }
        let drawn = rulebook.rules.firstIndex { $0.name == "drawn" }
        return monitor.standing(symbols: symbols).filter { $0.rule == drawn }
    }

    /// `#` where an alert holds, `!` where one is that ends at once.
    var text: String {
        (0..<length).map { place in
            let time = begin + Timespan(milliseconds: unit.milliseconds * Int64(place))
            if alerts.contains(where: { $0.onset == time && $0.end == time }) { return "!" }
            return alerts.contains { $0.onset <= time && time < $0.end ?? .distantFuture } ? "#" : "."
        }.joined()
    }

    /// The figures at the onsets.
    var figures: [Double?] { alerts.map { $0.figure?.value } }
    /// The peaks of those that have ended.
    var peaks: [Double?] { alerts.map { $0.peak?.value } }
    /// How many contributions each rests on.
    var counts: [Int] { alerts.map(\.evidenceCount) }
}
