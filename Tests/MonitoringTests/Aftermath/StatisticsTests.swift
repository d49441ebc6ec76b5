import Events
import Monitoring
import Testing

@Suite("At the end of each every of event time a line is emitted for each group with activity in a window")
struct StatisticsTests {
    private static let rules = """
        {title: A, id: a, level: low, detection: {s: {type: a}, condition: s}}
        ---
        {title: B, id: b, level: low, detection: {s: {type: b}, condition: s}}
        ---

        """

    private func lines(
        _ document: String, _ events: [String], until: String, zone: TimeZoneRules = .utc
    ) throws -> [Statistic] {
        try SampleRun(StatisticsTests.rules + document, events, until: until, zone: zone).lines
    }

    private static let count = "statistics: {title: A, id: n, measure: count, rules: a, windows: [24h, 48h]}"

    @Test("Value, the value one window before, and the change")
    func values() throws {
        let events = [1, 1, 2, 3].enumerated().map { SampleRun.event("e\($0)", $1, 5, "a") }
        let lines = try lines(StatisticsTests.count, events, until: "2014-03-04").filter {
            $0.window.milliseconds == 86_400_000
        }
        #expect(lines.map(\.value) == [2, 1, 1])
        #expect(lines.map(\.before) == [0, 2, 1])
        #expect(lines.map(\.change) == [2, -1, 0])
    }

    @Test("A window ends at the cut-off; what happens at that instant is in the next one")
    func halfOpen() throws {
        let lines = try lines(
            StatisticsTests.count, [SampleRun.event("e1", 1, "a"), SampleRun.event("e2", 2, "a")], until: "2014-03-02")
        #expect(lines.map(\.value) == [1, 1])
    }

    @Test("The group has a line for each window as long as anything lies in the longest")
    func activity() throws {
        let lines = try lines(StatisticsTests.count, [SampleRun.event("e1", 1, 5, "a")], until: "2014-03-09")
        #expect(lines.map(\.value) == [1, 1, 0, 1])
    }

    @Test("No line is due before its cut-off is reached: no time is invented")
    func noInventedTime() throws {
        let run = try SampleRun(StatisticsTests.rules + StatisticsTests.count, [SampleRun.event("e1", 1, 23, "a")])
        #expect(run.told.compactMap(\.statistic).isEmpty && run.lines.isEmpty)
    }

    @Test("Days end at midnight of the zone, also where the clocks change")
    func zones() throws {
        let zone = TimeZoneRules(name: "+05:00", fixedOffset: 18_000)
        let lines = try lines(
            StatisticsTests.count, [#"{"id":"e","time":"2014-03-01","type":"a"}"#], until: "2014-03-02", zone: zone)
        #expect(lines.first?.value == 1)
        #expect(lines.first?.cutOff == Instant(milliseconds: 1_393_700_400_000))
    }

    @Test("A late correction re-issues the lines it changes, and one that leaves nothing takes them back")
    func corrections() throws {
        let document = "statistics: {title: A, id: n, measure: count, rules: a, windows: [24h]}"
        let events = [
            SampleRun.event("e1", 1, 5, "a"), SampleRun.event("end", 4, "c"), SampleRun.event("e2", 1, 6, "a"),
            #"{"id":"e1","withdrawn":true}"#, #"{"id":"e2","withdrawn":true}"#,
        ]
        let run = try SampleRun(StatisticsTests.rules + document, events)
        let told = run.told.compactMap(\.statistic)
        #expect(told.map(\.status) == [.issued, .updated, .updated, .retracted])
        #expect(told.map(\.value) == [1, 2, 1, 0])
        #expect(Set(told.map(\.id)).count == 1)
        #expect(run.lines.isEmpty)
    }

    @Test("Statistics from any order of arrival end in the same lines")
    func anyOrder() throws {
        let events = (1...8).map {
            SampleRun.event("e\($0)", $0, $0 % 5, $0 % 3 == 0 ? "b" : "a", $0 % 2 == 0 ? "x" : "y")
        }
        let document = "statistics: {title: A, id: n, measure: count, rules: [a, b], group-by: [admin2]}"
        let expected = try lines(document, events, until: "2014-03-10")
        var random = SplitMix64(seed: 9)
        for _ in 0..<5 {
            let shuffled = events.shuffled(using: &random)
            let run = try SampleRun(StatisticsTests.rules + document, shuffled, until: "2014-03-10")
            #expect(run.lines == expected)
            var fold: [String: Statistic] = [:]
            for var line in run.told.compactMap(\.statistic) {
                let isGone = line.status == .retracted
                line.status = .issued
                fold[line.id] = isGone ? nil : line
            }
            #expect(expected.allSatisfy { fold[$0.id] == $0 } && fold.count == expected.count)
        }
    }

    @Test("For counts the ratio with its exact 95 % interval; without a limit where there were none before")
    func ratios() throws {
        let events = [1, 2, 2, 2].enumerated().map { SampleRun.event("e\($0)", $1, 5, "a") }
        let lines = try lines(StatisticsTests.count, events, until: "2014-03-03").filter {
            $0.window.milliseconds == 86_400_000
        }
        #expect(lines[0].ratio?.value == nil && lines[0].ratio?.high == nil)
        #expect(lines[1].ratio?.value == 3)
        // Clopper-Pearson for 3 of 4: 0.1941 to 0.9937.
        #expect(abs((lines[1].ratio?.low ?? 0) - 0.19412 / 0.80588) < 1e-3)
        #expect(abs((lines[1].ratio?.high ?? 0) - 157.5) < 0.5)
    }

    @Test("The total since the ceasefire took effect")
    func totals() throws {
        let document = """
            ceasefire: {id: truce, effective: 2014-03-02T00:00:00Z, until: 2014-04-01T00:00:00Z}
            ---
            statistics: {title: A, id: n, measure: count, rules: a, windows: [24h]}
            """
        let events = [1, 2, 3].map { SampleRun.event("e\($0)", $0, 5, "a") }
        let lines = try lines(document, events, until: "2014-03-04")
        #expect(lines.map { $0.total?.value } == [nil, 1, 2])
    }

    @Test("Sum, distinct, share and effective number")
    func measures() throws {
        func value(_ measure: String) throws -> Double? {
            let events = [("e1", "a", "x", 2), ("e2", "b", "x", 3), ("e3", "a", "y", 0), ("e4", "a", "x", 1)].map {
                #"{"id":"\#($0.0)","time":"2014-03-01T05:00:00Z","type":"\#($0.1)","admin2":"\#($0.2)","fatalities":\#($0.3)}"#
            }
            return try lines(
                "statistics: {title: A, id: n, windows: [24h], \(measure)}", events, until: "2014-03-02"
            ).first?.value ?? nil
        }
        #expect(try value("measure: sum, field: fatalities, rules: [a, b]") == 6)
        #expect(try value("measure: distinct, field: admin2, rules: [a, b]") == 2)
        #expect(try value("measure: share, of: a, among: [a, b]") == 0.75)
        #expect(try value("measure: share, field: fatalities, of: b, among: [a, b]") == 0.5)
        #expect(try value("measure: effective_number, field: admin2, rules: [a, b]") == 1.6)
    }

    @Test("An event less exact than the window is long is left out of it, and said to be")
    func imprecise() throws {
        let event = #"{"id":"e","time":"2014-03-05","time_precision":"week","type":"a"}"#
        let document = "statistics: {title: A, id: n, measure: count, rules: a, windows: [24h, 7d]}"
        let lines = try lines(document, [event], until: "2014-03-04")
        #expect(lines.map(\.value) == [0, 1])
        #expect(lines.map(\.imprecise) == [1, 0])
    }
}
