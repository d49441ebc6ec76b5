extension CorrelationType {
    /// `share`: the contributions of some rules over those of others.
    static let share = CorrelationType(
        name: "share", keys: ["of", "among", "field", "min_count"], required: ["of"], ruleKeys: ["of", "among"]
    ) { parts in
        let minimum = parts.section.whole("min_count", atLeast: 0) ?? 0
        var field: String?
        if parts.section["field"] != nil {
            guard let named = parts.field("field") else { return nil }
            field = named
        }
        guard let condition = parts.condition() else { return nil }
        let share = Correlation.Share(
            of: parts.positions("of"), among: parts.positions("among"), field: field, minimumCount: minimum)
        return Reading(pattern: .share(share), condition: condition.bounds)
    }
}

extension CorrelationParts {
    /// Where the rules under a key stand among all rules.
    fileprivate func positions(_ key: String) -> Set<Int> {
        Set((ruleLists[key] ?? []).compactMap { rules.firstIndex(of: $0) })
    }
}
