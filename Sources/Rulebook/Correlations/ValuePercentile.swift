import Diagnostics

extension CorrelationType {
    /// `value_median`: the 50th percentile of a field's values.
    static let valueMedian = CorrelationType(name: "value_median", condition: .bounds(with: ["field"])) { parts in
        parts.conditionOnField().map {
            let half = Correlation.Percentile(numerator: 50, denominator: 100)
            return Reading(pattern: .valuePercentile(field: $0.field, half), condition: $0.condition.bounds)
        }
    }

    /// `value_percentile`: a percentile of a field's values.
    static let valuePercentile = CorrelationType(
        name: "value_percentile", condition: .bounds(with: ["field", "percentile"])
    ) { parts in
        guard let (condition, field) = parts.conditionOnField(["percentile"]),
            let node = condition.section.required("percentile"),
            let percentile = percentile(node, condition.section.scope)
        else { return nil }
        return Reading(pattern: .valuePercentile(field: field, percentile), condition: condition.bounds)
    }

    /// The exact fraction that the decimal text says, not the nearest binary number.
    private static func percentile(_ node: Node, _ scope: Scope) -> Correlation.Percentile? {
        guard let value = scope.number(node, "percentile") else { return nil }
        let text = node.scalar?.text ?? ""
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let decimals = parts.count == 2 ? parts[1].count : 0
        guard (0...100).contains(value), parts.count <= 2, decimals <= 7, let numerator = Int64(parts.joined()) else {
            scope.error(
                .invalidValue, "a percentile is a number from 0 to 100 with at most 7 decimals", at: node.location)
            return nil
        }
        let denominator = (0..<decimals).reduce(Int64(100)) { product, _ in product * 10 }
        return Correlation.Percentile(numerator: numerator, denominator: denominator)
    }
}
