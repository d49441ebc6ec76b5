import Diagnostics
import Events
import Testing

@testable import Rulebook

@Suite("\"Sigma correlation rules 2.1\" load")
struct CorrelationTests {
    private static let rules = ["a", "b"].map {
        "title: Rule \($0)\nid: id-\($0)\nname: \($0)\ndetection: {s: {type: x}, condition: s}\n---\n"
    }.joined()

    private func book(_ correlation: String) throws -> Rulebook {
        let (book, diagnostics) = load(Self.rules + "title: T\ncorrelation: {\(correlation)}")
        #expect(diagnostics.map(\.message) == [])
        return try #require(book)
    }

    private func correlation(_ text: String) throws -> Correlation {
        guard case .correlation(let correlation) = try book(text).rules[2].body else { throw NotACorrelation() }
        return correlation
    }

    private struct NotACorrelation: Error {}

    @Test("event_count, with rules by name or id, once each, and several operators")
    func eventCount() throws {
        let correlation = try correlation(
            "type: event_count, rules: [b, id-a], group-by: [admin2, type], timespan: 4w, condition: {lt: 9, gte: 3}")
        guard case .eventCount = correlation.pattern else { throw NotACorrelation() }
        #expect(correlation.rules == [1, 0])
        #expect(correlation.groupBy.map(\.name) == ["admin2", "type"])
        #expect(correlation.timespan.milliseconds == 28 * 86_400_000)
        #expect(correlation.condition == NumericCondition([.init(.less, 9), .init(.greaterOrEqual, 3)]))
        #expect(correlation.window == .sliding)
    }

    @Test("a rule that stands twice counts once, with a warning")
    func repeatedRule() {
        let text = "title: T\ncorrelation: {type: absence, rules: [a, id-a], timespan: 1d}"
        #expect(load(Self.rules + text).diagnostics.map(\.id) == ["repeated-rule"])
    }

    @Test("the value types, and percentiles as exact fractions")
    func valueTypes() throws {
        func pattern(_ type: String, _ field: String) throws -> Correlation.Pattern {
            try correlation("type: \(type), rules: a, timespan: 1d, condition: {gte: 1, \(field)}").pattern
        }
        guard case .valueCount(["x", "y"]) = try pattern("value_count", "field: [x, y]"),
            case .valueCount(["x"]) = try pattern("value_count", "field: x"),
            case .valueSum("x") = try pattern("value_sum", "field: x"),
            case .valueAverage("x") = try pattern("value_avg", "field: x"),
            case .valuePercentile("x", let median) = try pattern("value_median", "field: x"),
            case .valuePercentile("x", let whole) = try pattern("value_percentile", "field: x, percentile: 95"),
            case .valuePercentile("x", let part) = try pattern("value_percentile", "field: x, percentile: 99.95")
        else { throw NotACorrelation() }
        #expect(median == .init(numerator: 50, denominator: 100))
        #expect(whole == .init(numerator: 95, denominator: 100))
        #expect(part == .init(numerator: 9995, denominator: 10_000))
    }

    @Test("temporal needs \"every rule of rules (or as many as condition says)\"")
    func temporal() throws {
        let all = try correlation("type: temporal, rules: [a, b], timespan: 1d")
        #expect(all.condition == NumericCondition([.init(.greaterOrEqual, 2)]))
        let some = try correlation("type: temporal, rules: [a, b], timespan: 1d, condition: {gte: 1}")
        #expect(some.condition == NumericCondition([.init(.greaterOrEqual, 1)]))
    }

    @Test("temporal_ordered keeps the order and repetition of its rules")
    func temporalOrdered() throws {
        let strict = try correlation("type: temporal_ordered, rules: [b, a, b], timespan: 1d")
        #expect(strict.rules == [1, 0, 1])
        let loose = try correlation("type: temporal_ordered, rules: [b, a], timespan: 1d, ties: allow")
        guard case .temporalOrdered(tiesAllowed: false) = strict.pattern,
            case .temporalOrdered(tiesAllowed: true) = loose.pattern
        else { throw NotACorrelation() }
    }

    @Test("\"window: sliding (default); tumbling; session (with gap)\"")
    func windows() throws {
        let rest = "type: event_count, rules: a, condition: {gte: 1}, "
        #expect(try correlation(rest + "timespan: 1d, window: sliding").window == .sliding)
        #expect(try correlation(rest + "timespan: 1d, window: tumbling").window == .tumbling)
        let hour = Correlation.Window.session(gap: Timespan(milliseconds: 3_600_000))
        let session = try correlation(rest + "window: session, gap: 60m")
        #expect(session.window == hour)
        #expect(session.timespan == .unlimited)
        #expect(try correlation(rest + "window: session, gap: 3600s, timespan: 1d").timespan.milliseconds == 86_400_000)
    }

    @Test("aliases name the field of each rule")
    func aliases() throws {
        let rest = "type: temporal, rules: [b, a], timespan: 1d, "
        let correlation = try correlation(rest + "group-by: [who, type], aliases: {who: {a: initiator, id-b: target}}")
        #expect(
            correlation.groupBy == [
                .init(name: "who", fieldByRule: ["target", "initiator"]), .init(name: "type", fieldByRule: nil),
            ])
    }

    @Test("rate_change: \"a bare number: gte for the ratio, lt for p\"")
    func rateChange() throws {
        func change(_ condition: String) throws -> Correlation.RateChange {
            let text = "type: rate_change, rules: a, timespan: 7d, baseline: 28d, min_count: 3, condition: \(condition)"
            guard case .rateChange(let change) = try correlation(text).pattern else { throw NotACorrelation() }
            return change
        }
        let rise = try change("{ratio: 2, p_value: 0.01}")
        #expect(rise.ratio == NumericCondition([.init(.greaterOrEqual, 2)]))
        #expect(rise.pValue == NumericCondition([.init(.less, 0.01)]))
        #expect(rise.minimumCount == 3)
        #expect(rise.minimumBaseline == 0)
        #expect(rise.baseline.milliseconds == 28 * 86_400_000)
        #expect(!rise.isFall)
        #expect(try change("{ratio: {lte: 0.5}}").isFall)
        #expect(try change("{p_value: {lte: 0.05}}").ratio == nil)
    }

    @Test("rate_change can ask for contributions in the baseline too")
    func minimumBaseline() throws {
        let text = "type: rate_change, rules: a, timespan: 7d, baseline: 28d, min_baseline: 4, condition: {ratio: 2}"
        guard case .rateChange(let change) = try correlation(text).pattern else { throw NotACorrelation() }
        #expect(change.minimumBaseline == 4)
    }

    @Test("absence, since the last one or after an event of another rule")
    func absence() throws {
        guard case .absence(after: nil) = try correlation("type: absence, rules: a, timespan: 7d").pattern,
            case .absence(after: 1?) = try correlation("type: absence, rules: a, timespan: 7d, after: b").pattern
        else { throw NotACorrelation() }
    }

    @Test("share: `of` and `among`, or `rules` in the place of `among`")
    func share() throws {
        let share = Correlation.Share(of: [0], among: [0, 1], field: "fatalities", minimumCount: 5)
        let rest = "timespan: 7d, field: fatalities, min_count: 5, condition: {gte: 0.5}"
        for rules in ["of: a, among: [b, a]", "of: [a], rules: [a, b]"] {
            let correlation = try correlation("type: share, \(rules), \(rest)")
            guard case .share(let read) = correlation.pattern else { throw NotACorrelation() }
            #expect(read == share)
            #expect(correlation.rules == [0, 1])
        }
    }

    @Test("effective_number and reciprocity: \"`from`, `to` (fields, default `initiator.party`, `target.party`)\"")
    func fields() throws {
        let rest = "rules: a, timespan: 7d, condition: {gte: 2}"
        guard
            case .effectiveNumber("initiator") = try correlation("type: effective_number, field: initiator, \(rest)")
                .pattern,
            case .reciprocity("initiator.party", "target.party") = try correlation("type: reciprocity, \(rest)").pattern,
            case .reciprocity("by.party", "to") = try correlation("type: reciprocity, from: by.party, to: to, \(rest)")
                .pattern
        else { throw NotACorrelation() }
    }

    @Test("new_value, record and self_exciting with their parameters")
    func escalation() throws {
        let new = try correlation("type: new_value, rules: a, field: admin2, memory: 90d")
        guard case .newValue("admin2") = new.pattern else { throw NotACorrelation() }
        #expect(new.timespan.milliseconds == 90 * 86_400_000)
        #expect(new.condition == NumericCondition([.init(.greaterOrEqual, 1)]))
        let record = try correlation(
            "type: record, rules: a, measure: sum, field: fatalities, timespan: 30d, baseline: 366d, floor: 100")
        guard case .record(let parameters) = record.pattern else { throw NotACorrelation() }
        let year = Timespan(milliseconds: 366 * 86_400_000)
        #expect(parameters == Correlation.Record(field: "fatalities", baseline: year, floor: 100))
        let hawkes = try correlation(
            "type: self_exciting, rules: a, half_life: 2d, branching: 0.5, background: 90d, condition: {gte: 3}")
        guard case .selfExciting(let excitement) = hawkes.pattern else { throw NotACorrelation() }
        #expect(excitement == .init(halfLife: Timespan(milliseconds: 2 * 86_400_000), branching: 0.5))
        #expect(hawkes.timespan.milliseconds == 90 * 86_400_000)
    }

    @Test(
        "rate_change: `method: gamma_poisson`, and `baseline: before_ceasefire` with a length or four times the window")
    func rateChangeCompleted() throws {
        func change(_ parameters: String) throws -> Correlation.RateChange {
            let text = "type: rate_change, rules: a, timespan: 7d, \(parameters), min_count: 3, condition: {ratio: 2}"
            guard case .rateChange(let change) = try correlation(text).pattern else { throw NotACorrelation() }
            return change
        }
        #expect(try change("baseline: 9d, method: gamma_poisson").method == .gammaPoisson)
        #expect(try change("baseline: 9d").method == .exact)
        #expect(try change("baseline: 9d").anchor == nil)
        let usual = try change("baseline: before_ceasefire, ceasefire: any")
        #expect(usual.anchor == .init(ceasefire: nil))
        #expect(usual.baseline.milliseconds == 28 * 86_400_000)
        #expect(
            try change("baseline: before_ceasefire, baseline_length: 90d").baseline.milliseconds == 90 * 86_400_000)
    }

    @Test("control_chart: the methods with their usual parameters")
    func controlChart() throws {
        func chart(_ parameters: String) throws -> Correlation.ControlChart {
            let text = "type: control_chart, rules: a, bin: 1d, \(parameters)"
            guard case .controlChart(let chart) = try correlation(text).pattern else { throw NotACorrelation() }
            return chart
        }
        #expect(try chart("method: ears_c1") == .init(method: .earsC1, baseline: 7, gap: 0))
        #expect(try chart("method: ears_c2") == .init(method: .earsC2, baseline: 7, gap: 2))
        #expect(try chart("method: ears_c3").z == 2)
        #expect(try chart("method: ears_c2, baseline: 28, guard: 3, z: 4").z == 4)
        let cusum = try chart("method: cusum, baseline: 28, k: 0.5, h: 4, sd_min: 1")
        #expect((cusum.k, cusum.h, cusum.minimumDeviation) == (0.5, 4, 1))
        let ewma = try chart("method: ewma, baseline: 28, a: 0.3, L: 2.5")
        #expect((ewma.a, ewma.l) == (0.3, 2.5))
        #expect(
            try correlation("type: control_chart, rules: a, bin: 7d, method: ears_c1").timespan.milliseconds == 7
                * 86_400_000)
    }

    @Test("deadline: \"one group a ceasefire (field `ceasefire`)\", without rules")
    func deadline() throws {
        let ceasefire = "ceasefire: {id: truce, parties: [{side: x, actors: [p]}]}\n---\nactors: [{id: p}]\n---\n"
        for parameters in ["before: 7d", "before: 7d, ceasefire: truce, group-by: [ceasefire]"] {
            let (book, diagnostics) = load(
                ceasefire + "title: T\ncorrelation: {type: deadline, \(parameters)}")
            #expect(diagnostics.filter { $0.severity == .error }.map(\.message) == [])
            guard case .correlation(let correlation) = book?.rules[0].body,
                case .deadline(let named) = correlation.pattern
            else { throw NotACorrelation() }
            #expect(named == (parameters.contains("truce") ? 0 : nil))
            #expect(correlation.groupBy.map(\.name) == ["ceasefire"])
            #expect(correlation.timespan.milliseconds == 7 * 86_400_000)
        }
    }

    @Test("\"raise no alerts of their own unless one of the correlations that refer to them says generate: true\"")
    func generate() throws {
        let quiet = try book("type: absence, rules: a, after: b, timespan: 7d")
        #expect(quiet.rules.map(\.raisesAlerts) == [false, false, true])
        let loud = try book("type: absence, rules: a, timespan: 7d, generate: true")
        #expect(loud.rules.map(\.raisesAlerts) == [true, true, true])
    }

    @Test("a chain, and rules by title where they have neither id nor name, in any order of documents")
    func chain() {
        let text = """
            title: Top
            correlation: {type: temporal, rules: [middle, low one], timespan: 1d}
            ---
            title: M
            name: middle
            correlation: {type: event_count, rules: low one, timespan: 1d, condition: {gte: 2}}
            ---
            title: low one
            detection: {s: {type: x}, condition: s}
            """
        let (book, diagnostics) = load(text)
        #expect(diagnostics == [])
        #expect(book?.rules.map(\.raisesAlerts) == [true, false, false])
    }
}

@Suite("YAML as people write it")
struct ComposerTests {
    @Test("anchors, aliases and merge keys: what a mapping says itself wins, then the earlier mapping")
    func mergeKeys() {
        let text = """
            actors:
              - &base {id: a, kind: state, name: A}
              - <<: *base
                id: b
                name: B
              - {<<: [{id: c}, {id: d, kind: militia}]}
            """
        let (book, diagnostics) = load(text.replacing("name: A}", with: "}"))
        #expect(diagnostics == [])
        #expect(book?.actors.map(\.id) == ["a", "b", "c"])
        #expect(book?.actors.map(\.kind) == [.state, .state, .militia])
    }

    @Test("several kinds in one document, empty documents, tests beside a rule, comments")
    func mixedDocuments() {
        let text = """
            # nothing
            ---
            ---
            actors: [{id: a}]
            unidentified: Unknown*
            lists: {l: [x]}
            tests: [{anything: goes}]
            title: T
            detection: {s: {type|expand: '%l%'}, condition: s}
            ...
            """
        let (book, diagnostics) = load(text)
        #expect(diagnostics == [])
        #expect(book?.actors.count == 1)
        #expect(book?.unidentified.count == 1)
        #expect(book?.rules.count == 1)
    }

    @Test("circles of membership count only where they hold at one time")
    func datedMemberships() {
        let text = """
            actors:
              - {id: a, member_of: {actor: b, until: 2013-01-01}}
              - {id: b, member_of: {actor: a, from: 2013-01-01}}
            """
        #expect(findings(text) == [])
    }

    @Test("no files are an empty rule book")
    func nothing() {
        #expect(Rulebook.load([]).rulebook?.rules.isEmpty == true)
        #expect(load("").rulebook != nil)
    }
}
