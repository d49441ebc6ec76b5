extension CorrelationType {
    /// `value_sum`: the sum of a field's values.
    static let valueSum = CorrelationType(name: "value_sum", condition: .bounds(with: ["field"])) { parts in
        parts.conditionOnField().map { Reading(pattern: .valueSum(field: $0.field), condition: $0.condition.bounds) }
    }
}
