import Events

extension LintCheck {
    /// What a reader of an alert would miss, and options that do nothing.
    static let rules = LintCheck { subject in
        for rule in subject.rulebook.rules {
            let scope = subject.scope.within("rule '\(rule.name)'")
            if rule.raisesAlerts, rule.description == nil {
                scope.warning(
                    .ruleWithoutDescription, "the rule has no description", at: rule.location,
                    help: ["write 'description': what an alert of it means"])
            }
            if rule.raisesAlerts, !rule.isLevelGiven {
                scope.warning(
                    .ruleWithoutLevel, "the rule has no level and counts as medium", at: rule.location,
                    help: ["write 'level'"])
            }
            if case .detection = rule.body, rule.options.for != .zero || rule.options.keepFiringFor != .zero {
                scope.warning(
                    .optionWithoutEffect, "'for' and 'keep_firing_for' have no effect on the alerts of a detection",
                    at: rule.location)
            }
        }
    }

    /// Conditions that nothing can meet, and rates of nothing.
    static let conditions = LintCheck { subject in
        for rule in subject.rulebook.rules {
            guard case .correlation(let correlation) = rule.body else { continue }
            let scope = subject.scope.within("rule '\(rule.name)'").within("correlation")
            if !correlation.condition.canBeMet(within: correlation.figureRange) {
                scope.warning(.conditionNeverMet, "no figure can meet the condition", at: rule.location)
            }
            if case .rateChange(let change) = correlation.pattern, change.minimumCount == 0 {
                scope.warning(
                    .rateWithoutMinimum, "without 'min_count' a single event after a quiet time is a surge",
                    at: rule.location, help: ["write 'min_count'"])
            }
        }
    }
}

extension Correlation {
    /// Between what the figure lies.
    fileprivate var figureRange: ClosedRange<Double> {
        switch pattern {
        case .eventCount, .valueCount: 0...Double.infinity
        case .temporal: 0...Double(rules.count)
        case .effectiveNumber: 1...Double.infinity
        case .reciprocity: 0...Double.infinity
        default: -Double.infinity...Double.infinity
        }
    }
}

extension NumericCondition {
    /// Whether some number of a range meets every bound.
    fileprivate func canBeMet(within range: ClosedRange<Double>) -> Bool {
        var (low, high) = (range.lowerBound, range.upperBound)
        for term in terms {
            switch term.comparison {
            case .equal: (low, high) = (max(low, term.value), min(high, term.value))
            case .greaterOrEqual: low = max(low, term.value)
            case .greater: low = max(low, term.value.nextUp)
            case .lessOrEqual: high = min(high, term.value)
            case .less: high = min(high, term.value.nextDown)
            case .notEqual: continue
            }
        }
        if low == high { return isMet(by: low) }
        return low < high
    }
}
