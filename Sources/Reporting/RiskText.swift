import Events
import Monitoring
import Rulebook

/// Writes alerts of risks for people: one block each, with an empty line behind it.
public struct RiskText: Sendable {
    private let rulebook: Rulebook
    private let options: AlertText.Options
    private let style: TextStyle
    private let explanation: RiskExplanation

    /// Creates a writer of the risks of a rule book.
    public init(rulebook: Rulebook, options: AlertText.Options) {
        self.rulebook = rulebook
        self.options = options
        style = TextStyle(isColoured: options.isColoured)
        explanation = RiskExplanation(rulebook: rulebook, timeZone: options.timeZone)
    }

    /// Appends the block of an alert as UTF-8.
    public func write(_ alert: RiskAlert, into bytes: inout [UInt8]) {
        let risk = rulebook.risks[alert.risk]
        var block = TextBlock(style: style, width: options.width)
        addHead(of: alert, to: &block)
        block.add(paragraph: explanation.text(of: alert))
        block.add("group", "\(alert.entity.field) \(GroupText.text(of: alert.entity.value))")
        let onset = InstantText.local(alert.onset, in: options.timeZone)
        block.add(
            "when", alert.end.map { "\(onset) to \(InstantText.local($0, in: options.timeZone))" } ?? "since \(onset)")
        if let peak = alert.peak { block.add("peak", PeopleNumber.text(peak)) }
        addEvidence(of: alert, to: &block)
        if let runbook = risk.runbook { block.add("runbook", runbook) }
        block.add("known", InstantText.local(alert.knownAt, in: options.timeZone))
        block.add("id", alert.id + (alert.replaces.map { ", replaces \($0)" } ?? ""))
        bytes.append(block.text)
        bytes.append("\n")
    }

    private func addHead(of alert: RiskAlert, to block: inout TextBlock) {
        let risk = rulebook.risks[alert.risk]
        let threshold = risk.thresholds[alert.threshold]
        let status = alert.status.rawValue.uppercased()
        let level = " \(threshold.level.rawValue.uppercased()) "
        let name = risk.name == risk.title ? "" : " [\(risk.name)]"
        block.add(
            head: (alert.status == .retracted ? style.dim(status) : style.bold(status)) + " "
                + style.colour(level, as: threshold.level),
            width: status.utf8.count + 1 + level.utf8.count, title: "\(risk.title): \(threshold.name)\(name)")
    }

    private func addEvidence(of alert: RiskAlert, to block: inout TextBlock) {
        let rows = alert.contributions.map { contribution in
            [
                InstantText.local(contribution.onset, in: options.timeZone), rulebook.rules[contribution.rule].name,
                "\(PeopleNumber.text(contribution.value)) of \(PeopleNumber.text(contribution.points))",
                "alert \(contribution.id)",
            ]
        }
        if !rows.isEmpty { block.add("evidence", rows: rows) }
        if alert.contributionCount > rows.count {
            block.add("", "and \(PeopleNumber.text(Double(alert.contributionCount - rows.count))) that weigh less")
        }
    }
}
