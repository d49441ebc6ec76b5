extension CorrelationType {
    /// `absence`: there is no contribution since the last one, or after an event of another rule.
    static let absence = CorrelationType(name: "absence", keys: ["after"], condition: .none, hasWindow: false) {
        parts in
        parts.section.refuse(["condition"], because: "an absence has no figure")
        return Reading(pattern: .absence(after: parts.after))
    }
}
