extension CorrelationType {
    /// `temporal`: every rule has a contribution, or as many rules as the condition says.
    static let temporal = CorrelationType(name: "temporal", condition: .optionalBounds) { parts in
        guard parts.section["condition"] != nil else {
            let everyRule = NumericCondition.Term(.greaterOrEqual, Double(parts.rules.count))
            return Reading(pattern: .temporal, condition: NumericCondition([everyRule]))
        }
        return parts.condition().map { Reading(pattern: .temporal, condition: $0.bounds) }
    }
}
