extension CorrelationType {
    /// `value_avg`: the mean of a field's values.
    static let valueAverage = CorrelationType(name: "value_avg", condition: .bounds(with: ["field"])) { parts in
        parts.conditionOnField().map {
            Reading(pattern: .valueAverage(field: $0.field), condition: $0.condition.bounds)
        }
    }
}
