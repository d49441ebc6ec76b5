import RuleTesting
import Rulebook
import Testing

@Suite("\"prints what differed\"")
struct FailureTextTests {
    @Test("a failure shows what was expected, what came, the events, and the window as a line of time")
    func correlation() throws {
        let book = try TestBook(
            """
            tests:
              - name: three in a week
                rules: [pile-up]
                events:
                  - {id: a, time: 2014-03-03T09:00Z, type: bombing, admin2: Peshawar, fatalities: 3}
                  - {id: b, time: +2d, like: a}
                  - {id: c, time: +2d, like: b}
                  - {id: d, time: +2d, like: a, admin2: null}
                expect:
                  - {rule: pile-up, group: {admin2: Peshawar}, onset: 2014-03-07T09:00Z, figure: 4}
            """)
        #expect(
            try book.text() == """
                FAIL  three in a week
                      rules.yml:22:11
                  at the end other alerts stand than expected
                  - expected {rule: pile-up, group: {admin2: Peshawar}, onset: 2014-03-07T09:00:00Z, figure: 4}
                  + came     {rule: pile-up, group: {admin2: Peshawar}, onset: 2014-03-07T09:00:00Z, end: null, figure: 3}
                             figure: expected 4, came 3
                  events, as they arrive
                    2014-03-03T09:00Z     a  type: bombing, admin2: Peshawar, fatalities: 3
                    2014-03-05T09:00:00Z  b  type: bombing, admin2: Peshawar, fatalities: 3
                    2014-03-07T09:00:00Z  c  type: bombing, admin2: Peshawar, fatalities: 3
                    2014-03-05T09:00:00Z  d  type: bombing, fatalities: 3
                  window of pile-up, event_count gte 3 within 7d:
                    admin2 Peshawar
                      1  2014-03-03T09:00:00Z  a  1 in the window
                      2  2014-03-05T09:00:00Z  b  2 in the window
                      3  2014-03-07T09:00:00Z  c  3 in the window
                      1-----------------------------2-----------------------------3
                      <============================7d=============================]
                    d is left out: it has no 'admin2'

                """)
    }

    @Test("for a detection it shows which events match, and for the others the test that is not met with the value")
    func detection() throws {
        let book = try TestBook(
            """
            tests:
              - name: ten dead
                rules: [mass]
                events:
                  - {id: a, time: 2014-03-03, fatalities: 9}
                  - {id: b, time: 2014-03-03, fatalities: 10}
                expect: [{rule: mass}, {rule: mass, events: [a]}]
            """)
        let text = try book.text()
        #expect(text.contains("  - expected {rule: mass, events: [a]}\n"))
        #expect(text.contains("    a  does not match  deadly: fatalities|gte: 10 is not met, fatalities is 9\n"))
        #expect(text.contains("    b  matches\n"))
    }

    @Test("a window that is shorter than the line is drawn to scale")
    func scale() throws {
        let book = try TestBook(
            """
            tests:
              - name: two weeks
                rules: [pile-up]
                events:
                  - {id: a, time: 2014-03-03T09:00Z, type: bombing, admin2: Peshawar, fatalities: 3}
                  - {id: b, time: +7d, like: a}
                  - {id: c, time: +7d, like: b}
                expect: [{rule: pile-up}]
            """)
        #expect(
            try book.text().hasSuffix(
                """
                      1-----------------------------2-----------------------------3
                                                    (=============7d==============]

                """))
    }

    @Test("of a rule to which nothing contributes it is said why no event matches it")
    func silentStep() throws {
        let rules = """
            title: Attack
            id: attack
            detection: {selection: {type: attack}, condition: selection}
            ---
            title: Answer
            id: answer
            detection: {selection: {type: attack, attribution: confirmed}, condition: selection}
            ---
            title: Answered
            id: answered
            correlation: {type: temporal_ordered, rules: [attack, answer], timespan: 1d}

            """
        let book = try TestBook(
            """
            tests:
              - name: one answer
                rules: [answered]
                events: [{id: a, time: 2014-03-03T09:00Z, type: attack}, {id: b, time: +1h, like: a}]
                expect: [{rule: answered}]
            """, rules: rules)
        let text = try book.text()
        #expect(
            text.contains(
                """
                    no event matches answer
                      a  does not match  selection: attribution: confirmed is not met, attribution is absent
                      b  does not match  selection: attribution: confirmed is not met, attribution is absent

                """), "\(text)")
    }

    @Test("of an absence whose time is not up when the input ends it is said that this is undecided")
    func undecided() throws {
        let rules = """
            title: Report
            id: report
            detection: {selection: {admin2: Kurram}, condition: selection}
            ---
            title: Silence
            id: silence
            correlation: {type: absence, rules: [report], timespan: 7d}

            """
        func text(_ until: String) throws -> String {
            try TestBook(
                """
                tests:
                  - name: a week
                    rules: [silence]
                    events: [{id: a, time: 2014-03-03T09:00Z, admin2: Kurram}]
                    expect: [{rule: silence, onset: 2014-03-11}]\(until)
                """, rules: rules
            ).text()
        }
        #expect(
            try text("").contains(
                "undecided: the 7d are over at 2014-03-10T09:00:00Z, and the input ends at 2014-03-03T09:00:00Z; a later event"
            ))
        #expect(try !text("\n    until: 2014-03-12").contains("undecided"))
    }
}
