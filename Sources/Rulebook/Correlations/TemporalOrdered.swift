extension CorrelationType {
    private enum Ties: String, CaseIterable { case allow }

    /// `temporal_ordered`: there are distinct contributions of each rule, in order.
    static let temporalOrdered = CorrelationType(name: "temporal_ordered", keys: ["ties"], condition: .none) { parts in
        parts.section.refuse(["condition"], because: "a sequence holds when all of its rules follow each other")
        let ties: Ties? = parts.section.choice("ties")
        return Reading(pattern: .temporalOrdered(tiesAllowed: ties == .allow))
    }
}
