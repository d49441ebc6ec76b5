import ArgumentParser
import Diagnostics
import Events
import Reporting
import RuleTesting
import Rulebook

/// `trucewatch test`: the tests of the rules.
struct TestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Run the tests of the rules.",
        discussion: """
            Tests stand in documents 'tests:' in the files of the rule book, or in files beside them. A test gives events, and \
            the alerts that must stand once they have come, in every order of arrival.

              tests:
                - name: three attacks in a week in one district
                  rules: [repeated-attacks]
                  events:
                    - {id: a, time: 2014-03-03, type: bombing, admin2: Bannu}
                    - {id: b, time: +2d, like: a}
                    - {id: c, time: +2d, like: b}
                  expect:
                    - {rule: repeated-attacks, onset: 2014-03-07, figure: 3}

            EXAMPLES
              All tests of the folder Rules:
                trucewatch test
              What they leave out, for continuous integration:
                trucewatch test --coverage --mutate Rules
              For continuous integration:
                trucewatch test --report junit=rules.xml --report github
              Those whose name or rule matches a pattern, each named as it passes:
                trucewatch test --run '*breach*' --verbose Rules

            EXIT STATUS
              0 all tests passed, 1 a test failed, or --coverage or --mutate found something, 2 the rule book does not load, 3 bad arguments
            """)

    @Argument(
        help: "Files of the rule book, or folders of *.yml and *.yaml files. (default: Rules)", completion: .file())
    var files: [String] = []

    @OptionGroup var rulebook: RulebookOptions

    @Option(
        name: .customLong("run"),
        help: ArgumentHelp(
            "Only tests whose name, or the name of one of whose rules, matches; '*' and '?' are wildcards.",
            valueName: "pattern"))
    var pattern: String?

    @Option(help: ArgumentHelp("In how many drawn orders of arrival each test is run.", valueName: "n"))
    var shuffles = 5

    @Option(help: ArgumentHelp("What the orders are drawn from: the same seed gives the same orders.", valueName: "n"))
    var seed: UInt64 = 20_140_301

    @Flag(help: "List the rules, selections, conditions, steps and sides of a threshold that no test reaches.")
    var coverage = false

    @Flag(
        help: """
            Move each threshold and drop each selection, field and step in turn, and list the changes that no test notices.
            """)
    var mutate = false

    @Option(help: "The zone of times without an offset, such as Asia/Karachi. (default: UTC)")
    var timeZone: String?

    @Flag(help: "Name the tests that pass, too.")
    var verbose = false

    @Option(help: "Whether to colour: auto, always or never.")
    var color: ColorChoice = .auto

    @Flag(help: "Only failures and findings, no closing line.")
    var quiet = false

    @OptionGroup var reports: ReportOptions

    func validate() throws {
        if shuffles < 0 { throw ValidationError("--shuffles: a number of at least 0") }
    }

    func run() throws {
        let console = Console(color: color, isQuiet: quiet)
        let zone = try timeZone.map { name throws(Failure) in try TimeZones.find(name) } ?? .utc
        let sources = try rulebook.sources(and: files)
        let (loaded, tests, diagnostics) = Rulebook.loadWithTests(sources, timeZone: zone)
        guard let loaded else {
            for diagnostic in diagnostics { console.show(diagnostic) }
            try reports.write(
                .lint(
                    diagnostics, files: sources.map(\.file), command: "test", version: TruceWatch.version,
                    summary: "the rule book does not load"))
            throw Failure(.rulebook, "the rule book does not load")
        }
        for diagnostic in diagnostics where diagnostic.isOfTest { console.show(diagnostic) }
        let chosen = tests.filter { isChosen($0, loaded) }
        if chosen.isEmpty { throw noTests(tests, sources) }
        var options = TestRunner.Options()
        options.shuffles = shuffles
        options.seed = seed
        options.timeZone = zone
        options.findTimeZone = { try? TimeZones.find($0) }
        let runner = TestRunner(rulebook: loaded, options: options)
        let outcomes = try show(chosen, runner)
        let failed = outcomes.count { !$0.passes }
        if !quiet { try say("\(Report.counted(chosen.count, "test")), \(failed) failed") }
        // What tests leave out is worth knowing only once they pass.
        let gaps = failed == 0 ? try examine(chosen, runner) : []
        try reports.write(
            .tests(
                outcomes, broken: diagnostics.filter(\.isOfTest), gaps: gaps, runner: runner,
                version: TruceWatch.version))
        if failed > 0 || !gaps.isEmpty { throw ExitCode(ExitStatus.findings.rawValue) }
    }

    private func isChosen(_ test: RuleTest, _ rulebook: Rulebook) -> Bool {
        guard let pattern else { return true }
        let matcher = WildcardMatcher(WildcardPattern(name: pattern), cased: false)
        return matcher.matches(test.name) || test.sources.contains { matcher.matches(rulebook.name(of: $0)) }
    }

    private func noTests(_ tests: [RuleTest], _ sources: [RulebookSource]) -> Failure {
        if let pattern, !tests.isEmpty {
            return Failure(
                .configuration,
                "--run '\(pattern)': none of the \(tests.count) tests, and none of their rules, is so named"
            )
        }
        return Failure(
            .configuration,
            "there are no tests in the \(sources.count) files of the rule book; write a document 'tests:' (see --help)")
    }

    /// Runs the tests and shows how they went.
    private func show(_ tests: [RuleTest], _ runner: TestRunner) throws -> [TestOutcome] {
        let text = TestText(runner: runner, style: TextStyle(isColoured: color.isColoured(.standardOutput)))
        var outcomes: [TestOutcome] = []
        for test in tests {
            let outcome = runner.run(test)
            outcomes.append(outcome)
            if outcome.passes {
                if verbose { try write(text.passed(outcome)) }
            } else {
                try write(text.failed(outcome) + "\n")
            }
        }
        return outcomes
    }

    /// What tests that pass leave out, as far as that was asked for.
    private func examine(_ tests: [RuleTest], _ runner: TestRunner) throws -> [Diagnostic] {
        let text = TestText(runner: runner, style: TextStyle(isColoured: color.isColoured(.standardOutput)))
        let book = runner.rulebook
        let all: [AlertSource] = book.rules.indices.map { .rule($0) } + book.risks.indices.map { .risk($0) }
        let sources = pattern == nil ? all : runner.sources(concernedBy: tests)
        var gaps: [GapReport] = []
        if coverage {
            gaps.append(runner.coverage(tests, sources))
            try write(text.coverage(gaps[0]))
        }
        if mutate {
            let report = runner.mutate(tests, sources)
            gaps.append(report)
            try write(text.mutants(report))
        }
        // Whether a reason is needed can be told only where everything was looked at.
        let unneeded = coverage && mutate && pattern == nil ? runner.rulebook.unneededReasons(gaps) : []
        try write(text.unneeded(unneeded))
        return gaps.flatMap { $0.diagnostics(in: runner.rulebook) }
            + unneeded.map { reason in
                Diagnostic(
                    .error, id: "needless-reason", "a reason is written for a gap that there is not",
                    at: reason.reason.location, context: ["\(reason.source.kind) '\(book.name(of: reason.source))'"])
            }
    }

    private func say(_ line: String) throws { try write("\(line)\n") }

    private func write(_ text: String) throws {
        // A report that goes to standard output has it for itself.
        if reports.takesStandardOutput { return }
        do {
            try FileDescriptor.standardOutput.write(Array(text.utf8))
        } catch SystemError.brokenPipe {
            throw ExitCode(ExitStatus.done.rawValue)
        } catch {
            throw Failure(.input, "standard output cannot be written: \(error.reason)")
        }
    }
}

extension Diagnostic {
    /// Whether it is about a test rather than the rules: in a rule book that loads, every error is.
    fileprivate var isOfTest: Bool { severity == .error || context.first?.hasPrefix("test ") ?? false }
}
