/// The canonical fields as numbers: numbers first, then instants, booleans and texts.
enum EventField: Int, CaseIterable {
    case latitude, longitude, fatalities, fatalitiesLow, fatalitiesHigh, civilianFatalities, injured, displaced
    case time, timeEnd, reported, until
    case withdrawn, mutual, civilianTargeting
    case id, revision, timePrecision, type, subtype, initiator, target, attribution, claim, by, about
    case country, admin1, admin2, place, ceasefireAct, ceasefire, source, url, notes

    enum Kind { case number, instant, boolean, text }

    /// How many of them are numbers; these come first.
    static let numberCount = 8

    /// What the field holds.
    var kind: Kind {
        switch rawValue {
        case ..<EventField.time.rawValue: .number
        case ..<EventField.withdrawn.rawValue: .instant
        case ..<EventField.id.rawValue: .boolean
        default: .text
        }
    }

    /// The canonical name.
    var name: String { EventField.names[rawValue] }

    /// The words that the field may hold; none where any text is allowed.
    var vocabulary: [String] {
        switch self {
        case .timePrecision: TimePrecision.allCases.map(\.rawValue)
        case .attribution: ["confirmed", "claimed", "alleged", "disputed", "denied", "unknown"]
        case .claim: ["claimed", "denied", "accused", "condemned"]
        case .ceasefireAct: ["declared", "extended", "suspended", "resumed", "ended"]
        default: []
        }
    }

    /// The field of a canonical name.
    static func named(_ name: String) -> EventField? { byName[name] }

    private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.name, $0) })

    private static let names = [
        "latitude", "longitude", "fatalities", "fatalities_low", "fatalities_high", "civilian_fatalities", "injured",
        "displaced", "time", "time_end", "reported", "until", "withdrawn", "mutual", "civilian_targeting", "id",
        "revision", "time_precision", "type", "subtype", "initiator", "target", "attribution", "claim", "by", "about",
        "country", "admin1", "admin2", "place", "ceasefire_act", "ceasefire", "source", "url", "notes",
    ]
}
