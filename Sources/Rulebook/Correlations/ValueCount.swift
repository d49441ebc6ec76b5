extension CorrelationType {
    /// `value_count`: how many distinct values, or tuples of values, there are.
    static let valueCount = CorrelationType(name: "value_count", condition: .bounds(with: ["field"])) { parts in
        guard let condition = parts.condition(["field"]),
            let node = condition.section.required("field", help: "{field: admin2, gte: 3}")
        else {
            return nil
        }
        let fields = condition.section.scope.texts(node, "field").map(\.text)
        guard !fields.isEmpty else {
            if node.items?.isEmpty == true {
                condition.section.scope.error(.emptyList, "no field is named", at: node.location)
            }
            return nil
        }
        return parts.checked(fields, node, condition.section.scope).map {
            Reading(pattern: .valueCount(fields: $0), condition: condition.bounds)
        }
    }
}
