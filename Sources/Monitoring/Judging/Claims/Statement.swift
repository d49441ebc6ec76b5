import Events

/// What an actor says of an incident.
enum Claim: String {
    case claimed, denied, accused, condemned
}

/// A statement about an incident, as far as the attribution of that rests on it.
struct Statement: Equatable {
    /// The id of the record.
    var id: [UInt8]
    /// When it was made.
    var at: Instant
    /// What it says.
    var claim: Claim
    /// The names of the speaker, and of whom it is against.
    var by, target: Symbol

    /// Whether it comes before another: the earlier, then the smaller id.
    func precedes(_ other: Statement) -> Bool {
        at != other.at ? at < other.at : id.lexicographicallyPrecedes(other.id)
    }
}

/// What statements say of an incident's attribution; where they say nothing, its own stays.
struct ClaimedAttribution: Equatable {
    /// The attribution, nil for the incident's own.
    var attribution: String?
    /// The name of the initiator that a claim gives, nil for the incident's own.
    var initiator: Symbol?

    /// What nobody has said anything about.
    static let own = ClaimedAttribution()
}
