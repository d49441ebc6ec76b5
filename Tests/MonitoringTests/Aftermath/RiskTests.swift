import Events
import Monitoring
import Testing

@Suite("The score is the sum over an entity's alerts of points x 2^-(age/half_life)")
struct RiskTests {
    private static let rules = """
        {title: A, id: a, level: low, group-by: [admin2], detection: {s: {type: a}, condition: s}}
        ---
        {title: B, id: b, level: high, group-by: [admin2], detection: {s: {type: b}, condition: s}}
        ---
        risk:
          title: Strain
          id: strain
          entity: admin2
          half_life: 1d
          points: {low: 1, b: 4}
          thresholds: {strained: 2, breaking: {score: 5, level: critical}}
        ---

        """

    private func run(_ events: [String], until: String? = nil, with more: String = "") throws -> (
        run: SampleRun, risks: [RiskAlert]
    ) {
        let run = try SampleRun(RiskTests.rules + more, events, until: until)
        return (run, run.standing.compactMap(\.notice?.risk))
    }

    @Test("Crossing a threshold upward is an alert with the contributions that make it up")
    func crossing() throws {
        let (_, risks) = try run([
            SampleRun.event("b1", 1, "b"), SampleRun.event("a1", 2, "a"), SampleRun.event("b2", 2, "b"),
        ])
        // 4 on the first day; on the second what is left of it, 2, and 1 and 4.
        #expect(risks.map(\.threshold) == [0, 1])
        #expect(risks.map(\.score) == [4, 7])
        #expect(risks[1].contributions.map(\.value) == [4, 2, 1])
        #expect(risks[1].contributions.map(\.points) == [4, 4, 1])
        #expect(risks[1].contributionCount == 3)
        #expect(risks.allSatisfy { $0.end == nil && $0.peak == nil })
    }

    @Test("It resolves at the first millisecond below")
    func resolving() throws {
        // 4 points are 2 after one half-life: that is not below yet.
        let (run, risks) = try run([SampleRun.event("b1", 1, "b")], until: "2014-03-05")
        let day: Int64 = 86_400_000
        #expect(risks.map { $0.end?.milliseconds } == [risks[0].onset.milliseconds + day + 1])
        #expect(risks[0].peak == 4)
        #expect(run.notices() == ["firing 1 b1", "firing risk 0 1", "resolved risk 0 1"])
    }

    @Test("It holds on where points come before it is below")
    func holdingOn() throws {
        let (_, risks) = try run(
            [SampleRun.event("b1", 1, "b"), SampleRun.event("b2", 2, "b")], until: "2014-03-06")
        #expect(risks.filter { $0.threshold == 0 }.count == 1)
        #expect(risks.first { $0.threshold == 0 }?.peak == 6)
    }

    @Test("A late alert changes it by the difference, and so does one that is taken back")
    func late() throws {
        let (run, risks) = try run([
            SampleRun.event("b2", 2, "b"), SampleRun.event("b1", 1, "b"), #"{"id":"b1","withdrawn":true}"#,
        ])
        #expect(run.told.compactMap(\.notice?.risk).map(\.status).contains(.retracted))
        #expect(run.told.compactMap(\.notice?.risk).map(\.threshold).contains(1))
        #expect(risks.map(\.score) == [4])
    }

    @Test("Each entity has a score of its own, and an alert without the field counts for none")
    func entities() throws {
        let (run, risks) = try run([
            SampleRun.event("b1", 1, "b", "x"), SampleRun.event("b2", 1, "b", "y"),
            #"{"id":"b3","time":"2014-03-01T00:00:00Z","type":"b"}"#,
        ])
        #expect(risks.map(\.entity.value) == [.text("x"), .text("y")])
        #expect(run.summary.alertsWithoutEntity == [1])
    }

    @Test("The alerts of a risk can be silenced, and alerts held back count all the same")
    func silenced() throws {
        let (_, shown) = try run([SampleRun.event("b1", 1, "b")], with: "silence: {matchers: {rule: strain}}")
        #expect(shown.isEmpty)
        let (_, risks) = try run([SampleRun.event("b1", 1, "b")], with: "silence: {matchers: {rule: b}}")
        #expect(risks.count == 1)
    }
}
