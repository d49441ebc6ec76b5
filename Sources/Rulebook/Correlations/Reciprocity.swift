extension CorrelationType {
    /// `reciprocity`: how often two parties answer each other.
    static let reciprocity = CorrelationType(name: "reciprocity", keys: ["from", "to", "ties"]) { parts in
        parts.section.refuse(["ties"], because: "of two blows at one time neither answers the other")
        guard let from = parts.field("from", usual: "initiator.party"),
            let to = parts.field("to", usual: "target.party"), let condition = parts.condition()
        else { return nil }
        return Reading(pattern: .reciprocity(from: from, to: to), condition: condition.bounds)
    }
}
