import Events
import Rulebook

/// One statistic at work: its groups, and the cut-offs at which lines are due.
///
/// A line is a function of the group's contributions and of when ceasefires took effect; a late report has those derived anew
/// that it can change. An event costs O(1), a cut-off what lies in the windows of the groups that have anything there.
final class StatisticFollower {
    let index: Int
    let definition: StatisticDefinition
    private let clock: StatisticClock
    private let intake: Intake
    private let isShare: Bool
    private var groupIndex: GroupIndex
    private var tuples: GroupIndex
    private var groups: [StatisticGroup] = []
    /// The groups that have something in their windows, or will have.
    private var awake: [Int] = []
    private var changed: [Int] = []
    /// The next cut-off, and an instant since which it is the first; nil while no group is awake.
    private var next: (bin: Int64, cutOff: Instant, since: Instant)?
    /// Up to when the cut-offs have been dealt with.
    private var done = Instant.distantPast
    /// How many events lack a field of the group, and how many a value for the measure.
    private(set) var withoutGroup = 0
    private(set) var withoutValue = 0
    private var archive: [Statistic] = []
    private var archivedThrough = Instant.distantPast
    /// Whether lines are told as they arise; if not, they are only asked for at the end.
    private let tells: Bool

    init(index: Int, definition: StatisticDefinition, intake: Intake, clock: StatisticClock, tells: Bool) {
        self.index = index
        self.tells = tells
        self.definition = definition
        self.intake = intake
        self.clock = clock
        isShare = definition.part != nil
        groupIndex = GroupIndex(width: definition.groupBy.count)
        tuples = GroupIndex(width: intake.valueColumns.count)
    }

    // MARK: - What comes in

    /// Counts an event in, or out: of a share, `steps` has a bit for the part and one for the whole.
    func receive(row: Row, steps: UInt64, isRemoval: Bool, table: EventTable, symbols: borrowing SymbolTable) {
        let memberships = intake.groups(of: row, steps: steps, table: table, symbols: symbols)
        if memberships.isEmpty {
            withoutGroup += isRemoval ? -1 : 1
            return
        }
        let time = table.time(row)
        let payload = payload(of: row, steps: steps, isRemoval: isRemoval, table: table, symbols: symbols)
        for membership in memberships {
            let number = number(of: membership.group, symbols: symbols)
            let group = groups[number]
            if isRemoval {
                guard group.timeline.remove(.event(row), at: time) != nil else { continue }
            } else {
                group.timeline.insert(Contribution(time: time, source: .event(row), payload: payload))
                if tells { wake(number, at: time) }
            }
            if time < done {
                if group.changedFrom == .distantFuture { changed.append(number) }
                group.noteChange(at: time)
            }
        }
    }

    private func payload(
        of row: Row, steps: UInt64, isRemoval: Bool, table: EventTable, symbols: borrowing SymbolTable
    ) -> StatisticPayload {
        var payload = StatisticPayload(end: table.timeEnd(row))
        if isShare { (payload.isPart, payload.isWhole) = (steps & 1 != 0, steps & 2 != 0) }
        var isMissing = false
        switch definition.measure {
        case .count, .share(nil): break
        case .sum, .share:
            payload.numbers = intake.numbers(of: row, table: table, symbols: symbols)
            isMissing = payload.numbers.isEmpty
        case .distinct, .effectiveNumber:
            let found = Intake.tuples(columns: intake.valueColumns, row: row, table: table, symbols: symbols)
            payload.keys = Values(found.map { UInt64(tuples.number(of: $0)) })
            isMissing = payload.keys.isEmpty
        }
        if isMissing { withoutValue += isRemoval ? -1 : 1 }
        return payload
    }

    private func number(of group: [Symbol], symbols: borrowing SymbolTable) -> Int {
        let number = groupIndex.number(of: group)
        if number == groups.count {
            var values: [Alert.GroupValue] = []
            for (field, symbol) in zip(definition.groupBy, group) {
                values.append(Alert.GroupValue(field: field, value: symbols.value(of: symbol)))
            }
            groups.append(StatisticGroup(values: values, measure: definition.measure))
        }
        return number
    }

    /// Sees to it that a group is looked at from the first cut-off on that comes after an instant.
    private func wake(_ group: Int, at instant: Instant) {
        if !groups[group].isAwake {
            groups[group].isAwake = true
            awake.append(group)
        }
        let since = max(instant, done)
        if let next, since >= next.since { return }
        next = first(after: since)
    }

    private func first(after instant: Instant) -> (bin: Int64, cutOff: Instant, since: Instant) {
        let first = clock.next(after: instant, of: definition)
        return (first.bin, first.cutOff, instant)
    }

    // MARK: - What follows

    /// The cut-off that is due next, if stream time has reached it.
    func due(through instant: Instant) -> Instant? {
        guard let next, next.cutOff <= instant else { return nil }
        return next.cutOff
    }

    /// The lines of the cut-off that is due.
    func takeDue() -> [Statistic] {
        guard let due = next else { return [] }
        done = max(done, due.cutOff)
        var lines: [Statistic] = []
        var asleep: Set<Int> = []
        for number in awake {
            let group = groups[number]
            // Of one that has changed before this, all lines are derived anew when it is settled.
            if group.changedFrom < .distantFuture { continue }
            if let new = self.lines(of: group, bin: due.bin, cutOff: due.cutOff) {
                group.said.append(.init(bin: due.bin, cutOff: due.cutOff, fingerprints: new.map(\.hashValue)))
                lines += new
            } else if group.lastTime ?? .distantPast < due.cutOff {
                group.isAwake = false
                asleep.insert(number)
            }
        }
        awake.removeAll { asleep.contains($0) }
        next = following(due.cutOff, isQuiet: lines.isEmpty)
        return lines
    }

    /// The cut-off to look at after one; where nothing was said at that, the first that can have something.
    private func following(
        _ cutOff: Instant, isQuiet: Bool
    ) -> (bin: Int64, cutOff: Instant, since: Instant)? {
        if awake.isEmpty { return nil }
        guard isQuiet else { return first(after: cutOff) }
        let upcoming = awake.map { number -> Instant in
            let group = groups[number]
            return group.changedFrom < .distantFuture ? cutOff : group.firstTime(atOrAfter: cutOff) ?? cutOff
        }.min()
        return first(after: max(cutOff, upcoming ?? cutOff))
    }

    /// Notes that stream time has come to an instant, all cut-offs up to it dealt with.
    func finish(through instant: Instant) { done = max(done, instant) }

    /// What changes in lines that were said before.
    func settle() -> [Statistic] {
        var lines: [Statistic] = []
        for number in changed { lines += settle(groups[number]) }
        changed.removeAll(keepingCapacity: true)
        return lines
    }

    private func settle(_ group: StatisticGroup) -> [Statistic] {
        let start = group.changedFrom
        group.changedFrom = .distantFuture
        var old: [StatisticGroup.Said] = []
        while let last = group.said.last, last.cutOff > start { old.append(group.said.removeLast()) }
        old.reverse()
        var told: [Statistic] = []
        var position = 0
        forEachCutOff(of: group, after: start, through: done) { bin, cutOff, lines in
            while position < old.count, old[position].cutOff < cutOff {
                told += retractions(of: old[position], group)
                position += 1
            }
            let before = position < old.count && old[position].cutOff == cutOff ? old[position].fingerprints : nil
            if before != nil { position += 1 }
            for (index, line) in lines.enumerated() where before?[index] != line.hashValue {
                var line = line
                if before != nil { line.status = .updated }
                told.append(line)
            }
            group.said.append(.init(bin: bin, cutOff: cutOff, fingerprints: lines.map(\.hashValue)))
        }
        for said in old[position...] { told += retractions(of: said, group) }
        return told
    }

    private func retractions(of said: StatisticGroup.Said, _ group: StatisticGroup) -> [Statistic] {
        definition.windows.map { window in
            var line = line(of: group, window: window, bin: said.bin, cutOff: said.cutOff)
            line.status = .retracted
            return line
        }
    }

    // MARK: - When the ground moves

    /// Takes stream time back: what was said of later cut-offs is taken back.
    func rewind(to instant: Instant) -> [Statistic] {
        guard done > instant else { return [] }
        done = instant
        var told: [Statistic] = []
        for (number, group) in groups.enumerated() {
            while let last = group.said.last, last.cutOff > instant {
                told += retractions(of: group.said.removeLast(), group)
            }
            if let last = group.lastTime { wake(number, at: last) }
            if group.changedFrom >= instant, group.changedFrom < .distantFuture {
                group.changedFrom = .distantFuture
                changed.removeAll { $0 == number }
            }
        }
        let earliest = awake.compactMap { groups[$0].firstTime }.min()
        next = earliest.map { first(after: max(instant, $0)) }
        return told
    }

    /// Has all lines derived anew from an instant on: a ceasefire has taken effect at another time.
    func ceasefiresChanged(from instant: Instant) {
        for (number, group) in groups.enumerated() where group.said.last?.cutOff ?? .distantPast > instant {
            if group.changedFrom == .distantFuture { changed.append(number) }
            group.noteChange(at: instant)
        }
    }

    // MARK: - Lines

    /// Calls a body with each cut-off at which a group has lines, in order.
    private func forEachCutOff(
        of group: StatisticGroup, after start: Instant, through end: Instant,
        _ body: (Int64, Instant, [Statistic]) -> Void
    ) {
        var after = start
        while true {
            let (bin, cutOff) = clock.next(after: after, of: definition)
            if cutOff > end { return }
            if let lines = lines(of: group, bin: bin, cutOff: cutOff) {
                body(bin, cutOff, lines)
                after = cutOff
                continue
            }
            // Nothing in the windows: on to the cut-off after the next event.
            let position = group.timeline.position(atOrAfter: cutOff)
            guard position < group.timeline.end else { return }
            after = group.timeline.time(position)
        }
    }

    /// The lines of a group at a cut-off, one a window; nil where nothing lies in any of them.
    private func lines(of group: StatisticGroup, bin: Int64, cutOff: Instant) -> [Statistic]? {
        let start = clock.start(of: clock.longestWindow(of: definition), bin: bin, of: definition)
        let first = group.timeline.position(atOrAfter: start)
        guard first < group.timeline.end, group.timeline.time(first) < cutOff else { return nil }
        return definition.windows.map { line(of: group, window: $0, bin: bin, cutOff: cutOff) }
    }

    private func line(of group: StatisticGroup, window: Timespan, bin: Int64, cutOff: Instant) -> Statistic {
        let from = clock.start(of: window, bin: bin, of: definition)
        let earlier = clock.start(
            of: Timespan(milliseconds: 2 * window.milliseconds), bin: bin, of: definition)
        let now = group.measured(from: from, to: cutOff)
        let before = group.measured(from: earlier, to: from)
        var ratio: Statistic.Ratio?
        if definition.measure == .count {
            let exposure = Double((from - earlier).milliseconds) / Double((cutOff - from).milliseconds)
            ratio = clock.ratio(now.count, before.count, exposure: exposure)
        }
        return Statistic(
            status: .issued, id: identifier(of: group, window: window, cutOff: cutOff), definition: index,
            group: group.values, window: window, from: from, cutOff: cutOff, value: now.value, before: before.value,
            ratio: ratio, total: total(of: group, cutOff: cutOff), imprecise: now.imprecise)
    }

    private func total(of group: StatisticGroup, cutOff: Instant) -> Statistic.Total? {
        let named = definition.ceasefire ?? group.ceasefire.flatMap { clock.index(ofCeasefire: $0) }
        // A group of no ceasefire of the rule book has none either.
        if definition.ceasefire == nil, group.ceasefire != nil, named == nil { return nil }
        guard let (ceasefire, effective) = clock.effective(named, before: cutOff) else { return nil }
        return Statistic.Total(
            ceasefire: ceasefire, effective: effective, value: group.total(from: effective, to: cutOff))
    }

    private func identifier(of group: StatisticGroup, window: Timespan, cutOff: Instant) -> String {
        AlertIdentity.identifier(
            rule: definition.name, group: group.values, onset: cutOff, event: String(window.milliseconds))
    }

    // MARK: - The end, and what is let go of

    /// All lines up to an instant.
    func standing(through instant: Instant) -> [Statistic] {
        var all = archive
        for group in groups { all += lines(of: group, after: archivedThrough, through: instant) }
        return all
    }

    private func lines(of group: StatisticGroup, after start: Instant, through end: Instant) -> [Statistic] {
        guard let first = group.firstTime else { return [] }
        var all: [Statistic] = []
        forEachCutOff(of: group, after: max(first, start), through: end) { _, _, lines in all += lines }
        return all
    }

    /// The lines of the last cut-off up to an instant, each with the values of the windows before it, oldest first.
    func report(through instant: Instant, windows count: Int) -> (cutOff: Instant, lines: [StatisticReport.Line]) {
        let (bin, cutOff) = clock.last(through: instant, of: definition)
        var lines: [StatisticReport.Line] = []
        for group in groups {
            for line in self.lines(of: group, bin: bin, cutOff: cutOff) ?? [] {
                var edges: [Instant] = []
                for number in 0...count {
                    let span = Timespan(milliseconds: Int64(number) * line.window.milliseconds)
                    edges.append(number == 0 ? cutOff : clock.start(of: span, bin: bin, of: definition))
                }
                let history = (0..<count).reversed().map { group.measured(from: edges[$0 + 1], to: edges[$0]).value }
                lines.append(StatisticReport.Line(statistic: line, history: history))
            }
        }
        return (cutOff, lines)
    }

    /// Lets go of what no change can reach any more.
    func release(before instant: Instant, keepsStanding: Bool, effectives: [Instant]) {
        let reach = Timespan(milliseconds: 2 * clock.longestWindow(of: definition).milliseconds + 2 * 86_400_000)
        let before = Instant(milliseconds: instant.milliseconds - 1)
        for group in groups {
            if keepsStanding { archive += lines(of: group, after: archivedThrough, through: before) }
            group.release(contributionsBefore: instant - reach, saidBefore: instant, effectives: effectives)
        }
        archivedThrough = before
    }
}
