import Events
import Rulebook

/// `record`: that a count or sum over a window is no smaller than at any moment of the baseline before: SPEC section 7.
///
/// The measure is constant between edges. Of the plateaus in the baseline those are kept that are higher than all later ones:
/// the first is the highest. Each is added and dropped once, so that an edge costs O(1) amortised.
struct RecordPattern: Pattern {
    /// What is summed: the values of the field, or 1 where contributions are counted.
    typealias Payload = Values<Double>

    /// A stretch over which the measure was the same, up to an end.
    struct Plateau {
        var value: Double
        var end: Instant
    }

    struct State {
        var now: Instant
        /// The positions after the contributions up to `t - timespan`, and up to `t`.
        var lower, upper: Int
        /// When the first contribution of the window leaves it.
        var leaving = Instant.distantFuture
        var sum = ExactSum()
        var count = 0
        /// The measure, and since when it is that.
        var value = 0.0
        var since = Instant.distantPast
        /// The plateaus of the baseline that are higher than all later ones; those before `head` are out of it.
        var plateaus: [Plateau] = []
        var head = 0

        var highest: Plateau? { head < plateaus.count ? plateaus[head] : nil }
    }

    let timespan: Timespan
    let baseline: Timespan
    let floor: Double
    /// Whether no value is below 0, so that the measure never rises when something leaves.
    let isMonotone: Bool
    let origin: StreamOrigin

    var reach: Timespan { timespan + baseline }
    var isBoundedByReach: Bool { true }
    var originDelay: Timespan? { baseline }
    var canBeginWithoutContribution: Bool { true }
    var peakDirections: (value: Int, pValue: Int) { (1, 0) }

    private var begin: Instant { origin.instant.map { $0 + baseline } ?? .distantFuture }

    func initialState() -> State { State(now: .distantPast, lower: 0, upper: 0) }

    func state(before instant: Instant, in timeline: Timeline<Payload>) -> State {
        var state = initialState()
        let last = Instant(milliseconds: instant.milliseconds - 1)
        // What came before that is in no window of the baseline.
        state.lower = timeline.position(after: last - reach)
        state.upper = state.lower
        step(&state, to: last, in: timeline)
        return state
    }

    func nextEdge(_ state: State) -> Instant? {
        // Below the floor nothing can come to hold by what leaves.
        if state.value < floor, isMonotone { return nil }
        var edge = state.leaving
        if let highest = state.highest { edge = min(edge, highest.end + baseline) }
        if state.now < begin { edge = min(edge, begin) }
        return edge < .distantFuture ? edge : nil
    }

    func step(_ state: inout State, to instant: Instant, in timeline: Timeline<Payload>) {
        while true {
            let entering = state.upper < timeline.end ? timeline.time(state.upper) : .distantFuture
            let edge = min(entering, state.leaving)
            if edge > instant { break }
            take(&state, edge: edge, in: timeline)
        }
        state.now = instant
        while let highest = state.highest, highest.end + baseline <= instant { state.head += 1 }
        if state.head > 16, state.head * 2 > state.plateaus.count {
            state.plateaus.removeFirst(state.head)
            state.head = 0
        }
    }

    /// Takes what leaves and enters the window at an instant.
    private func take(_ state: inout State, edge: Instant, in timeline: Timeline<Payload>) {
        while state.lower < state.upper, timeline.time(state.lower) + timespan <= edge {
            count(timeline[state.lower].payload, by: -1, &state)
            state.lower += 1
        }
        while state.upper < timeline.end, timeline.time(state.upper) <= edge {
            count(timeline[state.upper].payload, by: 1, &state)
            state.upper += 1
        }
        state.leaving = state.lower < state.upper ? timeline.time(state.lower) + timespan : .distantFuture
        let value = state.sum.rounded
        if value == state.value { return }
        if state.since < edge {
            while state.plateaus.count > state.head, let last = state.plateaus.last, last.value <= state.value {
                state.plateaus.removeLast()
            }
            state.plateaus.append(Plateau(value: state.value, end: edge))
        }
        state.value = value
        state.since = edge
    }

    private func count(_ payload: Payload, by change: Int, _ state: inout State) {
        if payload.isEmpty { return }
        state.count += change
        payload.forEach { if change > 0 { state.sum.add($0) } else { state.sum.subtract($0) } }
    }

    func holds(_ state: inout State) -> Bool {
        guard state.now >= begin, state.value >= floor else { return false }
        return state.highest.map { $0.value <= state.value } ?? true
    }

    func figure(_ state: inout State) -> Alert.Figure? { Alert.Figure(state.value) }

    func evidence(_ state: inout State, in timeline: Timeline<Payload>) -> Evidence {
        Evidence(
            positions: state.lower..<state.upper, isListed: { !timeline[$0].payload.isEmpty }, count: state.count)
    }

    func influence(of instant: Instant, in timeline: Timeline<Payload>) -> Instant { instant + reach }

    func oldestNeeded(_ state: State, in timeline: Timeline<Payload>) -> Instant {
        let position = timeline.position(after: state.now - reach)
        return position < timeline.end ? timeline.time(position) : .distantFuture
    }
}
