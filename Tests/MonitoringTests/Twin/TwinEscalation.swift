import Events
import Foundation
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

    // MARK: New values

    /// The values that come at an instant and have not come within the memory before it.
    func newValues(_ field: String, at time: Instant) -> Set<[Value]> {
        let seen = contributions.filter { time - correlation.timespan < $0.start && $0.start < time }
        let known = Set(seen.flatMap { tuples([field], of: $0) })
        return Set(contributions.filter { $0.start == time }.flatMap { tuples([field], of: $0) }).subtracting(known)
    }

    /// The instants at which a condition on the number of new values is met.
    func instantsOfNewValues(_ field: String) -> [Instant] {
        guard let streamBegin else { return [] }
        return Set(contributions.map(\.start)).sorted().filter { time in
            let found = newValues(field, at: time)
            return time >= streamBegin + correlation.timespan && !found.isEmpty
                && correlation.condition.isMet(by: Double(found.count))
        }
    }

    // MARK: Record

    func measure(_ record: Correlation.Record, at time: Instant) -> Double {
        let window = window(at: time)
        return record.field.map { numbers($0, of: window).reduce(0, +) } ?? Double(window.count)
    }

    func isRecord(_ record: Correlation.Record, at time: Instant) -> Bool {
        guard let streamBegin, time >= streamBegin + record.baseline else { return false }
        let present = measure(record, at: time)
        let begin = time - record.baseline
        let changes = contributions.flatMap { [$0.start, $0.start + correlation.timespan] }
        let moments = [begin] + changes.filter { begin <= $0 && $0 < time }
        return present >= record.floor && moments.allSatisfy { measure(record, at: $0) <= present }
    }

    // MARK: Self-excitation

    /// The intensity over the background, summed contribution by contribution; nil where there is no background.
    func excitement(_ parameters: Correlation.SelfExciting, at time: Instant) -> TwinFigure? {
        let background = contributions(after: time - correlation.timespan, upTo: time).count
        guard background > 0 else { return nil }
        let mu = Double(background) / Double(correlation.timespan.milliseconds)
        let beta = log(2) / Double(parameters.halfLife.milliseconds)
        let kernel = contributions.filter { $0.start <= time }.map {
            exp(-beta * Double((time - $0.start).milliseconds))
        }
        let intensity = mu + parameters.branching * beta * kernel.sorted().reduce(0, +)
        return TwinFigure(value: intensity / mu, isApproximate: true)
    }

    /// Where the intensity is high enough: from each contribution at which it is, to the first millisecond at which it fails.
    func excitedEpisodes(_ parameters: Correlation.SelfExciting) -> [TwinEpisode] {
        guard let streamBegin else { return [] }
        func meets(_ milliseconds: Int64) -> Bool {
            let time = Instant(milliseconds: milliseconds)
            return excitement(parameters, at: time).flatMap(\.value).map { correlation.condition.isMet(by: $0) }
                ?? false
        }
        let leavings = contributions.map { $0.start + correlation.timespan }
        var found: [TwinEpisode] = []
        for start in Set(contributions.map(\.start)).sorted() where start >= streamBegin + correlation.timespan {
            guard meets(start.milliseconds) else { continue }
            if let last = found.last, start < last.end { continue }
            var now = start
            while meets(now.milliseconds) {
                let edges = leavings + contributions.map(\.start)
                let next = edges.filter { $0 > now }.min() ?? now + correlation.timespan
                // Between edges it only falls.
                var (low, high) = (now.milliseconds, next.milliseconds)
                while high - low > 1 {
                    let middle = (low + high) / 2
                    if meets(middle) { low = middle } else { high = middle }
                }
                now = Instant(milliseconds: high)
            }
            found.append(TwinEpisode(start: start, end: now))
        }
        // A contribution at the very end goes on with it.
        return found.reduce(into: []) { joined, episode in
            if let last = joined.last, last.end == episode.start {
                joined[joined.count - 1].end = episode.end
            } else {
                joined.append(episode)
            }
        }
    }
}
