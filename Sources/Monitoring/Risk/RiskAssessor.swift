import Events
import Rulebook

/// Scores entities by their alerts, and tells where a score crosses a threshold.
///
/// It follows the changes of alerts, so that what it tells is a function of the alerts that stand. Time alone ends what it
/// has told: `advance` must be called as stream time goes on.
final class RiskAssessor {
    /// An entity of a risk.
    private final class Subject {
        let risk: Int
        let entity: Alert.GroupValue
        var timeline: RiskTimeline
        /// What was last said of each episode, by threshold, in order of onset.
        var said: [[RiskAlert]]
        /// The first instant at which something has changed since it was last settled.
        var changedFrom = Instant.distantFuture

        init(risk: Int, entity: Alert.GroupValue, timeline: RiskTimeline) {
            self.risk = risk
            self.entity = entity
            self.timeline = timeline
            said = [[RiskAlert]](repeating: [], count: timeline.episodes.count)
        }
    }

    /// A place at which an alert counts.
    private struct Place: Equatable {
        var subject: Int
        var entry: RiskTimeline.Entry
    }

    /// Where an alert counts, and for which risks it would if it had an entity.
    private struct Membership: Equatable {
        var places: [Place] = []
        var lacking: [Int] = []

        var isEmpty: Bool { places.isEmpty && lacking.isEmpty }
    }

    /// The key of an entity.
    private struct Key: Hashable {
        var risk: Int
        var value: Value
    }

    private let risks: [Risk]
    private let order: NoticeOrder
    private var subjects: [Subject] = []
    private var subjectOfKey: [Key: Int] = [:]
    /// What each alert counts for, by its id.
    private var memberships: [String: Membership] = [:]
    private var changed: [Int] = []
    /// The subjects of which something holds that was told.
    private var open: Set<Int> = []
    private var earliestEnd = Instant.distantFuture
    private var now = Instant.distantPast
    /// How many alerts with points have no entity, by risk.
    private(set) var unplaced: [Int]

    init(rulebook: Rulebook) {
        risks = rulebook.risks
        order = NoticeOrder(rulebook: rulebook)
        unplaced = [Int](repeating: 0, count: risks.count)
    }

    // MARK: - What comes in

    /// Takes the changes of one moment, and returns what follows from them at it; `advance` to that moment comes first.
    func follow(_ changes: ArraySlice<Notice>, at now: Instant) -> [Notice] {
        if now < self.now { reopen(at: now) }
        self.now = now
        for case .alert(let alert) in changes { take(alert) }
        if changed.isEmpty { return [] }
        var told: [Notice] = []
        // In the order of the subjects' first alerts, which may not matter: what is told at once is sorted.
        for index in changed { told += settle(index) }
        changed.removeAll(keepingCapacity: true)
        updateEarliestEnd()
        return order.sorted(told)
    }

    private func take(_ alert: Alert) {
        let old = memberships[alert.replaces ?? alert.id] ?? Membership()
        let new = alert.status == .retracted ? Membership() : membership(of: alert)
        if old == new { return }
        for place in old.places {
            subjects[place.subject].timeline.remove(place.entry)
            mark(place)
        }
        for place in new.places {
            subjects[place.subject].timeline.insert(place.entry)
            mark(place)
        }
        for risk in old.lacking { unplaced[risk] -= 1 }
        for risk in new.lacking { unplaced[risk] += 1 }
        if let replaced = alert.replaces { memberships[replaced] = nil }
        memberships[alert.id] = new.isEmpty ? nil : new
    }

    private func mark(_ place: Place) {
        let subject = subjects[place.subject]
        if subject.changedFrom == .distantFuture { changed.append(place.subject) }
        subject.changedFrom = min(subject.changedFrom, place.entry.onset)
    }

    private func membership(of alert: Alert) -> Membership {
        var membership = Membership()
        for (index, risk) in risks.enumerated() where risk.points[alert.rule] > 0 {
            guard let value = RiskAssessor.entity(of: alert, field: risk.entity) else {
                membership.lacking.append(index)
                continue
            }
            let entry = RiskTimeline.Entry(
                onset: alert.onset, id: alert.id, rule: alert.rule, points: risk.points[alert.rule],
                knownAt: alert.knownAt)
            let subject = subject(index, value)
            // What is told of an alert that began so long ago, as that it has ended, changes no score any more.
            if subjects[subject].timeline.hasReleased(entry) { continue }
            membership.places.append(Place(subject: subject, entry: entry))
        }
        return membership
    }

    /// The value of the group, or where it has none for `ceasefire`, the ceasefire that the alert bears on.
    private static func entity(of alert: Alert, field: String) -> Value? {
        if let member = alert.group.first(where: { $0.field == field }), member.value != .absent { return member.value }
        return field == "ceasefire" ? alert.ceasefire.map { .text($0.id) } : nil
    }

    private func subject(_ risk: Int, _ value: Value) -> Int {
        let key = Key(risk: risk, value: value)
        if let subject = subjectOfKey[key] { return subject }
        subjectOfKey[key] = subjects.count
        let timeline = RiskTimeline(halfLife: risks[risk].halfLife, thresholds: risks[risk].thresholds.map(\.score))
        let entity = Alert.GroupValue(field: risks[risk].entity, value: value)
        subjects.append(Subject(risk: risk, entity: entity, timeline: timeline))
        return subjects.count - 1
    }

    // MARK: - What follows

    private func settle(_ index: Int) -> [Notice] {
        let subject = subjects[index]
        let start = subject.changedFrom
        subject.changedFrom = .distantFuture
        subject.timeline.derive(from: start)
        var told: [Notice] = []
        for threshold in subject.said.indices {
            var old: [RiskAlert] = []
            while let last = subject.said[threshold].last, last.end ?? .distantFuture >= start {
                old.append(last)
                subject.said[threshold].removeLast()
            }
            let since = subject.said[threshold].last?.onset ?? .distantPast
            let episodes = subject.timeline.episodes[threshold].reversed().prefix { $0.start > since }
            let new = episodes.reversed().map { describe(subject, threshold, $0) }
            told += RiskAssessor.changes(from: old.reversed(), to: new)
            subject.said[threshold] += new
        }
        if subject.said.contains(where: { $0.last?.end == nil && !$0.isEmpty }) {
            open.insert(index)
        } else {
            open.remove(index)
        }
        return told
    }

    /// What is to be told where some alerts have taken the place of others; both in order of onset.
    private static func changes(from old: [RiskAlert], to new: [RiskAlert]) -> [Notice] {
        var gone = old.filter { before in !new.contains { $0.id == before.id } }
        var told: [Notice] = []
        for alert in new {
            if let before = old.first(where: { $0.id == alert.id }) {
                if before != alert { told.append(.risk(alert.revised(hadEnded: before.end != nil))) }
                continue
            }
            let moved = gone.firstIndex {
                $0.onset < alert.end ?? .distantFuture && alert.onset < $0.end ?? .distantFuture
            }
            guard let moved else {
                told += Notice.risk(alert).toldFirst
                continue
            }
            let before = gone.remove(at: moved)
            var update = alert.revised(hadEnded: before.end != nil)
            update.replaces = before.id
            told.append(.risk(update))
        }
        return told + gone.map { Notice.risk($0).retold(as: .retracted) }
    }

    private func describe(_ subject: Subject, _ threshold: Int, _ episode: Episode) -> RiskAlert {
        let risk = risks[subject.risk]
        let timeline = subject.timeline
        let start = timeline.index(atOrAfter: episode.start - RiskAssessor.memory(of: risk))
        let end = timeline.index(atOrAfter: Instant(milliseconds: episode.start.milliseconds + 1))
        var contributions: [RiskAlert.Contribution] = []
        var knownAt = Instant.distantPast
        for entry in timeline.entries[start..<end] {
            knownAt = max(knownAt, entry.knownAt)
            contributions.append(
                RiskAlert.Contribution(
                    id: entry.id, rule: entry.rule, onset: entry.onset, points: entry.points,
                    value: entry.points * timeline.decay(episode.start - entry.onset)))
        }
        contributions.sort { left, right in
            if left.value != right.value { return left.value > right.value }
            return left.onset != right.onset ? left.onset > right.onset : left.id.precedesByCodePoint(right.id)
        }
        let hasEnded = episode.end <= now
        let id = AlertIdentity.identifier(
            rule: risk.name, group: [subject.entity], onset: episode.start, event: risk.thresholds[threshold].name)
        return RiskAlert(
            status: hasEnded ? .resolved : .firing, id: id, risk: subject.risk, threshold: threshold,
            entity: subject.entity, onset: episode.start, end: hasEnded ? episode.end : nil,
            score: timeline.score(at: episode.start), peak: hasEnded ? timeline.peak(episode) : nil,
            contributionCount: contributions.count, contributions: Array(contributions.prefix(risk.limit)),
            knownAt: knownAt)
    }

    /// How far back of its onset an alert lists what it is made of: of older contributions less than a thousandth is left.
    private static func memory(of risk: Risk) -> Timespan { Timespan(milliseconds: risk.halfLife.milliseconds * 10) }

    // MARK: - Time

    /// When the next alert ends by time alone; nil if none does.
    var nextEnd: Instant? { earliestEnd == .distantFuture ? nil : earliestEnd }

    /// What is to be told at the next moment, up to an instant, at which something ends; nil if nothing does.
    func nextEnds(through instant: Instant) -> [Notice]? {
        guard earliestEnd <= instant else { return nil }
        let moment = earliestEnd
        now = max(now, moment)
        var told: [Notice] = []
        for index in open { told += end(subjects[index], at: moment) }
        updateEarliestEnd()
        return order.sorted(told)
    }

    private func end(_ subject: Subject, at moment: Instant) -> [Notice] {
        var told: [Notice] = []
        for (threshold, episodes) in subject.timeline.episodes.enumerated() {
            guard let last = episodes.last, last.end == moment, let said = subject.said[threshold].last,
                said.end == nil
            else { continue }
            var ended = said
            ended.status = .resolved
            ended.end = last.end
            ended.peak = subject.timeline.peak(last)
            subject.said[threshold][subject.said[threshold].count - 1] = ended
            told.append(.risk(ended))
        }
        return told
    }

    private func updateEarliestEnd() {
        earliestEnd = .distantFuture
        for index in open {
            var isOpen = false
            for (threshold, said) in subjects[index].said.enumerated() {
                guard let last = said.last, last.end == nil,
                    let episode = subjects[index].timeline.episodes[threshold].last
                else { continue }
                isOpen = true
                earliestEnd = min(earliestEnd, episode.end)
            }
            if !isOpen { open.remove(index) }
        }
    }

    /// Stream time has gone back: what ended after it holds again, which is told when the subjects are settled.
    private func reopen(at instant: Instant) {
        for (index, subject) in subjects.enumerated() {
            // The last of a threshold may hold still, and the one before it have ended after the instant.
            let hasEnded = subject.said.contains { said in
                said.last { $0.end != nil }?.end ?? .distantPast > instant
            }
            guard hasEnded else { continue }
            if subject.changedFrom == .distantFuture { changed.append(index) }
            subject.changedFrom = min(subject.changedFrom, instant)
        }
    }

    // MARK: - The end, and what is let go of

    /// The alerts that stand.
    var standing: [RiskAlert] { subjects.flatMap { $0.said.joined() } }

    /// Lets go of what no change can reach any more: the alerts before an instant, and what ended before it.
    func release(before instant: Instant) {
        for (index, subject) in subjects.enumerated() {
            let gone = subject.timeline.release(
                episodesBefore: instant, memory: RiskAssessor.memory(of: risks[subject.risk]))
            for entry in gone {
                memberships[entry.id]?.places.removeAll { $0.subject == index }
                if memberships[entry.id]?.isEmpty ?? false { memberships[entry.id] = nil }
            }
            for threshold in subject.said.indices {
                let first = subject.timeline.episodes[threshold].first?.start ?? .distantFuture
                subject.said[threshold].removeAll { $0.onset < first }
            }
        }
    }
}

extension RiskAlert {
    /// The alert as what was said of it has changed.
    fileprivate func revised(hadEnded: Bool) -> RiskAlert {
        var alert = self
        alert.status = end != nil && !hadEnded ? .resolved : .updated
        return alert
    }
}

extension Notice {
    /// How it is told for the first time: what has ended already fires and is resolved at once, unless it has no duration.
    var toldFirst: [Notice] {
        guard let end, end != onset else { return [retold(as: .firing)] }
        return [retold(as: .firing, isOpen: true), retold(as: .resolved)]
    }
}
