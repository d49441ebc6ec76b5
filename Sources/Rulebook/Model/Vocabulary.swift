/// The words that fields hold.
enum Vocabulary {
    /// The fields that hold one of a few words, and those words: SPEC sections 2 to 4.
    static let closed: [String: [String]] = [
        "time_precision": ["exact", "day", "week", "month", "year"],
        "attribution": ["confirmed", "claimed", "alleged", "disputed", "denied", "unknown"],
        "claim": ["claimed", "denied", "accused", "condemned"],
        "ceasefire_act": CeasefireAct.allCases.map(\.rawValue),
        "ceasefire.phase": ["before", "in_force", "suspended", "after"],
        "ceasefire.overlap": ["inside", "straddles"],
        "breach": ["confirmed", "disputed", "alleged", "clash", "unattributed", "unresolved", "spoiler"],
        "initiator.kind": Actor.Kind.allCases.map(\.rawValue),
        "target.kind": Actor.Kind.allCases.map(\.rawValue),
        "by.kind": Actor.Kind.allCases.map(\.rawValue),
    ]

    /// Types of events that many rule books use: the words of our own profile's rules, and those of ACLED and UCDP GED.
    static let commonTypes: Set<String> = [
        "attack", "bombing", "ambush", "shelling", "abduction", "targeted_killing", "execution", "clash", "raid",
        "air_strike", "statement", "talks", "protest", "riot", "Battles", "Explosions/Remote violence",
        "Violence against civilians",
        "Protests", "Riots", "Strategic developments", "state-based", "non-state", "one-sided",
    ]
}
