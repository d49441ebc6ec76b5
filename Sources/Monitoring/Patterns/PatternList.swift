import Events
import Rulebook

/// What a pattern needs to know of each contribution beyond its time.
enum PayloadNeed {
    case nothing
    case steps
    case stepsAndEnd
    case keys([String])
    case numbers(String)
    /// From whom to whom.
    case directions
    case answers
}

/// Everything that may be known of a contribution; a pattern's payload is made of it.
struct RawPayload {
    /// A bit for each of the correlation's rules (the bit after them for `after`).
    var steps: UInt64
    /// The exclusive end of its time.
    var end: Instant
    /// The keys of its values, where they are needed.
    var keys: Values<UInt64> = .none
    /// Its values as numbers, where they are needed.
    var numbers: Values<Double> = .none
}

/// Builds the correlator of a correlation: the one place that lists the patterns.
func makeCorrelator(_ setup: CorrelatorSetup, origin: StreamOrigin) -> CompiledCorrelator {
    let correlation = setup.correlation
    @inline(__always)
    func windowed<Figure: WindowFigure>(
        _ figure: Figure, condition: NumericCondition? = nil, need: PayloadNeed, isShared: Bool = true,
        payload: @escaping (RawPayload) -> Figure.Payload
    ) -> CompiledCorrelator {
        let pattern = WindowPattern(
            window: correlation.window, timespan: correlation.timespan,
            condition: condition ?? correlation.condition, told: correlation.condition, emptyFigure: figure)
        return CompiledCorrelator(setup, pattern: pattern, need: need, isShared: isShared, payload: payload)
    }
    switch correlation.pattern {
    case .eventCount:
        return windowed(CountFigure(), need: .nothing) { _ in NoPayload() }
    case .valueCount(let fields):
        return windowed(DistinctFigure(), need: .keys(fields)) { $0.keys }
    case .valueSum(let field):
        return windowed(SumFigure(isAverage: false, field: field), need: .numbers(field)) { $0.numbers }
    case .valueAverage(let field):
        return windowed(SumFigure(isAverage: true, field: field), need: .numbers(field)) { $0.numbers }
    case .valuePercentile(let field, let percentile):
        return windowed(PercentileFigure(percentile: percentile), need: .numbers(field)) { $0.numbers }
    case .temporal:
        let rules = correlation.rules.count
        let all = NumericCondition([.init(.greaterOrEqual, Double(rules))])
        let condition = correlation.condition.terms.isEmpty ? all : correlation.condition
        return windowed(TemporalFigure(rules: rules), condition: condition, need: .steps) { $0.steps }
    case .temporalOrdered(let tiesAllowed):
        let figure = SequenceFigure(steps: correlation.rules.count, tiesAllowed: tiesAllowed)
        let found = NumericCondition([.init(.greaterOrEqual, 1)])
        return windowed(figure, condition: found, need: .stepsAndEnd) { StepPayload(steps: $0.steps, end: $0.end) }
    case .rateChange(let parameters):
        let test = RateTest(timespan: correlation.timespan, parameters: parameters)
        guard let anchor = parameters.anchor else {
            let pattern = RateChangePattern(test: test, origin: origin)
            return CompiledCorrelator(setup, pattern: pattern, need: .nothing) { _ in NoPayload() }
        }
        let pattern = AnchoredRatePattern(
            test: test, ceasefire: anchor.ceasefire, clock: setup.network.ceasefires, origin: origin)
        return CompiledCorrelator(setup, pattern: pattern, need: .nothing) { _ in NoPayload() }
    case .deadline:
        let pattern = DeadlinePattern(before: correlation.timespan)
        return CompiledCorrelator(setup, pattern: pattern, need: .stepsAndEnd, isShared: false) {
            CeasefireMark(isAlive: $0.steps != 0, until: $0.end)
        }
    case .share(let share):
        let (part, whole) = (mask(share.of), mask(share.among))
        let figure = ShareFigure(sums: share.field != nil, minimumCount: share.minimumCount)
        return windowed(figure, need: share.field.map { .numbers($0) } ?? .steps, isShared: false) { raw in
            // Of a sum what has no value is no part.
            let counts = share.field == nil || !raw.numbers.isEmpty
            return SharePayload(
                isPart: counts && raw.steps & part != 0, isWhole: counts && raw.steps & whole != 0,
                numbers: raw.numbers)
        }
    case .effectiveNumber(let field):
        return windowed(EffectiveNumberFigure(), need: .keys([field])) { $0.keys }
    case .reciprocity:
        return windowed(ReciprocityFigure(), need: .directions) { DirectedPayload(directions: $0.keys, end: $0.end) }
    case .newValue(let field):
        let pattern = NewValuePattern(
            memory: correlation.timespan, condition: correlation.condition, origin: origin)
        return CompiledCorrelator(setup, pattern: pattern, need: .keys([field])) { $0.keys }
    case .record(let record):
        let pattern = RecordPattern(
            timespan: correlation.timespan, baseline: record.baseline, floor: record.floor,
            isMonotone: record.field.map { CanonicalField.tolls.contains($0) } ?? true, origin: origin)
        let need = record.field.map { PayloadNeed.numbers($0) } ?? .nothing
        return CompiledCorrelator(setup, pattern: pattern, need: need, isShared: record.field != nil) { raw in
            record.field == nil ? .one(1) : raw.numbers
        }
    case .selfExciting(let parameters):
        let pattern = SelfExcitingPattern(
            parameters: parameters, background: correlation.timespan, condition: correlation.condition, origin: origin)
        return CompiledCorrelator(setup, pattern: pattern, need: .nothing) { _ in NoPayload() }
    case .controlChart(let parameters):
        let calendar = BinCalendar(
            length: correlation.timespan.milliseconds, timeZone: setup.network.options.timeZone)
        let pattern = ControlChartPattern(parameters: parameters, calendar: calendar, origin: origin)
        return CompiledCorrelator(setup, pattern: pattern, need: .nothing) { _ in NoPayload() }
    case .absence(let after):
        let pattern = AbsencePattern(timespan: correlation.timespan)
        let afterBit: UInt64 = 1 << UInt64(correlation.rules.count)
        // Only what asks for an answer is taken however exact it is, and without `after` nothing asks.
        let need = after == nil ? PayloadNeed.nothing : .answers
        return CompiledCorrelator(setup, pattern: pattern, need: need, isShared: false) { raw in
            guard after != nil else { return AbsencePattern.answer | AbsencePattern.after }
            let answers = raw.steps & (afterBit - 1) != 0
            let asks = raw.steps & afterBit != 0
            return (answers ? AbsencePattern.answer : 0) | (asks ? AbsencePattern.after : 0)
        }
    }
}

/// The bits of some of a correlation's rules.
private func mask(_ positions: Set<Int>) -> UInt64 { positions.reduce(0) { $0 | 1 << UInt64($1) } }
