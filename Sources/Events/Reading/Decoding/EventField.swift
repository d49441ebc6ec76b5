/// The canonical fields as numbers: numbers first, then instants, booleans and texts.
enum EventField: Int, CaseIterable {
    case latitude, longitude, fatalities, fatalitiesLow, fatalitiesHigh, civilianFatalities, injured, displaced
    case time, timeEnd, reported, until
    case withdrawn, mutual, civilianTargeting
    case id, revision, timePrecision, type, subtype, initiator, target, attribution, claim, by, about
    case country, admin1, admin2, place, ceasefireAct, ceasefire, source, url, notes

    enum Kind { case number, instant, boolean, text }

    /// What the field holds.
    var kind: Kind {
        switch rawValue {
        case ..<EventField.time.rawValue: .number
        case ..<EventField.withdrawn.rawValue: .instant
        case ..<EventField.id.rawValue: .boolean
        default: .text
        }
    }

    /// Whether its value is checked when the record's times, withdrawal and revision are known already.
    var isCheckedLast: Bool {
        switch self {
        case .time, .timeEnd, .withdrawn: false
        case .attribution, .claim, .ceasefireAct: true
        default: kind != .text
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

/// A value for every canonical field, in place: asked for many times a record.
struct EventTable<Element> {
    private var elements: InlineArray<35, Element>

    init(repeating element: Element) { elements = InlineArray(repeating: element) }

    init(_ element: (EventField) -> Element) {
        elements = InlineArray(repeating: element(.latitude))
        for field in EventField.allCases { elements[field.rawValue] = element(field) }
    }

    @inline(__always)
    subscript(field: EventField) -> Element {
        get { elements[field.rawValue] }
        set { elements[field.rawValue] = newValue }
    }
}
