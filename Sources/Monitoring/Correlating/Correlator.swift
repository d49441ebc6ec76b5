import Events
import Rulebook

/// A correlation at work: what follows from the contributions of each group, and its alerts.
///
/// A contribution at the end of a timeline takes the group's state on by a step. One in the past has the truth derived anew
/// as far as it can matter, and what was said of the group is changed by the difference. Only of the groups in which the rule
/// has been near to hold is anything known.
final class Correlator<P: Pattern>: Correlating {
    let setup: CorrelatorSetup
    let pattern: P
    // The network owns its streams and its correlators, so that it outlives them; counting references to it at every event
    // would cost.
    unowned(unsafe) let network: Network
    unowned(unsafe) var stream: ContributionStream<P.Payload>
    /// The place among the readers of the stream.
    var place: Int
    /// The progress at which it must look at a new group.
    let firstWake: Double
    let options: Rule.Options
    var dependents: [Int] = []
    var alerts = AlertPool()
    var groups = NumberedStore<Group<P>>()
    /// The group by its number in the stream, -1 where there is none yet.
    private var groupByNumber: [Int32] = []
    /// The groups to be looked at when the correlator is settled.
    var marked: [Int] = []
    var onsetChanges: [OnsetChange] = []
    /// Alerts that no change can reach any more, kept for the end.
    var archive: [Alert] = []
    /// Alerts that are gone and of which those who refer to them have to be told first.
    var dropped: [Int] = []

    init(_ setup: CorrelatorSetup, pattern: P, stream: ContributionStream<P.Payload>) {
        self.setup = setup
        self.pattern = pattern
        self.stream = stream
        firstWake = pattern.shortfall(pattern.initialState())
        place = stream.readers.count
        network = setup.network
        var options = setup.definition.options
        if P.isInstantaneous { (options.for, options.keepFiringFor) = (.zero, .zero) }
        self.options = options
    }

    var rule: Int { setup.rule }
    var reach: Timespan { pattern.reach }

    var groupCount: Int { groups.count }

    func groupSymbols(_ group: Int) -> [Symbol] { stream.groupIndex.symbols(of: groups[group].number) }

    func takeOnsetChanges() -> [OnsetChange] {
        if onsetChanges.isEmpty { return [] }
        defer { onsetChanges.removeAll(keepingCapacity: true) }
        return onsetChanges
    }

    func addDue(_ entry: Deadlines.Entry) { stream.runWork.due.add(entry) }

    // MARK: - Groups

    /// The group of a number of the stream, if anything is known of it.
    @inline(__always)
    func known(_ number: Int) -> Int? {
        guard number < groupByNumber.count, groupByNumber[number] >= 0 else { return nil }
        return Int(groupByNumber[number])
    }

    /// The group of a number of the stream; a new one the first time.
    @inline(__always)
    func group(_ number: Int) -> Int { known(number) ?? makeGroup(number) }

    @inline(never)
    private func makeGroup(_ number: Int) -> Int {
        let missing = number + 1 - groupByNumber.count
        if missing > 0 { groupByNumber.append(contentsOf: repeatElement(-1, count: missing)) }
        groupByNumber[number] = Int32(groups.count)
        var group = Group(pattern, number: number)
        let timeline = stream.groups[number].timeline
        if timeline.start > 0 {
            // What has been let go of did not make it hold: it begins with what is there.
            let first = timeline.isEmpty ? network.now : timeline.time(timeline.start)
            group.state = pattern.state(before: first, in: timeline)
            group.frontier = Instant(milliseconds: first.milliseconds - 1)
        }
        groups.append(group)
        return groups.count - 1
    }

    /// The contributions of a group: a view that is good until they next change.
    @inline(__always)
    func timeline(_ group: Int) -> Timeline<P.Payload> {
        var timeline = stream.groups[groups[group].number].timeline
        timeline.notes = groups[group].notes
        return timeline
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
        if network.runEnd > .distantPast { stream.marked.append(place) } else { network.markDirty(setup.index) }
    }

    /// Marks a group in which contributions have changed.
    func mark(_ group: Int, at time: Instant, isRemoval: Bool) {
        if time <= groups[group].frontier {
            let influence = pattern.influence(of: time, in: timeline(group))
            groups[group].changedTo = max(groups[group].changedTo, influence)
        }
        groups[group].changedFrom = min(groups[group].changedFrom, time)
        if isRemoval { groups[group].onlyAdded = false }
        visit(group)
    }
}
