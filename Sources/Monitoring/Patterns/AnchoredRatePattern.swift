import Events
import Rulebook

/// `rate_change` with the baseline before a ceasefire: the rate in `(t - T, t]` against that in `[e - B, e)`, where `e` is when
/// the ceasefire that took effect last did so. A surge after its collapse is measured against the time before it, not against
/// the lull.
///
/// It is asked once the window lies wholly after `e`, where the stream's first event is not later than `e - B`.
struct AnchoredRatePattern: Pattern {
    typealias Payload = NoPayload

    struct State {
        var now: Instant
        /// The positions after the contributions up to `t - T`, and up to `t`.
        var window, upper: Int
        /// When the first of the window leaves it.
        var leaving = Instant.distantFuture
        /// When the ceasefire took effect; nil before one has.
        var anchor: Instant?
        /// How many contributions the baseline has.
        var before = 0
        /// Whether the group's first contribution has come.
        var begun = false
    }

    let test: RateTest
    /// The ceasefire, nil for any.
    let ceasefire: Int?
    let clock: CeasefireClock
    let origin: StreamOrigin

    private var timespan: Timespan { test.timespan }
    private var length: Timespan { test.parameters.baseline }
    var reach: Timespan { timespan + length }
    /// The first event decides whether a baseline is whole: from then on anything may be otherwise.
    var originDelay: Timespan? { .zero }
    var dependsOnCeasefires: Bool { true }
    var canBeginWithoutContribution: Bool { true }
    var peakDirections: (value: Int, pValue: Int) { test.peakDirections }

    func initialState() -> State { State(now: .distantPast, window: 0, upper: 0) }

    func state(before instant: Instant, in timeline: Timeline<Payload>) -> State {
        let last = Instant(milliseconds: instant.milliseconds - 1)
        var state = initialState()
        state.window = timeline.position(after: last - timespan)
        state.upper = state.window
        state.begun = timeline.first.map { $0 <= last } ?? false
        step(&state, to: last, in: timeline)
        return state
    }

    func nextEdge(_ state: State) -> Instant? {
        var edge = state.leaving
        // Between two ceasefires that take effect the window must come clear of the first.
        for anchor in clock.anchors(of: ceasefire).suffix(while: { $0 + timespan > state.now }) {
            edge = min(edge, anchor > state.now ? anchor : anchor + timespan)
        }
        return edge < .distantFuture ? edge : nil
    }

    func step(_ state: inout State, to instant: Instant, in timeline: Timeline<Payload>) {
        state.now = instant
        while state.upper < timeline.end, timeline.time(state.upper) <= instant {
            state.upper += 1
            state.begun = true
        }
        while state.window < state.upper, timeline.time(state.window) + timespan <= instant { state.window += 1 }
        state.leaving = state.window < state.upper ? timeline.time(state.window) + timespan : .distantFuture
        let anchor = clock.anchors(of: ceasefire).last { $0 <= instant }
        guard anchor != state.anchor else { return }
        state.anchor = anchor
        guard let anchor else { return }
        state.before = timeline.position(atOrAfter: anchor) - timeline.position(atOrAfter: anchor - length)
    }

    private func isAsked(_ state: State) -> Bool {
        guard let anchor = state.anchor, let first = origin.instant else { return false }
        return state.begun && state.now >= anchor + timespan && first <= anchor - length
    }

    func holds(_ state: inout State) -> Bool {
        isAsked(state) && test.isMet(state.upper - state.window, state.before)
    }

    func figure(_ state: inout State) -> Alert.Figure? {
        test.figure(state.upper - state.window, state.before)
    }

    func onsetFigure(_ state: inout State) -> Alert.Figure? {
        test.wholeFigure(state.upper - state.window, state.before)
    }

    func evidence(_ state: inout State, in timeline: Timeline<Payload>) -> Evidence {
        Evidence(positions: state.window..<state.upper, isListed: nil, count: state.upper - state.window)
    }

    func influence(of instant: Instant, in timeline: Timeline<Payload>) -> Instant {
        let anchors = clock.anchors(of: ceasefire)
        // In the baseline of a ceasefire it matters for as long as no other takes effect; the group's first, from itself on.
        let isInBaseline = anchors.contains { $0 - length <= instant && instant < $0 }
        let isFirst = (timeline.first ?? instant) >= instant
        return isInBaseline || isFirst ? .distantFuture : instant + timespan
    }

    func oldestNeeded(_ state: State, in timeline: Timeline<Payload>) -> Instant {
        // A ceasefire may take effect at any time, with a baseline just before it.
        min(state.now - reach, state.anchor.map { $0 - length } ?? .distantFuture)
    }
}

extension Array {
    /// The last elements, as many as meet a condition without a break.
    fileprivate func suffix(while condition: (Element) -> Bool) -> ArraySlice<Element> {
        self[(lastIndex { !condition($0) }.map { $0 + 1 } ?? startIndex)...]
    }
}
