import Events
import Rulebook

/// The stream's first event that is known to the day or better; patterns with a baseline begin from it.
final class StreamOrigin {
    var instant: Instant?
}

/// `rate_change`: the rate in `(t - T, t]` against that of the baseline before it, with an exact test: SPEC section 7.
struct RateChangePattern: Pattern {
    typealias Payload = NoPayload

    struct State {
        var now: Instant
        /// The positions after the contributions up to `t - T - B`, up to `t - T`, and up to `t`.
        var baseline, window, upper: Int
        /// When the first of the baseline and of the window leave them.
        var baselineLeaving, windowLeaving: Instant
        /// Whether the group's first contribution has come.
        var begun = false
    }

    let test: RateTest
    let origin: StreamOrigin
    /// Of a rise of which only that is asked that it be large enough: the least ratio; else nil.
    private let leastRatio: Double?

    init(test: RateTest, origin: StreamOrigin) {
        self.test = test
        self.origin = origin
        let ratio = test.parameters.ratio?.terms ?? []
        let pValue = test.parameters.pValue?.terms ?? []
        let isRise =
            ratio.allSatisfy { $0.comparison == .greater || $0.comparison == .greaterOrEqual }
            && pValue.allSatisfy { $0.comparison == .less || $0.comparison == .lessOrEqual }
        // A floor of the baseline is reached when contributions leave the window for it, not only when they leave it.
        let isBoundedByLeaving =
            !test.isFall && test.parameters.minimumCount > 0 && test.parameters.minimumBaseline == 0
        leastRatio = isRise && isBoundedByLeaving ? ratio.map(\.value).max() ?? 0 : nil
    }

    private var timespan: Timespan { test.timespan }
    private var parameters: Correlation.RateChange { test.parameters }
    var reach: Timespan { timespan + parameters.baseline }
    var isBoundedByReach: Bool { true }
    var originDelay: Timespan? { reach }
    var canBeginWithoutContribution: Bool { true }
    var peakDirections: (value: Int, pValue: Int) { test.peakDirections }

    /// From when on the rates are compared.
    private var begin: Instant { origin.instant.map { $0 + reach } ?? .distantFuture }

    func initialState() -> State {
        State(
            now: .distantPast, baseline: 0, window: 0, upper: 0, baselineLeaving: .distantFuture,
            windowLeaving: .distantFuture)
    }

    func state(before instant: Instant, in timeline: Timeline<Payload>) -> State {
        let before = Instant(milliseconds: instant.milliseconds - 1)
        var state = initialState()
        state.now = before
        state.baseline = timeline.position(after: before - reach)
        state.window = timeline.position(after: before - timespan)
        state.upper = timeline.position(after: before)
        state.begun = timeline.first.map { $0 < instant } ?? false
        updateLeaving(&state, in: timeline)
        return state
    }

    func nextEdge(_ state: State) -> Instant? {
        // A rise cannot come about while the window holds too few, whatever leaves the baseline.
        if test.isTooFew(state.upper - state.window) { return nil }
        let edge = min(state.baselineLeaving, state.windowLeaving)
        let next = state.now < begin ? min(edge, begin) : edge
        return next < .distantFuture ? next : nil
    }

    /// While a rise falls short, only the baseline's leaving brings it nearer: so many have to leave, and until then it is left
    /// alone.
    func nextBeginning(_ state: State, in timeline: Timeline<Payload>) -> Instant? {
        guard let leastRatio else { return nextEdge(state) }
        let recent = state.upper - state.window
        let before = state.window - state.baseline
        guard recent >= parameters.minimumCount else { return nil }
        var leaving = 1
        if leastRatio > 0 {
            let most =
                Double(recent) * Double(parameters.baseline.milliseconds)
                / (leastRatio * Double(timespan.milliseconds))
            // One more, so that rounding never makes it late.
            if Double(before) > most + 2 { leaving = before - Int(most) - 1 }
        }
        if state.now < begin { return begin < .distantFuture ? begin : nil }
        return leaving <= before ? timeline.time(state.baseline + leaving - 1) + reach : nil
    }

    func step(_ state: inout State, to instant: Instant, in timeline: Timeline<Payload>) {
        state.now = instant
        while state.upper < timeline.end, timeline.time(state.upper) <= instant {
            state.upper += 1
            state.begun = true
        }
        while state.window < state.upper, timeline.time(state.window) + timespan <= instant { state.window += 1 }
        while state.baseline < state.window, timeline.time(state.baseline) + reach <= instant { state.baseline += 1 }
        updateLeaving(&state, in: timeline)
    }

    private func updateLeaving(_ state: inout State, in timeline: Timeline<Payload>) {
        state.windowLeaving =
            state.window < state.upper ? timeline.time(state.window) + timespan : .distantFuture
        state.baselineLeaving =
            state.baseline < state.window ? timeline.time(state.baseline) + reach : .distantFuture
    }

    func holds(_ state: inout State) -> Bool {
        guard state.now >= begin, state.begun else { return false }
        return test.isMet(state.upper - state.window, state.window - state.baseline)
    }

    var restingReach: Timespan { timespan }

    func shortfall(_ state: State) -> Double {
        let recent = state.upper - state.window
        return test.isTooFew(recent) ? Double(parameters.minimumCount - recent) : 0
    }

    func figure(_ state: inout State) -> Alert.Figure? {
        test.figure(state.upper - state.window, state.window - state.baseline)
    }

    func onsetFigure(_ state: inout State) -> Alert.Figure? {
        test.wholeFigure(state.upper - state.window, state.window - state.baseline)
    }

    func evidence(_ state: inout State, in timeline: Timeline<Payload>) -> Evidence {
        Evidence(positions: state.window..<state.upper, isListed: nil, count: state.upper - state.window)
    }

    func influence(of instant: Instant, in timeline: Timeline<Payload>) -> Instant {
        // Where nothing at all can meet the condition, it does so from the group's first contribution on.
        guard parameters.minimumCount == 0, (timeline.first ?? instant) >= instant else { return instant + reach }
        let next = timeline.position(after: instant)
        return max(instant + reach, next < timeline.end ? timeline.time(next) : .distantFuture)
    }

    func oldestNeeded(_ state: State, in timeline: Timeline<Payload>) -> Instant {
        state.baseline < state.upper ? timeline.time(state.baseline) : .distantFuture
    }
}
