import Events
import Rulebook

/// Nothing has to be known of a contribution but that it is there.
struct NoPayload: ContributionPayload {}

/// The values that a contribution has for a field: mostly one.
enum Values<Element: Equatable>: Equatable {
    case none
    case one(Element)
    case many([Element])

    init(_ values: [Element]) {
        switch values.count {
        case 0: self = .none
        case 1: self = .one(values[0])
        default: self = .many(values)
        }
    }

    var isEmpty: Bool { if case .none = self { true } else { false } }
    @inline(__always)
    func forEach(_ body: (Element) -> Void) {
        switch self {
        case .none: break
        case .one(let value): body(value)
        case .many(let values): values.forEach(body)
        }
    }
}

extension Values: ContributionPayload where Element: WeightedValue {
    var weight: Double {
        var weight = 0.0
        forEach { weight += $0.addition }
        return weight
    }
}

/// A value of a contribution.
protocol WeightedValue: Equatable {
    /// How much it adds to a figure at most, rounded up to a whole number.
    var addition: Double { get }
}

extension UInt64: WeightedValue {
    /// The key of a value is one more value at most.
    var addition: Double { 1 }
}

extension Double: WeightedValue {
    var addition: Double { magnitude.rounded(.up) }
}

extension UInt64: ContributionPayload {
    /// A bit for each rule that a contribution matches: how many these are.
    var weight: Double { Double(nonzeroBitCount) }
}

/// `event_count`: how many contributions there are.
struct CountFigure: WindowFigure {
    private(set) var count = 0

    var isMonotone: Bool { true }
    static var isTold: Bool { true }
    var emptyValue: Double? { 0 }

    static func counts(_ payload: NoPayload) -> Bool { true }
    mutating func enter(_ contribution: Contribution<NoPayload>) { count += 1 }
    mutating func leave(_ contribution: Contribution<NoPayload>) { count -= 1 }
    mutating func removeAll() { count = 0 }
    func value() -> Double? { Double(count) }
    func shortfall(of bound: Double) -> Double { bound - Double(count) }
}

/// `value_count`: how many distinct values there are.
struct DistinctFigure: WindowFigure {
    private(set) var count = 0
    private var occurrences = ValueCounts()

    var isMonotone: Bool { true }
    static var isTold: Bool { true }
    var emptyValue: Double? { 0 }

    static func counts(_ payload: Values<UInt64>) -> Bool { !payload.isEmpty }

    mutating func enter(_ contribution: Contribution<Values<UInt64>>) {
        if contribution.payload.isEmpty { return }
        count += 1
        contribution.payload.forEach { occurrences.add($0) }
    }

    mutating func leave(_ contribution: Contribution<Values<UInt64>>) {
        if contribution.payload.isEmpty { return }
        count -= 1
        contribution.payload.forEach { occurrences.remove($0) }
    }

    mutating func removeAll() {
        count = 0
        occurrences.removeAll()
    }

    func value() -> Double? { Double(occurrences.distinct) }
    func shortfall(of bound: Double) -> Double { bound - Double(occurrences.distinct) }
}

/// `value_sum` and `value_avg`: computed exactly and rounded once.
struct SumFigure: WindowFigure {
    let isAverage: Bool
    /// Whether no value is below 0, so that a sum never rises when something leaves.
    let isMonotone: Bool
    private(set) var count = 0
    private var values = 0
    private var sum = ExactSum()

    init(isAverage: Bool, field: String) {
        self.init(isAverage: isAverage, isMonotone: !isAverage && CanonicalField.tolls.contains(field))
    }

    private init(isAverage: Bool, isMonotone: Bool) {
        self.isAverage = isAverage
        self.isMonotone = isMonotone
    }

    static var isTold: Bool { true }
    var emptyValue: Double? { nil }

    static func counts(_ payload: Values<Double>) -> Bool { !payload.isEmpty }

    mutating func enter(_ contribution: Contribution<Values<Double>>) {
        if contribution.payload.isEmpty { return }
        count += 1
        contribution.payload.forEach {
            sum.add($0)
            values += 1
        }
    }

    mutating func leave(_ contribution: Contribution<Values<Double>>) {
        if contribution.payload.isEmpty { return }
        count -= 1
        contribution.payload.forEach {
            sum.subtract($0)
            values -= 1
        }
    }

    mutating func removeAll() { self = SumFigure(isAverage: isAverage, isMonotone: isMonotone) }

    func value() -> Double? {
        if values == 0 { return nil }
        return isAverage ? sum.divided(by: values) : sum.rounded
    }

    func shortfall(of bound: Double) -> Double {
        // A little less, for what is lost in rounding.
        isMonotone ? (bound - sum.rounded) * (1 - 1e-9) : 0
    }
}

/// `value_median` and `value_percentile`: linear between ranks.
struct PercentileFigure: WindowFigure {
    let percentile: Correlation.Percentile
    private(set) var count = 0
    private var values = OrderStatistics()

    init(percentile: Correlation.Percentile) { self.percentile = percentile }

    var isMonotone: Bool { false }
    static var isTold: Bool { true }
    var emptyValue: Double? { nil }

    static func counts(_ payload: Values<Double>) -> Bool { !payload.isEmpty }

    mutating func enter(_ contribution: Contribution<Values<Double>>) {
        if contribution.payload.isEmpty { return }
        count += 1
        contribution.payload.forEach { values.insert($0) }
    }

    mutating func leave(_ contribution: Contribution<Values<Double>>) {
        if contribution.payload.isEmpty { return }
        count -= 1
        contribution.payload.forEach { values.remove($0) }
    }

    mutating func removeAll() { self = PercentileFigure(percentile: percentile) }

    func value() -> Double? {
        if values.count == 0 { return nil }
        return values.percentile(numerator: percentile.numerator, denominator: percentile.denominator)
    }
}

/// `temporal`: how many of the rules have a contribution.
struct TemporalFigure: WindowFigure {
    private(set) var count = 0
    private var occurrences: [Int]

    init(rules: Int) { occurrences = [Int](repeating: 0, count: rules) }

    var isMonotone: Bool { true }
    static var isTold: Bool { true }
    var emptyValue: Double? { 0 }

    static func counts(_ payload: UInt64) -> Bool { true }

    mutating func enter(_ contribution: Contribution<UInt64>) {
        count += 1
        for step in occurrences.indices where contribution.payload & (1 << UInt64(step)) != 0 { occurrences[step] += 1 }
    }

    mutating func leave(_ contribution: Contribution<UInt64>) {
        count -= 1
        for step in occurrences.indices where contribution.payload & (1 << UInt64(step)) != 0 { occurrences[step] -= 1 }
    }

    mutating func removeAll() { self = TemporalFigure(rules: occurrences.count) }

    func value() -> Double? { Double(occurrences.count { $0 > 0 }) }
    func shortfall(of bound: Double) -> Double { bound - Double(occurrences.count { $0 > 0 }) }
}
