import Events
import Monitoring
import Rulebook
import Testing

@testable import Reporting

@Suite("Explanations")
struct ExplanationTests {
    private static let rate = Correlation.RateChange(
        baseline: Timespan(milliseconds: 28 * Examples.day), minimumCount: 5,
        ratio: NumericCondition([.init(.greaterOrEqual, 2)]), pValue: nil)
    private static let share = Correlation.Share(of: [0], among: [0, 1], field: nil, minimumCount: 5)
    private static let record = Correlation.Record(
        field: "fatalities", baseline: Timespan(milliseconds: 366 * Examples.day), floor: 100)
    private static let excitement = Correlation.SelfExciting(
        halfLife: Timespan(milliseconds: 2 * Examples.day), branching: 0.5)
    private static let chart = Correlation.ControlChart(method: .earsC1, baseline: 7, gap: 0)
    private static let anchored = Correlation.RateChange(
        baseline: Timespan(milliseconds: 28 * Examples.day), minimumCount: 5,
        ratio: NumericCondition([.init(.greater, 1)]), pValue: nil, anchor: .init(ceasefire: nil))
    private static let ratio: Alert = {
        var alert = Examples.alert(figure: 2, pValue: 0.02, count: 12, ceasefireDay: nil)
        alert.figure?.interval = Alert.Interval(low: 1.02, high: 3.5)
        return alert
    }()
    private static let median = Correlation.Percentile(numerator: 50, denominator: 100)
    private static let chain: Rulebook = {
        var rulebook = Examples.cluster
        let outer = Examples.rulebook(.eventCount, of: [2], [.init(.greaterOrEqual, 3)]).rules[2]
        rulebook.rules.append(Examples.rule("Spread", outer.body))
        return rulebook
    }()

    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var rulebook: Rulebook
        var alert: Alert
        var sentence: String
        var testDescription: String { name }
    }

    static let correlations = [
        Case(
            name: "one breach, on the first day", rulebook: Examples.cluster,
            alert: Examples.alert(figure: 1, count: 1, ceasefireDay: 0),
            sentence: "1 breach in Peshawar within 7 days (threshold 3), on the first day of the ceasefire."),
        Case(
            name: "events that are no breaches are named by their rules",
            rulebook: Examples.rulebook(.eventCount, of: [1, 0], [.init(.greater, 999)]),
            alert: Examples.alert(group: [("initiator.party", .text("ttp"))], figure: 1234, ceasefireDay: 1),
            sentence: "Attack on police or Breach of a ceasefire: 1,234 events by Tehrik-i-Taliban Pakistan "
                + "within 7 days (threshold: more than 999), 1 day into the ceasefire."),
        Case(
            name: "values", rulebook: Examples.rulebook(.valueCount(fields: ["admin2"]), [.init(.greaterOrEqual, 2)]),
            alert: Examples.alert(group: [], figure: 2, count: 4, ceasefireDay: nil),
            sentence: "2 different districts in 4 breaches within 7 days (threshold 2)."),
        Case(
            name: "statements of one party about one incident",
            rulebook: Examples.rulebook(.valueCount(fields: ["claim"]), of: [1], [.init(.greaterOrEqual, 2)]),
            alert: Examples.alert(
                group: [("about", .text("x-1")), ("by.party", .text("ttp"))], figure: 2, ceasefireDay: nil),
            sentence: "Attack on police: 2 different kinds of statement in 3 events by Tehrik-i-Taliban Pakistan "
                + "about x-1 within 7 days (threshold 2)."),
        Case(
            name: "a sum", rulebook: Examples.rulebook(.valueSum(field: "fatalities"), [.init(.greaterOrEqual, 50)]),
            alert: Examples.alert(figure: 57, count: 4, ceasefireDay: nil),
            sentence: "57 fatalities in 4 breaches in Peshawar within 7 days (threshold 50)."),
        Case(
            name: "a median that must not be rounded onto its bound",
            rulebook: Examples.rulebook(.valuePercentile(field: "fatalities", median), of: [1], [.init(.less, 3)]),
            alert: Examples.alert(figure: 2.9999, count: 4, ceasefireDay: nil),
            sentence: "Attack on police: a median of 2.9999 fatalities over 4 events in Peshawar within 7 days "
                + "(threshold: less than 3)."),
        Case(
            name: "steps in order",
            rulebook: Examples.rulebook(.temporalOrdered(tiesAllowed: false), of: [1, 0], days: 2),
            alert: Examples.alert(figure: nil, count: 2, ceasefireDay: nil),
            sentence: "“Attack on police”, then “Breach of a ceasefire”, in this order in Peshawar within 2 days "
                + "(2 events)."
        ),
        Case(
            name: "a rate that rose", rulebook: Examples.rulebook(.rateChange(rate)),
            alert: Examples.alert(figure: 8, pValue: 0.00002, count: 12, ceasefireDay: nil),
            sentence: "12 breaches in Peshawar in 7 days against 1.5 expected from the 28 days before: ratio 8, "
                + "p = 0.00002."),
        Case(
            name: "a rate that fell to nothing", rulebook: Examples.rulebook(.rateChange(rate)),
            alert: Examples.alert(figure: 0, pValue: 1e-9, count: 0, ceasefireDay: nil, events: []),
            sentence: "0 breaches in Peshawar in 7 days against the rate of the 28 days before: ratio 0, "
                + "p < 0.000001."),
        Case(
            name: "silence", rulebook: Examples.rulebook(.absence(after: nil), of: [1], days: 10),
            alert: Examples.alert(figure: nil, count: 0, ceasefireDay: nil, events: []),
            sentence: "Attack on police: none in Peshawar for 10 days since 4 March 2014, 09:40 UTC."),
        Case(
            name: "no answer", rulebook: Examples.rulebook(.absence(after: 1), days: 10),
            alert: Examples.alert(group: [], figure: nil, count: 0, ceasefireDay: nil, events: []),
            sentence: "No breach for 10 days after “Attack on police” of 4 March 2014, 09:40 UTC."),
        Case(
            name: "a share", rulebook: Examples.rulebook(.share(share), of: [1, 0], [.init(.greaterOrEqual, 0.5)]),
            alert: Examples.alert(figure: 0.6, count: 12, ceasefireDay: nil),
            sentence:
                "“Attack on police”: 12 of 20 events of “Attack on police” or “Breach of a ceasefire” in Peshawar "
                + "within 7 days, a share of 0.6 (threshold 0.5)."),
        Case(
            name: "an effective number",
            rulebook: Examples.rulebook(.effectiveNumber(field: "initiator"), [.init(.greater, 2)]),
            alert: Examples.alert(figure: 8.0 / 3, count: 4, ceasefireDay: nil),
            sentence: "4 breaches in Peshawar amount to 2.67 initiators of equal weight within 7 days "
                + "(threshold: more than 2)."),
        Case(
            name: "blow and answer",
            rulebook: Examples.rulebook(
                .reciprocity(from: "initiator.party", to: "target.party"), [.init(.greaterOrEqual, 2)]),
            alert: Examples.alert(figure: 3, count: 5, ceasefireDay: nil),
            sentence: "5 breaches in Peshawar in which one side and the other answer in turn, 3 answers within 7 days "
                + "(threshold 2)."),
        Case(
            name: "new values",
            rulebook: Examples.rulebook(.newValue(field: "admin2"), of: [1], days: 90, [.init(.greaterOrEqual, 1)]),
            alert: Examples.alert(group: [], figure: 1, count: 2, ceasefireDay: nil),
            sentence: "Attack on police: 2 events bring 1 district not seen in the 90 days before."),
        Case(
            name: "a record", rulebook: Examples.rulebook(.record(record), days: 30),
            alert: Examples.alert(figure: 134, count: 9, ceasefireDay: nil),
            sentence:
                "134 fatalities in 9 breaches in Peshawar within 30 days, no fewer than in any 30 days of the 366 days "
                + "before (floor 100)."),
        Case(
            name: "self-excitation",
            rulebook: Examples.rulebook(.selfExciting(excitement), days: 90, [.init(.greaterOrEqual, 3)]),
            alert: Examples.alert(figure: 3.456, count: 20, ceasefireDay: nil),
            sentence: "20 breaches in Peshawar within 90 days, of late so close upon each other that more are to be "
                + "expected at 3.46 times that rate (threshold 3)."),
        Case(
            name: "a chart", rulebook: Examples.rulebook(.controlChart(chart), days: 1),
            alert: Examples.alert(figure: 6.0621779, count: 9, ceasefireDay: nil),
            sentence: "9 breaches in Peshawar in 1 day, out of line with a baseline of 7 such periods: EARS C1 6.06 "
                + "(limit 3.09)."),
        Case(
            name: "a deadline", rulebook: Examples.rulebook(.deadline(ceasefire: nil), of: [], days: 3),
            alert: Examples.alert(group: [("ceasefire", .text("ttp-2014"))], figure: nil, count: 0, events: []),
            sentence: "“ttp-2014” runs out within 3 days, and nobody has extended it, 13 days into the ceasefire."),
        Case(
            name: "a rate with its interval, against the time before a ceasefire",
            rulebook: Examples.rulebook(.rateChange(anchored)), alert: ratio,
            sentence:
                "12 breaches in Peshawar in 7 days against 6 expected from the 28 days before the ceasefire: ratio 2 "
                + "(95 % interval 1.02 to 3.5), p = 0.02."),
        Case(
            name: "a chain counts alerts", rulebook: chain,
            alert: Examples.alert(rule: 3, group: [], ceasefireDay: nil, events: []),
            sentence: "Breaches pile up in a district: 3 alerts within 7 days (threshold 3)."),
    ]

    @Test("an alert that is taken back tells what is known now")
    func retraction() {
        var alert = Examples.alert(figure: 2, count: 2, ceasefireDay: nil)
        alert.status = .retracted
        #expect(
            Explanation(rulebook: Examples.cluster).text(of: alert)
                == "Taken back after later reports; known now: 2 breaches in Peshawar within 7 days (threshold 3).")
    }

    @Test("Correlations", arguments: correlations)
    func correlation(example: Case) {
        #expect(Explanation(rulebook: example.rulebook).text(of: example.alert) == example.sentence)
    }

    @Test("A detection says of a clash between whom it was, and not who began")
    func clash() {
        var event = Examples.event()
        (event.type, event.initiator, event.target, event.isMutual) = ("clash", "TTP", "Police", true)
        let alert = Examples.alert(rule: 1, ceasefireDay: nil, events: [event])
        #expect(
            Explanation(rulebook: Examples.cluster).text(of: alert)
                == "Clash in Sarband between TTP and Police, 9 killed.")
    }

    @Test("A detection says what, where, who, against whom, the toll and why it is a breach")
    func detection() {
        var alert = Examples.alert(rule: 0, group: [], figure: nil, count: 1)
        alert.events[0].type = "suicide_bombing"
        alert.events[0].initiator = "TTP"
        alert.events[0].target = "civilians"
        alert.events[0].breachReason = "TTP is a side, and claimed it."
        #expect(
            Explanation(rulebook: Examples.cluster).text(of: alert)
                == "Suicide bombing in Sarband by TTP against civilians, 9 killed, 13 days into the ceasefire: "
                + "TTP is a side, and claimed it.")
        alert.events[0] = Examples.event(place: nil)
        alert.events[0].type = "190"
        alert.events[0].fatalities = 0
        alert.ceasefire = nil
        #expect(Explanation(rulebook: Examples.cluster).text(of: alert) == "Event of type 190, no deaths reported.")
    }

    @Test(
        "Numbers for people",
        arguments: [
            (3, "3"), (1_234_567, "1,234,567"), (-1000, "-1,000"), (12.345, "12.3"), (1.5, "1.5"), (0.25, "0.25"),
            (0.012345, "0.0123"), (123.456, "123.5"), (999.99, "1,000"), (1e21, "1e+21"),
        ] as [(Double, String)])
    func numbers(number: Double, text: String) {
        #expect(PeopleNumber.text(number) == text)
    }

    @Test(
        "p-values with two significant digits",
        arguments: [
            (0.00002, "p = 0.00002"), (0.0133, "p = 0.013"), (0.5, "p = 0.5"), (1, "p = 1"), (1e-9, "p < 0.000001"),
            (0, "p < 0.000001"), (0.0000123, "p = 0.000012"),
        ] as [(Double, String)])
    func probabilities(number: Double, text: String) {
        #expect(PeopleNumber.pValuePhrase(number) == text)
    }
}
