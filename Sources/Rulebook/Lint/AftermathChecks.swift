import Diagnostics

extension LintCheck {
    /// Matchers of silences and inhibitions that no alert passes, since no rule has such alerts.
    static let matchers = LintCheck { subject in
        let alerts = AlertKinds(subject.rulebook)
        for silence in subject.rulebook.silences {
            _ = alerts.passing(silence.matchers, subject.scope.within("silence"))
        }
        for inhibition in subject.rulebook.inhibitions {
            let scope = subject.scope.within("inhibit")
            let sources = alerts.passing(inhibition.source, scope.within("source"))
            let targets = alerts.passing(inhibition.target, scope.within("target"))
            guard let sources, let targets else { continue }
            for case .group(let field) in inhibition.equal {
                let lacking = sources.contains { $0.fields.contains(field) } ? targets : sources
                guard !lacking.contains(where: { $0.fields.contains(field) }) else { continue }
                let items = inhibition.node?["equal"].map { $0.items ?? [$0] } ?? []
                let place = items.first { $0.scalar?.text == field }?.location ?? inhibition.location
                alerts.report(field, asked: lacking, at: place, scope.within("equal"))
            }
        }
    }

    /// Risks of an entity that no alert has which counts for them.
    static let entities = LintCheck { subject in
        let rules = subject.rulebook.rules
        for risk in subject.rulebook.risks {
            let scope = subject.scope.within("risk '\(risk.name)'")
            func isTold(_ rule: Rule) -> Bool {
                if risk.entity == "ceasefire", !subject.rulebook.ceasefires.isEmpty { return true }
                return rule.groupFields.contains(risk.entity)
            }
            let counting = zip(rules, risk.points).filter { $1 > 0 }.map(\.0)
            guard counting.contains(where: isTold) else {
                let fields = Set(counting.flatMap(\.groupFields)).sorted()
                scope.warning(
                    .entityOfNoAlert, "no alert that counts has a '\(risk.entity)' in its group",
                    at: risk.node?["entity"]?.location ?? risk.location,
                    help: AlertKinds.help(for: risk.entity, among: fields))
                continue
            }
            for entry in risk.node?["points"]?.entries ?? [] {
                guard let rule = counting.first(where: { $0.isNamed(entry.name) }), !isTold(rule) else { continue }
                scope.within("points").warning(
                    .entityOfNoAlert,
                    "'\(entry.name)' never counts: its alerts have no '\(risk.entity)' in their group",
                    at: entry.key.location, help: AlertKinds.help(for: risk.entity, among: rule.groupFields))
            }
        }
    }
}

/// What alerts there can be: of each rule that raises any, and of each threshold of a risk.
private struct AlertKinds {
    struct Kind {
        var name: String
        var level: Level
        var tags: [String]
        /// The fields of the group.
        var fields: [String]

        /// Whether its alerts pass a matcher, as far as that does not depend on their group.
        func passes(_ matcher: AlertMatcher) -> Bool {
            switch matcher.property {
            case .rule: matcher.passes([name])
            case .level: matcher.passes([level.rawValue])
            case .tags: matcher.passes(tags)
            case .group: true
            }
        }
    }

    private let all: [Kind]

    init(_ rulebook: Rulebook) {
        let ofRules = rulebook.rules.filter(\.raisesAlerts).map {
            Kind(name: $0.name, level: $0.level, tags: $0.tags, fields: $0.groupFields)
        }
        let ofRisks = rulebook.risks.flatMap { risk in
            risk.thresholds.map { Kind(name: risk.name, level: $0.level, tags: risk.tags, fields: [risk.entity]) }
        }
        all = ofRules + ofRisks
    }

    /// The alerts that may pass some matchers; nil (and a finding) where there are none.
    func passing(_ matchers: [AlertMatcher], _ scope: Scope) -> [Kind]? {
        let passing = all.filter { kind in matchers.allSatisfy { kind.passes($0) } }
        if passing.isEmpty, let first = matchers.first {
            let blocked = matchers.first { matcher in !all.contains { $0.passes(matcher) } }
            scope.warning(
                .matcherOfNoAlert,
                blocked == nil ? "no alert passes all of these matchers" : "no alert passes this matcher",
                at: (blocked ?? first).location, help: ["compare it with the rules, levels and tags of the rule book"])
            return nil
        }
        for matcher in matchers {
            guard case .group(let field) = matcher.property, !passing.contains(where: { $0.fields.contains(field) })
            else { continue }
            report(field, asked: passing, at: matcher.location, scope)
        }
        return passing
    }

    /// Says that none of some alerts has a field.
    func report(_ field: String, asked kinds: [Kind], at place: Location, _ scope: Scope) {
        let names = Set(kinds.map(\.name)).sorted()
        let what =
            names.count == 1
            ? "the alerts of '\(names[0])' have no '\(field)' in their group"
            : "no alert that is meant here has a '\(field)' in its group"
        scope.warning(
            .matcherOfNoGroup, what, at: place,
            help: AlertKinds.help(for: field, among: Set(kinds.flatMap(\.fields)).sorted()))
    }

    /// What may have been meant.
    static func help(for field: String, among fields: [String]) -> [String] {
        let nearest = Suggestion.help(for: field, among: fields)
        if !nearest.isEmpty { return nearest }
        if fields.isEmpty { return ["give the rules 'group-by: [\(field)]'"] }
        return ["the groups are by \(fields.map { "'\($0)'" }.joined(separator: ", "))"]
    }
}

extension Rule {
    /// Whether a name refers to it.
    fileprivate func isNamed(_ name: String) -> Bool {
        ([self.name, title] + [node?["id"], node?["name"]].compactMap { $0?.scalar?.text }).contains(name)
    }
}
