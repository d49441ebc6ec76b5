import Diagnostics
import Events

/// Reads rules: the keys around `detection:` or `correlation:`, and then those.
struct RuleReader {
    /// The keys of every rule.
    static let keys = [
        "title", "id", "name", "status", "description", "references", "author", "date", "modified", "tags", "level",
        "fields", "falsepositives", "related", "taxonomy", "license", "scope", "custom_attributes", "logsource",
        "simulation", "regression_tests_path", "generate",
        "detection", "correlation", "runbook", "group-by", "for", "keep_firing_for", "cooldown", "limit",
        "untested",
    ]

    let detections: DetectionCompiler
    /// The ids of the ceasefires.
    let ceasefires: [String]

    /// The rules of all files, and the names by which they can be referred to.
    func read(_ nodes: [Node], _ scope: Scope) -> (rules: [Rule], names: RuleNames) {
        let known = RuleReader.keys + DocumentKind.all.map(\.key)
        let declarations = nodes.compactMap { node in
            Section(node, "a rule", keys: known, scope).map { RuleDeclaration($0, node, scope) }
        }
        let names = RuleNames(declarations)
        var links = RuleLinks(count: declarations.count)
        var rules = declarations.enumerated().map { index, declaration in
            rule(declaration, body(declaration, index, names, &links))
        }
        links.reportCycles(declarations)
        for index in rules.indices { rules[index].raisesAlerts = links.raisesAlerts(index) }
        return (rules, names)
    }

    /// What the rule looks for. Where it cannot be read there is a diagnostic, and nothing is ever evaluated.
    private func body(
        _ declaration: RuleDeclaration, _ index: Int, _ names: RuleNames, _ links: inout RuleLinks
    ) -> Rule.Body {
        let section = declaration.section
        let nothing = Rule.Body.detection(.any([]))
        switch (section["detection"], section["correlation"]) {
        case (let detection?, nil):
            section.refuse(["generate"], because: "only correlations have rules whose alerts they could keep")
            return detections.detection(
                detection, section.scope.within("detection"), hasConditionOutside: declaration.node["condition"] != nil
            ).map { .detection($0) } ?? nothing
        case (nil, let correlation?):
            section.refuse(["group-by"], because: "the groups of a correlation stand within 'correlation'")
            let generates = section.boolean("generate") ?? false
            let reader = CorrelationReader(
                names: names, ceasefires: ceasefires, index: index, generates: generates)
            return reader.read(correlation, section.scope.within("correlation"), &links).map { .correlation($0) }
                ?? nothing
        case (_?, _?):
            section.refuse(["correlation"], because: "a rule has a detection or a correlation, not both")
        case (nil, nil):
            section.needs(oneOf: ["detection", "correlation"])
        }
        return nothing
    }

    private func rule(_ declaration: RuleDeclaration, _ body: Rule.Body) -> Rule {
        let section = declaration.section
        RuleMetadata.check(section)
        let level: Level? = section.choice("level", .unknownLevel)
        var options = Rule.Options()
        options.for = section.timespan("for") ?? .zero
        options.keepFiringFor = section.timespan("keep_firing_for") ?? .zero
        options.cooldown = section.timespan("cooldown") ?? .zero
        options.limit = section.whole("limit", atLeast: 0) ?? options.limit
        var rule = Rule(
            name: declaration.name, title: declaration.title ?? declaration.name, level: level ?? .medium,
            description: section.text("description"), tags: section.texts("tags"), runbook: section.text("runbook"),
            body: body, groupBy: section["correlation"] == nil ? section.texts("group-by") : [], options: options,
            raisesAlerts: true, location: section.location)
        rule.isLevelGiven = level != nil
        rule.acceptedGaps = AcceptedGap.read(section)
        rule.node = declaration.node
        return rule
    }
}

extension AcceptedGap {
    /// Reads `untested:`, the reasons for what tests leave out.
    static func read(_ section: Section) -> [AcceptedGap] {
        guard let node = section["untested"] else { return [] }
        let scope = section.scope.within("untested")
        return (node.items ?? [node]).compactMap { item in
            guard let section = Section(item, "a gap of the tests", keys: ["what", "reason"], scope) else { return nil }
            let (what, reason) = (section.requiredText("what"), section.requiredText("reason"))
            guard let what, let reason, let place = section["what"]?.location else { return nil }
            return AcceptedGap(what: WildcardPattern(name: what), reason: reason, location: place)
        }
    }
}

/// The keys of Sigma that say something about a rule without changing what it does: they must be of the right kind.
private enum RuleMetadata {
    private enum Status: String, CaseIterable { case stable, test, experimental, deprecated, unsupported }

    static func check(_ section: Section) {
        let _: Status? = section.choice("status")
        for key in ["author", "taxonomy", "license"] { _ = section.text(key) }
        for key in ["references", "fields", "falsepositives", "scope"] { _ = section.texts(key) }
        for key in ["date", "modified"] { checkDate(key, section) }
        if let node = section["logsource"], node.entries == nil {
            section.scope.error(
                .wrongType, "'logsource' is a mapping, not \(node.description)", at: node.location)
        }
        for item in section["related"].map({ $0.items ?? [$0] }) ?? [] {
            let related = Section(item, "a related rule", keys: ["id", "type"], section.scope.within("related"))
            _ = related?.requiredText("id")
            _ = related?.requiredText("type")
        }
    }

    private static func checkDate(_ key: String, _ section: Section) {
        guard let text = section.text(key), let node = section[key] else { return }
        if TimeText.read(text, in: .utc)?.isBareDate == true { return }
        section.scope.error(
            .invalidValue, "'\(text)' is not a date", at: node.location, help: ["write such as 2024-05-31"])
    }
}

/// A rule's names and keys, before what it looks for is read.
struct RuleDeclaration {
    let section: Section
    /// The document, without what is of other kinds.
    let node: Node
    let title: String?
    /// The name in output: `id`, else `name`, else `title`.
    let name: String
    /// The names by which correlations may refer to it: `id` and `name`; its title where it has neither.
    let references: [String]

    init(_ section: Section, _ node: Node, _ scope: Scope) {
        self.node = node
        let given = [section.text("id"), section.text("name")].compactMap { $0 }
        title = section.requiredText("title")
        name = given.first ?? title ?? "?"
        references = given.isEmpty ? title.map { [$0] } ?? [] : given
        self.section = section.moved(to: scope.within("rule '\(name)'"))
    }
}

/// Finds rules by name.
struct RuleNames {
    /// The rule of each name.
    private(set) var indices: [String: RuleReference] = [:]

    /// Takes up the names, and says which ones two rules share.
    init(_ declarations: [RuleDeclaration]) {
        for (index, declaration) in declarations.enumerated() {
            for name in declaration.references {
                if let other = indices[name], other != index {
                    let first = declarations[other].section.location
                    declaration.section.scope.error(
                        .duplicateRule, "the name '\(name)' is already that of the rule at \(first.file):\(first.line)",
                        at: place(of: name, declaration.section))
                } else {
                    indices[name] = index
                }
            }
        }
    }

    /// The rule that a node names; nil (and a diagnostic) where there is none.
    func rule(_ node: Node, _ scope: Scope) -> RuleReference? {
        scope.text(node, "rules").flatMap { rule($0, at: node.location, scope) }
    }

    /// The rule of a name; nil (and a diagnostic) where there is none.
    func rule(_ name: String, at location: Location, _ scope: Scope) -> RuleReference? {
        if let index = indices[name] { return index }
        scope.error(
            .unknownRule, "there is no rule '\(name)'", at: location,
            help: Suggestion.help(for: name, amongKeysOf: indices),
            fix: Suggestion.fix(for: name, at: location, among: indices.keys.sorted(), isClosed: false))
        return nil
    }

    private func place(of name: String, _ section: Section) -> Location {
        let node = ["id", "name", "title"].compactMap { section[$0] }.first { $0.scalar?.text == name }
        return node?.location ?? section.location
    }
}

/// Which correlations refer to which rules.
struct RuleLinks {
    private var references: [[RuleReference]]
    private var isReferred: [Bool]
    private var isGenerating: [Bool]

    init(count: Int) {
        references = Array(repeating: [], count: count)
        isReferred = Array(repeating: false, count: count)
        isGenerating = Array(repeating: false, count: count)
    }

    /// Notes that a correlation refers to rules, and whether these alert all the same.
    mutating func add(from index: Int, to rules: [RuleReference], generate: Bool) {
        references[index] = rules
        for rule in rules {
            isReferred[rule] = true
            isGenerating[rule] = isGenerating[rule] || generate
        }
    }

    /// A rule that correlations refer to (in `rules` or in `after`) alerts only if one of them says `generate: true`.
    func raisesAlerts(_ index: Int) -> Bool { !isReferred[index] || isGenerating[index] }

    /// Says which correlations depend on themselves.
    func reportCycles(_ declarations: [RuleDeclaration]) {
        for cycle in DependencyCycles.find(in: references) {
            let path = DependencyCycles.describe(cycle, by: " -> ") { declarations[$0].name }
            let section = declarations[cycle[0]].section
            section.scope.error(
                .correlationCycle, "a correlation cannot depend on itself: \(path)", at: section.location)
        }
    }
}
