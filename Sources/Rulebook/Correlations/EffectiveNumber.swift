extension CorrelationType {
    /// `effective_number`: to how many of equal size the values of a field amount.
    static let effectiveNumber = CorrelationType(name: "effective_number", keys: ["field"], required: ["field"]) {
        parts in
        guard let field = parts.field("field"), let condition = parts.condition() else { return nil }
        return Reading(pattern: .effectiveNumber(field: field), condition: condition.bounds)
    }
}
