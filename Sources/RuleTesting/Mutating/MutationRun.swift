import Diagnostics
import Monitoring
import Rulebook

extension TestRunner {
    /// Changes each rule and risk in turn and finds the changes that no test notices.
    ///
    /// - Parameters:
    ///   - tests: the tests, which must pass.
    ///   - sources: the rules and risks to change.
    public func mutate(_ tests: [RuleTest], _ sources: [AlertSource]) -> GapReport {
        let benches = tests.map { TestBench($0, runner: self) }
        let concerned = tests.map { test -> Set<AlertSource> in
            Set(rulebook.dependencies(of: test.sources).map { .rule($0) } + test.risks.map { .risk($0) })
        }
        var report = GapReport()
        for source in sources {
            let mutations = rulebook.mutations(of: source)
            let mine = benches.indices.filter { concerned[$0].contains(source) }.map { benches[$0] }
            report.count += mutations.count
            if mine.isEmpty { report.add(untested: source, count: mutations.count) }
            for mutation in mine.isEmpty ? [] : mutations {
                if mine.contains(where: { $0.notices(mutation.rulebook) }) { continue }
                let gap = GapReport.Gap(source: source, what: mutation.change, location: mutation.location)
                report.add(gap, in: rulebook)
            }
        }
        return report
    }

    /// The rules and risks that some tests concern.
    public func sources(concernedBy tests: [RuleTest]) -> [AlertSource] {
        let rules = rulebook.dependencies(of: tests.flatMap(\.sources)).sorted()
        return rules.map { .rule($0) } + Set(tests.flatMap(\.risks)).sorted().map { .risk($0) }
    }
}

extension Rulebook {
    /// All changes of a rule or a risk: the rule book with each.
    fileprivate func mutations(of source: AlertSource) -> [(change: String, rulebook: Rulebook, location: Location)] {
        switch source {
        case .rule(let rule):
            MutationOperator.mutations(of: rules[rule]).map { mutation in
                var book = self
                book.rules[rule] = mutation.rule
                return (mutation.change, book, mutation.location)
            }
        case .risk(let risk):
            risks[risk].mutations.map { change, mutant in
                var book = self
                book.risks[risk] = mutant
                return (change, book, risks[risk].location)
            }
        }
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
        let book = rulebook.restricted(to: test.sources)
        if saysWhatIsEmitted {
            return !scenario.follow(book, order: order).failures(of: test, in: rulebook).isEmpty
        }
        let standing = scenario.standingNotices(book, order: order).filter { test.sources.contains($0.source) }
        return !Difference(test.expected, standing, in: rulebook).isEmpty
    }
}
