import Events
import Monitoring
import Rulebook
import Testing

/// Letting go of what no change can reach changes nothing that is said.
@Suite("The horizon")
struct HorizonTests {
    private static let rules = """
        title: Event
        name: event
        detection:
          selection: {type: x}
          condition: selection
        ---
        title: Other
        name: other
        detection:
          selection: {type: y}
          condition: selection
        ---
        title: Cooled
        name: cooled
        cooldown: 3d
        group-by: [place]
        detection:
          selection: {type: y}
          condition: selection
        ---
        title: Deadly
        name: deadly
        detection:
          selection: {fatalities|gte: 40}
          condition: selection
        ---
        title: Many
        name: many
        correlation: {type: event_count, rules: event, group-by: [place], timespan: 10h, condition: {gte: 4}}
        ---
        title: Bucket
        name: bucket
        correlation:
          {type: event_count, rules: event, group-by: [place], timespan: 2d, window: tumbling, condition: {gte: 40}}
        ---
        title: Session
        name: session
        keep_firing_for: 6h
        correlation:
          {type: event_count, rules: event, timespan: 9d, window: session, gap: 6h, condition: {gte: 30}}
        ---
        title: Dead
        name: dead
        for: 2h
        correlation:
          {type: value_sum, rules: event, group-by: [place], timespan: 1d, condition: {field: fatalities, gte: 40}}
        ---
        title: Places
        name: places
        correlation: {type: value_count, rules: event, timespan: 5h, condition: {field: place, gte: 3}}
        ---
        title: Few
        name: few
        correlation: {type: event_count, rules: event, group-by: [place], timespan: 2d, condition: {lt: 5}}
        ---
        title: Then
        name: then
        correlation: {type: temporal_ordered, rules: [other, event, other], timespan: 30h}
        ---
        title: Rise
        name: rise
        correlation:
          {type: rate_change, rules: event, group-by: [place], timespan: 1d, baseline: 4d, min_count: 3,
           condition: {ratio: 2}}
        ---
        title: Silence
        name: silence
        correlation: {type: absence, rules: event, group-by: [place], timespan: 12h}
        ---
        title: Unanswered
        name: unanswered
        correlation: {type: absence, after: other, rules: event, timespan: 2h}
        ---
        title: Ladder
        name: ladder
        correlation:
          {type: event_count, rules: [many, dead], timespan: 6d, condition: {gte: 2}, group-by: [place], generate: true}
        ---
        title: Top
        name: top
        correlation: {type: temporal, rules: [ladder, silence], timespan: 8d, group-by: [place], generate: true}
        """

    /// Twelve thousand events, an hour apart and with gaps, in three places and one that is seldom.
    private static let events: String = {
        var lines = ""
        for number in 0..<12_000 {
            let hour = number + number / 50 * 12
            let seconds = 1_400_000_000 + hour * 3600
            let place = number % 977 < 9 ? "q" : ["p", "r", "s"][(number / 7 + number / 31) % 3]
            let type = number % 37 == 0 ? "y" : "x"
            let dead = number % 11 * (number % 5)
            lines +=
                #"{"id":"e\#(number)","time":\#(seconds),"type":"\#(type)","place":"\#(place)","fatalities":\#(dead)}"#
                + "\n"
        }
        return lines
    }()

    private static func run(horizon: Timespan) throws -> (standing: [Alert], emitted: [Alert]) {
        let loaded = Rulebook.load([RulebookSource(file: "rules.yml", bytes: Array(rules.utf8))])
        let rulebook = try #require(loaded.rulebook, "\(loaded.diagnostics)")
        var options = Monitor.Options()
        options.horizon = horizon
        options.keepsStanding = true
        var monitor = Monitor(rulebook: rulebook, options: options)
        var reader = Reader(schema: monitor.schema, options: Reader.Options())
        var symbols = SymbolTable()
        var rejections: [Rejection] = []
        var emitted: [Alert] = []
        reader.open(source: "events")
        let bytes = Array(events.utf8)
        var start = 0
        while start <= bytes.count {
            let piece = Array(bytes[start..<min(start + 50_000, bytes.count)])
            var batch = Batch(schema: monitor.schema, source: "events")
            if piece.isEmpty {
                reader.close(symbols: &symbols, into: &batch, rejections: &rejections)
            } else {
                reader.read(piece.span, symbols: &symbols, into: &batch, rejections: &rejections)
            }
            monitor.receive(batch, symbols: &symbols, emit: { emitted.append($0) }, refuse: { _ in })
            start += max(1, piece.count)
        }
        monitor.finish(until: nil, symbols: &symbols) { emitted.append($0) }
        #expect(rejections.isEmpty)
        return (monitor.standing(symbols: symbols), emitted)
    }

    @Test("State that no longer can matter is let go of, and nothing that is said changes", arguments: [0, 2, 10, 30])
    func lettingGo(days: Int64) throws {
        let all = try HorizonTests.run(horizon: .unlimited)
        let some = try HorizonTests.run(horizon: Timespan(milliseconds: days * 86_400_000))
        #expect(all.standing.count > 1000)
        #expect(Set(all.standing.map(\.rule)).count >= 12)
        #expect(some.standing == all.standing)
        #expect(some.emitted == all.emitted)
    }
}
