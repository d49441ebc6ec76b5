import Diagnostics
import Events
import Monitoring
import Rulebook
import Testing

@testable import RuleTesting

@Suite("Near misses agree with the monitor")
struct NearMissTests {
    private static let types = [
        "type: event_count, condition: {gte: 4}", "type: value_count, condition: {field: admin2, gte: 3}",
        "type: value_sum, condition: {field: fatalities, gte: 25}", "type: temporal", "type: temporal_ordered",
    ]

    /// Explains the only correlation of a book over generated events, with the timespan given in milliseconds.
    private func explain(_ type: String, _ events: [RuleTest.Event], timespan: Int64) throws -> RuleExplanation {
        let rules = """
            title: A
            id: a
            detection: {selection: {type: [x, z]}, condition: selection}
            ---
            title: B
            id: b
            detection: {selection: {type: [y, z]}, condition: selection}
            ---
            title: C
            id: c
            correlation: {\(type), rules: [a, b], group-by: [country], timespan: 1d}

            """
        let source = RulebookSource(file: "rules.yml", bytes: Array(rules.utf8))
        var rulebook = try #require(Rulebook.load([source]).rulebook)
        guard case .correlation(var correlation) = rulebook.rules[2].body else { throw Unreadable() }
        correlation.timespan = Timespan(milliseconds: timespan)
        rulebook.rules[2].body = .correlation(correlation)
        var test = RuleTest(name: "generated", rules: [2], location: Location(file: ""))
        test.events = events
        let scenario = Scenario(test, timeZone: .utc) { _ in nil }
        let explainer = Explainer(rulebook: rulebook, limit: 100) { book in
            scenario.standing(book, order: Array(events.indices))
        }
        return try explainer.explain(rule: 2)
    }

    private struct Unreadable: Error {}

    private func generate(_ random: inout Random) -> [RuleTest.Event] {
        (0..<8 + random.below(12)).map { number in
            let time = Instant(milliseconds: 1_400_000_000_000 + Int64(random.below(96)) * 3_600_000)
            let fields: [(String, Value)] = [
                ("id", .text("e\(number)")), ("time", .text(InstantText.utc(time))),
                ("type", .text(["x", "y", "z", "other"][random.below(4)])),
                ("country", .text(["P", "Q"][random.below(2)])), ("admin2", .text("d\(random.below(5))")),
                ("fatalities", .number(Double(random.below(12)))),
            ]
            return RuleTest.Event(
                id: "e\(number)", fields: fields.map { RuleTest.Event.Field(name: $0.0, value: $0.1) },
                location: Location(file: ""))
        }
    }

    @Test("a group has an alert or a near miss, never both", arguments: types)
    func exclusive(type: String) throws {
        var random = Random(state: 7)
        for world in 0..<30 {
            let explanation = try explain(type, generate(&random), timespan: 20 * 3_600_000)
            let fired = Set(explanation.fired.map { $0.alert.group.map(\.value) })
            #expect(fired.isDisjoint(with: explanation.nearMisses.map(\.group)), "world \(world)")
            for miss in explanation.nearMisses {
                #expect(miss.figure < miss.threshold, "world \(world)")
                #expect(!miss.window.isEmpty, "world \(world)")
            }
        }
    }

    @Test(
        "with a timespan longer by the lateness the rule fires, and not with one that is a millisecond shorter",
        arguments: types)
    func lateness(type: String) throws {
        var random = Random(state: 11)
        let timespan: Int64 = 20 * 3_600_000
        var checked = 0
        for world in 0..<40 {
            let events = generate(&random)
            for miss in try explain(type, events, timespan: timespan).nearMisses {
                guard let lateness = miss.lateness else { continue }
                let enough = timespan + lateness.milliseconds + 1
                let fires = try explain(type, events, timespan: enough).fired.contains {
                    $0.alert.group.map(\.value) == miss.group
                }
                #expect(fires, "world \(world), \(miss)")
                let less = try explain(type, events, timespan: enough - 1).fired.contains {
                    $0.alert.group.map(\.value) == miss.group
                }
                #expect(!less, "world \(world), \(miss)")
                checked += 1
            }
        }
        #expect(checked > 1, "too few near misses were generated: \(checked)")
    }
}

/// Random numbers from a seed (SplitMix64).
private struct Random {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }
}
