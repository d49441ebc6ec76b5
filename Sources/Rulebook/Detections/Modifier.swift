import Diagnostics
import Events

/// What the modifiers of a field say together.
struct FieldModifiers {
    /// How a value is compared.
    enum Operation {
        case equals
        case affix(ValueTest.Affix)
        case expression
        case exists
        case compare(Comparison)
        case within
    }

    var operation = Operation.equals
    var calendar: CalendarComponent?
    var expressionOptions: RegularExpression.Options = []
    var isAll = false
    var isCased = false
    var isNegated = false
    var isFieldReference = false
    var isExpanded = false
}

/// A modifier: its name, those it may stand beside, and what it does.
struct Modifier: Sendable {
    let name: String
    let partners: Set<String>
    let apply: @Sendable (inout FieldModifiers) -> Void

    private init(
        _ name: String, with partners: Set<String>, _ apply: @escaping @Sendable (inout FieldModifiers) -> Void
    ) {
        self.name = name
        self.partners = partners
        self.apply = apply
    }

    private static let affixes: Set<String> = ["contains", "startswith", "endswith"]
    private static let orders: Set<String> = ["lt", "lte", "gt", "gte"]
    private static let expressions: Set<String> = ["re", "i", "m", "s"]
    private static let calendars = Set(CalendarComponent.allCases.map(\.rawValue))

    /// The modifiers: a new one is a line here.
    static let all: [Modifier] =
        [
            Modifier("contains", with: ["all", "cased", "neq", "fieldref", "expand"]) {
                $0.operation = .affix(.contains)
            },
            Modifier("startswith", with: ["all", "cased", "neq", "fieldref", "expand"]) {
                $0.operation = .affix(.prefix)
            },
            Modifier("endswith", with: ["all", "cased", "neq", "fieldref", "expand"]) {
                $0.operation = .affix(.suffix)
            },
            Modifier("re", with: ["i", "m", "s", "all", "neq"]) { $0.operation = .expression },
            Modifier("i", with: ["re", "m", "s", "all", "neq"]) { $0.expressionOptions.insert(.caseless) },
            Modifier("m", with: ["re", "i", "s", "all", "neq"]) { $0.expressionOptions.insert(.multiline) },
            Modifier("s", with: ["re", "i", "m", "all", "neq"]) { $0.expressionOptions.insert(.dotMatchesLineEnds) },
            Modifier(
                "all",
                with: affixes.union(orders).union(expressions).union(calendars).union([
                    "cased", "neq", "fieldref", "expand",
                ])
            ) {
                $0.isAll = true
            },
            Modifier("cased", with: affixes.union(["all", "neq", "fieldref", "expand"])) { $0.isCased = true },
            Modifier("exists", with: []) { $0.operation = .exists },
            Modifier("lt", with: calendars.union(["all", "fieldref"])) { $0.operation = .compare(.less) },
            Modifier("lte", with: calendars.union(["all", "fieldref"])) { $0.operation = .compare(.lessOrEqual) },
            Modifier("gt", with: calendars.union(["all", "fieldref"])) { $0.operation = .compare(.greater) },
            Modifier("gte", with: calendars.union(["all", "fieldref"])) { $0.operation = .compare(.greaterOrEqual) },
            Modifier(
                "neq",
                with: affixes.union(expressions).union(calendars).union([
                    "all", "cased", "fieldref", "expand", "within_km",
                ])
            ) {
                $0.isNegated = true
            },
            Modifier("fieldref", with: affixes.union(orders).union(["all", "cased", "neq"])) {
                $0.isFieldReference = true
            },
            Modifier("expand", with: affixes.union(["all", "cased", "neq"])) { $0.isExpanded = true },
            Modifier("within_km", with: ["neq"]) { $0.operation = .within },
        ]
        + CalendarComponent.allCases.map { component in
            Modifier(component.rawValue, with: orders.union(["all", "neq"])) { $0.calendar = component }
        }

    /// What is written in words for some of them.
    static let inWords = [
        "greater": "gt", "more": "gt", "above": "gt", "over": "gt", "min": "gte", "atleast": "gte", "less": "lt",
        "below": "lt", "under": "lt", "max": "lte", "atmost": "lte", "not": "neq", "regex": "re",
        "begins": "startswith",
        "near": "within_km",
    ]

    private static let encoded = "an incident holds no encoded commands; write the words themselves"
    private static let decoded = "text is decoded when it is read; write the words themselves"

    /// Modifiers of Sigma that have no meaning here, and why.
    static let unsupported: [String: String] = [
        "base64": encoded, "base64offset": encoded,
        "utf16": decoded, "utf16le": decoded, "utf16be": decoded, "wide": decoded,
        "windash": "an incident holds no options of a command line",
        "cidr": "an incident holds no network addresses",
    ]
}

/// A key of a selection: `field|modifier|modifier`.
struct FieldKey {
    let field: String
    let modifiers: FieldModifiers

    private static let byName = Dictionary(uniqueKeysWithValues: Modifier.all.map { ($0.name, $0) })

    /// Reads a key; nil (and a diagnostic) where it is none.
    init?(_ key: Node, _ scope: Scope) {
        let text = key.scalar?.text ?? ""
        var pieces = text.split(separator: "|", omittingEmptySubsequences: false)
        field = pieces.isEmpty ? "" : String(pieces.removeFirst())
        var modifiers = FieldModifiers()
        var seen: [Modifier] = []
        var start = field.unicodeScalars.count + 1
        for piece in pieces {
            let length = piece.unicodeScalars.count
            let place = key.location(ofCodePoints: start..<start + length)
            start += length + 1
            guard let modifier = FieldKey.modifier(String(piece), scope, at: place) else { return nil }
            if let other = seen.first(where: { !$0.partners.contains(modifier.name) }) {
                scope.error(
                    .modifierConflict, "'\(modifier.name)' does not go together with '\(other.name)'", at: place,
                    help: ["use one of them, or a selection for each"])
                return nil
            }
            if ["i", "m", "s"].contains(modifier.name), !seen.contains(where: { $0.name == "re" }) {
                scope.error(
                    .modifierConflict, "'\(modifier.name)' stands after 're'", at: place,
                    help: ["write '\(field)|re|\(modifier.name)'"])
                return nil
            }
            seen.append(modifier)
            modifier.apply(&modifiers)
        }
        self.modifiers = modifiers
    }

    private static func modifier(_ name: String, _ scope: Scope, at place: Location) -> Modifier? {
        if let modifier = byName[name] { return modifier }
        if let reason = Modifier.unsupported[name] {
            scope.error(.unsupported, "the modifier '\(name)' is not supported: \(reason)", at: place)
        } else {
            let nearest = Suggestion.help(for: name, among: Modifier.all.map(\.name))
            let meant = Modifier.inWords[name.lowercased()].map { "did you mean '\($0)'?" }
            let all = "it is one of \(Modifier.all.map(\.name).joined(separator: ", "))"
            scope.error(
                .unknownModifier, "'\(name)' is not a modifier", at: place,
                help: meant.map { [$0] } ?? (nearest.isEmpty ? [all] : nearest),
                fix: Suggestion.fix(for: name, at: place, among: Modifier.all.map(\.name), isClosed: true))
        }
        return nil
    }
}
