import Events
import Following
import Ledger
import Monitoring
import Testing

@Suite("What was said, and what follows now")
struct DifferenceTests {
    private static func derived(_ id: String, _ onset: Int64, _ end: Int64?, content: Int64 = 1) -> Difference.Derived {
        let alert = Alert(
            status: .resolved, id: id, rule: 0, group: [], onset: Instant(milliseconds: onset),
            end: end.map { Instant(milliseconds: $0) }, figure: nil, peak: nil, ceasefire: nil, evidenceCount: 0,
            events: [], alerts: [], knownAt: Instant(milliseconds: onset))
        return Difference.Derived(notice: .alert(alert), rule: "r", group: "{}", content: content)
    }

    private static func said(_ id: String, _ onset: Int64, _ end: Int64?, content: Int64 = 1) -> LedgerAlert {
        LedgerAlert(
            id: id, status: end == nil ? "firing" : "resolved", level: "high", rule: "r", title: "R", group: "{}",
            onset: onset, end: end, content: content)
    }

    /// What is said, as `status id` and what it replaces.
    private static func told(_ said: [LedgerAlert], _ derived: [Difference.Derived]) -> [String] {
        Difference.between(said, and: derived).map { change in
            switch change {
            case .retracted(let alert): "retracted \(alert.id)"
            case .said(let alert): "\(alert.status.rawValue) \(alert.id)" + (alert.replaces.map { " for \($0)" } ?? "")
            }
        }
    }

    @Test("What is the same is not said again")
    func same() {
        #expect(DifferenceTests.told([DifferenceTests.said("a", 1, 5)], [DifferenceTests.derived("a", 1, 5)]) == [])
    }

    @Test("What is new fires, and is resolved at once where it has ended")
    func new() {
        let derived = [
            DifferenceTests.derived("a", 1, nil), DifferenceTests.derived("b", 2, 9),
            DifferenceTests.derived("c", 3, 3),
        ]
        #expect(DifferenceTests.told([], derived) == ["firing a", "firing b", "resolved b", "firing c"])
    }

    @Test("What says something else is updated, or resolved where it has ended since")
    func changed() {
        let said = [
            DifferenceTests.said("a", 1, nil), DifferenceTests.said("b", 2, nil), DifferenceTests.said("c", 3, 7),
        ]
        let derived = [
            DifferenceTests.derived("a", 1, nil, content: 2), DifferenceTests.derived("b", 2, 5, content: 2),
            DifferenceTests.derived("c", 3, nil, content: 2),
        ]
        #expect(DifferenceTests.told(said, derived) == ["updated a", "resolved b", "updated c"])
    }

    @Test("What follows no more is taken back; what overlaps with what is new has moved")
    func gone() {
        let said = [DifferenceTests.said("a", 1, 5), DifferenceTests.said("b", 10, nil)]
        #expect(DifferenceTests.told(said, []) == ["retracted a", "retracted b"])
        #expect(
            DifferenceTests.told(said, [DifferenceTests.derived("n", 12, nil)]) == ["retracted a", "updated n for b"])
    }

    @Test("A line that is taken back says so, and keeps the rest but for its peak and what it replaced")
    func line() {
        let last =
            #"{"kind":"alert","status":"resolved","id":"x","replaces":"y","rule":"r","onset":"o","peak":3,"#
            + #""ceasefire":null,"explanation":"Said \",\"peak\":4.","known_at":"k","by_clock":true}"#
        let expected =
            #"{"kind":"alert","status":"retracted","id":"x","rule":"r","onset":"o","ceasefire":null,"#
            + #""explanation":"Taken back, since no rule says so any more: Said \",\"peak\":4.","known_at":"k"}"#
        #expect(String(decoding: RetractedLine.line(from: Array(last.utf8)), as: UTF8.self) == expected)
    }
}
