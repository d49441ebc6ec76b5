import Diagnostics
import Events

extension LintCheck {
    /// "A field that no profile and no event has ever had is a warning", and one that this rule book can give to no event.
    static let fields = LintCheck { subject in
        let fields = FieldUse(subject)
        for use in fields.all where !use.names.contains(use.field) {
            use.scope.warning(
                .fieldOfNoProfile, "no event and no profile has a field '\(use.field)'", at: use.location,
                help: fields.help(for: use.field, among: use.names, aliases: use.aliases),
                fix: Suggestion.fix(
                    for: use.field, at: use.location, among: CanonicalField.inOrder, isClosed: false))
        }
        for use in fields.all {
            guard let reason = fields.reasonNeverSet(use.field) else { continue }
            use.scope.warning(.fieldNeverSet, "no event gets '\(use.field)': \(reason)", at: use.location)
        }
    }
}

/// The fields that rules and ceasefires ask for, compared with those that are known.
struct FieldUse {
    /// A field, where it is asked for, and which fields are known there.
    struct Use {
        var field: String
        var location: Location
        var scope: Scope
        var names: Set<String>
        /// The aliases that may be meant.
        var aliases: [String] = []
    }

    private let rulebook: Rulebook
    /// The fields of events, the columns of sources among them.
    private let known: Set<String>
    /// Each use of a field, once a place.
    private(set) var all: [Use] = []

    init(_ subject: LintSubject) {
        rulebook = subject.rulebook
        let columns = rulebook.profiles.reduce(into: subject.knownFields) { $0.formUnion($1.columns) }
        known = CanonicalField.all.union(CanonicalField.derived).union(columns)
        for (condition, scope) in subject.conditions { add(condition.tests, scope) }
        for rule in rulebook.rules { add(rule, subject.scope(of: rule)) }
    }

    /// The fields that are not known.
    var unknown: Set<String> { Set(all.filter { !$0.names.contains($0.field) }.map(\.field)) }

    private mutating func add(_ tests: [FieldTest], _ scope: Scope) {
        var seen: Set<String> = []
        for test in tests {
            if case .withinKilometers = test.test { continue }
            for field in [test.field] + test.test.otherFields
            where field != "*" && seen.insert("\(test.location.line):\(test.location.column) \(field)").inserted {
                var place = test.location
                if field == test.field { place.length = min(place.length, field.unicodeScalars.count) }
                all.append(Use(field: field, location: place, scope: scope, names: known))
            }
        }
    }

    private mutating func add(_ rule: Rule, _ scope: Scope) {
        guard case .correlation(let correlation) = rule.body else {
            for field in rule.groupBy {
                let place = rule.place(of: field, in: ["group-by"])
                all.append(Use(field: field, location: place, scope: scope, names: known))
            }
            return
        }
        let names = correlation.rules.reduce(into: known) { $0.formUnion(groupFields(of: rulebook.rules[$1])) }
        let scope = scope.within("correlation")
        for group in correlation.groupBy {
            for field in Set(group.fieldByRule ?? [group.name]).sorted() {
                let inGroup = rule.place(of: group.name, in: ["correlation", "group-by"])
                let isAlias = group.fieldByRule != nil
                let place = isAlias ? rule.place(of: field, inAlias: group.name) ?? inGroup : inGroup
                all.append(
                    Use(
                        field: field, location: place, scope: scope, names: names,
                        aliases: isAlias ? [] : rule.aliasNames))
            }
        }
        for field in correlation.pattern.fields {
            let places = [["condition", "field"], ["field"], ["from"], ["to"]].map {
                rule.place(of: field, in: ["correlation"] + $0)
            }
            let place = places.first { $0 != rule.location } ?? rule.location
            all.append(Use(field: field, location: place, scope: scope, names: names))
        }
    }

    /// The fields that the alerts of a correlation carry beside those of events.
    private func groupFields(of rule: Rule) -> [String] {
        if case .correlation(let correlation) = rule.body { correlation.groupBy.map(\.name) } else { [] }
    }

    /// What others call the canonical fields.
    static let otherNames = [
        "date": "time", "datetime": "time", "timestamp": "time", "when": "time", "province": "admin1",
        "state": "admin1",
        "region": "admin1", "governorate": "admin1", "district": "admin2", "county": "admin2", "location": "place",
        "town": "place", "village": "place", "city": "place", "perpetrator": "initiator", "attacker": "initiator",
        "actor": "initiator", "actor1": "initiator", "victim": "target", "actor2": "target", "deaths": "fatalities",
        "killed": "fatalities", "dead": "fatalities", "casualties": "fatalities", "wounded": "injured",
        "lat": "latitude", "lon": "longitude", "lng": "longitude", "event_type": "type", "category": "type",
        "sub_event_type": "subtype",
    ]

    /// A near canonical field before a near column: that is what rules for every source are written with.
    func help(for field: String, among names: Set<String>, aliases: [String] = []) -> [String] {
        let alias = Suggestion.help(for: field, among: aliases)
        if !alias.isEmpty { return alias }
        if let meant = FieldUse.otherNames[field.lowercased()] { return ["here it is called '\(meant)'"] }
        let canonical = Suggestion.help(for: field, among: CanonicalField.inOrder)
        if !canonical.isEmpty { return canonical }
        let columns = Suggestion.help(for: field, among: names.sorted())
        return columns.isEmpty
            ? ["the rule needs a source that has a column of just this name; name files of it by --events"] : columns
    }

    /// Why no event can ever have a derived field; nil if some can.
    func reasonNeverSet(_ field: String) -> String? {
        guard CanonicalField.derived.contains(field) else { return nil }
        let isOfActors = field.hasPrefix("initiator.") || field.hasPrefix("target.") || field.hasPrefix("by.")
        if isOfActors, rulebook.actors.isEmpty { return "the rule book has no actors" }
        if !isOfActors, rulebook.ceasefires.isEmpty { return "the rule book has no ceasefire" }
        return nil
    }
}

extension CanonicalField {
    /// All fields that an event may have, in the order of letters.
    static let inOrder = all.union(derived).sorted()
}

extension ValueTest {
    /// The fields whose values it compares with.
    fileprivate var otherFields: [String] {
        switch self {
        case .equalsField(let field, _), .likeField(let field, _, _), .compareField(_, let field): [field]
        default: []
        }
    }
}

extension Correlation.Pattern {
    /// The fields whose values it measures.
    public var fields: [String] {
        switch self {
        case .valueCount(let fields): fields
        case .valueSum(let field), .valueAverage(let field), .valuePercentile(let field, _),
            .effectiveNumber(let field), .newValue(let field):
            [field]
        case .record(let record): record.field.map { [$0] } ?? []
        case .share(let share): share.field.map { [$0] } ?? []
        case .reciprocity(let from, let to): [from, to]
        default: []
        }
    }
}
