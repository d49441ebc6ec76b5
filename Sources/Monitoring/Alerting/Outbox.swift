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
    // While a run of rows is judged rule by rule: the moment of each open change.
    private var moments: [Moment] = []
    private var isInRun = false
    /// The moment of what is added next, while a run of rows is judged.
    var moment = Moment.row(0)
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
    mutating func add(_ alert: Alert) {
        open.append(alert)
        if isInRun { moments.append(moment) }
    }

    /// Begins a run of rows that is judged rule by rule: what happens at which moment is told apart.
    mutating func beginRun() { isInRun = true }

    /// Ends a run of rows, and what happened at each of its moments.
    mutating func endRun() {
        isInRun = false
        moment = .row(0)
        if open.isEmpty { return }
        let order = moments.indices.sorted {
            moments[$0] != moments[$1] ? moments[$0] < moments[$1] : $0 < $1
        }
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, moments[order[end]] == moments[order[start]] { end += 1 }
            let atOnce = order[start..<end].map { open[$0] }
            sealed.append(contentsOf: atOnce.count > 1 ? sorted(atOnce) : atOnce)
            start = end
        }
        open.removeAll(keepingCapacity: true)
        moments.removeAll(keepingCapacity: true)
    }

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
