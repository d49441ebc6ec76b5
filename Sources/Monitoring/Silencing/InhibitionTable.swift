import Events
import Rulebook

/// One inhibition at work: which alerts that say more hold when, and which alerts they hold back.
///
/// An alert is inhibited where, at its onset, an alert holds that the inhibition names as a source and that has alike what is
/// to be equal. (An alert without duration holds at its onset alone.) One that is both a source and a target is not inhibited
/// by others that are both, itself among them.
struct InhibitionTable {
    /// What an alert is in it.
    struct Role {
        var key: [Value]
        var isSource: Bool
        var isTarget: Bool
    }

    /// The alerts that have alike what is to be equal.
    private struct Peers {
        /// When sources hold: those that are no targets, and those that are.
        var sources = HoldingTimes()
        var mixedSources = HoldingTimes()
        /// The onsets and ids of targets, sorted by onset.
        var targets: [(onset: Instant, id: String)] = []

        func index(atOrAfter instant: Instant) -> Int {
            var (low, high) = (0, targets.count)
            while low < high {
                let middle = (low + high) / 2
                if targets[middle].onset < instant { low = middle + 1 } else { high = middle }
            }
            return low
        }
    }

    private let source, target: CompiledMatchers
    private let equal: [AlertMatcher.Property]
    private let subjects: AlertSubjects
    private var peers: [[Value]: Peers] = [:]

    init(_ inhibition: Inhibition, subjects: AlertSubjects) {
        source = CompiledMatchers(inhibition.source, subjects: subjects)
        target = CompiledMatchers(inhibition.target, subjects: subjects)
        equal = inhibition.equal
        self.subjects = subjects
    }

    /// What an alert is in it; nil if it has no part in it.
    func role(of notice: Notice, subject: Int) -> Role? {
        let group = notice.group
        let isSource = source.pass(subject: subject, group: group)
        let isTarget = target.pass(subject: subject, group: group)
        guard isSource || isTarget else { return nil }
        var key: [Value] = []
        for property in equal {
            let value: Value? =
                switch property {
                case .rule: .text(subjects.all[subject].name)
                case .level: .text(subjects.all[subject].level.rawValue)
                case .tags: nil
                case .group(let field): group.first { $0.field == field }?.value
                }
            guard let value, value != .absent else { return nil }
            key.append(value)
        }
        return Role(key: key, isSource: isSource, isTarget: isTarget)
    }

    /// Takes in an alert, and returns the ids of the targets that this can concern, itself left out.
    mutating func add(_ notice: Notice, _ role: Role) -> [String] {
        if role.isTarget {
            let index = peers[role.key]?.index(atOrAfter: notice.onset) ?? 0
            peers[role.key, default: Peers()].targets.insert((notice.onset, notice.id), at: index)
        }
        guard role.isSource else { return [] }
        let interval = InhibitionTable.holding(notice)
        if role.isTarget {
            peers[role.key, default: Peers()].mixedSources.add(interval)
        } else {
            peers[role.key, default: Peers()].sources.add(interval)
        }
        return targets(of: role, within: interval)
    }

    /// Takes out an alert that was taken in, and returns the ids of the targets that this can concern.
    mutating func remove(_ notice: Notice, _ role: Role) -> [String] {
        if role.isTarget, var index = peers[role.key]?.index(atOrAfter: notice.onset),
            let count = peers[role.key]?.targets.count
        {
            while index < count, peers[role.key]?.targets[index].id != notice.id { index += 1 }
            if index < count { peers[role.key]?.targets.remove(at: index) }
        }
        guard role.isSource else { return [] }
        let interval = InhibitionTable.holding(notice)
        if role.isTarget {
            peers[role.key]?.mixedSources.remove(interval)
        } else {
            peers[role.key]?.sources.remove(interval)
        }
        return targets(of: role, within: interval)
    }

    /// Whether an alert in it is inhibited.
    func inhibits(_ notice: Notice, _ role: Role) -> Bool {
        guard role.isTarget, let peers = peers[role.key] else { return false }
        if peers.sources.hold(at: notice.onset) { return true }
        return !role.isSource && peers.mixedSources.hold(at: notice.onset)
    }

    /// When an alert holds: up to its end as told; at its onset alone where it has no duration.
    private static func holding(_ notice: Notice) -> Episode {
        let next = Instant(milliseconds: notice.onset.milliseconds + 1)
        return Episode(start: notice.onset, end: max(notice.end ?? .distantFuture, next))
    }

    private func targets(of role: Role, within interval: Episode) -> [String] {
        guard let peers = peers[role.key] else { return [] }
        let range = peers.index(atOrAfter: interval.start)..<peers.index(atOrAfter: interval.end)
        return peers.targets[range].map(\.id)
    }
}
