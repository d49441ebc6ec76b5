import Diagnostics

/// The aliases of a correlation: names for what is in one field by one rule and in another field by another.
struct CorrelationAliases {
    /// The field of each rule, by alias.
    private var fields: [String: [String]] = [:]
    private var places: [(name: String, place: Location)] = []

    /// Reads `aliases:` for rules in the order of the correlation; one for each of them is needed where they are all known.
    init(_ section: Section, rules: [RuleReference], isComplete: Bool, _ names: RuleNames) {
        guard let node = section["aliases"] else { return }
        let scope = section.scope.within("aliases")
        guard let entries = node.entries else {
            scope.error(
                .wrongType, "'aliases' is a mapping of names to rules and fields, not \(node.description)",
                at: node.location)
            return
        }
        for entry in entries {
            places.append((entry.name, entry.key.location))
            let byRule = CorrelationAliases.byRule(entry, rules: Set(rules), names, scope)
            if isComplete, rules.contains(where: { byRule[$0] == nil }) {
                scope.error(
                    .missingAlias, "'\(entry.name)' does not name a field of every rule", at: entry.key.location,
                    help: ["name one for each of 'rules', and of 'after' where there is one"])
            }
            fields[entry.name] = rules.map { byRule[$0] ?? entry.name }
        }
    }

    /// The names of all aliases.
    var names: Set<String> { Set(fields.keys) }

    /// The fields of `group-by`, and a warning for each alias that is not among them.
    func groupFields(_ section: Section) -> [Correlation.GroupField] {
        let group = section.texts("group-by")
        let used = Set(group)
        for alias in places where !used.contains(alias.name) {
            section.scope.within("aliases").warning(
                .unusedAlias, "'group-by' does not use '\(alias.name)'", at: alias.place)
        }
        return group.map { Correlation.GroupField(name: $0, fieldByRule: fields[$0]) }
    }

    private static func byRule(
        _ entry: Node.Entry, rules: Set<RuleReference>, _ names: RuleNames, _ scope: Scope
    ) -> [RuleReference: String] {
        guard let entries = entry.value.entries else {
            scope.error(
                .wrongType, "an alias is a mapping of rules to fields, not \(entry.value.description)",
                at: entry.value.location)
            return [:]
        }
        var fields: [RuleReference: String] = [:]
        for entry in entries {
            guard let rule = names.rule(entry.key, scope) else { continue }
            if !rules.contains(rule) {
                scope.error(
                    .unknownRule, "'\(entry.name)' is not one of the correlation's rules", at: entry.key.location)
            }
            fields[rule] = scope.text(entry.value, "field")
        }
        return fields
    }
}
