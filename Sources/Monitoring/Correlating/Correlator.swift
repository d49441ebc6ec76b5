import Events
import Rulebook

/// A correlation at work: its groups, each with a timeline from which its alerts follow.
///
/// A contribution at the end of a timeline takes the group's state on by a step. One in the past has the truth derived anew
/// as far as it can matter, and what was said of the group is changed by the difference.
final class Correlator<P: Pattern>: Correlating {
    let setup: CorrelatorSetup
    let pattern: P
    let need: PayloadNeed
    let payload: (RawPayload) -> P.Payload
    /// The payload of every contribution, where nothing has to be known of it.
    let constantPayload: P.Payload?
    // The network owns its correlators, so that it outlives them; counting references to it at every event would cost.
    unowned(unsafe) let network: Network
    let options: Rule.Options
    /// Whether a new event can be followed at once: nothing else comes with it, as the alerts of others would.
    let followsAtOnce: Bool
    /// How long the time of an event may be, in milliseconds.
    let longestTime: Int64
    var dependents: [Int] = []
    var alerts = AlertPool()
    var groups = NumberedStore<Group<P>>()
    var groupIndex: GroupIndex
    /// The groups to be looked at when the correlator is settled.
    var marked: [Int] = []
    /// What is left to do of the run of rows that is being judged.
    var runWork = RunWork()
    var onsetChanges: [OnsetChange] = []
    /// Alerts that no change can reach any more, kept for the end.
    var archive: [Alert] = []
    /// Alerts that are gone and of which those who refer to them have to be told first.
    var dropped: [Int] = []
    var valuePairs = IntegerMap()

    init(
        _ setup: CorrelatorSetup, pattern: P, need: PayloadNeed, payload: @escaping (RawPayload) -> P.Payload
    ) {
        self.setup = setup
        self.pattern = pattern
        self.need = need
        self.payload = payload
        constantPayload = if case .nothing = need { payload(RawPayload(steps: 0, end: .distantPast)) } else { nil }
        network = setup.network
        var options = setup.definition.options
        if P.isInstantaneous { (options.for, options.keepFiringFor) = (.zero, .zero) }
        self.options = options
        groupIndex = GroupIndex(width: setup.correlation.groupBy.count)
        longestTime =
            setup.correlation.takesImprecise ? .max : setup.correlation.timespan.milliseconds
        let rules = setup.network.rulebook.rules
        followsAtOnce = Correlator.contributors(setup.correlation).allSatisfy {
            if case .detection = rules[$0].body { true } else { false }
        }
    }

    /// A correlation's rules, and the one of `after`.
    static func contributors(_ correlation: Correlation) -> [RuleReference] {
        if case .absence(.some(let after)) = correlation.pattern { return correlation.rules + [after] }
        return correlation.rules
    }

    deinit {
        for group in groups.indices { groups[group].timeline.deallocate() }
    }

    var rule: Int { setup.rule }
    var reach: Timespan { pattern.reach }

    func groupSymbols(_ group: Int) -> [Symbol] { groupIndex.symbols(of: group) }

    func takeOnsetChanges() -> [OnsetChange] {
        if onsetChanges.isEmpty { return [] }
        defer { onsetChanges.removeAll(keepingCapacity: true) }
        return onsetChanges
    }

    // MARK: - Groups

    func number(of group: [Symbol]) -> Int {
        let number = groupIndex.number(of: group)
        if number == groups.count { groups.append(Group(pattern)) }
        return number
    }

    func number(of symbol: Symbol) -> Int {
        let number = groupIndex.number(of: symbol)
        if number == groups.count { groups.append(Group(pattern)) }
        return number
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

    /// Marks a group in which contributions have changed.
    func mark(_ group: Int, at time: Instant, isRemoval: Bool) {
        if time <= groups[group].frontier {
            let influence = pattern.influence(of: time, in: groups[group].timeline)
            groups[group].changedTo = max(groups[group].changedTo, influence)
        }
        groups[group].changedFrom = min(groups[group].changedFrom, time)
        if isRemoval { groups[group].onlyAdded = false }
        visit(group)
    }
}
