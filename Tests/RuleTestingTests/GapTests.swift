import Diagnostics
import Reporting
import RuleTesting
import Rulebook
import Testing

@Suite("What tests leave out")
struct GapTests {
    private static let weak = """
        tests:
          - name: three within a week
            rules: [pile-up]
            events:
              - {id: a, time: 2014-03-03T09:00Z, type: bombing, admin2: Peshawar, fatalities: 3}
              - {id: b, time: +1h, like: a, repeat: 2}
            expect: [{rule: pile-up}]

        """

    private func texts(_ book: TestBook) -> (coverage: String, mutants: String) {
        let runner = TestRunner(rulebook: book.rulebook)
        let text = TestText(runner: runner, style: TextStyle(isColoured: false))
        let sources = book.sources
        return (
            text.coverage(runner.coverage(book.tests, sources)), text.mutants(runner.mutate(book.tests, sources))
        )
    }

    @Test("--coverage \"lists the rules, selections, conditions, steps and sides of a threshold that no test reaches\"")
    func coverage() throws {
        #expect(
            try texts(TestBook(GapTests.weak)).coverage == """
                rules.yml:17:1: mass: no test concerns it
                rules.yml:1:1: attack: no test with an event that does not meet its condition
                rules.yml:4:15: attack: no test with an event that does not meet selection 'selection'
                rules.yml:5:11: attack: no test with an event that meets selection 'small'
                rules.yml:5:11: attack: no test with an event beyond fatalities|lt: 2
                rules.yml:8:1: pile-up: no test in which something contributes and it does not fire
                coverage: 5 of 14 reached

                """)
    }

    @Test(
        "--mutate \"moves each threshold and drops each selection in turn and lists the changes that no test notices\"")
    func mutants() throws {
        #expect(
            try texts(TestBook(GapTests.weak)).mutants == """
                rules.yml:17:1: mass: no test concerns it
                rules.yml:5:11: attack: no test notices 'fatalities|lt: 2 to 1'
                rules.yml:5:11: attack: no test notices 'fatalities|lt: 2 to 3'
                rules.yml:4:15: attack: no test notices 'drop selection selection'
                rules.yml:5:11: attack: no test notices 'drop selection small'
                rules.yml:8:1: pile-up: no test notices 'condition gte 3 to 2'
                rules.yml:8:1: pile-up: no test notices 'timespan 7d to 6d'
                rules.yml:8:1: pile-up: no test notices 'timespan 7d to 8d'
                mutants: 11, 10 survived

                """)
    }

    @Test("tests on both sides of every threshold leave nothing out")
    func complete() throws {
        let book = try TestBook(
            """
            tests:
              - name: three of two dead or more, six days and a half apart
                rules: [pile-up]
                events:
                  - {id: a, time: 2014-03-03T09:00Z, type: bombing, admin2: Peshawar, fatalities: 2}
                  - {id: riot, time: +1h, like: a, type: riot}
                  - {id: small, time: +1h, like: a, fatalities: 1}
                  - {id: b, time: +1h, like: a}
                  - {id: c, time: +6d12h, like: a}
                expect: [{rule: pile-up, onset: 2014-03-09T21:00Z}]
              - name: seven days apart
                rules: [pile-up]
                events:
                  - {id: a, time: 2014-03-03T09:00Z, type: bombing, admin2: Peshawar, fatalities: 2}
                  - {id: b, time: +1h, like: a}
                  - {id: c, time: +7d, like: a}
                expect: []
              - name: ten dead
                rules: [mass]
                events:
                  - {id: a, time: 2014-03-03, fatalities: 10}
                  - {id: b, time: 2014-03-03, fatalities: 9}
                expect: [{rule: mass, events: [a]}]

            """)
        let (coverage, mutants) = texts(book)
        #expect(coverage == "coverage: 14 of 14 reached\n")
        #expect(mutants == "mutants: 11, 0 survived\n")
    }

    @Test("a reason written beside the rule silences a gap; one that is not needed is told")
    func reasons() throws {
        let rules = TestBook.rules.replacing(
            "id: mass\n",
            with: """
                id: mass
                untested:
                  - {what: 'deadly|gte: 10 to *', reason: there is no such change}
                  - {what: 'fatalities|gte: 10 to *', reason: tolls are not that exact}

                """)
        let book = try TestBook(
            """
            tests:
              - name: many dead
                rules: [mass]
                events: [{id: a, time: 2014-03-03, fatalities: 50}, {id: b, time: 2014-03-03, fatalities: 3}]
                expect: [{rule: mass, events: [a]}]
            """, rules: rules)
        let runner = TestRunner(rulebook: book.rulebook)
        let concerned = runner.sources(concernedBy: book.tests)
        #expect(concerned.map { book.rulebook.name(of: $0) } == ["mass"])
        let report = runner.mutate(book.tests, concerned)
        #expect(report.isClean && report.count == 3 && report.acceptedCount == 2)
        #expect(book.rulebook.unneededReasons([report]).map(\.reason.location.line) == [20])
    }

    @Test("each kind of threshold and step is moved, dropped and noticed")
    func kinds() throws {
        let rules = """
            title: A
            id: a
            detection:
              one: {type: x, time|hour|gte: 6, "location|within_km": [34.01, 71.58, 2.5], until|lt: 2014-05-01T00:00Z}
              condition: one
            ---
            title: B
            id: b
            detection: {two: {type: y}, condition: two}
            ---
            title: Sequence
            id: sequence
            for: 90m
            cooldown: 1d
            keep_firing_for: 2h
            correlation: {type: temporal_ordered, rules: [a, b], timespan: 1d}
            ---
            title: Rise
            id: rise
            correlation:
              {type: rate_change, rules: [b], timespan: 7d, baseline: 28d, min_count: 3, condition: {ratio: 2.5, p_value: 0.05}}
            ---
            title: Share
            id: share
            correlation: {type: share, of: [a], among: [a, b], timespan: 1w, min_count: 2, condition: {gt: 0.5}}
            ---
            title: Session
            id: session
            correlation: {type: event_count, rules: [b], window: session, gap: 36h, condition: {gte: 2, lt: 9}}
            ---
            title: Silence
            id: silence
            correlation: {type: absence, after: a, rules: [b], timespan: 1s}

            """
        let book = try TestBook(
            """
            tests:
              - {name: nothing, rules: ['*'], events: [{id: a, time: 2014-01-01}], expect: []}
            """, rules: rules)
        let runner = TestRunner(rulebook: book.rulebook)
        let report = runner.mutate(book.tests, book.sources)
        var found: [String: [String]] = [:]
        for gap in report.gaps { found[book.rulebook.name(of: gap.source), default: []].append(gap.what) }
        #expect(
            found["a"] == [
                "time|hour|gte: 6 to 5", "time|hour|gte: 6 to 7",
                "location|within_km: [34.01, 71.58, 2.5] to [34.01, 71.58, 2.4]",
                "location|within_km: [34.01, 71.58, 2.5] to [34.01, 71.58, 2.6]",
                "until|lt: 2014-05-01T00:00:00Z to 2014-04-30T23:59:59Z",
                "until|lt: 2014-05-01T00:00:00Z to 2014-05-01T00:00:01Z", "drop selection one", "drop type of one",
                "drop time|hour|gte of one", "drop location|within_km of one", "drop until|lt of one",
            ])
        #expect(
            found["sequence"] == [
                "timespan 1d to 23h", "timespan 1d to 25h", "for 90m to 89m", "for 90m to 91m",
                "keep_firing_for 2h to 1h",
                "keep_firing_for 2h to 3h", "cooldown 1d to 23h", "cooldown 1d to 25h", "drop step 1", "drop step 2",
            ])
        #expect(
            found["rise"] == [
                "ratio gte 2.5 to 2.4", "ratio gte 2.5 to 2.6", "p_value lt 0.05 to 0.04", "p_value lt 0.05 to 0.06",
                "min_count 3 to 2", "min_count 3 to 4", "baseline 28d to 27d", "baseline 28d to 29d",
                "timespan 7d to 6d",
                "timespan 7d to 8d",
            ])
        #expect(
            found["share"] == [
                "condition gt 0.5 to 0.4", "condition gt 0.5 to 0.6", "min_count 2 to 1", "min_count 2 to 3",
                "timespan 7d to 6d", "timespan 7d to 8d",
            ])
        #expect(
            found["session"] == [
                "condition gte 2 to 1", "condition gte 2 to 3", "condition lt 9 to 8", "condition lt 9 to 10",
                "gap 36h to 35h", "gap 36h to 37h",
            ])
        #expect(found["silence"] == ["drop after", "timespan 1s to 999ms", "timespan 1s to 1001ms"])
    }

    @Test("the parameters of the escalation patterns are moved")
    func patterns() throws {
        let rules = """
            title: B
            id: b
            detection: {two: {type: y}, condition: two}
            ---
            title: Record
            id: record
            correlation: {type: record, rules: [b], timespan: 7d, baseline: 365d, floor: 3}
            ---
            title: Excitement
            id: exciting
            correlation:
              {type: self_exciting, rules: [b], half_life: 36h, branching: 0.5, background: 90d, condition: {gte: 4}}
            ---
            title: Chart
            id: chart
            correlation: {type: control_chart, rules: [b], method: cusum, bin: 1d, baseline: 1, h: 2}
            ---
            title: EARS
            id: ears
            correlation: {type: control_chart, rules: [b], method: ears_c2, bin: 1d, z: 3}
            ---
            title: New
            id: new
            correlation: {type: new_value, rules: [b], field: admin2, memory: 30d}

            """
        let book = try TestBook(
            "tests: [{name: nothing, rules: ['*'], events: [{id: a, time: 2014-01-01}], expect: []}]", rules: rules)
        let runner = TestRunner(rulebook: book.rulebook)
        let report = runner.mutate(book.tests, book.sources)
        var found: [String: [String]] = [:]
        for gap in report.gaps { found[book.rulebook.name(of: gap.source), default: []].append(gap.what) }
        #expect(
            found["record"] == [
                "floor 3 to 2", "floor 3 to 4", "baseline 365d to 364d", "baseline 365d to 366d", "timespan 7d to 6d",
                "timespan 7d to 8d",
            ])
        #expect(
            found["exciting"] == [
                "condition gte 4 to 3", "condition gte 4 to 5", "half_life 36h to 35h", "half_life 36h to 37h",
                "branching 0.5 to 0.4", "branching 0.5 to 0.6", "background 90d to 89d", "background 90d to 91d",
            ])
        #expect(
            found["chart"] == [
                "baseline 1 to 2", "guard 0 to 1", "k 1.04 to 1.03", "k 1.04 to 1.05", "h 2 to 1", "h 2 to 3",
                "bin 1d to 23h", "bin 1d to 25h",
            ])
        #expect(
            found["ears"] == [
                "baseline 7 to 6", "baseline 7 to 8", "guard 2 to 1", "guard 2 to 3", "z 3 to 2", "z 3 to 4",
                "bin 1d to 23h", "bin 1d to 25h",
            ])
        #expect(
            found["new"] == ["condition gte 1 to 0", "condition gte 1 to 2", "memory 30d to 29d", "memory 30d to 31d"])
    }
}
