import Events
import Monitoring
import Rulebook

/// Says in one sentence what has raised a risk, with the numbers, for somebody who must act on it.
struct RiskExplanation: Sendable {
    /// How many of the contributions are named.
    private static let named = 2

    private let rulebook: Rulebook
    private let timeZone: TimeZoneRules

    init(rulebook: Rulebook, timeZone: TimeZoneRules) {
        self.rulebook = rulebook
        self.timeZone = timeZone
    }

    /// The sentence, its full stop included.
    func text(of alert: RiskAlert) -> String {
        let risk = rulebook.risks[alert.risk]
        let threshold = risk.thresholds[alert.threshold]
        let start = alert.status == .retracted ? "Taken back after later reports: " : ""
        let score = PeopleNumber.text(alert.score, apartFrom: [threshold.score])
        let bound = PeopleNumber.text(threshold.score)
        return "\(start)\(GroupText.text(of: alert.entity.value)) is at \(score) points (\(threshold.name): \(bound)), "
            + "from \(alerts(alert)); points halve every \(risk.halfLife.words)."
    }

    private func alerts(_ alert: RiskAlert) -> String {
        let count = alert.contributionCount
        let noun = "\(PeopleNumber.text(Double(count))) alert\(count == 1 ? "" : "s")"
        let weightiest = alert.contributions.prefix(RiskExplanation.named).map { phrase($0) }
        if weightiest.isEmpty { return noun }
        return noun + (count > weightiest.count ? ", above all " : ": ") + weightiest.joined(separator: " and ")
    }

    private func phrase(_ contribution: RiskAlert.Contribution) -> String {
        let title = rulebook.rules[contribution.rule].title
        let day = CivilTime(contribution.onset, in: timeZone).dayInWords
        return "“\(title.hasSuffix(".") ? String(title.dropLast()) : title)” of \(day) "
            + "(\(PeopleNumber.text(contribution.value)))"
    }
}
