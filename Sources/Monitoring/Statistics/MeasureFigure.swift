import Events
import Rulebook

/// What a statistic needs to know of an event beyond its time.
struct StatisticPayload: Equatable {
    /// The exclusive end of its time.
    var end: Instant
    /// For a share, whether it is of the part and of the whole.
    var isPart = false
    var isWhole = true
    /// The keys of its values, where they are needed.
    var keys: Values<UInt64> = .none
    /// Its values as numbers, where they are needed.
    var numbers: Values<Double> = .none
}

/// A measure over contributions, taken in one by one: the same figures as those of correlations.
struct MeasureFigure {
    private var count: CountFigure?
    private var sum: SumFigure?
    private var distinct: DistinctFigure?
    private var share: ShareFigure?
    private var effectiveNumber: EffectiveNumberFigure?

    init(_ measure: StatisticDefinition.Measure) {
        switch measure {
        case .count: count = CountFigure()
        case .sum(let field): sum = SumFigure(isAverage: false, field: field)
        case .distinct: distinct = DistinctFigure()
        case .share(let field): share = ShareFigure(sums: field != nil, minimumCount: 0)
        case .effectiveNumber: effectiveNumber = EffectiveNumberFigure()
        }
    }

    /// Takes in a contribution.
    mutating func add(_ contribution: Contribution<StatisticPayload>) {
        let payload = contribution.payload
        func with<Payload>(_ payload: Payload) -> Contribution<Payload> {
            Contribution(time: contribution.time, source: contribution.source, payload: payload)
        }
        count?.enter(with(NoPayload()))
        sum?.enter(with(payload.numbers))
        distinct?.enter(with(payload.keys))
        effectiveNumber?.enter(with(payload.keys))
        share?.enter(
            with(SharePayload(isPart: payload.isPart, isWhole: payload.isWhole, numbers: payload.numbers)))
    }

    /// What was measured: counts and sums of nothing are 0, shares and effective numbers of nothing none.
    var value: Double? {
        if let count { return count.value() }
        if let sum { return sum.value() ?? 0 }
        return distinct?.value() ?? share?.value() ?? effectiveNumber?.value()
    }
}
