import Events
import Monitoring
import Rulebook
import Testing

@Suite("Silences and inhibition work on rule, level, tags and group as in Alertmanager; what they hold back is counted")
struct SilencingTests {
    private static let rules = """
        {title: Low, id: low, level: low, group-by: [admin2], detection: {s: {type: a}, condition: s}}
        ---
        {title: High, id: high, level: high, tags: [truce], group-by: [admin2], detection: {s: {type: b}, condition: s}}
        ---
        title: Days with c
        id: long
        level: medium
        correlation: {type: event_count, rules: [c], group-by: [admin2], timespan: 2d, condition: {gte: 1}}
        ---
        {title: C, id: c, detection: {s: {type: c}, condition: s}}
        ---

        """

    private func run(_ document: String, _ events: [String], until: String? = nil) throws -> SampleRun {
        try SampleRun(SilencingTests.rules + document, events, until: until)
    }

    @Test("An alert is silenced if its onset lies in [from, until)")
    func period() throws {
        let run = try run(
            "silence: {matchers: {rule: low}, from: 2014-03-02, until: 2014-03-04}",
            [1, 2, 3, 4].map { SampleRun.event("e\($0)", $0, "a") })
        #expect(run.notices() == ["firing 0 e1", "firing 0 e4"])
        #expect(run.standingNotices == ["resolved 0 e1", "resolved 0 e4"])
        #expect(run.summary.silenced == [2])
        #expect(run.summary.alertsByLevel == [.low: 2])
    }

    @Test("Silences match level, tags and group")
    func properties() throws {
        let events = [
            SampleRun.event("e1", 1, "a"), SampleRun.event("e2", 1, "b"), SampleRun.event("e3", 2, "b", "y"),
        ]
        #expect(try run("silence: {matchers: {level: low}}", events).notices() == ["firing 1 e2", "firing 1 e3"])
        #expect(try run("silence: {matchers: {tags: truce}}", events).notices() == ["firing 0 e1"])
        #expect(try run("silence: {matchers: ['admin2!=x']}", events).notices() == ["firing 0 e1", "firing 1 e2"])
        #expect(try run("silence: {matchers: ['admin2=~\"x|z\"', tags=truce]}", events).notices().count == 2)
    }

    @Test("An alert is inhibited if at its onset an alert of the source holds with the same values of 'equal'")
    func inhibition() throws {
        let document = "inhibit: {source: {rule: long}, target: {level: low}, equal: [admin2]}"
        let events = [
            SampleRun.event("e1", 1, "a"), SampleRun.event("c", 2, "c"), SampleRun.event("e2", 2, "a"),
            SampleRun.event("e3", 3, 23, "a"), SampleRun.event("e4", 3, 23, "a", "y"), SampleRun.event("e5", 4, "a"),
        ]
        let run = try run(document, events)
        #expect(run.standingNotices == ["resolved 0 e1", "resolved 2 c", "resolved 0 e4", "resolved 0 e5"])
        #expect(run.summary.inhibited == [2])
    }

    @Test("An alert held back by an inhibition whose source is later retracted comes out then")
    func sourceRetracted() throws {
        let document = "inhibit: {source: {rule: long}, target: {rule: low}, equal: [admin2]}"
        let events = [
            SampleRun.event("c", 2, "c"), SampleRun.event("e", 2, 5, "a"), #"{"id":"c","withdrawn":true}"#,
        ]
        #expect(try run(document, events).notices() == ["firing 2 c", "retracted 2 ", "firing 0 e"])
    }

    @Test("An alert told of that is inhibited by a source known later is taken back")
    func sourceLate() throws {
        let document = "inhibit: {source: {rule: long}, target: {rule: low}, equal: [admin2]}"
        let events = [SampleRun.event("e", 2, 5, "a"), SampleRun.event("c", 2, "c")]
        #expect(try run(document, events).notices() == ["firing 0 e", "firing 2 c", "retracted 0 e"])
    }

    @Test("A field that both lack is not equal")
    func lacking() throws {
        let document = "inhibit: {source: {rule: high}, target: {rule: low}, equal: [admin2]}"
        let events = [
            #"{"id":"s","time":"2014-03-01T00:00:00Z","type":"b"}"#,
            #"{"id":"t","time":"2014-03-01T00:00:00Z","type":"a"}"#,
        ]
        #expect(try run(document, events).standingNotices.count == 2)
    }

    @Test("An alert that is both source and target is not inhibited by others that are both, itself among them")
    func both() throws {
        let document = "inhibit: {source: {admin2: x}, target: {admin2: x}}"
        let events = [SampleRun.event("e", 2, "a"), SampleRun.event("f", 2, "b")]
        #expect(try run(document, events).standingNotices.count == 2)
    }

    @Test("Silences do not remove contributions from chains, and what is held back still inhibits")
    func chains() throws {
        let chain = """
            title: Chain
            id: chain
            level: critical
            correlation: {type: event_count, rules: [long], group-by: [admin2], timespan: 9d, condition: {gte: 1}, generate: true}
            ---
            silence: {matchers: {rule: long}}
            ---
            inhibit: {source: {rule: long}, target: {rule: low}}
            """
        let run = try run(chain, [SampleRun.event("c", 2, "c"), SampleRun.event("e", 2, 5, "a")])
        #expect(run.standing.compactMap(\.notice?.alert?.rule) == [4])
        #expect(run.summary.silenced == [1] && run.summary.inhibited == [1])
    }
}
