import Diagnostics
import Events

extension CorrelationType {
    /// `rate_change`: how the rate compares with the rate before.
    static let rateChange = CorrelationType(
        name: "rate_change", keys: ["baseline", "baseline_length", "ceasefire", "min_count", "min_baseline", "method"],
        required: ["baseline"], condition: .figures(["ratio", "p_value"]), hasWindow: false
    ) { parts in
        let (baseline, anchor) = parts.baseline()
        let minimum = parts.section.whole("min_count", atLeast: 0)
        let minimumBaseline = parts.section.whole("min_baseline", atLeast: 0)
        let method: Correlation.RateChange.Method = parts.section.choice("method") ?? .exact
        let scope = parts.scope.within("condition")
        guard let node = parts.section.required("condition"),
            let section = Section(node, "a condition of 'rate_change'", keys: ["ratio", "p_value"], scope)
        else { return nil }
        let ratio = section["ratio"].flatMap { bounds($0, "ratio", .greaterOrEqual, scope) }
        let pValue = section["p_value"].flatMap { bounds($0, "p_value", .less, scope) }
        if section["ratio"] == nil, section["p_value"] == nil {
            scope.error(.missingKey, "a condition of 'rate_change' needs 'ratio' or 'p_value'", at: section.location)
        }
        guard let baseline else { return nil }
        let change = Correlation.RateChange(
            baseline: baseline, minimumCount: minimum ?? 0, ratio: ratio, pValue: pValue, method: method,
            anchor: anchor, minimumBaseline: minimumBaseline ?? 0)
        return Reading(pattern: .rateChange(change))
    }

    /// The bounds of one figure: a bare number stands for the comparison that is usual for it.
    private static func bounds(
        _ node: Node, _ name: String, _ usual: Comparison, _ scope: Scope
    ) -> NumericCondition? {
        let bounds: NumericCondition?
        if node.entries == nil {
            bounds = scope.number(node, name).map { NumericCondition([.init(usual, $0)]) }
        } else {
            bounds = FigureCondition(node, keys: [], scope.within(name))?.bounds
        }
        let upper = name == "p_value" ? 1 : Double.greatestFiniteMagnitude
        if let bounds, bounds.terms.contains(where: { !(0...upper).contains($0.value) }) {
            let range = name == "p_value" ? "lies from 0 to 1" : "is not negative"
            scope.error(.invalidValue, "a '\(name)' \(range)", at: node.location)
        }
        return bounds
    }
}

extension CorrelationParts {
    /// How long the baseline is, and the ceasefire it lies before where it does not lie before the window.
    fileprivate func baseline() -> (Timespan?, Correlation.RateChange.Anchor?) {
        guard section["baseline"]?.scalar?.text == "before_ceasefire" else {
            section.refuse(
                ["baseline_length", "ceasefire"], because: "it goes with 'baseline: before_ceasefire'")
            return (section.requiredTimespan("baseline"), nil)
        }
        let anchor = Correlation.RateChange.Anchor(ceasefire: ceasefire())
        if section["baseline_length"] != nil { return (section.timespan("baseline_length"), anchor) }
        // As usual where nothing is said: four times the window.
        let window = section.timespan("timespan") ?? .zero
        return (Timespan(milliseconds: window.milliseconds &* 4), anchor)
    }
}
