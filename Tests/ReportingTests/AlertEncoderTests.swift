import Events
import Monitoring
import Rulebook
import Testing

@testable import Reporting

@Suite("Alerts as JSON Lines")
struct AlertEncoderTests {
    private func line(_ alert: Alert, _ rulebook: Rulebook = Examples.cluster) -> String {
        var encoder = AlertEncoder(rulebook: rulebook)
        var bytes: [UInt8] = []
        encoder.encode(alert, into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("A cluster of breaches is written as the contract shows it")
    func contractExample() {
        #expect(
            line(Examples.alert()) == """
                {"kind":"alert","status":"firing","id":"5f0c1d6be2a94c77","rule":"breach-cluster",\
                "title":"Breaches pile up in a district","level":"high","tags":["truce"],\
                "runbook":"call the joint committee","group":{"admin2":"Peshawar"},"onset":"2014-03-14T09:40:00Z",\
                "end":null,"figure":3,"condition":{"gte":3},"timespan":"7d",\
                "ceasefire":{"id":"ttp-2014","phase":"in_force","day":13},\
                "evidence":{"count":3,"events":[{"id":"sarband","time":"2014-03-14T09:40:00Z","place":"Sarband",\
                "fatalities":9}]},"explanation":"3 breaches in Peshawar within 7 days (threshold 3), \
                13 days into the ceasefire.","known_at":"2014-03-14T15:00:00Z"}

                """)
    }

    @Test("A detection has no figure, no condition and no timespan; without a ceasefire that is null")
    func detection() {
        var alert = Examples.alert(rule: 1, group: [], figure: nil, count: 1, ceasefireDay: nil)
        alert.end = alert.onset
        alert.events[0].timeEnd = Instant(milliseconds: alert.onset.milliseconds + 1500)
        alert.events[0].place = nil
        alert.events[0].fatalities = nil
        #expect(
            line(alert) == """
                {"kind":"alert","status":"firing","id":"5f0c1d6be2a94c77","rule":"attack","title":"Attack on police",\
                "level":"high","group":{},"onset":"2014-03-14T09:40:00Z","end":"2014-03-14T09:40:00Z",\
                "ceasefire":null,"evidence":{"count":1,"events":[{"id":"sarband","time":"2014-03-14T09:40:00Z",\
                "time_end":"2014-03-14T09:40:01.500Z"}]},"explanation":"Event.","known_at":"2014-03-14T15:00:00Z"}

                """)
    }

    @Test("Figure, peak and condition of a rate change have the ratio and the p-value")
    func rateChange() {
        let parameters = Correlation.RateChange(
            baseline: Timespan(milliseconds: 28 * Examples.day), minimumCount: 5,
            ratio: NumericCondition([.init(.greaterOrEqual, 2)]), pValue: NumericCondition([.init(.less, 0.01)]))
        var alert = Examples.alert(figure: 8, pValue: 0.00002, count: 12)
        alert.peak = Alert.Figure(8.5, pValue: 1e-7)
        let text = line(alert, Examples.rulebook(.rateChange(parameters)))
        #expect(
            text.contains(
                """
                "figure":{"ratio":8,"p_value":2e-05},"condition":{"ratio":{"gte":2},"p_value":{"lt":0.01}},\
                "timespan":"7d","peak":{"ratio":8.5,"p_value":1e-07},"ceasefire":
                """), "\(text)")
    }

    @Test("The interval of a ratio stands beside it; without an upper limit it has null")
    func interval() {
        let parameters = Correlation.RateChange(
            baseline: Timespan(milliseconds: 28 * Examples.day), minimumCount: 5,
            ratio: NumericCondition([.init(.greaterOrEqual, 2)]), pValue: nil)
        for (high, written) in [(9.5, "9.5"), (.infinity, "null")] as [(Double, String)] {
            var alert = Examples.alert(figure: 8, pValue: 0.5, count: 12)
            alert.figure?.interval = Alert.Interval(low: 1.25, high: high)
            let text = line(alert, Examples.rulebook(.rateChange(parameters)))
            let figure = "\"figure\":{\"ratio\":8,\"p_value\":0.5,\"interval\":[1.25,\(written)]},"
            #expect(text.contains(figure), "\(text)")
        }
    }

    @Test("A condition on values names the field, and a percentile which one")
    func valueConditions() {
        let percentile = Correlation.Percentile(numerator: 95, denominator: 100)
        let rulebook = Examples.rulebook(.valuePercentile(field: "fatalities", percentile), [.init(.greater, 2.5)])
        #expect(
            line(Examples.alert(), rulebook).contains(
                "\"condition\":{\"field\":\"fatalities\",\"percentile\":95,\"gt\":2.5}"))
        let tuple = Examples.rulebook(.valueCount(fields: ["type", "admin2"]), [.init(.greaterOrEqual, 2)])
        #expect(
            line(Examples.alert(), tuple).contains("\"condition\":{\"field\":[\"type\",\"admin2\"],\"gte\":2}"))
    }

    @Test("Group values keep their kind, and absent ones are left out")
    func groupValues() {
        let alert = Examples.alert(group: [
            ("year", .number(2014)), ("mutual", .boolean(true)), ("place", .absent), ("code", .text("2014")),
        ])
        #expect(line(alert).contains("\"group\":{\"year\":2014,\"mutual\":true,\"code\":\"2014\"}"))
    }

    @Test("A chain lists the alerts it rests on")
    func chain() {
        var alert = Examples.alert(events: [])
        alert.alerts = [Alert.EvidenceAlert(id: "00ff", rule: 0, onset: Examples.onset)]
        #expect(
            line(alert).contains(
                "\"evidence\":{\"count\":3,\"events\":[],\"alerts\":[{\"id\":\"00ff\",\"rule\":\"breach\","
                    + "\"time\":\"2014-03-14T09:40:00Z\"}]}"))
    }

    @Test(
        "Texts are escaped",
        arguments: [
            ("plain", "\"plain\""), ("a\"b\\c", "\"a\\\"b\\\\c\""), ("\u{8}\t\n\u{C}\r", "\"\\b\\t\\n\\f\\r\""),
            ("\u{0}\u{1B}[31m\u{7F}", "\"\\u0000\\u001b[31m\\u007f\""), ("\u{9B}31m", "\"\\u009b31m\""),
            ("پشاور £ 😀", "\"پشاور £ 😀\""), ("", "\"\""),
        ])
    func escaping(text: String, json: String) {
        var bytes: [UInt8] = []
        bytes.append(jsonText: text)
        #expect(String(decoding: bytes, as: UTF8.self) == json)
    }

    @Test(
        "Instants are written in UTC, with milliseconds only where there are any",
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59.999Z"), (951_782_400_000, "2000-02-29T00:00:00Z"),
            (1_394_790_000_007, "2014-03-14T09:40:00.007Z"), (-62_135_596_800_000, "0001-01-01T00:00:00Z"),
        ] as [(Int64, String)])
    func instants(milliseconds: Int64, text: String) {
        var bytes: [UInt8] = []
        bytes.append(rfc3339: Instant(milliseconds: milliseconds))
        #expect(String(decoding: bytes, as: UTF8.self) == text)
    }

    @Test(
        "Durations are in the words of a rule book",
        arguments: [
            (7 * 86_400_000, "7d", "7 days"), (36 * 3_600_000, "36h", "36 hours"), (5_400_000, "90m", "90 minutes"),
            (86_400_000, "1d", "1 day"), (90_000, "90s", "90 seconds"), (0, "0s", "0 seconds"),
        ] as [(Int64, String, String)])
    func durations(milliseconds: Int64, rule: String, words: String) {
        #expect(Timespan(milliseconds: milliseconds).ruleText == rule)
        #expect(Timespan(milliseconds: milliseconds).words == words)
    }
}
