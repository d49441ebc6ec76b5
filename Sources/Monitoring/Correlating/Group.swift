import Events
import Rulebook

/// A group of a correlation: where the rule holds by the contributions of the group, and what was made of that.
struct Group<P: Pattern> {
    /// Its number in the stream.
    let number: Int
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
    /// What the pattern remembers of the timeline.
    private(set) var notes: (any TimelineNotes)?

    /// What may be known of a group at an instant.
    init(number: Int, state: P.State) {
        self.number = number
        self.state = state
    }

    /// A new group of a pattern.
    init(_ pattern: P, number: Int) {
        self.number = number
        state = pattern.initialState()
        notes = pattern.makeNotes()
    }

    /// Takes the state to an instant and notes whether the rule holds there; returns whether that changed.
    @discardableResult
    mutating func step(_ pattern: P, to instant: Instant, in timeline: Timeline<P.Payload>) -> Bool {
        let held = truth.isOpen
        pattern.step(&state, to: instant, in: timeline)
        let holds = pattern.holds(&state)
        frontier = instant
        if P.isInstantaneous {
            if holds { truth.append(at: instant) }
            return holds
        }
        if holds != held { truth.append(holds, from: instant) }
        return holds != held
    }

    /// Whether it can take in a contribution at an instant at once: nothing is known of that time, and nothing waits.
    @inline(__always)
    func canFollow(to instant: Instant) -> Bool { instant > frontier && !isMarked }

    /// Takes the state to a contribution at the end of all, and returns whether the group's runs may have changed by now.
    @inline(__always)
    mutating func follow(_ pattern: P, to time: Instant, in timeline: Timeline<P.Payload>) -> Bool {
        let wasDue = isDue || time >= deadline
        isDue = false
        return advance(pattern, to: time, in: timeline) || wasDue
    }

    /// Takes the state through all edges up to an instant, inclusive; returns whether what holds changed.
    mutating func advance(_ pattern: P, to limit: Instant, in timeline: Timeline<P.Payload>) -> Bool {
        var changed = false
        var position = timeline.position(after: frontier)
        while true {
            let entering = position < timeline.end ? timeline.time(position) : .distantFuture
            let next = min(entering, nextEdge(pattern, in: timeline) ?? .distantFuture)
            if next > limit { break }
            if step(pattern, to: next, in: timeline) { changed = true }
            while position < timeline.end, timeline.time(position) <= next { position += 1 }
        }
        if limit > frontier { frontier = limit }
        return changed
    }

    /// The next instant at which what holds may change though nothing enters.
    @inline(__always)
    func nextEdge(_ pattern: P, in timeline: Timeline<P.Payload>) -> Instant? {
        if truth.isOpen { return pattern.nextEdge(state) }
        return pattern.canBeginWithoutContribution ? pattern.nextBeginning(state, in: timeline) : nil
    }
}
