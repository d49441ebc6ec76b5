import Diagnostics
import Events

extension LintCheck {
    /// "A field that no profile and no event has ever had is a warning."
    static let fields = LintCheck { subject in
        let columns = subject.rulebook.profiles.reduce(into: subject.knownFields) { $0.formUnion($1.columns) }
        let fields = FieldUse(rules: subject.rulebook.rules, known: FieldUse.canonical.union(columns))
        for rule in subject.rulebook.rules { fields.check(rule, subject.scope.within("rule '\(rule.name)'")) }
        for ceasefire in subject.rulebook.ceasefires {
            let scope = subject.scope.within("ceasefire '\(ceasefire.id)'")
            for condition in [ceasefire.area, ceasefire.prohibits] { fields.check(condition?.tests ?? [], scope) }
        }
    }
}

/// Compares the fields that are used with those that are known.
private struct FieldUse {
    /// The fields that every event may have.
    static let canonical = CanonicalField.all.union(CanonicalField.derived)
    private static let canonicalInOrder = canonical.sorted()

    let rules: [Rule]
    /// The fields of events, the columns of sources among them.
    let known: Set<String>

    func check(_ rule: Rule, _ scope: Scope) {
        switch rule.body {
        case .detection(let condition):
            check(condition.tests, scope)
            for field in rule.groupBy { check(field, at: rule.location, known, scope) }
        case .correlation(let correlation):
            let names = correlation.rules.reduce(into: known) { $0.formUnion(groupFields(of: rules[$1])) }
            let groups = correlation.groupBy.flatMap { $0.fieldByRule ?? [$0.name] }
            for field in Set(groups + correlation.pattern.fields).sorted() {
                check(field, at: rule.location, names, scope.within("correlation"))
            }
        }
    }

    /// The fields that the alerts of a correlation carry beside those of events.
    private func groupFields(of rule: Rule) -> [String] {
        if case .correlation(let correlation) = rule.body { correlation.groupBy.map(\.name) } else { [] }
    }

    func check(_ tests: [FieldTest], _ scope: Scope) {
        var seen: Set<String> = []
        for test in tests {
            if case .withinKilometers = test.test { continue }
            for field in [test.field] + test.test.otherFields
            where field != "*" && seen.insert("\(test.location.line):\(test.location.column) \(field)").inserted {
                check(field, at: test.location, known, scope)
            }
        }
    }

    private func check(_ field: String, at location: Location, _ names: Set<String>, _ scope: Scope) {
        guard !names.contains(field) else { return }
        scope.warning(
            .fieldOfNoProfile, "no event and no profile has a field '\(field)'", at: location,
            help: help(for: field, among: names))
    }

    /// A near canonical field before a near column: that is what rules for every source are written with.
    private func help(for field: String, among names: Set<String>) -> [String] {
        let canonical = Suggestion.help(for: field, among: FieldUse.canonicalInOrder)
        if !canonical.isEmpty { return canonical }
        let columns = Suggestion.help(for: field, among: names.sorted())
        return columns.isEmpty ? ["the rule needs a source that has a column of just this name"] : columns
    }
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
            .effectiveNumber(let field):
            [field]
        case .share(let share): share.field.map { [$0] } ?? []
        case .reciprocity(let from, let to): [from, to]
        default: []
        }
    }
}
