import Events
import Rulebook

/// How a ceasefire stands from an instant on.
struct CeasefireMark: ContributionPayload {
    /// Whether it is in force or suspended.
    var isAlive: Bool
    /// The end that stands; the distant future where none does.
    var until: Instant
}

/// `deadline`: that a ceasefire runs out soon, and nobody has extended it: SPEC section 7.
///
/// Its contributions are what becomes of the ceasefire; no events are.
struct DeadlinePattern: Pattern {
    typealias Payload = CeasefireMark

    struct State {
        var now: Instant
        /// How the ceasefire stands; nil before anything is known of it.
        var mark: CeasefireMark?
        /// The position after what has become of it so far, and when the next is.
        var upper: Int
        var next = Instant.distantFuture
    }

    /// How long before the end it begins to hold.
    let before: Timespan

    var reach: Timespan { before }
    var canBeginWithoutContribution: Bool { true }
    var peakDirections: (value: Int, pValue: Int) { (0, 0) }

    func initialState() -> State { State(now: .distantPast, upper: 0) }

    func state(before instant: Instant, in timeline: Timeline<Payload>) -> State {
        var state = initialState()
        let last = Instant(milliseconds: instant.milliseconds - 1)
        state.upper = max(timeline.start, timeline.position(after: last) - 1)
        step(&state, to: last, in: timeline)
        return state
    }

    func nextEdge(_ state: State) -> Instant? {
        var edge = state.next
        if let mark = state.mark, mark.isAlive, mark.until < .distantFuture, mark.until - before > state.now {
            edge = min(edge, mark.until - before)
        }
        return edge < .distantFuture ? edge : nil
    }

    func step(_ state: inout State, to instant: Instant, in timeline: Timeline<Payload>) {
        state.now = instant
        while state.upper < timeline.end, timeline.time(state.upper) <= instant {
            state.mark = timeline[state.upper].payload
            state.upper += 1
        }
        state.next = state.upper < timeline.end ? timeline.time(state.upper) : .distantFuture
    }

    func holds(_ state: inout State) -> Bool {
        guard let mark = state.mark, mark.isAlive, mark.until < .distantFuture else { return false }
        return mark.until - before <= state.now
    }

    func figure(_ state: inout State) -> Alert.Figure? { nil }

    func evidence(_ state: inout State, in timeline: Timeline<Payload>) -> Evidence {
        Evidence(positions: 0..<0, isListed: nil, count: 0)
    }

    func influence(of instant: Instant, in timeline: Timeline<Payload>) -> Instant {
        let next = timeline.position(after: instant)
        return next < timeline.end ? timeline.time(next) : .distantFuture
    }

    func oldestNeeded(_ state: State, in timeline: Timeline<Payload>) -> Instant {
        state.upper > timeline.start ? timeline.time(state.upper - 1) : .distantFuture
    }
}
