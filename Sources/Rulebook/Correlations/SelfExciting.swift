import Events

extension CorrelationType {
    /// Beyond that what decays does not.
    private static let longestHalfLife = Timespan(milliseconds: 36_525 * 86_400_000)

    /// `self_exciting`: the intensity of a Hawkes process over its background.
    static let selfExciting = CorrelationType(
        name: "self_exciting", keys: ["half_life", "branching", "background"],
        required: ["half_life", "branching"], hasWindow: false,
        timespanKey: "background"
    ) { parts in
        guard let halfLife = parts.section.requiredTimespan("half_life"),
            parts.section.required("branching") != nil, let branching = parts.positive("branching"),
            let condition = parts.condition()
        else { return nil }
        if halfLife > longestHalfLife, let node = parts.section["half_life"] {
            parts.scope.error(.invalidValue, "a 'half_life' is at most 100 years", at: node.location)
        }
        for term in condition.bounds.terms where term.comparison != .greater && term.comparison != .greaterOrEqual {
            parts.scope.within("condition").error(
                .unsupported, "'\(term.comparison.rawValue)' says nothing of an intensity, which falls by itself",
                at: condition.section.location, help: ["write 'gte' or 'gt'"])
        }
        let parameters = Correlation.SelfExciting(halfLife: halfLife, branching: branching)
        return Reading(pattern: .selfExciting(parameters), condition: condition.bounds)
    }
}
