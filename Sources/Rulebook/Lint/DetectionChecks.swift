extension LintCheck {
    /// Detections that match no event, or every one.
    static let detections = LintCheck { subject in
        let possibility = Possibility(vocabulary: FieldVocabulary(subject.rulebook))
        for rule in subject.rulebook.rules {
            guard case .detection(let condition) = rule.body else { continue }
            let scope = subject.scope(of: rule).within("detection")
            let place = rule.place("detection", "condition")
            // Of a single test that is never met it is said there.
            if condition.tests.contains(where: { !possibility.canBeMet(.test($0)) }) { continue }
            if !possibility.canBeMet(condition) {
                let reason = possibility.reasonNeverMet(condition) ?? "what the selections ask for excludes each other"
                scope.warning(.ruleNeverFires, "no event can match: \(reason)", at: place)
            } else if possibility.isAlwaysMet(condition) {
                scope.warning(
                    .ruleAlwaysFires, "every event matches, whatever it holds", at: place)
            }
        }
    }
}
