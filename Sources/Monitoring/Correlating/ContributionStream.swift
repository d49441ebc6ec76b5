import Events
import Rulebook

/// What a stream is made from.
struct StreamSetup {
    let network: Network
    /// How many fields a group has.
    let groupWidth: Int
    let intake: Intake
    /// What must be known of an event beyond its time.
    let need: PayloadNeed
    /// The rules whose events or alerts contribute.
    let contributors: [RuleReference]
    /// Whether a new event can be followed at once: nothing else comes with it, as the alerts of others would.
    let followsAtOnce: Bool
    /// The condition that an event must meet, one for each of those rules; nil where only alerts contribute.
    let interest: Interest?
}

/// What makes the contributions of two correlations the same: they look at the same events, in the same groups, for the same.
struct StreamKey: Hashable {
    let conditions: [Int]
    let groupColumns: [[Int]]
    let valueColumns: [Int]
    let payload: ObjectIdentifier
}

/// Contributions of events, and of the alerts of other rules, by group: one timeline each, read by all correlations that count
/// them.
///
/// Rules that differ only in spans, bounds and options read the same stream. A reader that cannot come to hold in a group
/// before so much more has come in rests until then, and costs nothing.
final class ContributionStream<Payload: ContributionPayload>: ContributionReading {
    /// The contributions of a group.
    struct Group {
        var timeline = Timeline<Payload>()
        /// How much has come in so far, by weight; what is taken out again is not subtracted.
        var progress = 0.0
        /// The progress at which some reader must look.
        var nextWake: Double
        /// Up to when readers have let it rest by what lay in their windows alone: they do not know what was before.
        var restedTo = Instant.distantPast
    }

    let setup: StreamSetup
    let payload: (RawPayload) -> Payload
    /// The payload of every contribution, where nothing has to be known of it.
    let constantPayload: Payload?
    // The network owns its streams, so that it outlives them; counting references to it at every event would cost.
    unowned(unsafe) let network: Network
    let followsAtOnce: Bool
    var readers: [CompiledCorrelator] = []
    /// How long the time of an event may be, in milliseconds, to count for all readers.
    var longestTime = Int64.max
    /// The stream of those for whom the times of some events are too long that count for the readers of this one.
    var stricter: ContributionStream?
    var groupIndex: GroupIndex
    var groups = NumberedStore<Group>()
    /// The progress at which each of several readers must look: those of a group one after the other.
    private var wakes: [Double] = []
    var valuePairs = IntegerMap()
    /// Whether nothing has come yet that can bring anything about; until then what does come is but noted.
    var isDormant = false
    var dormantRows = DormantRows()
    /// What is left to do of the run of rows that is being judged.
    var runWork = RunWork()
    /// The readers with something to settle in that run.
    var marked: [Int] = []
    /// The rows of that run that are left to a stream that has come about within it.
    var remaining: MatchedRows?

    init(_ setup: StreamSetup, payload: @escaping (RawPayload) -> Payload) {
        self.setup = setup
        self.payload = payload
        let nothing = RawPayload(steps: 0, end: .distantPast)
        constantPayload = if case .nothing = setup.need { payload(nothing) } else { nil }
        network = setup.network
        groupIndex = GroupIndex(width: setup.groupWidth)
        followsAtOnce = setup.followsAtOnce
    }

    deinit {
        for group in groups.indices { groups[group].timeline.deallocate() }
    }

    /// Adds a reader, before anything has come.
    func add(_ reader: CompiledCorrelator) {
        readers.append(reader)
        if case .stepsAndEnd = setup.need { isDormant = followsAtOnce && readers.allSatisfy { $0.firstWake > 0 } }
        longestTime = min(longestTime, reader.longestTime)
    }

    // MARK: - Groups

    /// The number of a group; a new one the first time.
    func number(of group: [Symbol]) -> Int { known(groupIndex.number(of: group)) }

    /// The number of a group of one field.
    func number(of symbol: Symbol) -> Int { known(groupIndex.number(of: symbol)) }

    private func known(_ number: Int) -> Int {
        if number == groups.count {
            groups.append(Group(nextWake: readers.map(\.firstWake).min() ?? .infinity))
            if readers.count > 1 { for reader in readers { wakes.append(reader.firstWake) } }
        }
        return number
    }

    // MARK: - What comes and goes

    /// Adds a contribution at the end of all, and has those look at it who wait for no more.
    @inline(__always)
    func follow(_ number: Int, _ contribution: Contribution<Payload>, isFirst: Bool, symbols: borrowing SymbolTable) {
        groups[number].timeline.insert(contribution)
        groups[number].progress += contribution.payload.weight
        if groups[number].progress >= groups[number].nextWake {
            wake(number, at: contribution.time, isFirst: isFirst, symbols: symbols)
        }
    }

    @inline(never)
    func wake(_ number: Int, at time: Instant, isFirst: Bool, symbols: borrowing SymbolTable) {
        if readers.count == 1 { return readers[0].follow(number, time, isFirst, symbols) }
        let start = number * readers.count
        for index in readers.indices where wakes[start + index] <= groups[number].progress {
            readers[index].follow(number, time, isFirst, symbols)
        }
        var next = Double.infinity
        for index in start..<start + readers.count { next = min(next, wakes[index]) }
        groups[number].nextWake = next
    }

    /// The progress at which a reader must look at a group.
    func wake(of reader: Int, in number: Int) -> Double {
        readers.count == 1 ? groups[number].nextWake : wakes[number * readers.count + reader]
    }

    /// Lets a reader rest in a group until its progress has come so far.
    func setWake(of reader: Int, in number: Int, to progress: Double) {
        if readers.count == 1 {
            groups[number].nextWake = progress
            return
        }
        wakes[number * readers.count + reader] = progress
        groups[number].nextWake = min(groups[number].nextWake, progress)
    }

    /// Has all readers look anew at the groups in which some have rested beyond an instant, to which stream time goes back.
    func rewind(to instant: Instant) {
        stricter?.rewind(to: instant)
        for number in groups.indices where groups[number].restedTo > instant {
            groups[number].restedTo = instant
            for reader in readers.indices { setWake(of: reader, in: number, to: 0) }
        }
    }

    /// Adds a contribution anywhere, or takes it out.
    func change(group number: Int, source: Source, at time: Instant, _ raw: RawPayload, _ isRemoval: Bool) {
        if isRemoval {
            guard groups[number].timeline.contains(source, at: time) else { return }
            // What it reaches is asked while it is there: it may be the group's first.
            for reader in readers { reader.willRemove(number, time) }
            _ = groups[number].timeline.remove(source, at: time)
        } else {
            let contribution = Contribution(time: time, source: source, payload: constantPayload ?? payload(raw))
            groups[number].timeline.insert(contribution)
            groups[number].progress += contribution.payload.weight
        }
        for reader in readers { reader.changed(number, time, isRemoval) }
    }

    /// Lets go of the contributions that no reader needs for what happens from an instant on.
    func release(before start: Instant) {
        stricter?.release(before: start)
        if isDormant {
            dormantRows.release(before: start - (readers.map(\.correlator.reach).max() ?? .zero), in: network.table)
        }
        for number in groups.indices {
            let timeline = groups[number].timeline
            guard !timeline.isEmpty, timeline.time(timeline.start) < start else { continue }
            var needed = start
            for reader in readers { needed = min(needed, reader.oldestNeeded(number, start)) }
            // The readers look at what is in their windows again: that is worth it for some at once.
            let released = timeline.position(atOrAfter: needed) - timeline.start
            guard released > 0, released * 16 >= timeline.count else { continue }
            groups[number].timeline.release(before: needed)
            for reader in readers { reader.released(number) }
        }
    }

    // MARK: - Times that are too long for some

    /// Whether the time of an event is so long that it does not count for the readers.
    @inline(__always)
    func isTooLong(_ length: Int64) -> Bool { length > longestTime && !divides(at: length) }

    /// Sees to it that those for whom alone a time is too long read a copy from now on; false if there are no others.
    @inline(never)
    private func divides(at length: Int64) -> Bool {
        let (all, allWakes) = (readers, wakes)
        if all.allSatisfy({ $0.longestTime < length }) { return false }
        let copy = ContributionStream(setup, payload: payload)
        (copy.stricter, stricter) = (stricter, copy)
        (copy.groupIndex, copy.valuePairs) = (groupIndex, valuePairs)
        (copy.isDormant, copy.dormantRows) = (isDormant, dormantRows)
        for number in groups.indices {
            copy.groups.append(groups[number])
            copy.groups[number].timeline = groups[number].timeline.duplicated()
        }
        for (stream, isSelf) in [(self, true), (copy, false)] {
            let isRead = all.map { ($0.longestTime >= length) == isSelf }
            stream.readers = all.indices.filter { isRead[$0] }.map { all[$0] }
            stream.wakes = allWakes.indices.filter { isRead[$0 % all.count] }.map { allWakes[$0] }
            if stream.readers.count == 1 {
                for number in stream.groups.indices { stream.groups[number].nextWake = stream.wakes[number] }
                stream.wakes = []
            }
            stream.longestTime = stream.readers.map(\.longestTime).min() ?? .max
            for (place, reader) in stream.readers.enumerated() { reader.read(stream, place) }
        }
        let moved = Set(copy.readers.map { Int32($0.index) })
        copy.runWork.due = runWork.due.extract { moved.contains($0.correlator) }
        return true
    }

    /// Counts a contribution that is left out.
    func countSkipped(_ reason: Summary.Skip, isRemoval: Bool) {
        for reader in readers { network.skipped[reader.rule][reason, default: 0] += isRemoval ? -1 : 1 }
    }
}

/// A stream as the network knows it, whatever its contributions are.
protocol ContributionReading: AnyObject {
    var setup: StreamSetup { get }
    /// What it has left to do of a run of rows.
    var runWork: RunWork { get set }
    /// The correlators that read it.
    var readers: [CompiledCorrelator] { get }
}

extension Timeline {
    /// Whether there is a contribution of a source at an instant.
    func contains(_ source: Source, at instant: Instant) -> Bool {
        var position = position(atOrAfter: instant)
        while position < end, time(position) == instant {
            if self[position].source == source { return true }
            position += 1
        }
        return false
    }
}
