import Events
import Glibc
import Rulebook

/// `self_exciting`: the intensity of a Hawkes process with exponential kernel over its background: SPEC section 7.
///
/// It begins to hold at a contribution only, and ends at the first millisecond at which the intensity has fallen too low.
struct SelfExcitingPattern: Pattern {
    typealias Payload = NoPayload

    struct State {
        var now: Instant
        /// The positions after the contributions up to `t - background`, and up to `t`.
        var lower, upper: Int
        /// When the first contribution of the background leaves it.
        var leaving = Instant.distantFuture
        var excitement: DecayingSum
        /// Whether something has come at the instant.
        var hasEntered = false
        /// Whether it held at the instant.
        var held = false
    }

    let parameters: Correlation.SelfExciting
    let background: Timespan
    let condition: NumericCondition
    let origin: StreamOrigin
    /// What a contribution adds to the figure when it is new, where there is one in the background.
    private let jump: Double

    init(
        parameters: Correlation.SelfExciting, background: Timespan, condition: NumericCondition, origin: StreamOrigin
    ) {
        self.parameters = parameters
        self.background = background
        self.condition = condition
        self.origin = origin
        // alpha / mu for one contribution: branching x ln 2 / half-life, over 1 / background.
        jump =
            parameters.branching * log(2) * Double(background.milliseconds)
            / Double(parameters.halfLife.milliseconds)
    }

    static var isContinuous: Bool { true }
    var reach: Timespan { max(background, DecayingSum.reach(halfLife: parameters.halfLife)) }
    var originDelay: Timespan? { background }
    var canBeginWithoutContribution: Bool { false }
    var peakDirections: (value: Int, pValue: Int) { (condition.peakDirection, 0) }

    private var begin: Instant { origin.instant.map { $0 + background } ?? .distantFuture }

    func initialState() -> State {
        State(now: .distantPast, lower: 0, upper: 0, excitement: DecayingSum(halfLife: parameters.halfLife))
    }

    func state(before instant: Instant, in timeline: Timeline<Payload>) -> State {
        let last = Instant(milliseconds: instant.milliseconds - 1)
        var state = initialState()
        let end = timeline.position(after: last)
        guard end > timeline.start else {
            (state.lower, state.upper) = (end, end)
            state.now = last
            return state
        }
        // Whether it holds now was decided when the last contribution came.
        let decisive = timeline.time(end - 1)
        state.upper = timeline.position(after: decisive - reach)
        state.lower = timeline.position(after: decisive - background)
        state.now = decisive - reach
        step(&state, to: decisive, in: timeline)
        _ = holds(&state)
        while state.held, let edge = nextEdge(state), edge <= last {
            step(&state, to: edge, in: timeline)
            _ = holds(&state)
        }
        step(&state, to: last, in: timeline)
        return state
    }

    func nextEdge(_ state: State) -> Instant? {
        let edge = meets(state, at: state.now) ? firstFailure(state) : state.leaving
        return edge < .distantFuture ? edge : nil
    }

    /// The first millisecond after the state's own at which the condition fails, up to where the background changes.
    ///
    /// In between the intensity only falls.
    private func firstFailure(_ state: State) -> Instant {
        // While something holds the background is not empty, so that something leaves it.
        var (low, high) = (state.now.milliseconds, state.leaving.milliseconds)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if meets(state, at: Instant(milliseconds: middle)) { low = middle } else { high = middle }
        }
        return Instant(milliseconds: high)
    }

    func step(_ state: inout State, to instant: Instant, in timeline: Timeline<Payload>) {
        if instant > state.now { state.hasEntered = false }
        state.now = instant
        while state.upper < timeline.end, timeline.time(state.upper) <= instant {
            state.excitement.add(timeline.time(state.upper))
            state.hasEntered = state.hasEntered || timeline.time(state.upper) == instant
            state.upper += 1
        }
        while state.lower < state.upper, timeline.time(state.lower) + background <= instant { state.lower += 1 }
        state.leaving = state.lower < state.upper ? timeline.time(state.lower) + background : .distantFuture
    }

    func holds(_ state: inout State) -> Bool {
        state.held = (state.hasEntered || state.held) && state.now >= begin && meets(state, at: state.now)
        return state.held
    }

    private func meets(_ state: State, at instant: Instant) -> Bool {
        ratio(state, at: instant).map { condition.isMet(by: $0) } ?? false
    }

    /// The intensity over the background: 1 + alpha R / mu; nil where the background is empty.
    private func ratio(_ state: State, at instant: Instant) -> Double? {
        let count = state.upper - state.lower
        return count == 0 ? nil : 1 + jump * state.excitement.value(at: instant) / Double(count)
    }

    func figure(_ state: inout State) -> Alert.Figure? { ratio(state, at: state.now).map { Alert.Figure($0) } }

    func evidence(_ state: inout State, in timeline: Timeline<Payload>) -> Evidence {
        Evidence(positions: state.lower..<state.upper, isListed: nil, count: state.upper - state.lower)
    }

    /// What it counts for at a contribution decides whether the rule goes on holding after that, which it does for no longer
    /// than the background lasts.
    func influence(of instant: Instant, in timeline: Timeline<Payload>) -> Instant {
        instant + reach + background
    }

    func oldestNeeded(_ state: State, in timeline: Timeline<Payload>) -> Instant {
        // Whether it holds was decided when the last contribution came, by what lay before that.
        let end = timeline.position(after: state.now)
        let decisive = end > timeline.start ? min(state.now, timeline.time(end - 1)) : state.now
        let start = (decisive + background > state.now ? decisive : state.now) - reach
        let position = timeline.position(after: start)
        return position < timeline.end ? timeline.time(position) : .distantFuture
    }
}
