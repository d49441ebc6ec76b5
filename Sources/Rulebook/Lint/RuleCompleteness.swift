import Events

extension LintCheck {
    /// What a reader of an alert would miss, and options that do nothing.
    static let completeness = LintCheck { subject in
        for rule in subject.rulebook.rules {
            let scope = subject.scope(of: rule)
            if rule.raisesAlerts { reportMissing(of: rule, scope) }
            if rule.isInstantaneous, rule.options.for != .zero || rule.options.keepFiringFor != .zero {
                scope.warning(
                    .optionWithoutEffect, "'for' and 'keep_firing_for' have no effect on alerts that end at once",
                    at: rule.place(ofKey: "for", "keep_firing_for"))
            }
        }
    }

    private static func reportMissing(of rule: Rule, _ scope: Scope) {
        if rule.description == nil {
            scope.warning(
                .ruleWithoutDescription, "the rule has no description", at: rule.location,
                help: ["write 'description': what an alert of it means, its unit and its limits"])
        }
        if !rule.isLevelGiven {
            scope.warning(
                .ruleWithoutLevel, "the rule has no level and counts as medium", at: rule.location,
                help: ["write 'level': one of \(Level.allCases.map(\.rawValue).joined(separator: ", "))"])
        }
        if rule.runbook == nil {
            scope.warning(
                .ruleWithoutRunbook, "the rule has no runbook", at: rule.location,
                help: ["write 'runbook': what whoever gets the alert is to do, or a link to it"])
        }
    }
}

extension Rule {
    /// Whether its alerts end at once.
    fileprivate var isInstantaneous: Bool {
        switch body {
        case .detection: return true
        case .correlation(let correlation):
            if case .newValue = correlation.pattern { return true }
            return false
        }
    }
}
