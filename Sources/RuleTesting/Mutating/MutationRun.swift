import Diagnostics
import Monitoring
import Rulebook

extension TestRunner {
    /// Changes each rule in turn and finds the changes that no test notices.
    ///
    /// - Parameters:
    ///   - tests: the tests, which must pass.
    ///   - rules: the rules to change.
    public func mutate(_ tests: [RuleTest], rules: [RuleReference]) -> GapReport {
        let benches = tests.map { TestBench($0, runner: self) }
        let concerned = tests.map { rulebook.dependencies(of: $0.rules) }
        var report = GapReport()
        for rule in rules {
            let mutations = MutationOperator.mutations(of: rulebook.rules[rule])
            let mine = benches.indices.filter { concerned[$0].contains(rule) }.map { benches[$0] }
            report.count += mutations.count
            if mine.isEmpty { report.add(untested: rule, count: mutations.count) }
            for mutation in mine.isEmpty ? [] : mutations {
                var book = rulebook
                book.rules[rule] = mutation.rule
                if mine.contains(where: { $0.notices(book) }) { continue }
                let gap = GapReport.Gap(rule: rule, what: mutation.change, location: mutation.location)
                report.add(gap, of: rulebook.rules[rule])
            }
        }
        return report
    }

    /// The rules that some tests concern.
    public func rules(concernedBy tests: [RuleTest]) -> [RuleReference] {
        rulebook.dependencies(of: tests.flatMap(\.rules)).sorted()
    }
}

/// A test made ready to be run with one changed rule book after the other.
private struct TestBench {
    private let test: RuleTest
    private let scenario: Scenario
    private let order: [Int]
    private let saysWhatIsEmitted: Bool

    init(_ test: RuleTest, runner: TestRunner) {
        self.test = test
        scenario = runner.scenario(of: test)
        order = ArrivalOrders(test, seed: 0).stated
        saysWhatIsEmitted = (test.arrivals ?? []).contains { $0.emitted != nil }
    }

    /// Whether the test fails with a rule book.
    func notices(_ rulebook: Rulebook) -> Bool {
        let book = rulebook.restricted(to: test.rules)
        if saysWhatIsEmitted { return !scenario.follow(book, order: order).failures(of: test).isEmpty }
        let standing = scenario.standing(book, order: order)
        return !Difference(test.expected, standing.filter { test.rules.contains($0.rule) }).isEmpty
    }
}
