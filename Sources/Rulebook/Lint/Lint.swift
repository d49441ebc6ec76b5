import Diagnostics

extension Rulebook {
    /// What is doubtful in a rule book that loads: warnings, in the order of files and lines, those of loading among them.
    ///
    /// - Parameters:
    ///   - knownFields: the columns that profiles or events have beyond the canonical and derived fields.
    ///   - sources: the files it was loaded from, to show the lines.
    ///   - loading: what was said when it was loaded.
    public func lint(
        knownFields: Set<String> = [], sources: [RulebookSource] = [], loading: [Diagnostic] = []
    ) -> [Diagnostic] {
        let subject = LintSubject(rulebook: self, knownFields: knownFields, scope: Scope(sink: Sink()))
        for check in LintCheck.all { check.run(subject) }
        return DiagnosticOrder(sources).sorted(loading + subject.scope.sink.diagnostics)
    }
}

/// What is examined, and where to say what was found.
struct LintSubject {
    let rulebook: Rulebook
    let knownFields: Set<String>
    let scope: Scope
}

/// Something that is examined.
struct LintCheck: Sendable {
    let run: @Sendable (LintSubject) -> Void

    /// The checks: a new one is a line here and a file beside this one.
    static let all: [LintCheck] = [.ceasefireTerms, .ceasefireActs, .ceasefireSuccession, .rules, .conditions, .fields]
}
