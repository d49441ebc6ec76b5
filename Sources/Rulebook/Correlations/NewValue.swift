extension CorrelationType {
    /// `new_value`: how many values of a field are new.
    static let newValue = CorrelationType(
        name: "new_value", keys: ["field", "memory"], required: ["field"], condition: .optionalBounds, hasWindow: false,
        timespanKey: "memory"
    ) { parts in
        guard let field = parts.field("field") else { return nil }
        guard parts.section["condition"] != nil else {
            return Reading(pattern: .newValue(field: field), condition: NumericCondition([.init(.greaterOrEqual, 1)]))
        }
        return parts.condition().map { Reading(pattern: .newValue(field: field), condition: $0.bounds) }
    }
}
