import Diagnostics
import Rulebook

extension Rulebook {
    /// The rule book with the rules that some need and no others; those that are left out look for nothing, and what is
    /// made of alerts is left out too.
    ///
    /// References stay what they are.
    func restricted(to rules: [RuleReference]) -> Rulebook {
        let needed = dependencies(of: rules)
        var book = withRulesAlone
        for rule in book.rules.indices where !needed.contains(rule) {
            book.rules[rule].body = .detection(.any([]))
            book.rules[rule].raisesAlerts = false
        }
        return book
    }

    /// The rule book without silences, inhibitions and risks.
    var withRulesAlone: Rulebook {
        var book = self
        book.silences = []
        book.inhibitions = []
        book.risks = []
        return book
    }

    /// Some rules, those that they refer to, and so on.
    func dependencies(of rules: [RuleReference]) -> Set<RuleReference> {
        var found: Set<RuleReference> = []
        var open = rules
        while let rule = open.popLast() {
            if found.insert(rule).inserted { open += self.rules[rule].references }
        }
        return found
    }
}
