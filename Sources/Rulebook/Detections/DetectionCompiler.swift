import Diagnostics
import Events

/// Lowers what users write in `detection:`, `area:` and `prohibits:` to conditions.
struct DetectionCompiler {
    /// How many tests a condition may have once its selections are put in: `all of them` can name each many times.
    private static let testLimit = 100_000

    let values: ValueCompiler

    init(lists: [String: [Node]], timeZone: TimeZoneRules) {
        values = ValueCompiler(placeholders: Placeholders(lists: lists), timeZone: timeZone)
    }

    /// A whole detection: named selections and a condition. That it has none is no news where one stands outside of it.
    func detection(_ node: Node, _ scope: Scope, hasConditionOutside: Bool = false) -> Condition? {
        guard let entries = node.entries else {
            scope.error(.wrongType, "a detection is a mapping, not \(node.description)", at: node.location)
            return nil
        }
        let reserved: Set<String> = ["condition", "timeframe"]
        let selections = entries.filter { !reserved.contains($0.name) }
        let compiled = selections.compactMap { entry in
            selection(entry.value, named: entry.name, scope.within("selection '\(entry.name)'"))
                .map { NamedSelection(name: entry.name, condition: $0) }
        }
        if let timeframe = entries.first(where: { $0.name == "timeframe" }) {
            scope.error(
                .unsupported, "'timeframe' of the old Sigma is not supported", at: timeframe.key.location,
                help: ["write a rule with 'correlation' and 'timespan'"])
        }
        guard let condition = node["condition"], !condition.isNull else {
            if !hasConditionOutside {
                scope.error(
                    .missingKey, "a detection needs 'condition'", at: entries.first?.key.location ?? node.location,
                    help: [DetectionCompiler.help(for: selections)])
            }
            return nil
        }
        // With a selection that does not compile, the condition's complaints about it would only follow from that.
        guard compiled.count == selections.count else { return nil }
        return join(condition, selections, compiled, scope)
    }

    /// What is lacking where there is no condition: the name of a selection, or a selection around the fields.
    private static func help(for selections: [Node.Entry]) -> String {
        let field = selections.first { entry in
            let name = entry.name.split(separator: "|").first.map(String.init) ?? ""
            return entry.value.entries == nil && CanonicalField.all.union(CanonicalField.derived).contains(name)
        }
        guard let field else { return "write such as condition: \(selections.first?.name ?? "selection")" }
        return "'\(field.name)' is a field: write such as selection: {\(field.name): ...} and condition: selection"
    }

    private func join(
        _ node: Node, _ entries: [Node.Entry], _ selections: [NamedSelection], _ scope: Scope
    ) -> Condition? {
        var names = SelectionNames(selections, testLimit: DetectionCompiler.testLimit)
        let conditions = scope.texts(node, "condition").map { text, node in
            ConditionParser.parse(text, node, &names, scope.within("condition"))
        }
        let readable = conditions.compactMap { $0 }
        guard !readable.isEmpty, readable.count == conditions.count else {
            if node.items?.isEmpty == true { scope.error(.emptyList, "there is no condition", at: node.location) }
            return nil
        }
        for entry in entries where !names.used.contains(entry.name) {
            scope.warning(
                .unusedSelection, "the condition does not use '\(entry.name)'", at: entry.key.location)
        }
        return .any(merging: readable)
    }

    /// One selection: a mapping (and), a list of mappings or keywords (or), or a keyword.
    func selection(_ node: Node, named name: String, _ scope: Scope) -> Condition? {
        switch node.content {
        case .mapping: return fields(node, name, scope)
        case .scalar: return keywords([node], FieldModifiers(), name, scope)
        case .sequence(let items):
            if items.isEmpty {
                scope.error(.emptyList, "the selection is empty and can match nothing", at: node.location)
                return nil
            }
            let conditions = items.map { item -> Condition? in
                if item.items == nil { return selection(item, named: name, scope) }
                scope.error(.wrongType, "a mapping or a keyword is expected, not a list", at: item.location)
                return nil
            }
            let readable = conditions.compactMap { $0 }
            return readable.count == conditions.count ? .any(merging: readable) : nil
        }
    }

    private func fields(_ node: Node, _ name: String, _ scope: Scope) -> Condition? {
        let entries = node.entries ?? []
        if entries.isEmpty {
            scope.error(.emptyList, "the selection is empty and would match everything", at: node.location)
            return nil
        }
        let conditions = entries.map { entry -> Condition? in
            guard let key = FieldKey(entry.key, scope) else { return nil }
            if key.field.isEmpty {
                return keywords(entry.value.items ?? [entry.value], key.modifiers, name, scope)
            }
            return values.condition(key.field, key.modifiers, entry, selection: name, scope)
        }
        let readable = conditions.compactMap { $0 }
        return readable.count == conditions.count ? .all(merging: readable) : nil
    }

    /// Texts that are looked for in every field.
    private func keywords(
        _ nodes: [Node], _ modifiers: FieldModifiers, _ name: String, _ scope: Scope
    ) -> Condition? {
        var modifiers = modifiers
        switch modifiers.operation {
        case .equals where modifiers.calendar == nil && !modifiers.isFieldReference:
            modifiers.operation = .affix(.contains)
        case .affix, .expression: break
        default:
            let place = nodes.first?.location ?? Location(file: "")
            scope.error(.modifierConflict, "such a modifier needs a field before it", at: place)
            return nil
        }
        let conditions = nodes.map { node -> Condition? in
            var single = modifiers
            single.isNegated = false
            return values.condition("*", single, Node.Entry(key: node, value: node), selection: name, scope)
        }
        let readable = conditions.compactMap { $0 }
        guard readable.count == conditions.count, !readable.isEmpty else { return nil }
        let joined: Condition = modifiers.isAll ? .all(merging: readable) : .any(merging: readable)
        return modifiers.isNegated ? .not(joined) : joined
    }
}

extension Condition {
    /// All of some conditions; one alone is itself.
    static func all(merging conditions: [Condition]) -> Condition {
        conditions.count == 1 ? conditions[0] : .all(conditions)
    }

    /// Any of some conditions; one alone is itself.
    static func any(merging conditions: [Condition]) -> Condition {
        conditions.count == 1 ? conditions[0] : .any(conditions)
    }

    /// Its tests, in the order of writing.
    var tests: [FieldTest] {
        switch self {
        case .test(let test): [test]
        case .all(let parts), .any(let parts): parts.flatMap(\.tests)
        case .not(let part): part.tests
        }
    }
}
