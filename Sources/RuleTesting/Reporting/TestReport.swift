import Diagnostics
import Reporting
import Rulebook

extension Report {
    /// How the tests of rules went: each test is a case of the file that it stands in.
    ///
    /// - Parameters:
    ///   - outcomes: how each test went.
    ///   - broken: what is wrong with tests that are written wrongly.
    ///   - gaps: what the tests leave out, where that was asked for.
    public static func tests(
        _ outcomes: [TestOutcome], broken: [Diagnostic], gaps: [Diagnostic] = [], runner: TestRunner, version: String
    ) -> Report {
        let text = TestText(runner: runner, style: TextStyle(isColoured: false))
        let cases = outcomes.map { outcome in
            let test = outcome.test
            let written = broken.filter { $0.context.first == "test '\(test.name)'" }
            let findings = written.map { Finding($0, isFailure: true) } + failure(outcome, text)
            return Case(group: test.location.file, name: test.name, location: test.location, findings: findings)
        }
        let examined =
            gaps.isEmpty
            ? []
            : [
                Case(
                    group: "rules", name: "what no test reaches or notices",
                    findings: gaps.map { Finding($0, isFailure: true) })
            ]
        let failed = outcomes.count { !$0.passes }
        var kinds = [
            Kind(
                id: "test-failed", title: "A test of the rules fails",
                description: "Other alerts stand or are emitted than the test expects.", severity: .error)
        ]
        var seen: Set<String> = ["test-failed"]
        for diagnostic in broken + gaps where seen.insert(diagnostic.id).inserted {
            kinds.append(Kind(id: diagnostic.id, title: diagnostic.id, severity: diagnostic.severity))
        }
        let counts =
            [counted(outcomes.count, "test"), "\(failed) failed"] + (gaps.isEmpty ? [] : [counted(gaps.count, "gap")])
        return Report(
            command: "test", version: version, summary: counts.joined(separator: ", "), kinds: kinds,
            cases: cases + examined)
    }

    /// What the terminal shows of a test that fails, as one finding at its place.
    private static func failure(_ outcome: TestOutcome, _ text: TestText) -> [Finding] {
        guard !outcome.passes else { return [] }
        let lines = text.failed(outcome).split(separator: "\n").dropFirst(2).map(String.init)
        let diagnostic = Diagnostic(
            .error, id: "test-failed", "the test '\(outcome.test.name)' failed", at: outcome.test.location,
            help: lines)
        return [Finding(diagnostic, isFailure: true)]
    }
}

extension GapReport {
    /// What is left out without a reason, as findings at its places.
    public func diagnostics(in rulebook: Rulebook) -> [Diagnostic] {
        let missing = untested.map { source in
            Diagnostic(
                .error, id: "untested-rule", "no test concerns the \(source.kind) '\(rulebook.name(of: source))'",
                at: rulebook.location(of: source))
        }
        return missing
            + gaps.map { gap in
                Diagnostic(
                    .error, id: "test-gap", "no test reaches or notices: \(gap.what)", at: gap.location,
                    context: ["\(gap.source.kind) '\(rulebook.name(of: gap.source))'"])
            }
    }
}
