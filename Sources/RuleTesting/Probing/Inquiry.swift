import Diagnostics
import Events
import Monitoring
import Rulebook

/// Questions about events that the monitor itself answers: each is a rule added to a rule book for one run.
///
/// So what is said of why a rule fires cannot differ from what makes it fire.
struct Inquiry {
    /// A question, by the rule that stands for it.
    struct Question: Hashable {
        let rule: RuleReference
    }

    /// The rule book with the questions in it.
    private(set) var rulebook: Rulebook

    /// Begins with a rule book in which no rule alerts.
    init(_ rulebook: Rulebook) {
        self.rulebook = rulebook.withRulesAlone
        for rule in rulebook.rules.indices { self.rulebook.rules[rule].raisesAlerts = false }
    }

    /// Asks which events in force meet a condition, and for the values of some fields of theirs.
    mutating func ask(_ condition: Condition, fields: [String] = []) -> Question {
        var options = Rule.Options()
        options.limit = 1
        rulebook.rules.append(
            Rule(
                name: "question \(rulebook.rules.count)", title: "", level: .informational, description: nil, tags: [],
                runbook: nil, body: .detection(condition), groupBy: fields, options: options, raisesAlerts: true,
                location: Location(file: "")))
        return Question(rule: rulebook.rules.count - 1)
    }

    /// Asks which alerts a rule would have that is not in the rule book.
    mutating func ask(_ rule: Rule) -> Question {
        var rule = rule
        rule.name = "question \(rulebook.rules.count)"
        rule.options.limit = 1
        rule.raisesAlerts = true
        rulebook.rules.append(rule)
        return Question(rule: rulebook.rules.count - 1)
    }

    /// Asks which alerts of a correlation stand, whether it raises any of its own or not.
    mutating func ask(alertsOf rule: RuleReference) -> Question {
        rulebook.rules[rule].raisesAlerts = true
        return Question(rule: rule)
    }

    /// The answers among the alerts that stand at the end.
    struct Answers {
        private let alerts: [RuleReference: [Alert]]

        init(_ standing: [Alert]) { alerts = Dictionary(grouping: standing, by: \.rule) }

        /// The alerts that answer a question, sorted by onset.
        subscript(question: Question) -> [Alert] { alerts[question.rule] ?? [] }
    }
}
