import Events
import Rulebook

/// What is measured over the contributions in a window, kept up to date as they enter and leave.
protocol WindowFigure {
    /// What it needs to know of a contribution.
    associatedtype Payload: ContributionPayload

    /// Takes in a contribution; they come in order of time.
    mutating func enter(_ contribution: Contribution<Payload>)
    /// Lets go of a contribution; they go in order of time.
    mutating func leave(_ contribution: Contribution<Payload>)
    /// Lets go of all.
    mutating func removeAll()
    /// How many of the contributions count as evidence.
    var count: Int { get }
    /// Whether a contribution counts as evidence.
    static func counts(_ payload: Payload) -> Bool
    /// The figure; nil where there is nothing to measure.
    mutating func value() -> Double?
    /// Whether the figure never falls when something enters and never rises when something leaves.
    var isMonotone: Bool { get }
    /// Whether the figure is told in alerts.
    static var isTold: Bool { get }
    /// How much more must come in, by weight, before a figure that is monotone reaches a bound; 0 where that is not known.
    func shortfall(of bound: Double) -> Double
    /// Whether a condition met by the empty window is asked of it.
    var emptyValue: Double? { get }
}

extension WindowFigure {
    func shortfall(of bound: Double) -> Double { 0 }
}

/// A figure over a sliding, tumbling or session window that must meet a condition: SPEC section 6.
struct WindowPattern<Figure: WindowFigure>: Pattern {
    typealias Payload = Figure.Payload

    /// The window of one group at one instant.
    struct State {
        /// The instant.
        var now: Instant
        /// The positions of the contributions in the window.
        var lower, upper: Int
        /// The time of the first and the last contribution in the window, and of the oldest's leaving.
        var first, last: Instant
        var leaving: Instant
        /// The group's first contribution, if it has come.
        var begun: Bool
        var figure: Figure
    }

    let window: Correlation.Window
    let timespan: Timespan
    let condition: NumericCondition
    let emptyFigure: Figure
    /// What the rule says of the figure, which is what a peak is of.
    let told: NumericCondition
    let canBeginWithoutContribution: Bool
    private let emptyMeets: Bool
    private let leastFigure: Double

    init(
        window: Correlation.Window, timespan: Timespan, condition: NumericCondition, told: NumericCondition,
        emptyFigure: Figure
    ) {
        self.told = told
        self.window = window
        self.timespan = timespan
        self.condition = condition
        self.emptyFigure = emptyFigure
        canBeginWithoutContribution = !emptyFigure.isMonotone || condition.canBeMetByFalling
        leastFigure = condition.leastFigure
        emptyMeets = emptyFigure.emptyValue.map { condition.isMet(by: $0) } ?? false
    }

    var reach: Timespan { timespan }
    // Where a session begins follows from all before it up to a pause.
    var isBoundedByReach: Bool { if case .session = window { false } else { true } }
    var peakDirections: (value: Int, pValue: Int) { (Figure.isTold ? told.peakDirection : 0, 0) }

    func initialState() -> State {
        State(
            now: .distantPast, lower: 0, upper: 0, first: .distantPast, last: .distantPast, leaving: .distantFuture,
            begun: false, figure: emptyFigure)
    }

    func state(before instant: Instant, in timeline: Timeline<Payload>) -> State {
        var state = initialState()
        let before = Instant(milliseconds: instant.milliseconds - 1)
        state.lower = windowStart(at: before, in: timeline)
        state.upper = state.lower
        state.begun = timeline.first.map { $0 < instant } ?? false
        state.now = before
        enter(&state, upTo: before, in: timeline)
        // A session that ended by then has left; what is in a sliding or tumbling window has been chosen already.
        if state.leaving <= before { leave(&state, at: before, in: timeline) }
        return state
    }

    func nextEdge(_ state: State) -> Instant? { state.lower < state.upper ? state.leaving : nil }

    func step(_ state: inout State, to instant: Instant, in timeline: Timeline<Payload>) {
        state.now = instant
        if state.leaving <= instant { leave(&state, at: instant, in: timeline) }
        enter(&state, upTo: instant, in: timeline)
    }

    func holds(_ state: inout State) -> Bool {
        if state.lower == state.upper { return emptyMeets && state.begun }
        guard let value = state.figure.value() else { return false }
        return condition.isMet(by: value)
    }

    func shortfall(_ state: State) -> Double {
        canBeginWithoutContribution ? 0 : state.figure.shortfall(of: leastFigure)
    }

    func figure(_ state: inout State) -> Alert.Figure? {
        guard Figure.isTold else { return nil }
        let value = state.lower == state.upper ? state.figure.emptyValue : state.figure.value()
        return value.map { Alert.Figure($0) }
    }

    func evidence(_ state: inout State, in timeline: Timeline<Payload>) -> Evidence {
        Evidence(
            positions: state.lower..<state.upper, isListed: { Figure.counts(timeline[$0].payload) },
            count: state.figure.count)
    }

    func influence(of instant: Instant, in timeline: Timeline<Payload>) -> Instant {
        var end: Instant
        switch window {
        case .sliding: end = instant + timespan
        case .tumbling: end = bucketStart(instant) + timespan
        case .session(let gap): end = sessionBreak(after: instant, gap: gap, in: timeline)
        }
        // An empty window speaks from the group's first contribution on: one before all others moves that.
        if emptyMeets, (timeline.first ?? instant) >= instant {
            let next = timeline.position(after: instant)
            end = max(end, next < timeline.end ? timeline.time(next) : .distantFuture)
        }
        return end
    }

    func oldestNeeded(_ state: State, in timeline: Timeline<Payload>) -> Instant {
        state.lower < state.upper ? state.first : .distantFuture
    }

    // MARK: - What enters and leaves

    private func enter(_ state: inout State, upTo instant: Instant, in timeline: Timeline<Payload>) {
        while state.upper < timeline.end, timeline.time(state.upper) <= instant {
            let contribution = timeline[state.upper]
            if case .session = window, state.lower < state.upper, state.leaving <= contribution.time {
                leave(&state, at: contribution.time, in: timeline)
            }
            if state.lower == state.upper { state.first = contribution.time }
            state.last = contribution.time
            state.figure.enter(contribution)
            state.upper += 1
            state.begun = true
            updateLeaving(&state)
        }
    }

    private func leave(_ state: inout State, at instant: Instant, in timeline: Timeline<Payload>) {
        if case .sliding = window {
            while state.lower < state.upper, timeline.time(state.lower) + timespan <= instant {
                state.figure.leave(timeline[state.lower])
                state.lower += 1
            }
            if state.lower < state.upper { state.first = timeline.time(state.lower) }
        } else {
            state.lower = state.upper
            state.figure.removeAll()
        }
        updateLeaving(&state)
    }

    private func updateLeaving(_ state: inout State) {
        guard state.lower < state.upper else {
            state.leaving = .distantFuture
            return
        }
        switch window {
        case .sliding: state.leaving = state.first + timespan
        case .tumbling: state.leaving = bucketStart(state.first) + timespan
        case .session(let gap): state.leaving = min(state.last + gap, state.first + timespan)
        }
    }

    // MARK: - Where windows begin

    private func windowStart(at instant: Instant, in timeline: Timeline<Payload>) -> Int {
        switch window {
        case .sliding: return timeline.position(after: instant - timespan)
        case .tumbling: return timeline.position(atOrAfter: bucketStart(instant))
        case .session(let gap):
            // From a certain break on the sessions are told off one by one: entering does that.
            var position = timeline.position(after: instant)
            guard position > timeline.start else { return position }
            position -= 1
            while position > timeline.start, timeline.time(position) < timeline.time(position - 1) + gap {
                position -= 1
            }
            return position
        }
    }

    private func bucketStart(_ instant: Instant) -> Instant {
        let length = timespan.milliseconds
        let bucket = instant.milliseconds / length - (instant.milliseconds % length < 0 ? 1 : 0)
        return Instant(milliseconds: bucket * length)
    }

    /// The first contribution after an instant that surely begins a session, whatever is at that instant.
    private func sessionBreak(after instant: Instant, gap: Timespan, in timeline: Timeline<Payload>) -> Instant {
        var position = timeline.position(after: instant)
        var previous = instant
        while position < timeline.end {
            if timeline.time(position) >= previous + gap, previous > instant { return timeline.time(position) }
            previous = timeline.time(position)
            position += 1
        }
        return .distantFuture
    }
}
