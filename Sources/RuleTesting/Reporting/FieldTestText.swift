import Events
import Rulebook

/// Tests on fields as a rule writes them.
enum FieldTestText {
    /// A test: `fatalities|gte: 20`.
    static func text(_ test: FieldTest) -> String {
        let (modifiers, value) = parts(test.test)
        let field = test.field == "*" ? "" : test.field
        return field.isEmpty && modifiers.isEmpty ? value : "\(field)\(modifiers): \(value)"
    }

    /// The field and its modifiers: `fatalities|gte`.
    static func key(_ test: FieldTest) -> String { (test.field == "*" ? "" : test.field) + parts(test.test).modifiers }

    /// What the field is compared with: `20`.
    static func value(_ test: FieldTest) -> String { parts(test.test).value }

    private static func parts(_ test: ValueTest) -> (modifiers: String, value: String) {
        switch test {
        case .like(let pattern, let cased): (cased ? "|cased" : "", text(pattern))
        case .equalsNumber(let number): ("", NumberText.shortest(number))
        case .equalsBoolean(let value): ("", value ? "true" : "false")
        case .matches(let expression): ("|re", expression.pattern)
        case .absent: ("", "null")
        case .exists(let value): ("|exists", value ? "true" : "false")
        case .compareNumber(let comparison, let number): ("|\(comparison.rawValue)", NumberText.shortest(number))
        case .compareInstant(let comparison, let instant): ("|\(comparison.rawValue)", InstantText.utc(instant))
        case .equalsField(let field, _): ("|fieldref", field)
        case .likeField(let field, let affix, _): ("|\(name(affix))|fieldref", field)
        case .compareField(let comparison, let field): ("|\(comparison.rawValue)|fieldref", field)
        case .calendar(let component, let inner):
            ("|\(component.rawValue)" + parts(inner).modifiers, parts(inner).value)
        case .withinKilometers(let latitude, let longitude, let distance):
            (
                "|within_km",
                "[\([latitude, longitude, distance].map { NumberText.shortest($0) }.joined(separator: ", "))]"
            )
        }
    }

    private static func name(_ affix: ValueTest.Affix) -> String {
        switch affix {
        case .contains: "contains"
        case .prefix: "startswith"
        case .suffix: "endswith"
        }
    }

    private static func text(_ pattern: WildcardPattern) -> String {
        pattern.pieces.isEmpty
            ? "''"
            : pattern.pieces.map { piece in
                switch piece {
                case .literal(let text): text
                case .any: "*"
                case .one: "?"
                }
            }.joined()
    }
}
