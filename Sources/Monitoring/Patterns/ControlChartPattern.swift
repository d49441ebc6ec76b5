import Events
import Rulebook

/// What a control chart remembers of a group: how it stood at the beginnings of some bins, so that a late contribution has it
/// drawn anew from there on, and not from the stream's first event.
final class ChartNotes: TimelineNotes {
    /// The stream's first event that the notes go by.
    var origin: Instant?
    private(set) var states: [ControlChartPattern.State] = []

    func forget(after instant: Instant) {
        while let last = states.last, last.start > instant { states.removeLast() }
    }

    func release(before instant: Instant) {
        let count = states.prefix { $0.start <= instant }.count
        if count > 1 { states.removeFirst(count - 1) }
    }

    func removeAll() { states.removeAll() }

    /// The latest state at the beginning of a bin up to an instant.
    func latest(upTo instant: Instant) -> ControlChartPattern.State? {
        var (low, high) = (0, states.count)
        while low < high {
            let middle = (low + high) / 2
            if states[middle].start <= instant { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : states[low - 1]
    }

    /// Notes a state at the beginning of a bin, if it is far enough from the last one.
    func note(_ state: ControlChartPattern.State) {
        if let last = states.last, state.chart.bins < last.chart.bins + 64 { return }
        states.append(state)
    }
}

/// `control_chart`: that the count of a bin is out of control, from its end to the end of the first that is not: SPEC section 7.
struct ControlChartPattern: Pattern {
    typealias Payload = NoPayload

    struct State {
        var now: Instant
        /// The bin that the instant lies in, and its beginning and end; the distant future before the first one.
        var bin: Int64 = 0
        var start = Instant.distantFuture
        var end = Instant.distantFuture
        /// The position of the bin's first contribution, and after the last one up to `t`.
        var lower, upper: Int
        /// The positions of the contributions of the bin before.
        var judged = 0..<0
        var chart: ControlChart
    }

    let parameters: Correlation.ControlChart
    let calendar: BinCalendar
    let origin: StreamOrigin

    /// How many bins before one bear on it directly.
    private var span: Int64 { Int64(parameters.baseline + parameters.gap + 3) }
    var reach: Timespan { Timespan(milliseconds: (span + 1) * calendar.length + 86_400_000) }
    /// The first bin begins before the stream's first event, by up to its length.
    var originDelay: Timespan? { Timespan(milliseconds: -calendar.length - 86_400_000) }
    var canBeginWithoutContribution: Bool { true }
    var peakDirections: (value: Int, pValue: Int) { (1, 0) }

    func makeNotes() -> (any TimelineNotes)? { ChartNotes() }

    func initialState() -> State { State(now: .distantPast, lower: 0, upper: 0, chart: ControlChart(parameters)) }

    func state(before instant: Instant, in timeline: Timeline<Payload>) -> State {
        let last = Instant(milliseconds: instant.milliseconds - 1)
        var state = notes(of: timeline)?.latest(upTo: last) ?? initialState()
        step(&state, to: last, in: timeline)
        return state
    }

    private func notes(of timeline: Timeline<Payload>) -> ChartNotes? {
        guard let notes = timeline.notes as? ChartNotes else { return nil }
        if notes.origin != origin.instant {
            notes.removeAll()
            notes.origin = origin.instant
        }
        return notes
    }

    func nextEdge(_ state: State) -> Instant? {
        guard state.start < .distantFuture else { return nil }
        let isOpen = state.lower < state.upper || state.chart.signals || state.chart.canSignalEmpty
        return isOpen ? state.end : nil
    }

    func step(_ state: inout State, to instant: Instant, in timeline: Timeline<Payload>) {
        if state.start == .distantFuture { begin(&state, at: instant, in: timeline) }
        if state.start < .distantFuture {
            while state.end <= instant { close(&state, at: instant, in: timeline) }
            while state.upper < timeline.end, timeline.time(state.upper) <= instant { state.upper += 1 }
        }
        state.now = instant
    }

    /// Opens the first bin, once an instant has come to it.
    private func begin(_ state: inout State, at instant: Instant, in timeline: Timeline<Payload>) {
        guard let first = origin.instant else { return }
        let bin = calendar.bin(of: first)
        guard calendar.start(of: bin) <= instant else { return }
        state.lower = timeline.position(atOrAfter: calendar.start(of: bin))
        open(&state, bin, calendar.start(of: bin))
    }

    private func open(_ state: inout State, _ bin: Int64, _ start: Instant) {
        state.bin = bin
        state.start = start
        state.end = calendar.next(after: bin).start
        state.upper = state.lower
    }

    /// Judges a bin that is over and opens the next one, or where nothing happens in between one further on.
    private func close(_ state: inout State, at instant: Instant, in timeline: Timeline<Payload>) {
        while state.upper < timeline.end, timeline.time(state.upper) < state.end { state.upper += 1 }
        state.chart.take(state.upper - state.lower)
        state.judged = state.lower..<state.upper
        state.lower = state.upper
        let next = calendar.next(after: state.bin)
        open(&state, next.bin, next.start)
        if state.chart.isAtRest {
            let coming = state.upper < timeline.end ? min(timeline.time(state.upper), instant) : instant
            let bin = calendar.bin(of: coming)
            if bin > state.bin {
                state.chart.rest(calendar.count(from: state.bin, to: bin))
                state.judged = state.lower..<state.lower
                open(&state, bin, calendar.start(of: bin))
            }
        }
        notes(of: timeline)?.note(state)
    }

    func holds(_ state: inout State) -> Bool { state.chart.signals }

    func figure(_ state: inout State) -> Alert.Figure? { state.chart.statistic.map { Alert.Figure($0) } }

    /// The contributions of the bin that was judged last.
    func evidence(_ state: inout State, in timeline: Timeline<Payload>) -> Evidence {
        Evidence(positions: state.judged, isListed: nil, count: state.judged.count)
    }

    func influence(of instant: Instant, in timeline: Timeline<Payload>) -> Instant {
        switch parameters.method {
        case .cusum, .ewma: .distantFuture
        case .earsC1, .earsC2, .earsC3: calendar.start(of: calendar.bin(of: instant) + span + 2)
        }
    }

    func oldestNeeded(_ state: State, in timeline: Timeline<Payload>) -> Instant {
        // From the last note on the chart is drawn anew; what is told of the bin before asks for its contributions.
        guard let noted = notes(of: timeline)?.latest(upTo: state.now) else { return timeline.first ?? .distantFuture }
        let position = min(noted.judged.lowerBound, state.judged.lowerBound)
        return position < timeline.end && position >= timeline.start ? timeline.time(position) : noted.start
    }
}
