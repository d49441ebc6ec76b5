import Diagnostics

extension Rulebook {
    /// What is doubtful in a rule book that loads: warnings, in the order of files and lines, those of loading among them.
    ///
    /// Warnings that a comment `# lint: ignore ID reason` in the files is about are left out.
    ///
    /// - Parameters:
    ///   - knownFields: the columns that profiles or events have beyond the canonical and derived fields.
    ///   - knownTypes: words that events have for their `type`.
    ///   - sources: the files it was loaded from, to show the lines.
    ///   - loading: what was said when it was loaded.
    public func lint(
        knownFields: Set<String> = [], knownTypes: Set<String> = [], sources: [RulebookSource] = [],
        loading: [Diagnostic] = []
    ) -> [Diagnostic] {
        let subject = LintSubject(
            rulebook: self, knownFields: knownFields, knownTypes: knownTypes, scope: Scope(sink: Sink()))
        for check in LintCheck.all { check.run(subject) }
        let comments = IgnoreComments(sources)
        let kept = comments.filter(loading + subject.scope.sink.diagnostics)
        return DiagnosticOrder(sources).sorted(kept)
    }

    /// The fields that rules ask for and no profile has, nor any of the known fields: those to look for in events.
    public func fieldsOfNoProfile(knownFields: Set<String>) -> Set<String> {
        let subject = LintSubject(
            rulebook: self, knownFields: knownFields, knownTypes: [], scope: Scope(sink: Sink()))
        return FieldUse(subject).unknown
    }
}

/// What is examined, and where to say what was found.
struct LintSubject {
    let rulebook: Rulebook
    let knownFields: Set<String>
    let knownTypes: Set<String>
    let scope: Scope

    /// The scope of a rule.
    func scope(of rule: Rule) -> Scope { scope.within("rule '\(rule.name)'") }

    /// Every condition on one event that is written in the rule book, and its scope.
    var conditions: [(condition: Condition, scope: Scope)] {
        let ofRules = rulebook.rules.compactMap { rule -> (Condition, Scope)? in
            if case .detection(let condition) = rule.body { (condition, scope(of: rule)) } else { nil }
        }
        let ofCeasefires = rulebook.ceasefires.flatMap { ceasefire in
            [ceasefire.area, ceasefire.prohibits].compactMap { $0 }.map {
                ($0, scope.within("ceasefire '\(ceasefire.id)'"))
            }
        }
        return ofRules + ofCeasefires
    }
}

/// Something that is examined.
struct LintCheck: Sendable {
    let run: @Sendable (LintSubject) -> Void

    /// The checks: a new one is a line here and a file beside this one.
    static let all: [LintCheck] = [
        .ceasefireTerms, .ceasefireActs, .ceasefireSuccession, .names, .completeness, .fields, .values, .detections,
        .thresholds, .reach, .matchers, .entities,
    ]
}
