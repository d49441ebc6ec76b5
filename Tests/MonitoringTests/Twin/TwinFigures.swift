import Events
import Foundation
import Rulebook

/// The figures of sections 6 and 7, straight from their definitions.
extension TwinGroupHistory {
    /// What is measured at an instant; nil where the pattern has no figure, or the window no value.
    func figure(at time: Instant) -> TwinFigure? {
        let window = window(at: time)
        switch correlation.pattern {
        case .eventCount: return TwinFigure(value: Double(window.count))
        case .valueCount(let fields):
            return TwinFigure(value: Double(Set(window.flatMap { tuples(fields, of: $0) }).count))
        case .valueSum(let field):
            let numbers = numbers(field, of: window)
            return numbers.isEmpty ? nil : TwinFigure(value: numbers.reduce(0, +))
        case .valueAverage(let field):
            let numbers = numbers(field, of: window)
            return numbers.isEmpty ? nil : TwinFigure(value: numbers.reduce(0, +) / Double(numbers.count))
        case .valuePercentile(let field, let percentile):
            return percentileFigure(numbers(field, of: window).sorted(), percentile)
        case .temporal: return TwinFigure(value: Double(rulesPresent(in: window)))
        case .temporalOrdered, .absence, .deadline: return nil
        case .rateChange(let parameters): return rateFigure(parameters, at: time)
        case .share(let share): return shareFigure(share, of: window)
        case .effectiveNumber(let field): return effectiveNumber(window.flatMap { tuples([field], of: $0) })
        case .newValue(let field): return TwinFigure(value: Double(newValues(field, at: time).count))
        case .record(let record): return TwinFigure(value: measure(record, at: time))
        case .selfExciting(let parameters): return excitement(parameters, at: time)
        case .controlChart(let chart): return TwinChart(chart, self).figure(at: time)
        case .reciprocity(let from, let to): return TwinFigure(value: Double(reciprocity(window, from, to)))
        }
    }

    /// Whether a contribution has a value for the field of the figure; every one has where the figure is over none.
    func hasValue(_ contribution: TwinContribution) -> Bool {
        switch correlation.pattern {
        case .valueCount(let fields): !tuples(fields, of: contribution).isEmpty
        case .valueSum(let field), .valueAverage(let field), .valuePercentile(let field, _):
            !numbers(field, of: [contribution]).isEmpty
        case .effectiveNumber(let field), .newValue(let field): !tuples([field], of: contribution).isEmpty
        case .record(let record): record.field.map { !numbers($0, of: [contribution]).isEmpty } ?? true
        case .share(let share): isPart(contribution, of: share.of, share)
        case .reciprocity(let from, let to): !blows(contribution, from, to).isEmpty
        default: true
        }
    }

    func tuples(_ fields: [String], of contribution: TwinContribution) -> [[Value]] {
        TwinGroups.combinations(fields.map { contribution.fields[$0] ?? .absent })
    }

    func numbers(_ field: String, of window: [TwinContribution]) -> [Double] {
        window.flatMap { ($0.fields[field] ?? .absent).twinMembers.compactMap(\.twinNumber) }
    }

    /// Linear between ranks. The values are small and whole, so the numerator is exact and the division rounds once.
    private func percentileFigure(_ sorted: [Double], _ percentile: Correlation.Percentile) -> TwinFigure? {
        guard !sorted.isEmpty else { return nil }
        let scaled = percentile.numerator * Int64(sorted.count - 1)
        let rank = Int(scaled / percentile.denominator)
        let rest = Double(scaled % percentile.denominator)
        let lower = sorted[rank]
        let upper = sorted[min(rank + 1, sorted.count - 1)]
        let denominator = Double(percentile.denominator)
        return TwinFigure(value: (lower * denominator + (upper - lower) * rest) / denominator)
    }

    /// The contributions in the window and in the baseline before it.
    func rateCounts(_ parameters: Correlation.RateChange, at time: Instant) -> (window: Int, baseline: Int) {
        let begin = time - correlation.timespan
        if let anchor = parameters.anchor {
            let before = effective(anchor, at: time).map { effective in
                contributions.filter { effective - parameters.baseline <= $0.start && $0.start < effective }
            }
            return (window(at: time).count, before?.count ?? 0)
        }
        return (window(at: time).count, contributions(after: begin - parameters.baseline, upTo: begin).count)
    }

    private func rateFigure(_ parameters: Correlation.RateChange, at time: Instant) -> TwinFigure {
        let counts = rateCounts(parameters, at: time)
        let window = Double(correlation.timespan.milliseconds)
        let baseline = Double(parameters.baseline.milliseconds)
        let before = counts.baseline == 0 ? 0.5 : Double(counts.baseline)
        return TwinFigure(
            value: Double(counts.window) * baseline / (before * window),
            pValue: parameters.method == .exact
                ? TwinBinomial.tail(
                    counts.window, of: counts.window + counts.baseline, share: window / (window + baseline),
                    isLower: parameters.isFall)
                : TwinBinomial.predictiveTail(
                    counts.window, after: counts.baseline, share: window / (window + baseline),
                    isLower: parameters.isFall))
    }
}

/// The binomial distribution by summing its terms.
enum TwinBinomial {
    /// P(X >= count), or P(X <= count), for X ~ Bin(total, share).
    static func tail(_ count: Int, of total: Int, share: Double, isLower: Bool) -> Double {
        let terms = (isLower ? 0...count : count...total).map { successes in
            let ways = logFactorial(total) - logFactorial(successes) - logFactorial(total - successes)
            return exp(ways + Double(successes) * log(share) + Double(total - successes) * log(1 - share))
        }
        return min(1, terms.reduce(0, +))
    }

    /// P(X >= count), or P(X <= count), for the negative binomial count after so many in the baseline, with the prior
    /// Gamma(0.5, 0).
    static func predictiveTail(_ count: Int, after before: Int, share: Double, isLower: Bool) -> Double {
        let size = Double(before) + 0.5
        func atMost(_ count: Int) -> Double {
            var (term, sum) = (pow(1 - share, size), 0.0)
            for successes in 0..<(count + 1) {
                sum += term
                term *= (Double(successes) + size) / Double(successes + 1) * share
            }
            return sum
        }
        return isLower ? atMost(count) : 1 - atMost(count - 1)
    }

    private static func logFactorial(_ number: Int) -> Double {
        (0...number).dropFirst().reduce(0) { $0 + log(Double($1)) }
    }
}

/// The groups that values put something into.
enum TwinGroups {
    /// Each way to take one member of every value; none if a value is absent.
    static func combinations(_ values: [Value]) -> [[Value]] {
        values.reduce([[]]) { found, value in
            var next: [[Value]] = []
            for begun in found {
                for member in value.twinMembers where !next.contains(begun + [member]) { next.append(begun + [member]) }
            }
            return next
        }
    }
}
