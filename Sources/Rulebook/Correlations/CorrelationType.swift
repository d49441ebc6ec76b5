/// What the `condition` of a type of correlation looks like.
public enum ConditionForm: Sendable, Equatable {
    /// Bounds of its figure, and further keys, which must be there.
    case bounds(with: [String] = [])
    /// Bounds of its figure, or nothing.
    case optionalBounds
    /// Bounds of some figures, of which one must be there.
    case figures([String])
    /// It has none.
    case none
}

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
    /// Those of them that must be there.
    var required: [String] = []
    /// What its condition looks like.
    var condition = ConditionForm.bounds()
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
