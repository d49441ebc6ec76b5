import Events
import Rulebook

/// Holds back what silences and inhibitions say that nobody is to be told of.
///
/// An alert is silenced by the first silence that it matches and in whose time its onset lies; if none does, inhibited by the
/// first inhibition that has a source holding at its onset. Silenced and inhibited alerts inhibit like any other. So what is
/// held back is a function of the alerts that stand, in whatever order they came to be known.
final class Silencer {
    /// An alert that stands.
    private struct Entry {
        var notice: Notice
        var subject: Int
        /// The first silence that covers it.
        var silence: Int?
        /// What it is in each inhibition.
        var roles: [InhibitionTable.Role?]
        var heldBy: Holder?
    }

    /// What is told of one id at a moment, and what was known of it before.
    private struct Story {
        var before: Entry?
        var changes: [Notice]
    }

    /// What holds an alert back.
    enum Holder: Hashable {
        case silence(Int)
        case inhibition(Int)
    }

    private let subjects: AlertSubjects
    private let order: NoticeOrder
    private let silences: [(silence: Silence, matchers: CompiledMatchers)]
    private var inhibitions: [InhibitionTable]
    private var entries: [String: Entry] = [:]
    private var sizeAtRelease = 0
    /// How many alerts are held back, by what holds them.
    private(set) var held: [Holder: Int] = [:]
    /// How many alerts are held back, by their level.
    private(set) var heldByLevel: [Level: Int] = [:]

    init(rulebook: Rulebook) {
        let subjects = AlertSubjects(rulebook: rulebook)
        self.subjects = subjects
        order = NoticeOrder(rulebook: rulebook)
        silences = rulebook.silences.map { ($0, CompiledMatchers($0.matchers, subjects: subjects)) }
        inhibitions = rulebook.inhibitions.map { InhibitionTable($0, subjects: subjects) }
    }

    /// The alerts that are told of.
    var standing: [Notice] { entries.values.filter { $0.heldBy == nil }.map(\.notice) }

    /// Takes what changes in the alerts at one moment, in order, and returns what is to be told of that.
    func follow(_ changes: [Notice]) -> [Notice] {
        if changes.isEmpty { return [] }
        var stories: [(id: String, story: Story)] = []
        var places: [String: Int] = [:]
        var concerned: Set<String> = []
        for change in changes {
            let before = remove(change.replaces ?? change.id, &concerned)
            if let place = places[change.id] {
                stories[place].story.changes.append(change)
            } else {
                places[change.id] = stories.count
                stories.append((change.id, Story(before: before, changes: [change])))
            }
            if change.status != .retracted { add(change, &concerned) }
        }
        var told: [Notice] = []
        for (id, story) in stories {
            concerned.remove(id)
            if let old = story.before?.notice.id { concerned.remove(old) }
            let wasTold = story.before.map { $0.heldBy == nil } ?? false
            told += tell(story, wasTold: wasTold, isTold: decide(id))
        }
        for id in concerned { told += reconsider(id) }
        return order.sorted(told)
    }

    // MARK: - The alerts that stand

    private func add(_ notice: Notice, _ concerned: inout Set<String>) {
        let subject = subjects.number(of: notice)
        let silence = silences.firstIndex {
            $0.silence.covers(notice.onset) && $0.matchers.pass(subject: subject, group: notice.group)
        }
        var roles: [InhibitionTable.Role?] = []
        for index in inhibitions.indices {
            let role = inhibitions[index].role(of: notice, subject: subject)
            if let role { concerned.formUnion(inhibitions[index].add(notice, role)) }
            roles.append(role)
        }
        entries[notice.id] = Entry(notice: notice, subject: subject, silence: silence, roles: roles)
    }

    private func remove(_ id: String, _ concerned: inout Set<String>) -> Entry? {
        guard let entry = entries.removeValue(forKey: id) else { return nil }
        if let holder = entry.heldBy { count(holder, entry, by: -1) }
        for (index, role) in entry.roles.enumerated() {
            if let role { concerned.formUnion(inhibitions[index].remove(entry.notice, role)) }
        }
        return entry
    }

    /// Decides anew whether an alert is held back, and returns whether it stands and is not.
    private func decide(_ id: String) -> Bool {
        guard var entry = entries[id] else { return false }
        if let holder = entry.heldBy { count(holder, entry, by: -1) }
        entry.heldBy = holder(of: entry)
        if let holder = entry.heldBy { count(holder, entry, by: 1) }
        entries[id] = entry
        return entry.heldBy == nil
    }

    private func holder(of entry: Entry) -> Holder? {
        if let silence = entry.silence { return .silence(silence) }
        for (index, role) in entry.roles.enumerated() {
            if let role, inhibitions[index].inhibits(entry.notice, role) { return .inhibition(index) }
        }
        return nil
    }

    private func count(_ holder: Holder, _ entry: Entry, by change: Int) {
        held[holder, default: 0] += change
        heldByLevel[subjects.all[entry.subject].level, default: 0] += change
    }

    // MARK: - What is told

    private func tell(_ story: Story, wasTold: Bool, isTold: Bool) -> [Notice] {
        guard let last = story.changes.last else { return [] }
        switch (wasTold, isTold) {
        case (true, true): return story.changes
        case (false, true): return story.changes[0].status == .firing ? story.changes : last.toldFirst
        case (true, false):
            if last.status == .retracted { return story.changes }
            return story.before.map { [$0.notice.retold(as: .retracted)] } ?? []
        case (false, false): return []
        }
    }

    /// An alert of which nothing has changed may have lost what held it back, or got it.
    private func reconsider(_ id: String) -> [Notice] {
        guard let entry = entries[id] else { return [] }
        let wasTold = entry.heldBy == nil
        let isTold = decide(id)
        if wasTold == isTold { return [] }
        return isTold ? entry.notice.toldFirst : [entry.notice.retold(as: .retracted)]
    }

    // MARK: - What is let go of

    /// Lets go of alerts that ended before an instant, which nothing can change any more.
    func release(before instant: Instant) {
        guard entries.count > 2 * sizeAtRelease + 1024 else { return }
        for (id, entry) in entries where entry.notice.end ?? .distantFuture < instant {
            var concerned: Set<String> = []
            for (index, role) in entry.roles.enumerated() {
                if let role { concerned.formUnion(inhibitions[index].remove(entry.notice, role)) }
            }
            entries[id] = nil
        }
        sizeAtRelease = entries.count
    }
}
