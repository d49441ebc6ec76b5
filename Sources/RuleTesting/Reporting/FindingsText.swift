import Diagnostics
import Reporting
import Rulebook

extension TestText {
    /// What no test reaches, a line each, and how much is reached.
    public func coverage(_ report: GapReport) -> String {
        let gaps = report.gaps.map { finding($0.location, $0.source, "no test \($0.what)") }
        let reached = report.count - report.leftOutCount - report.acceptedCount
        let sum = "coverage: \(reached) of \(report.count) reached\(accepted(report))"
        return text(untested(report) + gaps + [sum])
    }

    /// What no test notices, a line each, and how many there are.
    public func mutants(_ report: GapReport) -> String {
        let gaps = report.gaps.map { finding($0.location, $0.source, "no test notices '\($0.what)'") }
        return text(
            untested(report) + gaps + ["mutants: \(report.count), \(report.leftOutCount) survived\(accepted(report))"])
    }

    /// Reasons for gaps that there are not.
    public func unneeded(_ reasons: [(source: AlertSource, reason: AcceptedGap)]) -> String {
        text(reasons.map { finding($0.reason.location, $0.source, "a reason is written for a gap that there is not") })
    }

    private func untested(_ report: GapReport) -> [String] {
        report.untested.map { finding(rulebook.location(of: $0), $0, "no test concerns it") }
    }

    private func accepted(_ report: GapReport) -> String {
        report.acceptedCount == 0 ? "" : ", \(report.acceptedCount) left out for a written reason"
    }

    private func finding(_ location: Location, _ source: AlertSource, _ message: String) -> String {
        "\(place(location)): \(TerminalText.safe(rulebook.name(of: source))): \(TerminalText.safe(message))"
    }

    private func text(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }
}
