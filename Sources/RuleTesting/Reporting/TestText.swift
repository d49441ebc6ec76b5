import Diagnostics
import Events
import Monitoring
import Reporting
import Rulebook

/// Writes for people how tests went.
public struct TestText: Sendable {
    /// How many events are shown of a test that fails.
    private static let eventLimit = 40

    private let runner: TestRunner
    private let style: TextStyle
    var rulebook: Rulebook { runner.rulebook }

    /// Creates a writer for the tests that a runner runs.
    public init(runner: TestRunner, style: TextStyle) {
        self.runner = runner
        self.style = style
    }

    /// One line for a test that passes.
    public func passed(_ outcome: TestOutcome) -> String {
        "\(style.success("ok"))    \(TerminalText.safe(outcome.test.name))\n"
    }

    /// A test that fails: what was expected, what came, the events and the windows of its rules.
    public func failed(_ outcome: TestOutcome) -> String {
        let test = outcome.test
        var lines = [
            "\(style.failure("FAIL"))  \(style.bold(TerminalText.safe(test.name)))", "      \(place(test.location))",
        ]
        for failure in outcome.failures { lines += self.lines(failure, of: test) }
        if outcome.failures.contains(where: { $0.isAboutAlerts }) {
            lines += events(of: test)
            lines += windows(of: outcome)
        }
        return lines.map { $0 + "\n" }.joined()
    }

    func place(_ location: Location) -> String {
        TerminalText.safe("\(location.file):\(location.line):\(location.column)")
    }

    // MARK: What is wrong

    private func lines(_ failure: TestFailure, of test: RuleTest) -> [String] {
        switch failure {
        case .broken: return ["  the test is written wrongly, see above"]
        case .noRules: return ["  the test has no rules: nothing in the rule book raises alerts"]
        case .rejected(let event, let reason):
            let record = test.events[event]
            return [
                "  the event \(record.id.map { "'\($0)' " } ?? "")cannot be used: \(TerminalText.safe(reason))",
                "      \(place(record.location))",
            ]
        case .standing(let difference): return ["  at the end other alerts stand than expected"] + lines(difference)
        case .emitted(let arrival, let difference):
            let moment =
                arrival.event.map { "when '\(test.events[$0].id ?? "?")' arrives" } ?? "at the end of the input"
            return [
                "  \(TerminalText.safe(moment)) something else is emitted than expected",
                "      \(place(arrival.location))",
            ]
                + lines(difference)
        case .order(let shuffle, let order, let difference):
            let ids = order.map { test.events[$0].id ?? "(event \($0 + 1))" }.joined(separator: ", ")
            return [
                "  other alerts stand when the events arrive in another order (shuffle \(shuffle)): \(TerminalText.safe(ids))"
            ] + lines(difference)
        }
    }

    private func lines(_ difference: Difference) -> [String] {
        var lines: [String] = []
        for missing in difference.missing {
            lines.append(line("- expected", AlertLine.text(missing.expected, in: rulebook)))
            guard let nearest = missing.nearest else { continue }
            let text = AlertLine.text(nearest, in: rulebook, showsStatus: missing.expected.status != nil)
            lines.append(line("+ came    ", text))
            for mismatch in missing.mismatches {
                lines.append(
                    line("          ", "\(mismatch.key): expected \(mismatch.expected), came \(mismatch.came)"))
            }
        }
        for alert in difference.unexpected {
            lines.append(line("+ came    ", AlertLine.text(alert, in: rulebook, showsStatus: false)))
        }
        return lines
    }

    private func line(_ sign: String, _ text: String) -> String {
        let safe = TerminalText.safe(text)
        return "  " + (sign.hasPrefix("-") ? style.failure(sign) : style.bold(sign)) + " \(safe)"
    }

    // MARK: The events and the windows

    private func events(of test: RuleTest) -> [String] {
        let timeColumn = test.profile.fields["time"] ?? "time"
        let order = test.arrivals?.compactMap(\.event) ?? Array(test.events.indices)
        let rows = order.prefix(TestText.eventLimit).map { index in
            let event = test.events[index]
            let time = event.fields.first { $0.name == timeColumn }.map { AlertLine.text($0.value) } ?? ""
            return [time, event.id ?? "", AlertLine.text(event, timeColumn: timeColumn)]
        }
        let more = order.count - rows.count
        return [style.dim("  events, as they arrive")] + TextTable.lines(rows).map { "    \($0)" }
            + (more > 0 ? ["    and \(more) more"] : [])
    }

    /// The windows of the rules that something is wrong with.
    private func windows(of outcome: TestOutcome) -> [String] {
        var sources: [AlertSource] = []
        for failure in outcome.failures {
            for source in failure.sources where !sources.contains(source) { sources.append(source) }
        }
        return sources.flatMap { source in
            let lines =
                switch source {
                case .rule(let rule): RuleView(runner: runner, rule: rule).lines(outcome.test)
                case .risk(let risk): RiskView(runner: runner, risk: risk).lines(outcome.test)
                }
            return lines.map { $0.hasSuffix(":") ? style.dim($0) : $0 }
        }
    }
}

extension TestFailure {
    fileprivate var difference: Difference? {
        switch self {
        case .broken, .noRules, .rejected: nil
        case .standing(let difference), .emitted(_, let difference), .order(_, _, let difference): difference
        }
    }

    fileprivate var isAboutAlerts: Bool { difference != nil }

    fileprivate var sources: [AlertSource] {
        guard let difference else { return [] }
        return difference.missing.map(\.expected.source) + difference.unexpected.map(\.source)
    }
}

/// Rows of texts with their columns aligned.
enum TextTable {
    static func lines(_ rows: [[String]]) -> [String] {
        let rows = rows.map { $0.map { TerminalText.safe($0) } }
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { column < $0.count ? TerminalText.width($0[column]) : 0 }.max() ?? 0
        }
        return rows.map { row in
            let last = row.lastIndex { !$0.isEmpty } ?? 0
            let cells = row.prefix(last + 1).enumerated().filter { widths[$0.offset] > 0 }.map { column, cell in
                column == last ? cell : TerminalText.padded(cell, to: widths[column])
            }
            return cells.joined(separator: "  ")
        }
    }
}
