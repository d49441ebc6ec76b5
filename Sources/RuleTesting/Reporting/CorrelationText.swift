import Events
import Reporting
import Rulebook

/// Correlations in the words of a rule.
enum CorrelationText {
    /// What is asked within which time: `event_count gte 3 within 7d`.
    static func text(_ correlation: Correlation) -> String {
        var parts = [correlation.typeName]
        parts +=
            correlation.pattern.fields.isEmpty
            ? [] : ["of " + correlation.pattern.fields.joined(separator: ", ")]
        parts += bounds(correlation.condition)
        if case .rateChange(let change) = correlation.pattern { parts += rates(change) }
        if correlation.timespan < .unlimited { parts.append("within \(correlation.timespan.ruleText)") }
        switch correlation.window {
        case .sliding: break
        case .tumbling: parts.append("(tumbling)")
        case .session(let gap): parts.append("(session, gap \(gap.ruleText))")
        }
        return parts.joined(separator: " ")
    }

    private static func bounds(_ condition: NumericCondition?) -> [String] {
        (condition?.terms ?? []).map { "\($0.comparison.rawValue) \(NumberText.shortest($0.value))" }
    }

    private static func rates(_ change: Correlation.RateChange) -> [String] {
        let figures = [("ratio", change.ratio), ("p_value", change.pValue)].flatMap { name, condition in
            bounds(condition).map { "\(name) \($0)" }
        }
        return figures + ["against \(change.baseline.ruleText)"]
    }

    /// The values of a group with their fields: `country Pakistan, admin2 Bannu`.
    static func group(_ values: [Value], of correlation: Correlation) -> String {
        let parts = zip(correlation.groupBy, values).map { "\($0.name) \(AlertLine.text($1))" }
        return parts.isEmpty ? "all" : parts.joined(separator: ", ")
    }
}
