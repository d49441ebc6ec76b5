import Diagnostics
import Events
import Monitoring
import Rulebook

extension Report {
    /// What `check` found: the alerts that stand, and the records that could not be used.
    ///
    /// Each rule that raises alerts is a case, each risk, and each source with bad records.
    ///
    /// - Parameters:
    ///   - alerts: those of rules that stand at the end.
    ///   - risks: those of risks that stand at the end.
    ///   - failOn: the level from which on an alert fails the check.
    ///   - refused: what was said of bad records.
    ///   - places: where in the input each alert comes from; without such a place it is told at its rule.
    public static func check(
        _ alerts: [Alert], risks: [RiskAlert] = [], of rulebook: Rulebook, failOn: Level, timeZone: TimeZoneRules,
        version: String,
        refused: [Diagnostic], places: [Location?]
    ) -> Report {
        let explanation = Explanation(rulebook: rulebook, timeZone: timeZone)
        let levels = alerts.map { rulebook.rules[$0.rule].level } + risks.map { Notice.risk($0).level(in: rulebook) }
        var findings: [RuleReference: [Finding]] = [:]
        for (alert, place) in zip(alerts, places) {
            let rule = rulebook.rules[alert.rule]
            let diagnostic = Diagnostic(
                rule.level.severity, id: rule.name, explanation.text(of: alert), at: place ?? rule.location,
                help: notes(on: alert, of: rule, timeZone))
            findings[alert.rule, default: []].append(
                Finding(diagnostic, isFailure: rule.level >= failOn, identity: alert.id))
        }
        let raising = rulebook.rules.indices.filter { rulebook.rules[$0].raisesAlerts }
        let kinds =
            raising.map { Report.Kind(rulebook.rules[$0]) } + rulebook.risks.map { Report.Kind($0) }
            + Report.kinds(of: refused)
        let cases = raising.map { index in
            let rule = rulebook.rules[index]
            return Case(
                group: rule.location.file, name: rule.name, location: rule.location, findings: findings[index] ?? [])
        }
        let counts = [
            counted(levels.count, "alert"), "\(levels.count { $0 >= failOn }) of level \(failOn.rawValue) or above",
            counted(refused.count, "bad record"),
        ]
        return Report(
            command: "check", version: version, summary: counts.joined(separator: ", "), kinds: kinds,
            cases: cases + Report.cases(of: risks, in: rulebook, failOn: failOn, timeZone) + Report.cases(of: refused))
    }

    private static func cases(
        of alerts: [RiskAlert], in rulebook: Rulebook, failOn: Level, _ timeZone: TimeZoneRules
    ) -> [Case] {
        let explanation = RiskExplanation(rulebook: rulebook, timeZone: timeZone)
        return rulebook.risks.enumerated().map { index, risk in
            let findings = alerts.filter { $0.risk == index }.map { alert in
                let level = risk.thresholds[alert.threshold].level
                let onset = InstantText.local(alert.onset, in: timeZone)
                let end = alert.end.map { " to \(InstantText.local($0, in: timeZone))" } ?? ", still so"
                let notes = ["level \(level.rawValue), \(onset)\(end)"] + (risk.runbook.map { [$0] } ?? [])
                return Finding(
                    Diagnostic(
                        level.severity, id: risk.name, explanation.text(of: alert), at: risk.location, help: notes),
                    isFailure: level >= failOn, identity: alert.id)
            }
            return Case(group: risk.location.file, name: risk.name, location: risk.location, findings: findings)
        }
    }

    private static func notes(on alert: Alert, of rule: Rule, _ timeZone: TimeZoneRules) -> [String] {
        let onset = InstantText.local(alert.onset, in: timeZone)
        let end =
            alert.end.map { $0 == alert.onset ? "" : " to \(InstantText.local($0, in: timeZone))" } ?? ", still so"
        let group = alert.group.filter { $0.value != .absent }.map { "\($0.field) \(GroupText.text(of: $0.value))" }
        let notes = ["level \(rule.level.rawValue), \(onset)\(end)"]
        return notes + (group.isEmpty ? [] : [group.joined(separator: ", ")]) + (rule.runbook.map { [$0] } ?? [])
    }

    /// The kinds of what was said of bad records.
    private static func kinds(of diagnostics: [Diagnostic]) -> [Report.Kind] {
        var seen: Set<String> = []
        return diagnostics.filter { seen.insert($0.id).inserted }.map {
            Report.Kind(id: $0.id, title: "A record that cannot be used", severity: $0.severity)
        }
    }

    private static func cases(of diagnostics: [Diagnostic]) -> [Case] {
        var seen: Set<String> = []
        return diagnostics.map(\.location.file).filter { seen.insert($0).inserted }.map { file in
            let findings = diagnostics.filter { $0.location.file == file }.map { Finding($0, isFailure: false) }
            return Case(group: file, name: "records", findings: findings)
        }
    }
}

extension Report.Kind {
    /// The kind of finding that the alerts of a rule are.
    fileprivate init(_ rule: Rule) {
        self.init(
            id: rule.name, title: rule.title, description: rule.description, help: rule.runbook,
            severity: rule.level.severity)
    }

    /// The kind of finding that the alerts of a risk are.
    fileprivate init(_ risk: Risk) {
        self.init(
            id: risk.name, title: risk.title, description: risk.description, help: risk.runbook,
            severity: (risk.thresholds.map(\.level).max() ?? .medium).severity)
    }
}

extension Level {
    /// How grave an alert of this level is among the findings of other tools.
    fileprivate var severity: Severity {
        switch self {
        case .informational, .low: .note
        case .medium: .warning
        case .high, .critical: .error
        }
    }
}
