import Reporting
import RuleTesting
import Rulebook
import Testing

@Suite("Tests that expect risks")
struct RiskTestTests {
    private static let rules = """
        title: Attack
        id: attack
        level: low
        group-by: [admin2]
        detection: {s: {type: attack}, condition: s}
        ---
        title: Bombing
        id: bombing
        level: high
        group-by: [admin2]
        detection: {s: {type: bombing}, condition: s}
        ---
        risk:
          title: Strain
          id: strain
          entity: admin2
          half_life: 2d
          points: {low: 1, bombing: 4}
          thresholds: {strained: 4, breaking: {score: 6, level: critical}}

        """

    private static let events = """
        events:
              - {id: a, time: 2014-03-03T09:00Z, type: attack, admin2: Swat}
              - {id: b, like: a}
              - {id: c, time: +2d, like: a, type: bombing}
        """

    private func book(_ rest: String, rules: String = RiskTestTests.rules) throws -> TestBook {
        let tests = "tests:\n  - name: one\n    \(RiskTestTests.events)\n    \(rest)\n"
        return try TestBook(tests.replacing("      - {", with: "      - {"), rules: rules)
    }

    @Test(
        "an expected risk names its threshold, and whatever else is to be checked",
        arguments: [
            ("{risk: strain}", true), ("{risk: strain, threshold: strained, group: {admin2: Swat}, figure: 5}", true),
            ("{risk: strain, onset: 2014-03-05T09:00Z, end: null, count: 3}", true),
            ("{risk: strain, known_at: 2014-03-05T09:00Z}", true), ("{risk: strain, threshold: breaking}", false),
            ("{risk: strain, figure: 4}", false), ("{risk: strain, count: 2}", false),
            ("{risk: strain, onset: 2014-03-03T09:00Z}", false), ("{risk: strain, group: {admin2: Dir}}", false),
            ("{risk: strain, end: 2014-03-06}", false), ("{risk: strain}, {risk: strain}", false), ("", false),
        ])
    func expected(_ alerts: String, passes: Bool) throws {
        let book = try book("rules: [strain]\n    expect: [\(alerts)]")
        #expect(book.diagnostics.isEmpty, "\(book.diagnostics)")
        #expect(try book.outcome().passes == passes)
    }

    @Test("rules and risks can be under test together; without names all are")
    func together() throws {
        let all = "{rule: attack}, {rule: attack}, {rule: bombing}"
        #expect(try book("expect: [\(all), {risk: strain}]").outcome().passes)
        #expect(try !book("rules: ['*']\n    expect: [\(all)]").outcome().passes)
        #expect(try book("expect: [\(all)]").outcome().passes)
        #expect(try !book("expect: []").outcome().passes)
        #expect(try !book("expect_none: [strain]").outcome().passes)
        #expect(try !book("expect_none: ['str*']").outcome().passes)
    }

    @Test("what is emitted on the way: a threshold that a late report crosses, and one that a withdrawal takes back")
    func emitted() throws {
        let book = try TestBook(
            """
            tests:
              - name: late and withdrawn
                rules: [strain]
                events:
                  - {id: a, time: 2014-03-03T09:00Z, type: bombing, admin2: Swat}
                  - {id: b, time: 2014-03-03T21:00Z, type: attack, admin2: Dir}
                  - {id: c, time: 2014-03-03T09:00Z, type: bombing, admin2: Swat}
                  - {id: c, withdrawn: true}
                arrive:
                  - {event: a, emitted: [{status: firing, risk: strain, threshold: strained, figure: 4}]}
                  - {event: b, emitted: [{status: resolved, risk: strain, threshold: strained, end: 2014-03-03T09:00:00.001Z}]}
                  - event: c
                    emitted:
                      - {status: updated, risk: strain, threshold: strained, figure: 8, end: null}
                      - {status: firing, risk: strain, threshold: breaking, figure: 8}
                  - event: c
                    emitted:
                      - {status: resolved, risk: strain, threshold: strained, figure: 4}
                      - {status: retracted, risk: strain, threshold: breaking}
                expect: [{risk: strain, threshold: strained}]
            """, rules: RiskTestTests.rules)
        let text = try book.outcome().passes ? "" : book.text()
        #expect(text == "")
    }

    @Test("a test that fails shows what was expected, what came, and the alerts that count")
    func failure() throws {
        let text = try book("expect: [{risk: strain, threshold: breaking, figure: 6}]").text()
        #expect(
            text.hasSuffix(
                """
                  alerts that count for strain, half of them after 2d:
                    2014-03-03T09:00:00Z  attack   Swat  1 points
                    2014-03-03T09:00:00Z  attack   Swat  1 points
                    2014-03-05T09:00:00Z  bombing  Swat  4 points

                """), "\(text)")
        #expect(text.contains("- expected {risk: strain, threshold: breaking, figure: 6}"))
        #expect(
            text.contains(
                "+ came     {risk: strain, threshold: strained, group: {admin2: Swat}, onset: 2014-03-05T09:00:00Z, end: null, figure: 5}"
            ))
    }

    @Test("--coverage lists thresholds that no test crosses, or none leaves uncrossed, and what never gives points")
    func coverage() throws {
        let book = try TestBook(
            """
            tests:
              - name: one
                events: [{id: a, time: 2014-03-03T09:00Z, type: bombing, admin2: Swat}]
                expect: [{risk: strain, threshold: strained}]
            """, rules: RiskTestTests.rules)
        let report = TestRunner(rulebook: book.rulebook).coverage(book.tests, [.risk(0)])
        #expect(
            report.gaps.map(\.what) == [
                "in which something counts and threshold 'strained' is not crossed",
                "in which threshold 'breaking' is crossed", "in which 'low' gives points",
            ])
        #expect(report.count == 6)
    }

    @Test("--mutate moves half-life, thresholds and points; a reason may stand at the risk")
    func mutants() throws {
        let rules = RiskTestTests.rules.replacing(
            "  half_life: 2d", with: "  half_life: 2d\n  untested: [{what: half_life *, reason: a guess}]")
        let book = try TestBook(
            """
            tests:
              - name: one
                events: [{id: a, time: 2014-03-03T09:00Z, type: bombing, admin2: Swat}]
                expect: [{risk: strain, threshold: strained}]
            """, rules: rules)
        let report = TestRunner(rulebook: book.rulebook).mutate(book.tests, book.sources)
        #expect(
            report.gaps.filter { $0.source == .risk(0) }.map(\.what) == [
                "threshold strained 4 to 3", "threshold breaking 6 to 5", "threshold breaking 6 to 7",
                "points low 1 to 0",
                "points low 1 to 2", "points bombing 4 to 5",
            ])
        #expect(report.acceptedCount == 2)
    }
}
