import Diagnostics
import Events
import Reporting
import RuleTesting
import Rulebook
import Testing

/// A rule book with tests, as a file holds them.
struct TestBook {
    let rulebook: Rulebook
    let tests: [RuleTest]
    let diagnostics: [Diagnostic]

    /// Loads the rules that these tests share, and a document `tests:`.
    init(_ tests: String, rules: String = TestBook.rules) throws {
        let source = RulebookSource(file: "rules.yml", bytes: Array((rules + "---\n" + tests).utf8))
        let (rulebook, read, diagnostics) = Rulebook.loadWithTests([source])
        self.rulebook = try #require(rulebook, "\(diagnostics)")
        self.tests = read
        self.diagnostics = diagnostics
    }

    /// All rules and risks.
    var sources: [AlertSource] {
        rulebook.rules.indices.map { .rule($0) } + rulebook.risks.indices.map { .risk($0) }
    }

    /// The outcome of the only test.
    func outcome(shuffles: Int = 5) throws -> TestOutcome {
        var options = TestRunner.Options()
        options.shuffles = shuffles
        return TestRunner(rulebook: rulebook, options: options).run(try #require(tests.first))
    }

    /// What is written for people about the only test.
    func text() throws -> String {
        let runner = TestRunner(rulebook: rulebook)
        return TestText(runner: runner, style: .init(isColoured: false)).failed(runner.run(try #require(tests.first)))
    }

    static let rules = """
        title: Attack
        id: attack
        detection:
          selection: {type: [attack, bombing]}
          small: {fatalities|lt: 2}
          condition: selection and not small
        ---
        title: Attacks pile up
        id: pile-up
        correlation:
          type: event_count
          rules: [attack]
          group-by: [admin2]
          timespan: 7d
          condition: {gte: 3}
        ---
        title: Mass casualties
        id: mass
        detection: {deadly: {fatalities|gte: 10}, condition: deadly}

        """
}
