import Diagnostics
import Events

extension LintCheck {
    /// Conditions of correlations that no figure meets, or every one, or that silence meets; and rates of nothing.
    static let thresholds = LintCheck { subject in
        for rule in subject.rulebook.rules {
            guard case .correlation(let correlation) = rule.body else { continue }
            let scope = subject.scope(of: rule).within("correlation")
            Threshold(rule: rule, correlation: correlation, rulebook: subject.rulebook).report(scope)
            if case .rateChange(let change) = correlation.pattern { change.report(rule, scope.within("condition")) }
            guard let danger = correlation.pattern.dangerOfSmallNumbers else { continue }
            scope.warning(
                .rateWithoutMinimum, "without 'min_count' \(danger)", at: rule.place("correlation", "type"),
                help: ["write 'min_count'"])
        }
    }
}

extension Correlation.Pattern {
    /// What goes wrong with small numbers, where no least number is asked for.
    fileprivate var dangerOfSmallNumbers: String? {
        switch self {
        case .rateChange(let change) where change.minimumCount + change.minimumBaseline == 0:
            "a single event after a quiet time is a surge"
        case .share(let share) where share.minimumCount == 0: "one event of one is the whole"
        default: nil
        }
    }
}

extension Correlation.Pattern {
    /// The key under which it is written what the figure must be.
    fileprivate var limitKey: String {
        switch self {
        case .record: "floor"
        case .controlChart: "z"
        default: "condition"
        }
    }
}

extension Correlation.RateChange {
    /// Says which of its bounds no rate meets, or every one.
    fileprivate func report(_ rule: Rule, _ scope: Scope) {
        for (key, bounds, range) in [("ratio", ratio, 0...Double.infinity), ("p_value", pValue, 0...1)] {
            guard let bounds else { continue }
            let place = rule.place("correlation", "condition", key)
            if !bounds.canBeMet(within: range) {
                scope.warning(.conditionNeverMet, "no '\(key)' meets the condition", at: place)
            } else if bounds.isAlwaysMet(within: range) {
                scope.warning(
                    .conditionAlwaysMet, "every '\(key)' meets the condition", at: place,
                    help: ["ask for more, or leave it out"])
            }
        }
    }
}

/// The condition of one correlation, and the figures that it can meet.
private struct Threshold {
    let rule: Rule
    let correlation: Correlation
    let rulebook: Rulebook

    func report(_ scope: Scope) {
        guard let figure = FigureRange(correlation, rulebook) else { return }
        let condition = correlation.condition
        let place = rule.place("correlation", correlation.pattern.limitKey)
        if !condition.canBeMet(within: figure.range, isWhole: figure.isWhole) {
            scope.warning(
                .conditionNeverMet, "no figure meets the condition\(figure.reason.map { ": \($0)" } ?? "")", at: place)
        } else if condition.isAlwaysMet(within: figure.range) {
            scope.warning(
                .conditionAlwaysMet, "every figure meets the condition", at: place,
                help: ["ask for more, so that the rule can end"])
        } else if figure.isWhole, condition.isMet(by: 0) {
            scope.warning(
                .boundWithoutFloor,
                "an empty window meets the condition: it holds from the group's first contribution on", at: place,
                help: ["add 'gte: 1' where something must have happened; ask for silence by 'type: absence'"])
        }
    }
}

/// Between what the figure of a correlation lies.
private struct FigureRange {
    var range: ClosedRange<Double>
    /// Whether it is a count.
    var isWhole: Bool
    /// Why it is never larger, as the end of a sentence.
    var reason: String?

    /// Nil where nothing is known of the figure beforehand, or there is none.
    init?(_ correlation: Correlation, _ rulebook: Rulebook) {
        let any = 0...Double.infinity
        switch correlation.pattern {
        case .eventCount: (range, isWhole) = (any, true)
        case .valueCount(let fields): (range, isWhole, reason) = FigureRange.distinct(fields, rulebook)
        case .temporal:
            (range, isWhole) = (0...Double(correlation.rules.count), true)
            reason = correlation.rules.count == 1 ? "there is one rule" : "there are \(correlation.rules.count) rules"
        case .share: (range, isWhole, reason) = (0...1, false, "a share lies from 0 to 1")
        case .effectiveNumber(let field):
            (range, isWhole, reason) = FigureRange.distinct([field], rulebook)
            (range, isWhole) = (min(1, range.upperBound)...range.upperBound, false)
        case .reciprocity: (range, isWhole) = (any, true)
        case .record(let record) where record.field == nil: (range, isWhole) = (any, true)
        // It is judged at contributions only, each of which stirs up something over the background.
        case .selfExciting: (range, isWhole) = (1.0.nextUp...Double.infinity, false)
        case .controlChart(let chart) where chart.method.isEARS: (range, isWhole) = (any, false)
        case .valueSum(let field), .valueAverage(let field), .valuePercentile(let field, _):
            guard let known = FieldVocabulary.range(of: field) else { return nil }
            (range, isWhole) = (known, false)
            if case .valueSum = correlation.pattern, known != any { return nil }
        default: return nil
        }
        limitByCooldown(correlation, rulebook)
    }

    /// As many distinct tuples as there are words for the fields.
    private static func distinct(
        _ fields: [String], _ rulebook: Rulebook
    ) -> (ClosedRange<Double>, Bool, String?) {
        let vocabulary = FieldVocabulary(rulebook)
        var count = 1.0
        for field in fields {
            guard let words = vocabulary.words(of: field), !words.isEmpty else {
                return (0...Double.infinity, true, nil)
            }
            count *= Double(words.count)
        }
        let names = fields.map { "'\($0)'" }.joined(separator: " and ")
        return (0...count, true, "\(names) can hold \(NumberText.shortest(count)) different values")
    }

    /// The alerts of one rule in one group come its cooldown apart, so that only so many of them fit into a window.
    private mutating func limitByCooldown(_ correlation: Correlation, _ rulebook: Rulebook) {
        guard correlation.rules.count == 1, correlation.timespan < .unlimited,
            case .correlation(let source) = rulebook.rules[correlation.rules[0]].body
        else { return }
        let cooldown = rulebook.rules[correlation.rules[0]].options.cooldown.milliseconds
        let group = Set(correlation.groupBy.flatMap { $0.fieldByRule ?? [$0.name] })
        guard cooldown > 0, Set(source.groupBy.map(\.name)).isSubset(of: group) else { return }
        let most = (correlation.timespan.milliseconds + cooldown - 1) / cooldown
        switch correlation.pattern {
        case .eventCount: range = 0...Double(most)
        case .record(let record) where record.field == nil: range = 0...Double(most)
        case .controlChart(let chart) where chart.method.isEARS:
            let deviations = Double(most) / chart.minimumDeviation
            range = 0...(chart.method == .earsC3 ? 3 * max(0, deviations - 1) : deviations)
        default: return
        }
        let alerts = most == 1 ? "one alert of the rule lies" : "\(most) alerts of the rule lie"
        reason = "by its 'cooldown' at most \(alerts) within the timespan"
    }
}
