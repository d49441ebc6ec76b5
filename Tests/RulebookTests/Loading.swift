import Diagnostics
import Events

@testable import Rulebook

/// Loads one file of a rule book.
func load(_ text: String, file: String = "rules.yml") -> (rulebook: Rulebook?, diagnostics: [Diagnostic]) {
    Rulebook.load([RulebookSource(file: file, bytes: Array(text.utf8))])
}

/// What is wrong with a file, as `line:column id`.
func findings(_ text: String) -> [String] {
    load(text).diagnostics.map { "\($0.location.line):\($0.location.column) \($0.id)" }
}

extension Condition {
    /// The condition in one line, for comparisons.
    var sketch: String {
        switch self {
        case .test(let test): "\(test.field) \(test.test.sketch)"
        case .all(let parts): "(" + parts.map(\.sketch).joined(separator: " & ") + ")"
        case .any(let parts): "(" + parts.map(\.sketch).joined(separator: " | ") + ")"
        case .not(let part): "!" + part.sketch
        }
    }
}

extension ValueTest {
    /// The test in one line, for comparisons.
    var sketch: String {
        switch self {
        case .like(let pattern, let cased): (cased ? "like cased " : "like ") + pattern.sketch
        case .equalsNumber(let number): "= \(number)"
        case .equalsBoolean(let value): "= \(value)"
        case .matches(let expression): "matches /\(expression.pattern)/\(expression.options.rawValue)"
        case .absent: "absent"
        case .exists(let value): "exists \(value)"
        case .compareNumber(let comparison, let number): "\(comparison.rawValue) \(number)"
        case .compareInstant(let comparison, let instant): "\(comparison.rawValue) @\(instant.milliseconds)"
        case .equalsField(let field, let cased): "= field \(field)\(cased ? " cased" : "")"
        case .likeField(let field, let affix, let cased): "\(affix) field \(field)\(cased ? " cased" : "")"
        case .compareField(let comparison, let field): "\(comparison.rawValue) field \(field)"
        case .calendar(let component, let test): "\(component.rawValue) \(test.sketch)"
        case .withinKilometers(let latitude, let longitude, let distance):
            "within \(latitude),\(longitude),\(distance)"
        }
    }
}

extension WildcardPattern {
    /// The pattern in one line, for comparisons.
    var sketch: String {
        "'"
            + pieces.map { piece in
                switch piece {
                case .literal(let text): "[\(text)]"
                case .any: "*"
                case .one: "?"
                }
            }.joined() + "'"
    }
}
