import Events
import Rulebook

/// What the monitor tells, in order.
public enum Message: Sendable, Hashable {
    /// A change in the alerts.
    case notice(Notice)
    /// A line of a statistic.
    case statistic(Statistic)

    /// The change in the alerts that it is, if it is one.
    public var notice: Notice? { if case .notice(let notice) = self { notice } else { nil } }

    /// The line of a statistic that it is, if it is one.
    public var statistic: Statistic? { if case .statistic(let statistic) = self { statistic } else { nil } }
}

/// An alert, of a rule or of a risk.
public enum Notice: Sendable, Hashable {
    /// An alert of a rule.
    case alert(Alert)
    /// A risk that has crossed a threshold.
    case risk(RiskAlert)
}

extension Notice {
    /// The alert of a rule that it is, if it is one.
    public var alert: Alert? { if case .alert(let alert) = self { alert } else { nil } }

    /// The alert of a risk that it is, if it is one.
    public var risk: RiskAlert? { if case .risk(let risk) = self { risk } else { nil } }

    /// What it is of.
    public var source: AlertSource {
        switch self {
        case .alert(let alert): .rule(alert.rule)
        case .risk(let risk): .risk(risk.risk)
        }
    }

    /// What has happened to it.
    public var status: Alert.Status {
        switch self {
        case .alert(let alert): alert.status
        case .risk(let risk): risk.status
        }
    }

    /// 16 hexadecimal digits, the same in every run.
    public var id: String {
        switch self {
        case .alert(let alert): alert.id
        case .risk(let risk): risk.id
        }
    }

    /// The id it had before a late report moved its onset.
    public var replaces: String? {
        switch self {
        case .alert(let alert): alert.replaces
        case .risk(let risk): risk.replaces
        }
    }

    /// When it began.
    public var onset: Instant {
        switch self {
        case .alert(let alert): alert.onset
        case .risk(let risk): risk.onset
        }
    }

    /// When it ended; nil while it holds.
    public var end: Instant? {
        switch self {
        case .alert(let alert): alert.end
        case .risk(let risk): risk.end
        }
    }

    /// Its group; of a risk the entity.
    public var group: [Alert.GroupValue] {
        switch self {
        case .alert(let alert): alert.group
        case .risk(let risk): [risk.entity]
        }
    }

    /// How grave it is.
    public func level(in rulebook: Rulebook) -> Level {
        switch self {
        case .alert(let alert): rulebook.rules[alert.rule].level
        case .risk(let risk): rulebook.risks[risk.risk].thresholds[risk.threshold].level
        }
    }

    /// Its group as a JSON object, in the order of the rule's fields.
    public var groupText: String { AlertIdentity.text(of: group) }

    /// The same without what has happened to it: as if it fired now.
    public var withoutStory: Notice {
        switch self {
        case .alert(var alert):
            (alert.status, alert.replaces) = (.firing, nil)
            return .alert(alert)
        case .risk(var risk):
            (risk.status, risk.replaces) = (.firing, nil)
            return .risk(risk)
        }
    }

    /// The same with another status, without `replaces`; with a beginning alone where it is to have no end.
    func retold(as status: Alert.Status, isOpen: Bool = false) -> Notice {
        switch self {
        case .alert(var alert):
            alert.status = status
            alert.replaces = nil
            if isOpen { alert.end = nil }
            if isOpen || status == .retracted { alert.peak = nil }
            return .alert(alert)
        case .risk(var risk):
            risk.status = status
            risk.replaces = nil
            if isOpen { risk.end = nil }
            if isOpen || status == .retracted { risk.peak = nil }
            return .risk(risk)
        }
    }
}

/// The order of the output: by onset, rule name, group as JSON, and event id (of a risk its threshold), by code point.
struct NoticeOrder {
    private let ruleNames: [String]
    private let risks: [Risk]

    init(rulebook: Rulebook) {
        ruleNames = rulebook.rules.map(\.name)
        risks = rulebook.risks
    }

    /// Notices in that order; of the same one by status.
    func sorted(_ notices: [Notice]) -> [Notice] {
        if notices.count < 2 { return notices }
        let keyed = notices.map { (notice: $0, name: name($0), group: AlertIdentity.text(of: $0.group)) }
        return keyed.sorted { left, right in
            if left.notice.onset != right.notice.onset { return left.notice.onset < right.notice.onset }
            if left.name != right.name { return left.name.precedesByCodePoint(right.name) }
            if left.group != right.group { return left.group.precedesByCodePoint(right.group) }
            let details = (detail(left.notice), detail(right.notice))
            if details.0 != details.1 { return details.0.precedesByCodePoint(details.1) }
            return left.notice.status.rawValue < right.notice.status.rawValue
        }.map(\.notice)
    }

    private func name(_ notice: Notice) -> String {
        switch notice {
        case .alert(let alert): ruleNames[alert.rule]
        case .risk(let risk): risks[risk.risk].name
        }
    }

    private func detail(_ notice: Notice) -> String {
        switch notice {
        case .alert(let alert): alert.events.first?.id ?? ""
        case .risk(let risk): risks[risk.risk].thresholds[risk.threshold].name
        }
    }
}

extension String {
    /// Whether it comes before another by code point. (`<` compares normalised text.)
    func precedesByCodePoint(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}
