import Events
import Rulebook

/// A group of a correlation: its timeline, where the rule holds, and what was made of that.
///
/// A class, so that a group is changed in place and never copied.
final class Group<P: Pattern> {
    var timeline = Timeline<P.Payload>()
    /// What is known at the frontier.
    var state: P.State
    /// Up to when, inclusive, it is known where the rule holds.
    var frontier = Instant.distantPast
    var truth = Truth()
    var runs = Runs()
    /// When the group must be looked at though nothing comes.
    var deadline = Instant.distantFuture
    /// The span in which contributions have changed what may hold since the group was last settled.
    var changedFrom = Instant.distantFuture
    var changedTo = Instant.distantPast
    /// Whether contributions were only added.
    var onlyAdded = true
    /// Whether its deadline has come.
    var isDue = false
    var isMarked = false

    init(state: P.State) { self.state = state }
}

/// A correlation at work: its groups, each with a timeline from which its alerts follow.
///
/// A contribution at the end of a timeline takes the group's state on by a step. One in the past has the truth derived anew
/// as far as it can matter, and what was said of the group is changed by the difference.
final class Correlator<P: Pattern>: Correlating {
    let setup: CorrelatorSetup
    let pattern: P
    let need: PayloadNeed
    let payload: (RawPayload) -> P.Payload
    // The network owns its correlators, so that it outlives them; counting references to it at every event would cost.
    unowned(unsafe) let network: Network
    let options: Rule.Options
    private let followsIdleGroups: Bool
    var dependents: [Int] = []
    var alerts = AlertPool()
    var groups: [Group<P>] = []
    var groupIndex: GroupIndex
    private var marked: [Int] = []
    var onsetChanges: [OnsetChange] = []
    /// Alerts that no change can reach any more, kept for the end.
    var archive: [Alert] = []
    /// Alerts that are gone and of which those who refer to them have to be told first.
    var dropped: [Int] = []
    private var valuePairs = IntegerMap()

    init(
        _ setup: CorrelatorSetup, pattern: P, need: PayloadNeed, payload: @escaping (RawPayload) -> P.Payload
    ) {
        self.setup = setup
        self.pattern = pattern
        self.need = need
        self.payload = payload
        network = setup.network
        options = setup.definition.options
        followsIdleGroups = pattern.canBeginWithoutContribution
        groupIndex = GroupIndex(width: setup.correlation.groupBy.count)
    }

    var rule: Int { setup.rule }
    var reach: Timespan { pattern.reach }

    func groupSymbols(_ group: Int) -> [Symbol] { groupIndex.symbols(of: group) }

    func takeOnsetChanges() -> [OnsetChange] {
        if onsetChanges.isEmpty { return [] }
        defer { onsetChanges.removeAll(keepingCapacity: true) }
        return onsetChanges
    }

    // MARK: - What comes in

    // Called through the protocol, generic code is not specialised by itself, and some thirty times slower: the two methods
    // that every event passes through name the patterns.
    @specialized(where P == WindowPattern<CountFigure>)
    @specialized(where P == WindowPattern<DistinctFigure>)
    @specialized(where P == WindowPattern<SumFigure>)
    @specialized(where P == WindowPattern<PercentileFigure>)
    @specialized(where P == WindowPattern<TemporalFigure>)
    @specialized(where P == WindowPattern<SequenceFigure>)
    @specialized(where P == RateChangePattern)
    @specialized(where P == AbsencePattern)
    func receive(row: Row, steps: UInt64, isRemoval: Bool, symbols: borrowing SymbolTable) {
        let table = network.table
        let time = table.time(row)
        let end = table.timeEnd(row)
        var steps = steps
        if isTooImprecise(time, end) {
            // What asks for an answer is taken however exact it is; what answers is not.
            let after: UInt64 = if case .answers = need { 1 << UInt64(setup.correlation.rules.count) } else { 0 }
            if steps & ~after != 0 { skip(.imprecise, isRemoval) }
            steps &= after
            if steps == 0 { return }
        }
        if let symbol = setup.intake.onlyValue(of: row, table: table, symbols: symbols) {
            let raw = rawPayload(of: row, steps: steps, end: end, isRemoval: isRemoval, symbols: symbols)
            let number = groupIndex.number(of: symbol)
            if number == groups.count { groups.append(Group(state: pattern.initialState())) }
            if network.isInOrder {
                follow(number, Contribution(time: time, source: .event(row), payload: payload(raw)), symbols: symbols)
            } else {
                change(group: number, source: .event(row), at: time, raw, isRemoval)
            }
            return
        }
        let memberships = setup.intake.groups(of: row, steps: steps, table: table, symbols: symbols)
        if memberships.isEmpty {
            skip(.missingGroupField, isRemoval)
            return
        }
        var raw = rawPayload(of: row, steps: steps, end: end, isRemoval: isRemoval, symbols: symbols)
        for membership in memberships {
            raw.steps = membership.steps
            change(group: number(of: membership.group), source: .event(row), at: time, raw, isRemoval)
        }
    }

    private func rawPayload(
        of row: Row, steps: UInt64, end: Instant, isRemoval: Bool, symbols: borrowing SymbolTable
    ) -> RawPayload {
        var raw = RawPayload(steps: steps, end: end)
        switch need {
        case .nothing, .steps, .stepsAndEnd, .answers: break
        case .keys:
            if let symbol = setup.intake.onlyKey(of: row, table: network.table, symbols: symbols) {
                raw.keys = .one(UInt64(UInt32(bitPattern: symbol.rawValue)))
                break
            }
            let tuples = Intake.tuples(
                columns: setup.intake.valueColumns, row: row, table: network.table, symbols: symbols)
            raw.keys = Values(tuples.map { key(of: $0) })
            if raw.keys.isEmpty { skip(.missingValue, isRemoval) }
        case .numbers:
            raw.numbers = setup.intake.numbers(of: row, table: network.table, symbols: symbols)
            if raw.numbers.isEmpty { skip(.missingValue, isRemoval) }
        case .directions:
            let tuples = Intake.tuples(
                columns: setup.intake.valueColumns, row: row, table: network.table, symbols: symbols)
            raw.keys = Intake.directions(tuples)
            if tuples.isEmpty { skip(.missingValue, isRemoval) }
        }
        return raw
    }

    func receive(_ onset: OnsetChange, from source: any Correlating, symbols: borrowing SymbolTable) {
        var steps: UInt64 = 0
        var group: [Symbol]?
        let fields = source.groupSymbols(onset.group)
        for (step, rule) in contributors.enumerated() where rule == source.rule {
            let positions = setup.intake.groupPositions[step]
            let values = positions.compactMap { $0.map { fields[$0] } }
            guard values.count == positions.count else { continue }
            group = values
            steps |= 1 << UInt64(step)
        }
        guard let group else {
            if onset.kind != .touched { skip(.missingGroupField, onset.kind == .removed) }
            return
        }
        var raw = RawPayload(steps: steps, end: onset.onset)
        if !setup.intake.valueFields.isEmpty {
            addValues(of: source, fields: fields, to: &raw, symbols: symbols)
            if onset.kind != .touched, raw.keys.isEmpty, raw.numbers.isEmpty {
                skip(.missingValue, onset.kind == .removed)
            }
        }
        let from = Source.alert(rule: source.rule, handle: onset.handle)
        if onset.kind == .touched {
            mark(number(of: group), at: onset.onset, isRemoval: true)
        } else {
            change(group: number(of: group), source: from, at: onset.onset, raw, onset.kind == .removed)
        }
    }

    /// The correlation's rules, and the one of `after`.
    private var contributors: [RuleReference] {
        if case .absence(.some(let after)) = setup.correlation.pattern { return setup.correlation.rules + [after] }
        return setup.correlation.rules
    }

    private func addValues(
        of source: any Correlating, fields: [Symbol], to raw: inout RawPayload, symbols: borrowing SymbolTable
    ) {
        guard case .correlation(let other) = network.rulebook.rules[source.rule].body else { return }
        let values = setup.intake.valueFields.compactMap { field in
            other.groupBy.firstIndex { $0.name == field }.map { fields[$0] }
        }
        guard values.count == setup.intake.valueFields.count else { return }
        switch need {
        case .keys: raw.keys = .one(key(of: values))
        case .numbers:
            if let number = Intake.number(symbols.value(of: values[0])) { raw.numbers = .one(number) }
        case .directions: raw.keys = Intake.directions([values])
        case .nothing, .steps, .stepsAndEnd, .answers: break
        }
    }

    private func key(of values: [Symbol]) -> UInt64 {
        var key = UInt64(UInt32(bitPattern: values[0].rawValue))
        for value in values.dropFirst() {
            key = UInt64(valuePairs.number(of: key << 32 | UInt64(UInt32(bitPattern: value.rawValue))))
        }
        return key
    }

    private func isTooImprecise(_ time: Instant, _ end: Instant) -> Bool {
        if case .session = setup.correlation.window { return false }
        return end.milliseconds - time.milliseconds > setup.correlation.timespan.milliseconds
    }

    private func skip(_ reason: Summary.Skip, _ isRemoval: Bool) {
        network.skipped[rule][reason, default: 0] += isRemoval ? -1 : 1
    }

    private func number(of group: [Symbol]) -> Int {
        let number = groupIndex.number(of: group)
        if number == groups.count { groups.append(Group(state: pattern.initialState())) }
        return number
    }

    /// Takes in a new event at the end of all, the common case: nothing else changes at once, so that what follows can be
    /// derived without waiting for more.
    @inline(__always)
    private func follow(_ group: Int, _ contribution: Contribution<P.Payload>, symbols: borrowing SymbolTable) {
        let known = groups[group]
        known.timeline.insert(contribution)
        if contribution.time <= known.frontier || known.isMarked {
            mark(group, at: contribution.time, isRemoval: false)
            return
        }
        let isDue = known.isDue || contribution.time >= known.deadline
        let frontier = known.frontier
        known.isDue = false
        // Where nothing holds, and nothing can but by a contribution, this one is the only edge there is.
        let changed =
            known.truth.isOpen || followsIdleGroups
            ? known.advance(pattern, to: contribution.time) : known.step(pattern, to: contribution.time)
        if changed || isDue {
            let from = Instant(milliseconds: frontier.milliseconds + 1)
            update(group, from: from, settled: .distantFuture, symbols: symbols)
            if !onsetChanges.isEmpty { network.markDirty(setup.index) }
        }
        schedule(group)
    }

    private func change(
        group: Int, source: Source, at time: Instant, _ raw: RawPayload, _ isRemoval: Bool
    ) {
        if isRemoval {
            // What it reaches is asked while it is there: it may be the group's first.
            let influence = pattern.influence(of: time, in: groups[group].timeline)
            guard groups[group].timeline.remove(source, at: time) != nil else { return }
            groups[group].changedTo = max(groups[group].changedTo, influence)
        } else {
            groups[group].timeline.insert(Contribution(time: time, source: source, payload: payload(raw)))
        }
        mark(group, at: time, isRemoval: isRemoval)
    }

    func mark(_ group: Int, at time: Instant, isRemoval: Bool) {
        if time <= groups[group].frontier {
            let influence = pattern.influence(of: time, in: groups[group].timeline)
            groups[group].changedTo = max(groups[group].changedTo, influence)
        }
        groups[group].changedFrom = min(groups[group].changedFrom, time)
        if isRemoval { groups[group].onlyAdded = false }
        visit(group)
    }

    func isDue(group: Int, at instant: Instant) -> Bool {
        guard groups[group].deadline == instant else { return false }
        groups[group].deadline = .distantFuture
        groups[group].isDue = true
        visit(group)
        return true
    }

    /// Has a group looked at when the correlator is settled.
    func visit(_ group: Int) {
        if !groups[group].isMarked {
            groups[group].isMarked = true
            marked.append(group)
        }
        network.markDirty(setup.index)
    }

    // MARK: - What follows

    @specialized(where P == WindowPattern<CountFigure>)
    @specialized(where P == WindowPattern<DistinctFigure>)
    @specialized(where P == WindowPattern<SumFigure>)
    @specialized(where P == WindowPattern<PercentileFigure>)
    @specialized(where P == WindowPattern<TemporalFigure>)
    @specialized(where P == WindowPattern<SequenceFigure>)
    @specialized(where P == RateChangePattern)
    @specialized(where P == AbsencePattern)
    func settle(symbols: borrowing SymbolTable) {
        while let group = marked.popLast() {
            groups[group].isMarked = false
            settle(group, symbols: symbols)
        }
    }

    private func settle(_ group: Int, symbols: borrowing SymbolTable) {
        let now = network.now
        let changedFrom = groups[group].changedFrom
        let changedTo = groups[group].changedTo
        let frontier = groups[group].frontier
        let isDue = groups[group].isDue || now >= groups[group].deadline
        groups[group].changedFrom = .distantFuture
        groups[group].changedTo = .distantPast
        if changedFrom < frontier || (changedFrom == frontier && !groups[group].onlyAdded) {
            rederive(group, from: changedFrom, to: changedTo)
        } else if changedFrom == frontier {
            // More at the instant reached last: that instant is judged again.
            groups[group].truth.cut(at: frontier)
            groups[group].step(pattern, to: frontier)
        }
        groups[group].onlyAdded = true
        groups[group].isDue = false
        let advanced = groups[group].advance(pattern, to: now)
        if changedFrom <= frontier {
            // What comes after the change is as it was, unless time has gone on too.
            let isSettled = !advanced && !isDue && (options.for == .zero || frontier == now)
            update(group, from: changedFrom, settled: isSettled ? changedTo : .distantFuture, symbols: symbols)
        } else if advanced || isDue {
            let from = Instant(milliseconds: frontier.milliseconds + 1)
            update(group, from: from, settled: .distantFuture, symbols: symbols)
        }
        schedule(group)
    }

    /// Derives the truth anew from an instant on, as far as a change can matter.
    private func rederive(_ number: Int, from start: Instant, to end: Instant) {
        let frontier = groups[number].frontier
        let timeline = groups[number].timeline
        let past = Group<P>(state: pattern.state(before: start, in: timeline))
        past.timeline = timeline
        past.frontier = Instant(milliseconds: start.milliseconds - 1)
        if groups[number].truth.holds(before: start) { past.truth.append(true, from: start) }
        let limit = end <= frontier ? Instant(milliseconds: end.milliseconds - 1) : frontier
        _ = past.advance(pattern, to: limit)
        if end <= frontier {
            groups[number].truth.replace(from: start, upTo: end, by: past.truth)
            groups[number].state = pattern.state(
                before: Instant(milliseconds: frontier.milliseconds + 1), in: timeline)
        } else {
            groups[number].truth.replace(from: start, upTo: .distantFuture, by: past.truth)
            groups[number].state = past.state
        }
    }

    /// Sees to it that the group is looked at when time alone changes something.
    private func schedule(_ group: Int) {
        let now = network.now
        let known = groups[group]
        var next = Instant.distantFuture
        let isOpen = known.truth.isOpen
        if isOpen || followsIdleGroups {
            if let edge = pattern.nextEdge(known.state), edge > now { next = edge }
        }
        if isOpen, options.for > .zero, let last = known.truth.episodes.last {
            let onset = last.start + options.for
            if onset > now { next = min(next, onset) }
        }
        if options.keepFiringFor > .zero, let last = known.runs.last, last.end < .distantFuture {
            let end = last.end + options.keepFiringFor
            if end > now { next = min(next, end) }
        }
        guard next != known.deadline else { return }
        known.deadline = next
        if next < .distantFuture {
            network.deadlines.add(
                Deadlines.Entry(instant: next, correlator: Int32(setup.index), group: Int32(group)))
        }
    }

    // MARK: - When the ground moves

    func rewind(to instant: Instant) {
        for group in groups.indices where groups[group].frontier > instant {
            let after = Instant(milliseconds: instant.milliseconds + 1)
            groups[group].truth.cut(at: after)
            groups[group].state = pattern.state(before: after, in: groups[group].timeline)
            groups[group].frontier = instant
            groups[group].changedFrom = min(groups[group].changedFrom, instant)
            groups[group].changedTo = .distantFuture
            groups[group].onlyAdded = false
            groups[group].deadline = .distantFuture
            visit(group)
        }
    }

    func originMoved(from old: Instant?, to new: Instant?) {
        guard P.self == RateChangePattern.self else { return }
        let instants = [old, new].compactMap { $0 }
        guard let earliest = instants.min() else { return }
        for group in groups.indices where groups[group].frontier >= earliest + reach {
            groups[group].changedFrom = min(groups[group].changedFrom, earliest + reach)
            groups[group].changedTo = .distantFuture
            groups[group].onlyAdded = false
            visit(group)
        }
    }
}

extension Group {
    /// Takes the state to an instant and notes whether the rule holds there; returns whether that changed.
    @discardableResult
    func step(_ pattern: P, to instant: Instant) -> Bool {
        let held = truth.isOpen
        pattern.step(&state, to: instant, in: timeline)
        let holds = pattern.holds(&state)
        frontier = instant
        if holds != held { truth.append(holds, from: instant) }
        return holds != held
    }

    /// Takes the state through all edges up to an instant, inclusive; returns whether what holds changed.
    func advance(_ pattern: P, to limit: Instant) -> Bool {
        var changed = false
        var position = timeline.position(after: frontier)
        while true {
            let entering = position < timeline.end ? timeline.time(position) : .distantFuture
            let leaving =
                truth.isOpen || pattern.canBeginWithoutContribution
                ? pattern.nextEdge(state) ?? .distantFuture : .distantFuture
            let next = min(entering, leaving)
            if next > limit { break }
            if step(pattern, to: next) { changed = true }
            while position < timeline.end, timeline.time(position) <= next { position += 1 }
        }
        if limit > frontier { frontier = limit }
        return changed
    }
}
