/// How fields are called in a sentence.
enum FieldNouns {
    /// What the sum of a field is a number of: `fatalities`; other fields are named as such.
    static func quantity(_ field: String) -> String {
        switch field {
        case "fatalities", "fatalities_low", "fatalities_high", "injured", "displaced": underscoresAsSpaces(field)
        case "civilian_fatalities": "civilian fatalities"
        default: "of \(field)"
        }
    }

    /// Several distinct values of a field: `districts`.
    static func plural(_ field: String) -> String {
        switch field {
        case "country": "countries"
        case "admin1": "regions"
        case "admin2": "districts"
        case "place", "type", "subtype", "source": "\(field)s"
        case "initiator", "initiator.actor": "initiators"
        case "initiator.party": "initiating parties"
        case "target", "target.actor": "targets"
        case "target.party": "targeted parties"
        case "breach.side": "sides in breach"
        case "by", "by.actor": "speakers"
        case "by.party": "parties"
        case "claim": "kinds of statement"
        case "about": "incidents"
        default: "values of \(field)"
        }
    }

    /// One value of a field: `district`.
    static func singular(_ field: String) -> String {
        switch field {
        case "country": "country"
        case "admin1": "region"
        case "admin2": "district"
        case "place", "type", "subtype", "source": field
        case "initiator", "initiator.actor": "initiator"
        case "initiator.party": "initiating party"
        case "target", "target.actor": "target"
        case "target.party": "targeted party"
        case "breach.side": "side in breach"
        default: "value of \(field)"
        }
    }

    /// A name of a type as words: `attack_on_police` is `attack on police`.
    static func underscoresAsSpaces(_ text: String) -> String {
        text.contains("_") ? String(text.map { $0 == "_" ? " " : $0 }) : text
    }
}
