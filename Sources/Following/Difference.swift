import Events
import Ledger
import Monitoring

/// How the alerts that follow now differ from those that were said: after a restart nothing, after a change of the rules
/// what it changes.
public enum Difference {
    /// What follows from the events: an alert of a rule, or of a risk.
    public struct Derived: Sendable {
        /// The alert.
        public var notice: Notice
        /// The name of its rule, or risk.
        public var rule: String
        /// Its group as JSON.
        public var group: String
        /// A fingerprint of what it says.
        public var content: Int64

        /// Creates a derived alert.
        public init(notice: Notice, rule: String, group: String, content: Int64) {
            self.notice = notice
            self.rule = rule
            self.group = group
            self.content = content
        }
    }

    /// What is to be said.
    public enum Change: Sendable, Equatable {
        /// An alert is to be said, with its status.
        case said(Notice)
        /// One that was said is to be taken back: nothing is known of it any more.
        case retracted(LedgerAlert)
    }

    /// What takes somebody who knows what was said to what follows now, in order of onset.
    public static func between(_ said: [LedgerAlert], and derived: [Derived]) -> [Change] {
        var old: [String: LedgerAlert] = [:]
        for alert in said { old[alert.id] = alert }
        var new: [Derived] = []
        var changes: [(onset: Int64, change: Change)] = []
        for entry in derived {
            guard let known = old.removeValue(forKey: entry.notice.id) else {
                new.append(entry)
                continue
            }
            guard known.content != entry.content else { continue }
            changes.append((known.onset, .said(entry.notice.told(after: known))))
        }
        // One that goes and one that comes over the same time are one whose onset has moved.
        var gone = old.values.sorted { ($0.onset, $0.id) < ($1.onset, $1.id) }
        for entry in new {
            let onset = entry.notice.onset.milliseconds
            let moved = gone.firstIndex { overlaps($0, entry) }
            guard let moved else {
                changes += entry.notice.toldAnew.map { (onset, .said($0)) }
                continue
            }
            let known = gone.remove(at: moved)
            changes.append((onset, .said(entry.notice.told(after: known, replacing: known.id))))
        }
        changes += gone.map { ($0.onset, .retracted($0)) }
        // Sorting keeps the order of equal ones: by index.
        return changes.enumerated().sorted { ($0.element.onset, $0.offset) < ($1.element.onset, $1.offset) }
            .map(\.element.change)
    }

    private static func overlaps(_ known: LedgerAlert, _ entry: Derived) -> Bool {
        guard known.rule == entry.rule, known.group == entry.group else { return false }
        let end = entry.notice.end?.milliseconds ?? .max
        return known.onset < end && entry.notice.onset.milliseconds < known.end ?? .max
    }
}

extension Notice {
    /// The alert as it is told to somebody who knows what was said before.
    fileprivate func told(after known: LedgerAlert, replacing id: String? = nil) -> Notice {
        told(as: end != nil && known.end == nil ? .resolved : .updated, replacing: id)
    }

    /// The alert as it is told for the first time: one that lasted and has ended fires and is resolved at once.
    fileprivate var toldAnew: [Notice] {
        guard let end, end != onset else { return [told(as: .firing)] }
        return [told(as: .firing, isOpen: true), told(as: .resolved)]
    }

    private func told(as status: Alert.Status, replacing id: String? = nil, isOpen: Bool = false) -> Notice {
        switch self {
        case .alert(var alert):
            (alert.status, alert.replaces) = (status, id)
            if isOpen { (alert.end, alert.peak) = (nil, nil) }
            return .alert(alert)
        case .risk(var risk):
            (risk.status, risk.replaces) = (status, id)
            if isOpen { (risk.end, risk.peak) = (nil, nil) }
            return .risk(risk)
        }
    }
}
