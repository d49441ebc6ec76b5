import Diagnostics
import Events

/// Reads `risk:`.
struct RiskReader {
    static let keys = [
        "title", "id", "name", "description", "tags", "runbook", "level", "entity", "half_life", "points", "thresholds",
        "limit", "untested",
    ]

    let rules: [Rule]
    let names: RuleNames

    /// The risks of all files.
    func read(_ nodes: [Node], _ scope: Scope) -> [Risk] {
        var places: [String: Location] = [:]
        return nodes.compactMap { node in
            guard let opened = Section(node, "a risk", keys: RiskReader.keys, scope) else { return nil }
            let title = opened.requiredText("title")
            guard let name = opened.text("id") ?? opened.text("name") ?? title else { return nil }
            let section = opened.moved(to: scope.within("risk '\(name)'"))
            let place = (section["id"] ?? section["name"] ?? section["title"])?.location ?? section.location
            let first = places[name] ?? names.indices[name].map { rules[$0].location }
            if let first {
                section.scope.error(
                    .duplicateRule, "the name '\(name)' is already taken at \(first.file):\(first.line)", at: place)
            }
            places[name] = places[name] ?? place
            var risk = risk(name, title ?? name, section)
            risk?.node = node
            return risk
        }
    }

    private func risk(_ name: String, _ title: String, _ section: Section) -> Risk? {
        let level: Level = section.choice("level", .unknownLevel) ?? .medium
        let entity = section.requiredText("entity")
        let halfLife = section.requiredTimespan("half_life")
        let points = section.required("points").flatMap { self.points($0, section.scope.within("points")) }
        let thresholds = section.required("thresholds")
            .flatMap { self.thresholds($0, level, section.scope.within("thresholds")) }
        let limit = section.whole("limit", atLeast: 0) ?? 10
        let (description, tags, runbook) = (section.text("description"), section.texts("tags"), section.text("runbook"))
        let gaps = AcceptedGap.read(section)
        guard let entity, let halfLife, let points, let thresholds else { return nil }
        var byRule = [Double](repeating: 0, count: rules.count)
        for given in points { for rule in given.rules { byRule[rule] = given.number } }
        var risk = Risk(
            name: name, title: title, description: description, tags: tags, runbook: runbook, entity: entity,
            halfLife: halfLife, points: byRule, thresholds: thresholds, limit: limit, location: section.location)
        risk.givenPoints = points
        risk.acceptedGaps = gaps
        return risk
    }

    // MARK: Points

    /// Who gets which points: a rule those of its name, else those of its level.
    private func points(_ node: Node, _ scope: Scope) -> [Risk.Points]? {
        guard let entries = node.entries, !entries.isEmpty else {
            scope.error(
                .wrongType, "'points' is a mapping of levels or rules to numbers, not \(node.description)",
                at: node.location, help: ["write such as {high: 4, critical: 8}"])
            return nil
        }
        var named: Set<RuleReference> = []
        var given: [(name: String, number: Double, level: Level?, rule: RuleReference?)] = []
        for entry in entries {
            let number = positive(entry.value, entry.name, scope) ?? 0
            if let level = Level(rawValue: entry.name) {
                given.append((entry.name, number, level, nil))
            } else if let rule = rule(entry.name, at: entry.key.location, scope) {
                given.append((entry.name, number, nil, rule))
                named.insert(rule)
            }
        }
        let alerting = rules.indices.filter { rules[$0].raisesAlerts }
        return given.map { name, number, level, rule in
            let ofLevel = alerting.filter { rules[$0].level == level && !named.contains($0) }
            return Risk.Points(name: name, number: number, rules: rule.map { [$0] } ?? ofLevel)
        }
    }

    // Bounds that nobody needs to pass, within which no score overflows and no end of an alert lies beyond all time.
    private static let greatestPoints = 1e9
    private static let smallestThreshold = 1e-6

    private func positive(_ node: Node, _ what: String, _ scope: Scope) -> Double? {
        guard let number = scope.number(node, what) else { return nil }
        if number >= 0, number <= RiskReader.greatestPoints { return number }
        scope.error(
            .invalidValue, "'\(what)' must lie between 0 and a billion: an alert lowers no risk", at: node.location)
        return nil
    }

    private func rule(_ name: String, at place: Location, _ scope: Scope) -> RuleReference? {
        guard let rule = names.indices[name] else {
            let levels = Level.allCases.map(\.rawValue)
            scope.error(
                .unknownRule, "'\(name)' is neither a level nor a rule", at: place,
                help: Suggestion.help(for: name, among: names.indices.keys.sorted() + levels))
            return nil
        }
        if rules[rule].raisesAlerts { return rule }
        scope.error(
            .ruleWithoutAlerts, "'\(name)' raises no alerts of its own, since correlations refer to it", at: place,
            help: ["give one of those correlations 'generate: true', or take points for that correlation"])
        return nil
    }

    // MARK: Thresholds

    private func thresholds(_ node: Node, _ level: Level, _ scope: Scope) -> [Risk.Threshold]? {
        guard let entries = node.entries, !entries.isEmpty else {
            scope.error(
                .wrongType, "'thresholds' is a mapping of names to scores, not \(node.description)", at: node.location,
                help: ["write such as {strained: 10, collapsing: {score: 25, level: critical}}"])
            return nil
        }
        return entries.compactMap { threshold($0, level, scope) }
    }

    private func threshold(_ entry: Node.Entry, _ level: Level, _ scope: Scope) -> Risk.Threshold? {
        var score = entry.value
        var ownLevel: Level?
        if entry.value.entries != nil {
            guard let section = Section(entry.value, "a threshold", keys: ["score", "level"], scope) else { return nil }
            ownLevel = section.choice("level", .unknownLevel)
            guard let node = section.required("score") else { return nil }
            score = node
        }
        guard let number = scope.number(score, entry.name) else { return nil }
        guard number >= RiskReader.smallestThreshold, number <= RiskReader.greatestPoints else {
            scope.error(
                .invalidValue, "a threshold must lie between a millionth and a billion; a score never falls to 0",
                at: score.location)
            return nil
        }
        return Risk.Threshold(name: entry.name, score: number, level: ownLevel ?? level)
    }
}
