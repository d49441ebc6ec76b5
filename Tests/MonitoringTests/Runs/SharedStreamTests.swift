import Diagnostics
import Events
import Rulebook
import Testing

@testable import Monitoring

/// Rules that look at the same events in the same groups read one stream of contributions; each tells what it tells alone.
struct SharedStreamTests {
    private static let feeders = "ab".map {
        "title: \($0)\nname: \($0)\nlevel: low\ndetection: {s: {type: \($0)}, condition: s}\n---\n"
    }.joined()

    /// Rules that differ in spans, bounds and options, and in what they make of the contributions.
    private static let correlations = ["6h", "12h", "24h", "3d"].flatMap { span in
        [2, 4].flatMap { bound in
            [
                "type: event_count, rules: [a], timespan: \(span), condition: {gte: \(bound)}",
                "type: event_count, rules: [a], timespan: \(span), condition: {eq: \(bound)}",
                "type: event_count, rules: [a], timespan: \(span), window: session, gap: 5h, condition: {gte: \(bound)}",
                "type: event_count, rules: [a, b], timespan: \(span), window: tumbling, condition: {gt: \(bound)}",
                "type: value_sum, rules: [a], timespan: \(span), condition: {field: fatalities, gte: \(bound * 5)}",
                "type: value_avg, rules: [a], timespan: \(span), condition: {field: fatalities, gte: \(bound)}",
                "type: value_count, rules: [a], timespan: \(span), condition: {field: place, gte: \(bound)}",
                "type: new_value, rules: [a], field: place, memory: \(span), condition: {gte: 1}",
                "type: temporal, rules: [a, b], timespan: \(span)",
                "type: temporal_ordered, rules: [a, b], timespan: \(span)",
                "type: temporal_ordered, rules: [b, a], timespan: \(span)\(bound == 2 ? ", ties: allow" : "")",
                "type: rate_change, rules: [a], timespan: \(span), baseline: 9d, min_count: \(bound), condition: {ratio: 1.5}",
                "type: self_exciting, rules: [a], half_life: \(span), branching: 0.5, background: 9d, condition: {gte: 0.6}",
                "type: control_chart, rules: [a], method: cusum, bin: \(span), baseline: 7, h: \(bound)",
            ]
        }
    }

    /// Rules that can be loaded, each with its name.
    private static let rules = correlations.enumerated().compactMap { number, correlation -> String? in
        let options = number % 3 == 0 ? "for: 1h\nkeep_firing_for: 2h\n" : ""
        let rule =
            "title: R\nname: r\(number)\nlevel: low\n\(options)correlation: {\(correlation), group-by: [admin2]}\n---\n"
        return book(feeders + rule) == nil ? nil : rule
    }

    private static func book(_ text: String) -> Rulebook? {
        Rulebook.load([RulebookSource(file: "shared.yml", bytes: Array(text.utf8))], timeZone: .utc).rulebook
    }

    /// Events over some weeks, of which some are known to the hour or the day only, or lack a value.
    private static func events(_ random: inout SplitMix64) -> [TwinEvent] {
        var events: [TwinEvent] = []
        var time = TwinBooks.instant(0)
        for number in 0..<160 {
            time = time + Timespan(milliseconds: Int64(random.number(0...9)) * 1_800_000)
            var event = TwinEvent(id: "e\(number)", time: time)
            event.timeEnd = time + TwinBooks.hours(random.pick([0, 0, 0, 0, 0, 0, 0, 1, 8, 24, 48]))
            event.fields = [
                "type": .text(random.pick(["a", "a", "b"])), "admin2": .text(random.pick(["N", "S"])),
                "place": .text(random.pick(["u", "v", "w", "x", "y"])),
                "fatalities": .number(Double(random.number(0...6))),
            ]
            if random.chance(4) { event.fields["admin2"] = .list([.text("N"), .text("S")]) }
            if random.chance(4) { event.fields[random.pick(["admin2", "place", "fatalities"])] = nil }
            events.append(event)
        }
        return events
    }

    /// What a monitor says of each rule, in order, with what stands and what was left out.
    private static func told(
        _ rulebook: Rulebook, _ events: [TwinEvent], sizes: ClosedRange<Int>, judgesRuns: Bool,
        standing: Bool = true, horizon: Timespan = .unlimited, _ random: inout SplitMix64
    ) -> [String: [String]] {
        var options = Monitor.Options()
        options.keepsStanding = standing
        options.horizon = horizon
        var monitor = Monitor(rulebook: rulebook, options: options)
        monitor.judgesRuns = judgesRuns
        var symbols = SymbolTable()
        var told: [String: [String]] = [:]
        func note(_ alert: Alert) {
            let text =
                "\(alert.status) \(alert.id) \(alert.onset.milliseconds) \(alert.end?.milliseconds ?? -1) "
                + "\(String(describing: alert.figure)) \(String(describing: alert.peak)) \(alert.evidenceCount) "
                + "\(alert.events.map(\.id)) \(alert.replaces ?? "")"
            told[rulebook.rules[alert.rule].name, default: []].append(text)
        }
        var rest = events[...]
        while !rest.isEmpty {
            let part = Array(rest.prefix(random.number(sizes)))
            rest = rest.dropFirst(part.count)
            let batch = TwinBatches.batch(of: part, schema: monitor.schema, symbols: &symbols)
            monitor.receive(batch, symbols: &symbols, emit: note, refuse: { _ in })
        }
        monitor.finish(until: nil, symbols: &symbols, emit: note)
        if options.keepsStanding { monitor.standing(symbols: symbols).forEach(note) }
        for skipped in monitor.summary(symbols: symbols).skipped {
            told[rulebook.rules[skipped.rule].name, default: []].append("\(skipped.reason) \(skipped.count)")
        }
        return told
    }

    @Test("What is let go of behind the horizon makes no difference to groups in which a rule is near to hold later")
    func whatIsLetGoOfMakesNoDifferenceLater() throws {
        let rules = Self.rules.filter { rule in
            let spans = ["timespan: 12h", "timespan: 3d"]
            let types = ["gte: ", "event_count", "type: temporal", "rate_change"]
            return !rule.contains("self_exciting") && spans.contains { rule.contains($0) }
                && types.contains { rule.contains($0) }
        }
        let book = try #require(Self.book(Self.feeders + rules.joined()))
        var random = SplitMix64(seed: 0x5eed_0100)
        let events = (0..<9000).map { number in
            let time = TwinBooks.instant(0) + Timespan(milliseconds: Int64(number) * 900_000)
            var event = TwinEvent(id: "e\(number)", time: time)
            event.timeEnd = time
            // Of most districts there is little; which of them there is much of changes in time.
            let often = "d\(number / 500)-\(random.number(0...3))"
            let district = random.chance(40) ? often : "d\(random.number(0...300))"
            event.fields = [
                "type": .text(random.pick(["a", "a", "a", "b"])), "admin2": .text(district),
                "place": .text(random.pick(["u", "v", "w", "x"])), "fatalities": .number(Double(random.number(0...6))),
            ]
            return event
        }
        var untouched = SplitMix64(seed: 1)
        var released = SplitMix64(seed: 1)
        let whole = Self.told(book, events, sizes: 1...400, judgesRuns: true, standing: false, &untouched)
        let horizon = TwinBooks.hours(24 * 12)
        let rest = Self.told(
            book, events, sizes: 1...400, judgesRuns: true, standing: false, horizon: horizon, &released)
        for (name, lines) in whole { #expect(rest[name] == lines, "\(name)") }
        #expect(whole.count > 10)
    }

    @Test("Rules that look at the same events tell together what each tells alone, also of times too long for some")
    func rulesTellTogetherWhatTheyTellAlone() throws {
        #expect(Self.rules.count > 60)
        let all = try #require(Self.book(Self.feeders + Self.rules.joined()))
        let alone = Self.rules.compactMap { Self.book(Self.feeders + $0) }
        var lines = 0
        for world in 0..<4 {
            var random = SplitMix64(seed: 0x5eed_0000 &+ UInt64(world))
            var events = Self.events(&random)
            if world % 2 == 1 {
                // Some are corrected later, and all come in any order.
                events += events.filter { _ in random.chance(10) }.map { event in
                    var event = event
                    event.revision = Revision(kind: .number, value: 2)
                    event.time = event.time + TwinBooks.hours(Double(random.number(-6...6)))
                    event.timeEnd = event.time
                    return event
                }
                events = TwinWorld.shuffled(events, &random)
            }
            for (sizes, judgesRuns) in [(1...9, false), (1...40, true), (1000...1000, true)] {
                let together = Self.told(all, events, sizes: sizes, judgesRuns: judgesRuns, &random)
                for book in alone {
                    let name = try #require(book.rules.last?.name)
                    let own = Self.told(book, events, sizes: sizes, judgesRuns: judgesRuns, &random)[name]
                    #expect(together[name] == own, "world \(world), batches of \(sizes): \(name)")
                    lines += own?.count ?? 0
                }
            }
        }
        #expect(lines > 5000)
    }
}
