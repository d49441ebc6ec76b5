import Diagnostics
import Events

/// Reads `correlation:`.
struct CorrelationReader {
    static let keys = [
        "type", "rules", "group-by", "timespan", "aliases", "condition", "generate", "window", "gap",
    ]

    let names: RuleNames
    /// The ids of the ceasefires.
    let ceasefires: [String]
    /// The rule that the correlation is of.
    let index: Int
    /// Whether `generate: true` stands beside `correlation`, where Sigma's schema has it, rather than in it.
    var generates = false

    /// The correlation; nil (and diagnostics) where it cannot be read.
    func read(_ node: Node, _ scope: Scope, _ links: inout RuleLinks) -> Correlation? {
        guard let type = type(node, scope),
            let section = Section(node, "a correlation", keys: CorrelationReader.keys + type.keys, scope)
        else { return nil }
        let lists = ruleLists(section, type)
        let rules = type.ruleKeys.flatMap { lists[$0] ?? [] }
        let after = section["after"].flatMap { names.rule($0, scope) }
        links.add(from: index, to: rules.map(\.index) + (after.map { [$0] } ?? []), generate: generate(section))
        let contributors = contributors(rules, type, scope)
        let aliases = CorrelationAliases(
            section, rules: contributors + (after.map { [$0] } ?? []), isComplete: !rules.isEmpty, names)
        let parts = CorrelationParts(
            section: section, rules: contributors, ruleLists: lists.mapValues { $0.map(\.index) }, after: after,
            aliases: aliases, ceasefires: ceasefires)
        let (window, timespan) = window(section, type)
        let reading = type.read(parts)
        guard let reading, let timespan else { return nil }
        var correlation = Correlation(
            pattern: reading.pattern, rules: contributors, groupBy: groupFields(section, type, aliases),
            timespan: timespan,
            window: window, condition: reading.condition)
        correlation.typeName = type.name
        return correlation
    }

    /// The fields that make the groups.
    private func groupFields(
        _ section: Section, _ type: CorrelationType, _ aliases: CorrelationAliases
    ) -> [Correlation.GroupField] {
        guard let fixed = type.groupField else { return aliases.groupFields(section) }
        if section["group-by"] != nil, section.texts("group-by") != [fixed] {
            section.refuse(["group-by"], because: "'\(type.name)' has one group a \(fixed)")
        }
        return [Correlation.GroupField(name: fixed, fieldByRule: nil)]
    }

    private func type(_ node: Node, _ scope: Scope) -> CorrelationType? {
        guard node.entries != nil else {
            scope.error(.wrongType, "a correlation is a mapping, not \(node.description)", at: node.location)
            return nil
        }
        guard let value = node["type"], !value.isNull else {
            scope.error(
                .missingKey, "a correlation needs 'type'", at: node.entries?.first?.key.location ?? node.location)
            return nil
        }
        guard let name = scope.text(value, "type") else { return nil }
        if let type = CorrelationType.all.first(where: { $0.name == name }) { return type }
        let names = CorrelationType.all.map(\.name)
        let nearest = Suggestion.help(for: name, among: names)
        // `count`, `sum`, `ordered`: a part of a name.
        let whole = names.filter { $0.split(separator: "_").contains { $0 == name.lowercased() } }.map { "'\($0)'" }
        let help =
            !nearest.isEmpty
            ? nearest
            : [
                whole.isEmpty
                    ? "it is one of \(names.joined(separator: ", "))"
                    : "did you mean \(whole.joined(separator: " or "))?"
            ]
        scope.error(
            .unknownCorrelationType, "'\(name)' is not a type of correlation", at: value.location, help: help,
            fix: Suggestion.fix(for: name, at: value.location, among: names, isClosed: true))
        return nil
    }

    private func generate(_ section: Section) -> Bool { section.boolean("generate") ?? generates }

    /// The rules under each of the keys of the type.
    private func ruleLists(
        _ section: Section, _ type: CorrelationType
    ) -> [String: [(index: RuleReference, node: Node)]] {
        var lists: [String: [(index: RuleReference, node: Node)]] = [:]
        let isPlain = type.ruleKeys == ["rules"]
        for key in type.ruleKeys {
            let isReplaced = !isPlain && key == type.ruleKeys.last && section[key] == nil && section["rules"] != nil
            lists[key] = rules(section, isReplaced ? "rules" : key)
        }
        if let last = type.ruleKeys.last, !isPlain, section[last] != nil {
            section.refuse(["rules"], because: "the rules of '\(type.name)' stand under '\(last)'")
        } else if type.ruleKeys.isEmpty {
            section.refuse(["rules"], because: "'\(type.name)' looks at no events")
        }
        return lists
    }

    private func rules(_ section: Section, _ key: String) -> [(index: RuleReference, node: Node)] {
        guard let node = section.required(key) else { return [] }
        if node.items?.isEmpty == true {
            section.scope.error(.emptyList, "the correlation looks at no rules", at: node.location)
        }
        return section.scope.texts(node, key).compactMap { text, node in
            names.rule(text, at: node.location, section.scope).map { ($0, node) }
        }
    }

    /// The rules without repetition; in an ordered sequence a rule may stand twice.
    private func contributors(
        _ rules: [(index: RuleReference, node: Node)], _ type: CorrelationType, _ scope: Scope
    ) -> [RuleReference] {
        if type.name == CorrelationType.temporalOrdered.name { return rules.map(\.index) }
        var seen: Set<RuleReference> = []
        return rules.compactMap { index, node in
            if seen.insert(index).inserted { return index }
            if type.ruleKeys.count == 1 {
                scope.warning(.repeatedRule, "the rule stands twice and counts once", at: node.location)
            }
            return nil
        }
    }

    private enum WindowName: String, CaseIterable { case sliding, tumbling, session }

    private func window(_ section: Section, _ type: CorrelationType) -> (Correlation.Window, Timespan?) {
        guard type.hasWindow else {
            section.refuse(["window", "gap"], because: "'\(type.name)' has a window of its own")
            if type.timespanKey != "timespan" {
                section.refuse(["timespan"], because: "the window of '\(type.name)' stands under '\(type.timespanKey)'")
            }
            return (.sliding, section.requiredTimespan(type.timespanKey))
        }
        let name: WindowName = section.choice("window") ?? .sliding
        if name == .session {
            let gap = section.requiredTimespan("gap")
            let timespan = section["timespan"] == nil ? .unlimited : section.timespan("timespan")
            return (.session(gap: gap ?? .zero), timespan)
        }
        section.refuse(["gap"], because: "only sessions have a gap")
        return (name == .tumbling ? .tumbling : .sliding, section.requiredTimespan("timespan"))
    }
}

/// What a type of correlation reads its parameters from.
struct CorrelationParts {
    let section: Section
    /// All rules whose contributions count, without repetition.
    let rules: [RuleReference]
    /// The rules under each of the keys of the type, with repetition.
    let ruleLists: [String: [RuleReference]]
    let after: RuleReference?
    let aliases: CorrelationAliases
    /// The ids of the ceasefires.
    let ceasefires: [String]

    var scope: Scope { section.scope }

    /// The condition, which must have at least one bound; further keys of it are for the type.
    func condition(_ keys: [String] = []) -> FigureCondition? {
        section.required("condition").flatMap { FigureCondition($0, keys: keys, scope.within("condition")) }
    }

    /// The condition of a figure over the values of one field, and that field.
    func conditionOnField(_ keys: [String] = []) -> (condition: FigureCondition, field: String)? {
        guard let condition = condition(["field"] + keys),
            let node = condition.section.required("field", help: "{field: fatalities, gte: 50}"),
            let field = condition.section.scope.text(node, "field")
        else { return nil }
        return checked([field], node, condition.section.scope).map { (condition, $0[0]) }
    }

    /// The field that stands beside `type` under a key; the usual one where there is one and none is given.
    func field(_ key: String, usual: String? = nil) -> String? {
        if section[key] == nil, let usual { return usual }
        guard let node = section.required(key), let field = scope.text(node, key) else { return nil }
        return checked([field], node, scope).map { $0[0] }
    }

    /// Fields whose values are measured; nil (and a diagnostic) where one is an alias.
    func checked(_ fields: [String], _ node: Node, _ scope: Scope) -> [String]? {
        guard let alias = fields.first(where: { aliases.names.contains($0) }) else { return fields }
        scope.error(
            .unsupported, "'\(alias)' is an alias; aliases are supported in 'group-by' only", at: node.location)
        return nil
    }
}

/// The bounds of a figure: `{gte: 3, field: ...}`.
struct FigureCondition {
    let section: Section
    let bounds: NumericCondition

    init?(_ node: Node, keys: [String], _ scope: Scope) {
        if node.scalar?.value == .text {
            scope.error(
                .unsupported, "conditions in words are not supported in correlations", at: node.location,
                help: ["write such as {gte: 3}"])
            return nil
        }
        if node.entries == nil {
            let number = node.scalar?.readsAsNumber == true ? node.scalar?.text : nil
            scope.error(
                .wrongType, "a condition is a mapping, not \(node.description)", at: node.location,
                help: ["write such as {gte: \(number ?? "3")}"])
            return nil
        }
        let operators = Comparison.allCases.map(\.rawValue)
        guard let section = Section(node, "a condition", keys: operators + keys, scope) else { return nil }
        self.section = section
        bounds = FigureCondition.bounds(node, scope)
        guard bounds.terms.isEmpty else { return }
        if !operators.contains(where: { section[$0] != nil }) {
            section.needs(oneOf: operators, help: "{gte: 3}")
        }
        return nil
    }

    /// The bounds in a mapping, in the order of writing.
    static func bounds(_ node: Node, _ scope: Scope) -> NumericCondition {
        NumericCondition(
            (node.entries ?? []).compactMap { entry in
                guard let comparison = Comparison(rawValue: entry.name) else { return nil }
                return scope.number(entry.value, entry.name).map { NumericCondition.Term(comparison, $0) }
            })
    }
}
