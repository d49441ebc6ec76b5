import Events
import Rulebook

/// `new_value`: at an instant, how many values come that have not been seen in the memory before it: SPEC section 7.
///
/// It holds at single instants. The values in memory are counted, so that each contribution costs O(1).
struct NewValuePattern: Pattern {
    typealias Payload = Values<UInt64>

    struct State {
        var now: Instant
        /// The positions after the contributions up to `t - memory`, and up to `t`.
        var lower, upper: Int
        /// How often each value is in `(t - memory, t]`.
        var occurrences: [UInt64: Int] = [:]
        /// The values that are new at the instant.
        var fresh: Set<UInt64> = []
    }

    let memory: Timespan
    let condition: NumericCondition
    let origin: StreamOrigin

    static var isInstantaneous: Bool { true }
    var reach: Timespan { memory }
    var isBoundedByReach: Bool { true }
    var originDelay: Timespan? { memory }
    var canBeginWithoutContribution: Bool { false }
    var peakDirections: (value: Int, pValue: Int) { (0, 0) }

    func initialState() -> State { State(now: .distantPast, lower: 0, upper: 0) }

    func state(before instant: Instant, in timeline: Timeline<Payload>) -> State {
        var state = initialState()
        let last = Instant(milliseconds: instant.milliseconds - 1)
        state.lower = timeline.position(after: last - memory)
        state.upper = state.lower
        state.now = Instant(milliseconds: last.milliseconds - 1)
        while state.upper < timeline.end, timeline.time(state.upper) < last {
            timeline[state.upper].payload.forEach { state.occurrences[$0, default: 0] += 1 }
            state.upper += 1
        }
        step(&state, to: last, in: timeline)
        return state
    }

    func nextEdge(_ state: State) -> Instant? { nil }

    func step(_ state: inout State, to instant: Instant, in timeline: Timeline<Payload>) {
        if instant > state.now { state.fresh.removeAll(keepingCapacity: true) }
        state.now = instant
        while state.lower < state.upper, timeline.time(state.lower) + memory <= instant {
            timeline[state.lower].payload.forEach { value in
                let known = state.occurrences[value] ?? 0
                state.occurrences[value] = known > 1 ? known - 1 : nil
            }
            state.lower += 1
        }
        while state.upper < timeline.end, timeline.time(state.upper) <= instant {
            timeline[state.upper].payload.forEach { value in
                if state.occurrences[value] == nil { state.fresh.insert(value) }
                state.occurrences[value, default: 0] += 1
            }
            state.upper += 1
        }
    }

    func holds(_ state: inout State) -> Bool {
        guard !state.fresh.isEmpty, let first = origin.instant, state.now >= first + memory else { return false }
        return condition.isMet(by: Double(state.fresh.count))
    }

    func figure(_ state: inout State) -> Alert.Figure? { Alert.Figure(Double(state.fresh.count)) }

    /// Those that bring a new value.
    func evidence(_ state: inout State, in timeline: Timeline<Payload>) -> Evidence {
        let fresh = state.fresh
        func isFresh(_ position: Int) -> Bool {
            var found = false
            timeline[position].payload.forEach { if fresh.contains($0) { found = true } }
            return found
        }
        let positions = timeline.position(atOrAfter: state.now)..<timeline.position(after: state.now)
        return Evidence(positions: positions, isListed: isFresh, count: positions.count(where: isFresh))
    }

    func influence(of instant: Instant, in timeline: Timeline<Payload>) -> Instant { instant + memory }

    func oldestNeeded(_ state: State, in timeline: Timeline<Payload>) -> Instant {
        state.lower < state.upper ? timeline.time(state.lower) : .distantFuture
    }
}
