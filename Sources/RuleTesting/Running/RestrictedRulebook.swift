import Diagnostics
import Rulebook

extension Rulebook {
    /// The rule book with the rules that some need and no others; those that are left out look for nothing, and what is
    /// made of alerts is left out too.
    ///
    /// References stay what they are.
    func restricted(to rules: [RuleReference]) -> Rulebook { restricted(to: rules.map { .rule($0) }) }

    /// The same for rules and risks: a risk that is left out gives no points.
    func restricted(to sources: [AlertSource]) -> Rulebook {
        let needed = dependencies(of: sources)
        var book = withRulesAlone
        for rule in book.rules.indices where !needed.contains(rule) {
            book.rules[rule].body = .detection(.any([]))
            book.rules[rule].raisesAlerts = false
        }
        let kept = Set(sources.compactMap(\.risk))
        if kept.isEmpty { return book }
        book.risks = risks
        for risk in risks.indices where !kept.contains(risk) {
            book.risks[risk].points = risks[risk].points.map { _ in 0 }
        }
        return book
    }

    /// The rules that rules and risks are made of.
    func dependencies(of sources: [AlertSource]) -> Set<RuleReference> {
        dependencies(
            of: sources.flatMap { source in
                switch source {
                case .rule(let rule): [rule]
                case .risk(let risk): rules.indices.filter { risks[risk].points[$0] > 0 }
                }
            })
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
