import Events
import Rulebook

/// Something that a correlation asks for before it fires, and that can be asked for less of.
enum Requirement: Hashable {
    /// A bound of the condition, by its index.
    case bound(Int)
    /// A bound of the ratio of a `rate_change`, and of its p-value.
    case ratio(Int), pValue(Int)
    /// `min_count`, and `min_baseline`.
    case minimumCount, minimumBaseline
    /// How large a record is at least.
    case floor
    /// The limit of a control chart.
    case limit
    /// How long it must hold.
    case duration

    /// Those of a rule, in the order of writing.
    static func all(of rule: Rule, _ correlation: Correlation) -> [Requirement] {
        var found: [Requirement] = []
        func bounds(_ condition: NumericCondition?, _ requirement: (Int) -> Requirement) {
            for (index, term) in (condition?.terms ?? []).enumerated() where term.comparison.direction != 0 {
                found.append(requirement(index))
            }
        }
        switch correlation.pattern {
        case .rateChange(let change):
            bounds(change.ratio) { .ratio($0) }
            bounds(change.pValue) { .pValue($0) }
            if change.minimumCount > 1 { found.append(.minimumCount) }
            if change.minimumBaseline > 0 { found.append(.minimumBaseline) }
        case .share(let share):
            bounds(correlation.condition) { .bound($0) }
            if share.minimumCount > 1 { found.append(.minimumCount) }
        case .record: found.append(.floor)
        // The limit of an average that is weighted differs from bin to bin.
        case .controlChart(let chart): if chart.method != .ewma { found.append(.limit) }
        case .temporalOrdered, .absence, .deadline: break
        default: bounds(correlation.condition) { .bound($0) }
        }
        if rule.options.for > .zero { found.append(.duration) }
        return found
    }

    /// Whether it is about a figure, so that what was nearest to it can be measured.
    var isBound: Bool {
        switch self {
        case .bound, .ratio, .pValue, .floor, .limit: true
        case .minimumCount, .minimumBaseline, .duration: false
        }
    }
}

/// What was asked for, and how near something came to it.
struct Shortfall {
    var requirement: Requirement
    var value: Double
    var comparison: Comparison
    var threshold: Double

    var isMet: Bool { comparison.holds(value, threshold) }

    /// How much of the threshold is missing.
    var share: Double {
        let missing = (threshold - value).magnitude
        return threshold == 0 ? missing : missing / threshold.magnitude
    }
}

extension Comparison {
    /// Whether it asks for much (1), for little (-1), or for neither (0).
    var direction: Int {
        switch self {
        case .greater, .greaterOrEqual: 1
        case .less, .lessOrEqual: -1
        case .equal, .notEqual: 0
        }
    }
}

extension Rule {
    /// What a requirement of its correlation asks for.
    func demand(_ requirement: Requirement) -> (comparison: Comparison, threshold: Double)? {
        guard case .correlation(let correlation) = body else { return nil }
        func bound(_ condition: NumericCondition?, _ index: Int) -> (Comparison, Double)? {
            guard let terms = condition?.terms, index < terms.count else { return nil }
            return (terms[index].comparison, terms[index].value)
        }
        switch (requirement, correlation.pattern) {
        case (.bound(let index), _): return bound(correlation.condition, index)
        case (.ratio(let index), .rateChange(let change)): return bound(change.ratio, index)
        case (.pValue(let index), .rateChange(let change)): return bound(change.pValue, index)
        case (.minimumCount, .rateChange(let change)): return (.greaterOrEqual, Double(change.minimumCount))
        case (.minimumBaseline, .rateChange(let change)): return (.greaterOrEqual, Double(change.minimumBaseline))
        case (.minimumCount, .share(let share)): return (.greaterOrEqual, Double(share.minimumCount))
        case (.floor, .record(let record)): return (.greaterOrEqual, record.floor)
        case (.limit, .controlChart(let chart)):
            return chart.method.isEARS ? (.greater, chart.z) : (.greaterOrEqual, chart.h)
        case (.duration, _): return (.greater, Double(options.for.milliseconds))
        default: return nil
        }
    }

    /// The rule with another threshold for a requirement; of a bound that is not met otherwise, the first of its condition, since
    /// that is what a peak is of.
    func asking(_ requirement: Requirement, for threshold: Double) -> Rule {
        guard case .correlation(var correlation) = body else { return self }
        var rule = self
        switch (requirement, correlation.pattern) {
        case (.bound(let index), _): correlation.condition.ask(index, for: threshold)
        case (.ratio(let index), .rateChange(var change)):
            change.ratio?.ask(index, for: threshold)
            correlation.pattern = .rateChange(change)
        case (.pValue(let index), .rateChange(var change)):
            change.pValue?.ask(index, for: threshold)
            correlation.pattern = .rateChange(change)
        case (.minimumCount, .rateChange(var change)):
            change.minimumCount = Int(threshold)
            correlation.pattern = .rateChange(change)
        case (.minimumBaseline, .rateChange(var change)):
            change.minimumBaseline = Int(threshold)
            correlation.pattern = .rateChange(change)
        case (.minimumCount, .share(var share)):
            share.minimumCount = Int(threshold)
            correlation.pattern = .share(share)
        case (.floor, .record(var record)):
            record.floor = threshold
            correlation.pattern = .record(record)
            correlation.condition = NumericCondition([.init(.greaterOrEqual, threshold)])
        case (.limit, .controlChart(var chart)):
            if chart.method.isEARS { chart.z = threshold.nextDown } else { chart.h = threshold }
            correlation.pattern = .controlChart(chart)
        case (.duration, _): rule.options.for = Timespan(milliseconds: Int64(threshold))
        default: break
        }
        rule.body = .correlation(correlation)
        return rule
    }

    /// The rule where a bound asks for next to nothing.
    func asking(nothingOf requirement: Requirement) -> Rule {
        guard case .correlation(let correlation) = body, let (comparison, _) = demand(requirement) else { return self }
        if comparison.direction < 0 { return asking(requirement, for: .greatestFiniteMagnitude) }
        switch (requirement, correlation.pattern) {
        // Nothing at all is near to nothing; of a chart, no more than was expected.
        case (.bound, .eventCount), (.bound, .valueCount), (.bound, .temporal), (.bound, .reciprocity),
            (.bound, .newValue):
            return asking(requirement, for: 1)
        case (.minimumCount, _): return asking(requirement, for: 1)
        case (.minimumBaseline, _), (.duration, _): return asking(requirement, for: 0)
        case (.ratio, _), (.limit, _), (.floor, _): return asking(requirement, for: .leastNonzeroMagnitude)
        default: return asking(requirement, for: -.greatestFiniteMagnitude)
        }
    }
}

extension NumericCondition {
    /// Moves a bound, makes it one that its threshold meets, and puts it first.
    fileprivate mutating func ask(_ index: Int, for threshold: Double) {
        guard index < terms.count else { return }
        let term = terms.remove(at: index)
        terms.insert(Term(term.comparison.direction > 0 ? .greaterOrEqual : .lessOrEqual, threshold), at: 0)
    }
}
