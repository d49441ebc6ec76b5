import Diagnostics
import Events

/// Reads `tests:`.
///
/// What is wrong with a test is an error of that test alone: the rule book loads, and the test fails.
struct TestReader {
    static let keys = [
        "name", "description", "rules", "events", "expect", "expect_none", "arrive", "lateness", "horizon", "until",
        "profile",
    ]

    let rulebook: Rulebook
    let timeZone: TimeZoneRules

    /// The tests of all files.
    func read(_ nodes: [Node], _ scope: Scope) -> [RuleTest] {
        var places: [String: Location] = [:]
        return nodes.compactMap { node in
            let errors = scope.sink.errorCount
            guard let section = Section(node, "a test", keys: TestReader.keys, scope),
                let name = section.requiredText("name"), let place = section["name"]?.location
            else { return broken("?", at: node.location) }
            if let first = places[name] {
                scope.error(.duplicateTest, "the test '\(name)' is already at \(first.file):\(first.line)", at: place)
            }
            places[name] = places[name] ?? place
            var test = read(name, section.moved(to: scope.within("test '\(name)'")), at: place)
            test.isBroken = scope.sink.errorCount > errors
            return test
        }
    }

    private func broken(_ name: String, at place: Location) -> RuleTest {
        var test = RuleTest(name: name, rules: [], location: place)
        test.isBroken = true
        return test
    }

    private func read(_ name: String, _ section: Section, at place: Location) -> RuleTest {
        let names = TestedRules(rulebook: rulebook)
        var test = RuleTest(name: name, rules: [], location: place)
        _ = section.text("description")
        test.lateness = section.timespan("lateness") ?? .zero
        test.horizon = section.timespan("horizon") ?? .unlimited
        test.until = section.instant("until", timeZone)
        if let profile = profile(section) { test.profile = profile }
        let events = TestEventReader(profile: test.profile, rulebook: rulebook, timeZone: timeZone)
        test.events = section.required("events").map { events.read($0, section.scope.within("events")) } ?? []
        let alerts = ExpectationReader(names: names, timeZone: timeZone)
        test.expected = section["expect"].map { alerts.read($0, "expect", section.scope) } ?? []
        let none = section["expect_none"].map { names.read($0, "expect_none", section.scope) } ?? []
        test.arrivals = section["arrive"].map { arrivals($0, test.events, alerts, section.scope.within("arrive")) }
        let emitted = (test.arrivals ?? []).compactMap(\.emitted)
        test.statesStanding = section["expect"] != nil || section["expect_none"] != nil
        var sources = none.union((test.expected + emitted.joined()).map(\.source))
        if section["rules"] != nil || sources.isEmpty {
            sources.formUnion(section["rules"].map { names.read($0, "rules", section.scope) } ?? names.all)
        }
        test.rules = sources.compactMap(\.rule).sorted()
        test.risks = sources.compactMap(\.risk).sorted()
        if !test.statesStanding, emitted.isEmpty {
            section.scope.error(
                .missingKey, "the test expects nothing: it needs 'expect', 'expect_none' or 'emitted'", at: place,
                help: ["write 'expect: []' where no alert of its rules may stand"])
        }
        return test
    }

    private func profile(_ section: Section) -> Profile? {
        guard let name = section.text("profile"), let node = section["profile"] else { return nil }
        let known = rulebook.profiles + Profile.builtIn
        if let profile = known.first(where: { $0.name == name }) { return profile }
        section.scope.error(
            .invalidValue, "there is no profile '\(name)'", at: node.location,
            help: Suggestion.help(for: name, among: known.map(\.name)))
        return nil
    }

    // MARK: The order of arrival

    private func arrivals(
        _ node: Node, _ events: [RuleTest.Event], _ alerts: ExpectationReader, _ scope: Scope
    ) -> [RuleTest.Arrival] {
        guard let items = node.items else {
            scope.error(
                .wrongType, "'arrive' is a list of ids of events, not \(node.description)", at: node.location)
            return []
        }
        var left: [String: [Int]] = [:]
        for (index, event) in events.enumerated() { if let id = event.id { left[id, default: []].append(index) } }
        let ids = Set(left.keys)
        var steps: [RuleTest.Arrival] = []
        for item in items {
            if let last = steps.last, last.event == nil {
                scope.error(.invalidValue, "nothing arrives after the end", at: item.location)
            }
            guard let step = arrival(item, ids, &left, alerts, scope) else { continue }
            steps.append(step)
        }
        let missing = events.indices.filter { index in
            events[index].id.map { left[$0]?.contains(index) ?? false } ?? true
        }
        if let first = missing.first, steps.count > 0 || items.isEmpty {
            let id = events[first].id.map { "'\($0)' (line \(events[first].location.line))" } ?? "one without an id"
            scope.error(
                .missingArrival, "not every event arrives: \(id) does not", at: node.location,
                help: ["name each record once; a second mention of an id is its second record"])
        }
        return steps
    }

    private func arrival(
        _ node: Node, _ ids: Set<String>, _ left: inout [String: [Int]], _ alerts: ExpectationReader, _ scope: Scope
    ) -> RuleTest.Arrival? {
        guard node.entries != nil else {
            return scope.text(node, "arrive").flatMap { event($0, at: node.location, ids, &left, scope) }
                .map { RuleTest.Arrival(event: $0, emitted: nil, location: node.location) }
        }
        guard let section = Section(node, "an arrival", keys: ["event", "end", "emitted"], scope) else { return nil }
        let emitted = section["emitted"].map { alerts.read($0, "emitted", scope, needsStatus: true) }
        if section.boolean("end") == true {
            section.refuse(["event"], because: "the end is no event")
            return RuleTest.Arrival(event: nil, emitted: emitted, location: node.location)
        }
        guard let id = section.requiredText("event"), let place = section["event"]?.location,
            let index = event(id, at: place, ids, &left, scope)
        else { return nil }
        return RuleTest.Arrival(event: index, emitted: emitted, location: place)
    }

    private func event(
        _ id: String, at place: Location, _ ids: Set<String>, _ left: inout [String: [Int]], _ scope: Scope
    ) -> Int? {
        if let index = left[id]?.first {
            left[id]?.removeFirst()
            return index
        }
        if ids.contains(id) {
            scope.error(.missingArrival, "'\(id)' arrives more often than the test has records of it", at: place)
        } else {
            scope.error(
                .unknownEvent, "the test has no event '\(id)'", at: place,
                help: Suggestion.help(for: id, among: ids.sorted()))
        }
        return nil
    }
}

/// Finds the rules and risks that a test names.
struct TestedRules {
    let rulebook: Rulebook

    /// What raises alerts.
    var all: Set<AlertSource> { Set(rulebook.alertSources) }

    /// The rules and risks of names, wildcards among them.
    func read(_ node: Node, _ key: String, _ scope: Scope) -> Set<AlertSource> {
        var found: Set<AlertSource> = []
        if node.items?.isEmpty == true { scope.error(.emptyList, "'\(key)' names no rule", at: node.location) }
        for (name, item) in scope.texts(node, key) {
            let pattern = WildcardPattern(name: name)
            guard !pattern.isLiteral else {
                if let risk = rulebook.risks.firstIndex(where: { $0.name == name }) {
                    found.insert(.risk(risk))
                } else if let rule = rule(name, at: item.location, scope) {
                    found.insert(.rule(rule))
                }
                continue
            }
            let matcher = WildcardMatcher(pattern, cased: true)
            let matches = all.filter { matcher.matches(rulebook.name(of: $0)) }
            if matches.isEmpty {
                scope.error(.unknownRule, "'\(name)' matches no rule that raises alerts", at: item.location)
            }
            found.formUnion(matches)
        }
        return found
    }

    /// The risk of a name; nil (and a diagnostic) where there is none.
    func risk(_ name: String, at place: Location, _ scope: Scope) -> Int? {
        if let index = rulebook.risks.firstIndex(where: { $0.name == name }) { return index }
        let isRule = rulebook.rules.contains { $0.name == name }
        scope.error(
            .unknownRule, "there is no risk '\(name)'", at: place,
            help: isRule
                ? ["'\(name)' is a rule: write 'rule: \(name)'"]
                : Suggestion.help(for: name, among: rulebook.risks.map(\.name)))
        return nil
    }

    /// The rule of a name, which must raise alerts; nil (and a diagnostic) where there is none.
    func rule(_ name: String, at place: Location, _ scope: Scope) -> RuleReference? {
        guard let index = rulebook.rules.firstIndex(where: { $0.name == name }) else {
            let isRisk = rulebook.risks.contains { $0.name == name }
            scope.error(
                .unknownRule, "there is no rule '\(name)'", at: place,
                help: isRisk
                    ? ["'\(name)' is a risk: write 'risk: \(name)'"]
                    : rulebook.rules.isEmpty
                        ? ["give the file of the rule too, or put the test into it"]
                        : Suggestion.help(for: name, among: rulebook.rules.map(\.name)))
            return nil
        }
        if !rulebook.rules[index].raisesAlerts {
            let users = rulebook.rules.filter { $0.references.contains(index) }.map { "'\($0.name)'" }
            scope.error(
                .ruleWithoutAlerts,
                "'\(name)' raises no alerts of its own: \(users.joined(separator: ", ")) refers to it",
                at: place, help: ["test a rule that refers to it, or write 'generate: true' in that one's correlation"])
        }
        return index
    }
}

extension Rule {
    /// The rules that it takes its contributions from; none for a detection.
    public var references: [RuleReference] {
        guard case .correlation(let correlation) = body else { return [] }
        if case .absence(.some(let after)) = correlation.pattern { return correlation.rules + [after] }
        return correlation.rules
    }
}
