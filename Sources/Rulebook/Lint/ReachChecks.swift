import Diagnostics

extension LintCheck {
    /// Rules of a correlation whose contributions cannot count, since they lack a field that it needs.
    static let reach = LintCheck { subject in
        let possibility = Possibility(vocabulary: FieldVocabulary(subject.rulebook))
        for rule in subject.rulebook.rules {
            guard case .correlation(let correlation) = rule.body else { continue }
            let reach = Reach(
                rule: rule, correlation: correlation, rulebook: subject.rulebook, possibility: possibility)
            reach.report(subject.scope(of: rule).within("correlation"))
            reach.reportImplied(subject.scope(of: rule).within("correlation"))
        }
    }
}

/// Which fields the contributions to one correlation have.
private struct Reach {
    let rule: Rule
    let correlation: Correlation
    let rulebook: Rulebook
    let possibility: Possibility

    func report(_ scope: Scope) {
        for (position, reference) in (correlation.rules + [after].compactMap { $0 }).enumerated() {
            let source = rulebook.rules[reference]
            let group = correlation.groupBy.map { ($0.fieldByRule ?? [])[safe: position] ?? $0.name }
            guard let missing = (group + correlation.pattern.fields).first(where: { lacks(source, $0) }) else {
                continue
            }
            let what =
                if case .correlation(let other) = source.body {
                    "its alerts have \(other.groupBy.isEmpty ? "no fields" : "only \(names(other))")"
                } else {
                    "the events that it matches have none"
                }
            scope.warning(
                .stepOutOfReach, "'\(source.name)' never counts: '\(missing)' is asked for, and \(what)",
                at: place(of: source),
                help: ["take the field out of 'group-by', or let the rule have it"])
        }
    }

    /// Says of a `temporal` that one event is enough: what matches one of its rules always matches another.
    func reportImplied(_ scope: Scope) {
        let everyRule = NumericCondition([.init(.greaterOrEqual, Double(correlation.rules.count))])
        guard case .temporal = correlation.pattern, correlation.condition == everyRule else { return }
        let detections = correlation.rules.compactMap { reference -> (rule: Rule, condition: Condition)? in
            guard case .detection(let condition) = rulebook.rules[reference].body else { return nil }
            return (rulebook.rules[reference], condition)
        }
        for (index, narrow) in detections.enumerated() {
            for (other, wide) in detections.enumerated() where other != index {
                guard possibility.canBeMet(narrow.condition),
                    !possibility.canBeMet(.all([narrow.condition, .not(wide.condition)]))
                else { continue }
                scope.warning(
                    .stepWithoutEffect,
                    "one event is enough for both: each that matches '\(narrow.rule.name)' matches '\(wide.rule.name)' too",
                    at: place(of: wide.rule),
                    help: [
                        "'type: temporal_ordered' asks for two events, the one after the other; or tell the two apart"
                    ])
                return
            }
        }
    }

    /// The rule after whose events silence counts: its field of an alias is the last.
    private var after: RuleReference? {
        if case .absence(let after) = correlation.pattern { after } else { nil }
    }

    private func names(_ correlation: Correlation) -> String {
        correlation.groupBy.map { "'\($0.name)'" }.joined(separator: ", ")
    }

    private func lacks(_ source: Rule, _ field: String) -> Bool {
        switch source.body {
        case .correlation(let other): !other.groupBy.contains { $0.name == field }
        // What never matches at all is told of elsewhere.
        case .detection(let condition):
            possibility.canBeMet(condition) && !possibility.canBeMet(condition, with: [field])
        }
    }

    private func place(of source: Rule) -> Location {
        let names =
            [source.name, source.title] + [source.node?["id"], source.node?["name"]].compactMap { $0?.scalar?.text }
        let places = ["rules", "after"].flatMap { key in
            names.map { rule.place(of: $0, in: ["correlation", key]) }
        }
        return places.first { $0 != rule.location } ?? rule.place("correlation", "rules")
    }
}

extension Array {
    /// The element at an index; nil where there is none.
    fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
