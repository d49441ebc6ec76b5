import Events
import Monitoring
import Rulebook

/// What is said of a statistic beside its numbers: unit, area, window.
struct StatisticWords: Sendable {
    private let definitions: [StatisticDefinition]
    private static let placeFields: Set<String> = ["country", "admin1", "admin2", "place"]

    init(rulebook: Rulebook) { definitions = rulebook.statistics }

    /// What one is one of: as the definition says, else by its measure.
    func unit(of statistic: Int) -> String {
        let definition = definitions[statistic]
        if let unit = definition.unit { return unit }
        switch definition.measure {
        case .count: return "events"
        case .sum(let field): return CanonicalField.tolls.contains(field) ? FieldNouns.quantity(field) : field
        case .distinct(let fields):
            return fields.count == 1 ? "different \(FieldNouns.plural(fields[0]))" : "different combinations"
        case .share(let field): return "share of \(field.map { FieldNouns.quantity($0) } ?? "events")"
        case .effectiveNumber(let field): return "effective number of \(FieldNouns.plural(field))"
        }
    }

    /// The area: as the definition says, else the places in the group, else everywhere.
    func area(of line: Statistic) -> String {
        if let area = definitions[line.definition].area { return area }
        let places = line.group.filter { StatisticWords.placeFields.contains($0.field) }
        return places.isEmpty ? "everywhere" : places.map { GroupText.text(of: $0.value) }.joined(separator: ", ")
    }

    /// A window as a rule book writes it; a day is `24h`, as monitors say.
    static func text(of window: Timespan) -> String {
        window.milliseconds == 86_400_000 ? "24h" : window.ruleText
    }
}
