import Events
import Rulebook

/// What has changed in the alerts, in the order in which it is told.
///
/// What one record, or one instant at which time is up, changes is sorted by onset, rule, group and event: nothing depends on
/// the order in which rules and groups are visited.
struct Outbox {
    private let names: [String]
    private let levels: [Level]
    /// Whether anybody wants to be told; if not, alerts are only counted.
    let isWanted: Bool
    private var sealed: [Alert] = []
    private var open: [Alert] = []
    /// Alerts that stand, by level.
    private(set) var standing: [Level: Int] = [:]

    init(rulebook: Rulebook, isWanted: Bool) {
        names = rulebook.rules.map(\.name)
        levels = rulebook.rules.map(\.level)
        self.isWanted = isWanted
    }

    var isEmpty: Bool { sealed.isEmpty && open.isEmpty }

    /// Counts an alert of a rule that came to stand, or no longer does.
    mutating func count(rule: Int, by change: Int) { standing[levels[rule], default: 0] += change }

    /// Adds a change.
    mutating func add(_ alert: Alert) { open.append(alert) }

    /// Ends what happens at once.
    mutating func seal() {
        if open.isEmpty { return }
        if open.count > 1 { open = sorted(open) }
        sealed.append(contentsOf: open)
        open.removeAll(keepingCapacity: true)
    }

    /// Hands on what is sealed.
    mutating func drain(_ emit: (Alert) -> Void) {
        if sealed.isEmpty { return }
        for alert in sealed { emit(alert) }
        sealed.removeAll(keepingCapacity: true)
    }

    /// Alerts in the order of the output: by onset, rule name, group as JSON, and event id, by code point.
    func sorted(_ alerts: [Alert]) -> [Alert] {
        let keyed = alerts.map { alert in
            (alert: alert, name: names[alert.rule], group: AlertIdentity.text(of: alert.group))
        }
        return keyed.sorted { left, right in
            if left.alert.onset != right.alert.onset { return left.alert.onset < right.alert.onset }
            if left.name != right.name { return left.name.precedesByCodePoint(right.name) }
            if left.group != right.group { return left.group.precedesByCodePoint(right.group) }
            let leftEvent = left.alert.events.first?.id ?? ""
            let rightEvent = right.alert.events.first?.id ?? ""
            if leftEvent != rightEvent { return leftEvent.precedesByCodePoint(rightEvent) }
            return left.alert.status.rawValue < right.alert.status.rawValue
        }.map(\.alert)
    }
}

extension String {
    /// Whether it comes before another by code point. (`<` compares normalised text.)
    func precedesByCodePoint(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}
