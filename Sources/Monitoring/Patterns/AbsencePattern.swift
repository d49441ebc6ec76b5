import Events
import Rulebook

/// `absence`: that nothing has come for a timespan, since the last contribution or after an event of another rule.
///
/// The payload says which a contribution is, 1 for an answer and 2 for an event of `after`; without `after` every
/// contribution is both, the one before being answered by the next.
struct AbsencePattern: Pattern {
    typealias Payload = UInt64

    static let answer: UInt64 = 1
    static let after: UInt64 = 2

    struct State {
        var now: Instant
        /// The instant of the earliest event that is unanswered.
        var unanswered: Instant?
        /// The instant of the latest event that asks for an answer.
        var latest: Instant
        /// The next contribution to come.
        var upper: Int
    }

    let timespan: Timespan

    var reach: Timespan { timespan }
    var canBeginWithoutContribution: Bool { true }
    var peakDirections: (value: Int, pValue: Int) { (0, 0) }

    func initialState() -> State { State(now: .distantPast, unanswered: nil, latest: .distantPast, upper: 0) }

    func state(before instant: Instant, in timeline: Timeline<Payload>) -> State {
        var state = initialState()
        state.now = Instant(milliseconds: instant.milliseconds - 1)
        // Everything before the last answer is settled: begin there.
        state.upper = timeline.position(atOrAfter: instant)
        while state.upper > timeline.start {
            state.upper -= 1
            if timeline[state.upper].payload & AbsencePattern.answer != 0 { break }
        }
        if state.upper < timeline.end, state.upper > timeline.start {
            state.upper = timeline.position(atOrAfter: timeline.time(state.upper))
        }
        enter(&state, upTo: state.now, in: timeline)
        return state
    }

    func nextEdge(_ state: State) -> Instant? {
        guard let unanswered = state.unanswered, unanswered + timespan > state.now else { return nil }
        return unanswered + timespan
    }

    func step(_ state: inout State, to instant: Instant, in timeline: Timeline<Payload>) {
        state.now = instant
        enter(&state, upTo: instant, in: timeline)
    }

    private func enter(_ state: inout State, upTo instant: Instant, in timeline: Timeline<Payload>) {
        while state.upper < timeline.end, timeline.time(state.upper) <= instant {
            let contribution = timeline[state.upper]
            if contribution.payload & AbsencePattern.answer != 0, let unanswered = state.unanswered,
                unanswered < contribution.time
            {
                // An event at the very instant of the answer is not answered by it, whichever was seen first.
                state.unanswered = state.latest == contribution.time ? contribution.time : nil
            }
            if contribution.payload & AbsencePattern.after != 0 {
                state.latest = contribution.time
                if state.unanswered == nil { state.unanswered = contribution.time }
            }
            state.upper += 1
        }
    }

    func holds(_ state: inout State) -> Bool {
        guard let unanswered = state.unanswered else { return false }
        return unanswered + timespan <= state.now
    }

    func figure(_ state: inout State) -> Alert.Figure? { nil }

    /// Nothing is in the window, that being what the rule says; listed is what the silence is counted from.
    func evidence(_ state: inout State, in timeline: Timeline<Payload>) -> Evidence {
        guard let unanswered = state.unanswered else { return Evidence(positions: 0..<0, isListed: nil, count: 0) }
        return Evidence(
            positions: timeline.position(atOrAfter: unanswered)..<timeline.position(after: unanswered),
            isListed: { timeline[$0].payload & AbsencePattern.after != 0 }, restsOnAll: false, count: 0)
    }

    func influence(of instant: Instant, in timeline: Timeline<Payload>) -> Instant {
        // Until the next answer after it settles what was asked before.
        var position = timeline.position(after: instant)
        while position < timeline.end {
            if timeline[position].payload & AbsencePattern.answer != 0 { return timeline.time(position) }
            position += 1
        }
        return .distantFuture
    }

    func oldestNeeded(_ state: State, in timeline: Timeline<Payload>) -> Instant {
        state.unanswered ?? .distantFuture
    }

    func due(_ state: State) -> Instant? {
        guard let unanswered = state.unanswered, unanswered + timespan > state.now else { return nil }
        return unanswered + timespan
    }
}
