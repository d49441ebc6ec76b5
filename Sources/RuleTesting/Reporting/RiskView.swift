import Events
import Monitoring
import Reporting
import Rulebook

/// What a risk sees of the events of a test: the alerts that give points, by entity.
struct RiskView {
    /// How many alerts are shown.
    private static let limit = 20

    let runner: TestRunner
    let risk: Int

    /// The lines, indented.
    func lines(_ test: RuleTest) -> [String] {
        let risk = runner.rulebook.risks[risk]
        let book = runner.rulebook.restricted(to: [.risk(self.risk)])
        let alerts = runner.scenario(of: test).standing(book, order: Array(test.events.indices))
        let counting = alerts.filter { risk.points[$0.rule] > 0 }
        let head =
            "  alerts that count for \(TerminalText.safe(risk.name)), half of them after \(risk.halfLife.ruleText):"
        if counting.isEmpty { return [head, "    none"] }
        let rows = counting.prefix(RiskView.limit).map { alert in
            [
                InstantText.utc(alert.onset), book.rules[alert.rule].name,
                risk.entity(of: alert).map { AlertLine.text($0) } ?? "no \(risk.entity)",
                "\(NumberText.shortest(risk.points[alert.rule])) points",
            ]
        }
        let more = counting.count - rows.count
        return [head] + TextTable.lines(rows).map { "    \($0)" } + (more > 0 ? ["    and \(more) more"] : [])
    }
}

extension Risk {
    /// The entity that an alert is about; nil where it has none.
    func entity(of alert: Alert) -> Value? {
        if let member = alert.group.first(where: { $0.field == entity }) {
            return member.value == .absent ? nil : member.value
        }
        return entity == "ceasefire" ? alert.ceasefire.map { .text($0.id) } : nil
    }
}
