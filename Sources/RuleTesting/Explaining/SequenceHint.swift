import Events
import Monitoring
import Reporting
import Rulebook

/// Why two contributions that look like a sequence are none: they tie, or lie just a timespan apart.
enum SequenceHint {
    /// A sentence without a full stop about the contributions of one group, in order of time; nil where there is no such pair.
    static func text(_ members: [Contribution], _ correlation: Correlation) -> String? {
        guard case .temporalOrdered(let tiesAllowed) = correlation.pattern else { return nil }
        for (index, first) in members.enumerated() {
            for second in members[(index + 1)...] {
                if second.time - first.time > correlation.timespan { break }
                if !tiesAllowed, tie(first, second), isStep(first, second) || isStep(second, first) {
                    return
                        "\(first.id) and \(second.id) are simultaneous, as far as is known; 'ties: allow' lets such pass"
                }
                if second.time - first.time == correlation.timespan, isStep(first, second) {
                    return "\(second.id) came just as \(first.id) left the window: a timespan of "
                        + "\(correlation.timespan.ruleText) ends before that"
                }
            }
        }
        return nil
    }

    /// Whether one matches a rule, and the other the next.
    private static func isStep(_ first: Contribution, _ second: Contribution) -> Bool {
        first.steps.contains { second.steps.contains($0 + 1) }
    }

    /// Whether neither precedes the other.
    private static func tie(_ first: Contribution, _ second: Contribution) -> Bool {
        !(first.time < second.time && first.timeEnd <= second.time)
    }
}
