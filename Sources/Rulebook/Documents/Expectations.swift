import Diagnostics
import Events

/// Reads what a test expects: `expect:` and `emitted:`.
struct ExpectationReader {
    static let keys = [
        "rule", "risk", "threshold", "group", "onset", "end", "figure", "peak", "count", "events", "ceasefire",
        "known_at",
    ]
    static let statuses = ["firing", "updated", "resolved", "retracted"]

    let names: TestedRules
    let timeZone: TimeZoneRules

    /// The alerts of a list.
    func read(_ node: Node, _ key: String, _ scope: Scope, needsStatus: Bool = false) -> [ExpectedAlert] {
        let scope = scope.within(key)
        guard let items = node.items else {
            scope.error(.wrongType, "'\(key)' is a list of alerts, not \(node.description)", at: node.location)
            return []
        }
        return items.compactMap { alert($0, scope, needsStatus: needsStatus) }
    }

    private func alert(_ node: Node, _ scope: Scope, needsStatus: Bool) -> ExpectedAlert? {
        let keys = ExpectationReader.keys + (needsStatus ? ["status"] : [])
        guard let section = Section(node, "an expected alert", keys: keys, scope) else { return nil }
        guard let source = source(section) else { return nil }
        var alert = ExpectedAlert(source, location: section.location)
        if let risk = source.risk {
            section.refuse(["events", "ceasefire"], because: "a risk rests on alerts")
            alert.threshold = section["threshold"].flatMap { threshold($0, of: names.rulebook.risks[risk], scope) }
        } else {
            section.refuse(["threshold"], because: "only risks have thresholds by name")
        }
        if needsStatus { alert.status = status(section) }
        alert.group = section["group"].map { group($0, of: source, scope) } ?? []
        alert.onset = section.instant("onset", timeZone)
        alert.end = end(node, section)
        alert.figure = section["figure"].flatMap { figure($0, "figure", scope) }
        alert.peak = section["peak"].flatMap { figure($0, "peak", scope) }
        alert.count = section.whole("count", atLeast: 0)
        if section["events"]?.items?.isEmpty == true {
            alert.events = []
        } else if section["events"] != nil {
            alert.events = section.texts("events")
        }
        alert.ceasefire = section.text("ceasefire")
        alert.knownAt = section.instant("known_at", timeZone)
        return alert
    }

    private func source(_ section: Section) -> AlertSource? {
        if let node = section["risk"] {
            section.refuse(["rule"], because: "an alert is of a rule or of a risk")
            let name = section.scope.text(node, "risk")
            return name.flatMap { names.risk($0, at: node.location, section.scope) }.map { .risk($0) }
        }
        guard let name = section.requiredText("rule"), let place = section["rule"]?.location else { return nil }
        return names.rule(name, at: place, section.scope).map { .rule($0) }
    }

    private func threshold(_ node: Node, of risk: Risk, _ scope: Scope) -> String? {
        let known = risk.thresholds.map(\.name)
        guard let name = scope.text(node, "threshold") else { return nil }
        if known.contains(name) { return name }
        let nearest = Suggestion.help(for: name, among: known)
        scope.error(
            .invalidValue, "'\(name)' is no threshold of '\(risk.name)'", at: node.location,
            help: nearest.isEmpty ? ["it is one of \(known.joined(separator: ", "))"] : nearest)
        return nil
    }

    private func status(_ section: Section) -> String? {
        guard let word = section.requiredText("status"), let node = section["status"] else { return nil }
        if ExpectationReader.statuses.contains(word) { return word }
        let nearest = Suggestion.help(for: word, among: ExpectationReader.statuses)
        section.scope.error(
            .invalidValue, "'\(word)' is not a status", at: node.location,
            help: nearest.isEmpty ? ["it is one of \(ExpectationReader.statuses.joined(separator: ", "))"] : nearest)
        return nil
    }

    private func group(_ node: Node, of source: AlertSource, _ scope: Scope) -> [RuleTest.Event.Field] {
        let fields =
            switch source {
            case .rule(let rule): names.rulebook.rules[rule].groupFields
            case .risk(let risk): [names.rulebook.risks[risk].entity]
            }
        guard let entries = node.entries else {
            scope.error(.wrongType, "'group' is a mapping of fields, not \(node.description)", at: node.location)
            return []
        }
        return entries.compactMap { entry -> RuleTest.Event.Field? in
            guard fields.contains(entry.name) else {
                let nearest = Suggestion.help(for: entry.name, among: fields)
                let all =
                    fields.isEmpty ? "its alerts have no group" : "its groups are by \(fields.joined(separator: ", "))"
                scope.error(
                    .unknownField, "'\(entry.name)' is no field of the groups of '\(names.rulebook.name(of: source))'",
                    at: entry.key.location, help: nearest.isEmpty ? [all] : nearest)
                return nil
            }
            guard let scalar = entry.value.scalar else {
                scope.error(
                    .wrongType, "a group has a value, not \(entry.value.description)", at: entry.value.location)
                return nil
            }
            return RuleTest.Event.Field(name: entry.name, value: scalar.eventValue)
        }
    }

    /// `end: null` says that the alert still holds; a section counts a null as absent.
    private func end(_ node: Node, _ section: Section) -> ExpectedAlert.End? {
        if let value = node["end"], value.isNull { return .open }
        return section.instant("end", timeZone).map { .at($0) }
    }

    private func figure(_ node: Node, _ key: String, _ scope: Scope) -> ExpectedAlert.Figure? {
        guard node.entries != nil else { return scope.number(node, key).map { ExpectedAlert.Figure(value: $0) } }
        guard let section = Section(node, "a figure of 'rate_change'", keys: ["ratio", "p_value"], scope) else {
            return nil
        }
        return ExpectedAlert.Figure(
            value: section["ratio"].flatMap { scope.number($0, "ratio") },
            pValue: section["p_value"].flatMap { scope.number($0, "p_value") })
    }
}

extension Rule {
    /// The fields of the groups of its alerts.
    public var groupFields: [String] {
        if case .correlation(let correlation) = body { correlation.groupBy.map(\.name) } else { groupBy }
    }
}
