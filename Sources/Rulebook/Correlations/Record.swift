extension CorrelationType {
    private enum Measure: String, CaseIterable { case count, sum }

    /// `record`: a count or a sum is no smaller than ever in the baseline before.
    static let record = CorrelationType(
        name: "record", keys: ["measure", "field", "baseline", "floor"], required: ["baseline"], condition: .none,
        hasWindow: false
    ) { parts in
        parts.section.refuse(
            ["condition"], because: "a record is one or is none; how large it is at least says 'floor'")
        let measure: Measure = parts.section.choice("measure") ?? .count
        var field: String?
        if measure == .sum {
            guard let summed = parts.field("field") else { return nil }
            field = summed
        } else {
            parts.section.refuse(["field"], because: "only a 'measure' of sum has a field")
        }
        let floor = parts.floor()
        guard let baseline = parts.section.requiredTimespan("baseline") else { return nil }
        let record = Correlation.Record(field: field, baseline: baseline, floor: floor)
        return Reading(pattern: .record(record), condition: NumericCondition([.init(.greaterOrEqual, floor)]))
    }
}

extension CorrelationParts {
    fileprivate func floor() -> Double { positive("floor") ?? 1 }

    /// A number above zero, if it is there.
    func positive(_ key: String) -> Double? {
        guard let node = section[key], let number = scope.number(node, key) else { return nil }
        if number > 0 { return number }
        scope.error(.invalidValue, "'\(key)' must be above 0", at: node.location)
        return nil
    }
}
