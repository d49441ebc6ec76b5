/// A type of correlation: its name, the keys of its own, and how it is read.
struct CorrelationType: Sendable {
    /// What is particular to a correlation of a type.
    struct Reading {
        var pattern: Correlation.Pattern
        var condition = NumericCondition()
    }

    /// The name, as `type` says it.
    let name: String
    /// The keys beside those that every type has.
    var keys: [String] = []
    /// Whether `window` can be chosen; without it the type has a window of its own.
    var hasWindow = true
    /// The keys under which the rules stand whose contributions count; of several the last falls back on `rules`.
    var ruleKeys = ["rules"]
    /// The key under which the length of the window stands.
    var timespanKey = "timespan"
    /// The one field that makes the groups, where it is fixed.
    var groupField: String?
    /// Reads what is particular; nil (and diagnostics) where it is wrong.
    let read: @Sendable (CorrelationParts) -> Reading?

    /// The types: a new one is a line here and a file beside this one.
    static let all: [CorrelationType] = [
        .eventCount, .valueCount, .valueSum, .valueAverage, .valueMedian, .valuePercentile, .temporal,
        .temporalOrdered, .rateChange, .absence, .share, .effectiveNumber, .reciprocity,
        .newValue, .record, .selfExciting, .controlChart, .deadline,
    ]
}
