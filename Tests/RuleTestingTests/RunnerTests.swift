import Diagnostics
import Events
import RuleTesting
import Rulebook
import Testing

@Suite("Rule tests")
struct RunnerTests {
    private static let three = """
            rules: [pile-up]
            events:
              - {id: a, time: 2014-03-03T09:00Z, type: bombing, admin2: Peshawar, fatalities: 3}
              - {id: b, time: +2d, like: a}
              - {id: c, time: +2d, like: b}
        """

    @Test("the test of SPEC section 11 passes: like, relative times, expect, expect_none")
    func specification() throws {
        let book = try TestBook(
            """
            tests:
              - name: three in a week
            \(RunnerTests.three)
                expect:
                  - {rule: pile-up, group: {admin2: Peshawar}, onset: 2014-03-07T09:00Z, figure: 3}
                expect_none: [mass]
            """)
        #expect(book.diagnostics.isEmpty)
        #expect(try book.outcome().passes)
        let events = try #require(book.tests.first).events
        #expect(events.map(\.id) == ["a", "b", "c"])
        #expect(events[2].fields.contains { $0.name == "time" && $0.value == .text("2014-03-07T09:00:00Z") })
        #expect(events[2].fields.contains { $0.name == "fatalities" && $0.value == .number(3) })
    }

    @Test(
        "a test fails where an expected alert is another",
        arguments: [
            "{rule: pile-up, onset: 2014-03-07T09:01Z}", "{rule: pile-up, figure: 4}", "{rule: pile-up, end: null}",
            "{rule: pile-up, end: 2014-03-10T09:00:01Z}", "{rule: pile-up, group: {admin2: Bannu}}",
            "{rule: pile-up, count: 2}", "{rule: pile-up, events: [a, b]}", "{rule: pile-up, peak: 4}",
            "{rule: pile-up, known_at: 2014-03-08}", "{rule: pile-up, ceasefire: c}",
            "{rule: pile-up}, {rule: pile-up}", "{rule: mass}", "",
        ])
    func failing(expected: String) throws {
        let book = try TestBook(
            "tests:\n  - name: three\n\(RunnerTests.three)\n    until: 2014-04-01\n    expect: [\(expected)]\n")
        #expect(book.diagnostics.isEmpty)
        let outcome = try book.outcome()
        guard case .standing = try #require(outcome.failures.first) else {
            Issue.record("\(outcome.failures)")
            return
        }
    }

    @Test("a test passes where all keys of an expected alert are right; what it leaves open may be anything")
    func passing() throws {
        let book = try TestBook(
            """
            tests:
              - name: three
            \(RunnerTests.three)
                until: 2014-04-01
                expect:
                  - {rule: pile-up, group: {admin2: Peshawar}, onset: 2014-03-07T09:00Z, end: 2014-03-10T09:00Z, figure: 3,
                     peak: 3, count: 3, events: [c, a, b], known_at: 2014-03-07T09:00Z}
            """)
        #expect(try book.outcome().failures.isEmpty)
    }

    @Test("a rule that is named may have no alerts but the expected ones; a rule that is not named may have any")
    func exactness() throws {
        let events = """
                events: [{id: a, time: 2014-03-03, fatalities: 12}, {id: b, time: +1d, like: a}]
            """
        for (expectation, passes) in [
            ("expect: [{rule: mass, onset: 2014-03-03}]", false), ("expect_none: [pile-up]", true),
            ("expect: []", false), ("expect_none: ['m*']", false),
            ("expect: [{rule: mass}, {rule: mass, onset: 2014-03-03}]", true),
        ] {
            let book = try TestBook("tests:\n  - name: two\n\(events)\n    \(expectation)\n")
            #expect(try book.outcome().passes == passes, "\(expectation)")
        }
    }

    @Test("\"A test whose rules match no rule fails\"")
    func noRule() throws {
        for rules in ["[pile-upp]", "['x*']", "[]"] {
            let book = try TestBook("tests:\n  - name: t\n    rules: \(rules)\n    events: []\n    expect: []\n")
            #expect(book.diagnostics.count == 1)
            guard case .broken = try #require(book.outcome().failures.first) else {
                Issue.record("rules: \(rules) passes")
                continue
            }
        }
        let book = try TestBook("tests:\n  - name: t\n    events: []\n    expect: []\n", rules: "actors: []\n")
        guard case .noRules = try #require(book.outcome().failures.first) else {
            Issue.record("a test of an empty rule book passes")
            return
        }
    }

    @Test("a record that cannot be used fails its test, and is pointed at")
    func rejected() throws {
        let book = try TestBook(
            """
            tests:
              - name: t
                rules: [mass]
                events:
                  - {id: a, time: 2014-03-03, fatalities: 12}
                  - {id: b, time: 2014-03-03, fatalities: many}
                expect: [{rule: mass}]
            """)
        let text = try book.text()
        #expect(text.contains("the event 'b' cannot be used:"))
        #expect(text.contains("rules.yml:26:10"))
    }

    @Test(
        "pending, late, corrected and withdrawn are testable: a case states an order and what is emitted on the way")
    func arrivals() throws {
        let book = try TestBook(
            """
            tests:
              - name: on the way
                rules: [pile-up]
                lateness: 1d
                events:
                  - {id: a, time: 2014-03-03T09:00Z, type: bombing, admin2: Peshawar, fatalities: 3}
                  - {id: b, time: +2d, like: a}
                  - {id: c, time: +2d, like: b}
                  - {id: late, time: 2014-03-04T09:00Z, like: a}
                  - {id: clock, time: 2014-03-08T09:00Z, type: meeting}
                  - {id: c, like: c, time: 2014-03-07T12:00Z}
                  - {id: a, withdrawn: true}
                  - {id: b, withdrawn: true}
                arrive:
                  - {event: a, emitted: []}
                  - b
                  - {event: c, emitted: []}
                  - {event: clock, emitted: [{status: firing, rule: pile-up, onset: 2014-03-07T09:00Z, figure: 3}]}
                  - {event: late, emitted: [{status: updated, rule: pile-up, onset: 2014-03-05T09:00Z, figure: 3}]}
                  - {event: c, emitted: []}
                  - {event: a, emitted: [{status: retracted, rule: pile-up, onset: 2014-03-05T09:00Z}]}
                  - b
                  - {end: true, emitted: []}
                expect_none: [pile-up]
            """)
        #expect(book.diagnostics.isEmpty)
        let text = try book.text()
        #expect(try book.outcome().failures.isEmpty, "\(text)")
    }

    @Test("the end of the input emits what the lateness held back, and what is not said there fails the test")
    func end() throws {
        for (emitted, passes) in [("[{status: firing, rule: pile-up}]", true), ("[]", false)] {
            let book = try TestBook(
                """
                tests:
                  - name: at the end
                    lateness: 1d
                \(RunnerTests.three)
                    arrive: [a, b, c, {end: true, emitted: \(emitted)}]
                """)
            #expect(book.diagnostics.isEmpty)
            #expect(try book.outcome().passes == passes)
        }
    }

    @Test("what is further back than the horizon changes nothing in a test that states one")
    func horizon() throws {
        let book = try TestBook(
            """
            tests:
              - name: too late
                rules: [mass]
                horizon: 10d
                events:
                  - {id: a, time: 2014-03-03, fatalities: 12}
                  - {id: b, time: +11d, type: meeting}
                arrive: [b, {event: a, emitted: []}]
                expect: []
            """)
        #expect(try book.outcome().passes)
    }

    @Test("the orders of arrival are drawn from the seed, and keep the records of one id in theirs without revisions")
    func shuffles() throws {
        let book = try TestBook(
            """
            tests:
              - name: revisions
                rules: [mass]
                events:
                  - {id: a, time: 2014-03-03, fatalities: 12}
                  - {id: b, time: 2014-03-03, fatalities: 30, revision: 2}
                  - {id: a, time: 2014-03-03, fatalities: 2}
                  - {id: b, time: 2014-03-03, fatalities: 3, revision: 1}
                expect: [{rule: mass, events: [b]}]
            """)
        #expect(try book.outcome(shuffles: 40).failures.isEmpty)
    }

    @Test("a test of a profile has the columns of that profile, and relative times in its column of the time")
    func profile() throws {
        let book = try TestBook(
            """
            profile: {name: office, fields: {time: Date, fatalities: Dead}}
            ---
            tests:
              - name: columns
                profile: office
                rules: [mass]
                events:
                  - {id: a, Date: 2014-03-03, Dead: 12}
                  - {id: b, Date: +1d, like: a, Dead: 9}
                  - {id: c, Date: +1d, like: a, Dead: 10}
                expect: [{rule: mass, onset: 2014-03-03}, {rule: mass, onset: 2014-03-04, events: [c]}]
            """)
        #expect(book.diagnostics.isEmpty)
        #expect(try book.outcome().passes)
    }

    @Test("silences, inhibitions and risks are no part of a test: it is of the rules alone")
    func rulesAlone() throws {
        let book = try TestBook(
            """
            silence: {matchers: {rule: mass}}
            ---
            risk: {title: R, entity: country, half_life: 7d, points: {mass: 4}, thresholds: {high: 1}}
            ---
            tests:
              - name: a silenced rule
                rules: [mass]
                events: [{id: a, time: 2014-03-03, fatalities: 12, country: x}, {id: b, time: 2014-03-03, fatalities: 9}]
                expect: [{rule: mass, events: [a]}]
            """)
        #expect(try book.outcome().passes)
        let runner = TestRunner(rulebook: book.rulebook)
        let sources = runner.sources(concernedBy: book.tests)
        #expect(runner.coverage(book.tests, sources).isClean)
        #expect(runner.mutate(book.tests, sources).gaps.map(\.what) == ["fatalities|gte: 10 to 11"])
    }
}
