import Events
import Rulebook

/// The words of a rule that its explanations are made of, put together once.
struct RulePhrases: Sendable {
    /// What a correlation counts, such as `breach` and `breaches`.
    var singular = "event"
    var plural = "events"
    /// The titles of the rules whose contributions these are, where the noun does not say it: `Attack on police: `.
    var lead = ""
    /// The titles of the rules, each in quotation marks.
    var steps: [String] = []
    /// The title of the rule that an absence is waited for after.
    var after = ""
    /// The window: `within 7 days`.
    var window = ""
    /// What the figure was compared with: `threshold 3`; empty where there is no condition.
    var criterion = ""
    /// The numbers that the figure was compared with.
    var bounds: [Double] = []

    /// Creates the words of a rule.
    init(_ rule: Rule, in rulebook: Rulebook) {
        guard case .correlation(let correlation) = rule.body else { return }
        let contributors = correlation.rules.map { rulebook.rules[$0] }
        name(contributors)
        steps = contributors.map { "“\(RulePhrases.title($0))”" }
        if case .absence(.some(let after)) = correlation.pattern {
            self.after = "“\(RulePhrases.title(rulebook.rules[after]))”"
        }
        window = RulePhrases.window(correlation)
        bounds = correlation.condition.terms.map(\.value)
        criterion = RulePhrases.criterion(correlation.condition)
    }

    private mutating func name(_ contributors: [Rule]) {
        let isChain = contributors.contains { if case .correlation = $0.body { true } else { false } }
        if !contributors.isEmpty, contributors.allSatisfy({ RulePhrases.requiresBreach($0) }) {
            (singular, plural) = ("breach", "breaches")
            return
        }
        if isChain { (singular, plural) = ("alert", "alerts") }
        var titles = contributors.prefix(3).map { RulePhrases.title($0) }
        guard !titles.isEmpty else { return }
        if contributors.count > 3 { titles[2] = "\(contributors.count - 2) more" }
        lead = titles.joined(separator: " or ") + ": "
    }

    private static func title(_ rule: Rule) -> String {
        rule.title.hasSuffix(".") ? String(rule.title.dropLast()) : rule.title
    }

    private static func requiresBreach(_ rule: Rule) -> Bool {
        guard case .detection(let condition) = rule.body else { return false }
        return requiresBreach(condition)
    }

    private static func requiresBreach(_ condition: Condition) -> Bool {
        switch condition {
        case .all(let members): members.contains { requiresBreach($0) }
        case .any(let members): !members.isEmpty && members.allSatisfy { requiresBreach($0) }
        case .not: false
        case .test(let test):
            switch test.test {
            case .absent, .exists(false): false
            default: test.field == "breach" || test.field.hasPrefix("breach.")
            }
        }
    }

    private static func window(_ correlation: Correlation) -> String {
        let isRate = if case .rateChange = correlation.pattern { true } else { false }
        switch correlation.window {
        case .sliding where isRate: return "in \(correlation.timespan.words)"
        case .sliding: return "within \(correlation.timespan.words)"
        case .tumbling: return "in one period of \(correlation.timespan.words)"
        case .session(let gap): return "in a row with less than \(gap.words) between them"
        }
    }

    private static func criterion(_ condition: NumericCondition) -> String {
        if condition.terms.count == 1, condition.terms[0].comparison == .greaterOrEqual {
            return "threshold \(PeopleNumber.text(condition.terms[0].value))"
        }
        let terms = condition.terms.map { "\(words($0.comparison)) \(PeopleNumber.text($0.value))" }
        return terms.isEmpty ? "" : "threshold: \(terms.joined(separator: " and "))"
    }

    private static func words(_ comparison: Comparison) -> String {
        switch comparison {
        case .equal: "exactly"
        case .notEqual: "other than"
        case .less: "less than"
        case .lessOrEqual: "at most"
        case .greater: "more than"
        case .greaterOrEqual: "at least"
        }
    }
}
