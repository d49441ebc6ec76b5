import Diagnostics
import Events
import Reporting
import Rulebook

extension MutationOperator {
    /// Moves each bound of the figure.
    static let figureThresholds = MutationOperator { rule in
        guard case .correlation(let correlation) = rule.body, !correlation.conditionRepeatsParameter else { return [] }
        let everyRule = NumericCondition([.init(.greaterOrEqual, Double(correlation.rules.count))])
        // That every rule is asked for is what dropping one of them changes.
        if case .temporal = correlation.pattern, correlation.condition == everyRule { return [] }
        return correlation.condition.moved("condition").map { change, moved in
            rule.mutation(change) { $0.condition = moved }
        }
    }

    /// Moves each parameter of the pattern.
    static let parameters = MutationOperator { rule in
        guard case .correlation(let correlation) = rule.body else { return [] }
        return correlation.movedParameters.map { rule.mutation($0.words, $0.apply) }
    }

    /// Moves the length of the window.
    static let spans = MutationOperator { rule in
        guard case .correlation(let correlation) = rule.body else { return [] }
        let name = correlation.timespanName
        let lengths = correlation.timespan.moved(name).map { change, moved in
            rule.mutation(change) { $0.timespan = moved }
        }
        guard case .session(let gap) = correlation.window else { return lengths }
        return lengths
            + gap.moved("gap").map { change, moved in rule.mutation(change) { $0.window = .session(gap: moved) } }
    }

    /// Moves each option of the alerts that is given.
    static let options = MutationOperator { rule in
        let paths: [(String, WritableKeyPath<Rule.Options, Timespan>)] = [
            ("for", \.for), ("keep_firing_for", \.keepFiringFor), ("cooldown", \.cooldown),
        ]
        return paths.flatMap { name, path in
            rule.options[keyPath: path].moved(name).map { change, moved in
                var mutant = rule
                mutant.options[keyPath: path] = moved
                return Mutation(change: change, rule: mutant, location: rule.location)
            }
        }
    }

    /// Drops each rule of a correlation that looks at several.
    static let steps = MutationOperator { rule in
        guard case .correlation(let correlation) = rule.body, correlation.rules.count > 1 else { return [] }
        if case .share = correlation.pattern { return [] }
        let asksForAll =
            correlation.condition == NumericCondition([.init(.greaterOrEqual, Double(correlation.rules.count))])
        return correlation.rules.indices.map { step in
            rule.mutation("drop step \(step + 1)") { mutant in
                mutant.rules.remove(at: step)
                for field in mutant.groupBy.indices { mutant.groupBy[field].fieldByRule?.remove(at: step) }
                if case .temporal = mutant.pattern, asksForAll {
                    mutant.condition = NumericCondition([.init(.greaterOrEqual, Double(mutant.rules.count))])
                }
            }
        }
    }
}

extension Rule {
    /// The rule with a change of its correlation.
    fileprivate func mutation(_ change: String, _ apply: (inout Correlation) -> Void) -> Mutation {
        guard case .correlation(var correlation) = body else { preconditionFailure("only correlations are changed so") }
        apply(&correlation)
        var mutant = self
        mutant.body = .correlation(correlation)
        return Mutation(change: change, rule: mutant, location: location)
    }
}

extension Correlation {
    /// The key under which the length of the window stands.
    fileprivate var timespanName: String {
        let names = [
            "deadline": "before", "new_value": "memory", "self_exciting": "background", "control_chart": "bin",
        ]
        return names[typeName] ?? "timespan"
    }
}

extension NumericCondition {
    /// The condition with each of its bounds on either side, and the change in words.
    func moved(_ name: String) -> [(String, NumericCondition)] {
        terms.indices.flatMap { index in
            Neighbours.of(terms[index].value).map { value in
                var copy = self
                copy.terms[index].value = value
                let term = terms[index]
                let old = NumberText.shortest(term.value)
                return ("\(name) \(term.comparison.rawValue) \(old) to \(NumberText.shortest(value))", copy)
            }
        }
    }
}

extension Timespan {
    /// The lengths on either side, and the change in words; none of a length that is not given.
    func moved(_ name: String) -> [(String, Timespan)] {
        Neighbours.of(self).map { ("\(name) \(ruleText) to \($0.ruleText)", $0) }
    }
}

extension Int {
    /// The counts on either side, and the change in words; none of a count that is not given.
    func moved(_ name: String) -> [(String, Int)] {
        self == 0 ? [] : [self - 1, self + 1].map { ("\(name) \(self) to \($0)", $0) }
    }
}
