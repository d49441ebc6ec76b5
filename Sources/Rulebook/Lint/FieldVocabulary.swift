import Events

/// What the fields of events can hold, as far as that is known beforehand.
struct FieldVocabulary {
    private let ofBook: [String: [String]]

    init(_ rulebook: Rulebook) {
        let sides = Set(rulebook.ceasefires.flatMap { $0.parties.map(\.side) }).sorted()
        let actors = rulebook.actors.map(\.id)
        var words = ["breach.side": sides, "breach.against": sides.isEmpty ? [] : sides + ["civilians"]]
        for role in ["initiator", "target", "by"] {
            for part in ["actor", "party", "lineage"] { words["\(role).\(part)"] = actors }
        }
        words["ceasefire"] = rulebook.ceasefires.map(\.id)
        ofBook = words
    }

    /// All words that a field can hold, none where no event has it; nil if it can hold any.
    func words(of field: String) -> [String]? { Vocabulary.closed[field] ?? ofBook[field] }

    /// Between what the numbers of a field lie; nil if it holds any, or no numbers.
    static func range(of field: String) -> ClosedRange<Double>? {
        switch field {
        case "latitude": -90...90
        case "longitude": -180...180
        case "ceasefire.day", "ceasefire.days_after": 0...Double.infinity
        default: CanonicalField.tolls.contains(field) ? 0...Double.infinity : nil
        }
    }

    /// Whether a field holds numbers or instants, and nothing else.
    static func isNumeric(_ field: String) -> Bool {
        CanonicalField.numbers.contains(field) || CanonicalField.instants.contains(field) || range(of: field) != nil
    }

    /// Whether a field holds one value at a time, not a list.
    static func isSingle(_ field: String) -> Bool { singleFields.contains(field) }

    private static let singleFields: Set<String> = CanonicalField.numbers.union(CanonicalField.instants)
        .union(CanonicalField.booleans)
        .union([
            "type", "subtype", "attribution", "time_precision", "claim", "ceasefire_act", "country", "admin1", "admin2",
            "place", "ceasefire", "ceasefire.phase", "ceasefire.overlap", "ceasefire.day", "ceasefire.days_after",
            "breach", "breach.side", "breach.against",
        ])
}

extension NumericCondition {
    /// Whether some number of a range meets every bound; where the figure is a count, some whole number.
    func canBeMet(within range: ClosedRange<Double>, isWhole: Bool = false) -> Bool {
        var (low, high) = (range.lowerBound, range.upperBound)
        for term in terms {
            switch term.comparison {
            case .equal: (low, high) = (max(low, term.value), min(high, term.value))
            case .greaterOrEqual: low = max(low, term.value)
            case .greater: low = max(low, term.value.nextUp)
            case .lessOrEqual: high = min(high, term.value)
            case .less: high = min(high, term.value.nextDown)
            case .notEqual: continue
            }
        }
        if isWhole { (low, high) = (low.rounded(.up), high.rounded(.down)) }
        if low == high { return isMet(by: low) }
        return low < high
    }

    /// Whether every number of a range meets every bound.
    func isAlwaysMet(within range: ClosedRange<Double>) -> Bool {
        let (low, high) = (range.lowerBound, range.upperBound)
        return !terms.isEmpty
            && terms.allSatisfy { term in
                switch term.comparison {
                case .equal: low == term.value && high == term.value
                case .notEqual: term.value < low || term.value > high
                case .less: high < term.value
                case .lessOrEqual: high <= term.value
                case .greater: low > term.value
                case .greaterOrEqual: low >= term.value
                }
            }
    }
}
