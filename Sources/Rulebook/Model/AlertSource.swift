import Diagnostics

/// What an alert is of: a rule, or a risk.
public enum AlertSource: Sendable, Hashable, Comparable {
    /// A rule.
    case rule(RuleReference)
    /// A risk, by its index.
    case risk(Int)

    /// The rule that it is, if it is one.
    public var rule: RuleReference? { if case .rule(let rule) = self { rule } else { nil } }
    /// What it is, in a word.
    public var kind: String { rule == nil ? "risk" : "rule" }
    /// The risk that it is, if it is one.
    public var risk: Int? { if case .risk(let risk) = self { risk } else { nil } }
}

extension Rulebook {
    /// The name in output.
    public func name(of source: AlertSource) -> String {
        switch source {
        case .rule(let rule): rules[rule].name
        case .risk(let risk): risks[risk].name
        }
    }

    /// Where it is written.
    public func location(of source: AlertSource) -> Location {
        switch source {
        case .rule(let rule): rules[rule].location
        case .risk(let risk): risks[risk].location
        }
    }

    /// What its tests may leave out.
    public func acceptedGaps(of source: AlertSource) -> [AcceptedGap] {
        switch source {
        case .rule(let rule): rules[rule].acceptedGaps
        case .risk(let risk): risks[risk].acceptedGaps
        }
    }

    /// The rules that raise alerts, and the risks.
    public var alertSources: [AlertSource] {
        rules.indices.filter { rules[$0].raisesAlerts }.map { .rule($0) } + risks.indices.map { .risk($0) }
    }
}
