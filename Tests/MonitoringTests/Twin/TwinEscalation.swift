import Events
import Rulebook

/// The figures of section 7 that are over a window, straight from their definitions.
extension TwinGroupHistory {
    // MARK: Share

    /// Whether a contribution is of some of the rules; of a sum one without a value is no part.
    func isPart(_ contribution: TwinContribution, of rules: Set<Int>, _ share: Correlation.Share) -> Bool {
        guard !contribution.rules.isDisjoint(with: rules) else { return false }
        return share.field.map { !numbers($0, of: [contribution]).isEmpty } ?? true
    }

    func shareFigure(_ share: Correlation.Share, of window: [TwinContribution]) -> TwinFigure? {
        let part = window.filter { isPart($0, of: share.of, share) }
        let whole = window.filter { isPart($0, of: share.among, share) }
        guard !whole.isEmpty, whole.count >= share.minimumCount else { return nil }
        guard let field = share.field else { return TwinFigure(value: Double(part.count) / Double(whole.count)) }
        let total = numbers(field, of: whole).reduce(0, +)
        return total == 0 ? nil : TwinFigure(value: numbers(field, of: part).reduce(0, +) / total)
    }

    // MARK: Effective number

    func effectiveNumber(_ values: [[Value]]) -> TwinFigure? {
        guard !values.isEmpty else { return nil }
        let squares = Dictionary(grouping: values) { $0 }.values.map { $0.count * $0.count }.reduce(0, +)
        return TwinFigure(value: Double(values.count * values.count) / Double(squares))
    }

    // MARK: Reciprocity

    /// From whom to whom, of different parties.
    func blows(_ contribution: TwinContribution, _ from: String, _ to: String) -> [[Value]] {
        tuples([from, to], of: contribution).filter { $0[0] != $0[1] }
    }

    /// The longest sequence of any pair, by the longest that ends with each blow.
    func reciprocity(_ window: [TwinContribution], _ from: String, _ to: String) -> Int {
        var longest: [(blow: TwinContribution, direction: [Value], changes: Int)] = []
        for contribution in window.sorted(by: { $0.start < $1.start }) {
            for direction in blows(contribution, from, to) {
                let answered = longest.filter {
                    $0.direction == Array(direction.reversed()) && $0.blow.precedes(contribution)
                }
                longest.append((contribution, direction, (answered.map(\.changes).max() ?? -1) + 1))
            }
        }
        return longest.map(\.changes).max() ?? 0
    }
}
