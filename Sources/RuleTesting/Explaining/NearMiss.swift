import Events
import Rulebook

/// A group in which a rule nearly held.
struct NearMiss {
    /// The values of the group.
    var group: [Value]
    /// The contributions of the window that came nearest.
    var window: [Contribution]
    /// What was measured in it.
    var figure: Double
    /// What would have been enough.
    var threshold: Double
    /// What would have made it enough, had it come within the window; nil where there is none.
    var late: Contribution?
    /// By how much that came too late.
    var lateness: Timespan?
    /// What it fell short of, where that is said by what the rule asks for; the first is that of `figure`.
    var shortfalls: [Shortfall] = []
    /// When it came nearest, where that is known apart from the window.
    var time: Instant?
    /// What else is to be said of it, without a full stop; nil for nothing.
    var note: String?

    /// How far it is from holding: the missing share of the threshold, then the lateness, then the time.
    static func isNearer(_ left: NearMiss, _ right: NearMiss) -> Bool {
        let (unmet, others) = (max(left.shortfalls.count, 1), max(right.shortfalls.count, 1))
        if unmet != others { return unmet < others }
        if left.missingShare != right.missingShare { return left.missingShare < right.missingShare }
        let (late, otherLate) = (left.lateness ?? .unlimited, right.lateness ?? .unlimited)
        if late != otherLate { return late < otherLate }
        let (time, other) = (left.window.first?.time ?? .distantPast, right.window.first?.time ?? .distantPast)
        return time != other ? time < other : (left.window.first?.id ?? "") < (right.window.first?.id ?? "")
    }

    private var missingShare: Double {
        if let first = shortfalls.first { return first.share }
        return threshold > 0 ? (threshold - figure) / threshold : 0
    }
}

/// Finds the near misses of a correlation among its contributions.
struct NearMisses {
    let correlation: Correlation

    /// Whether what came nearest follows from the contributions alone, and the one that came too late can be named.
    var areKnown: Bool {
        correlation.isSliding && (isOrdered || isSilence || (measure != nil && threshold != nil))
    }

    /// What else may have been in the way where that is known; nil for all that the rule asks for.
    var others: [Requirement]? { areKnown ? [.duration] : nil }

    /// The best of each group that did not fire, the nearest first.
    ///
    /// - Parameters:
    ///   - contributions: those that count, in order of time.
    ///   - fired: the groups in which the rule has alerts.
    func find(_ contributions: [Contribution], except fired: Set<[Value]>) -> [NearMiss] {
        guard areKnown else { return [] }
        var groups: [[Value]] = []
        var members: [[Value]: [Contribution]] = [:]
        for contribution in contributions where !fired.contains(contribution.group) {
            if members[contribution.group] == nil { groups.append(contribution.group) }
            members[contribution.group, default: []].append(contribution)
        }
        return groups.compactMap { nearest(members[$0] ?? [], $0) }.sorted(by: NearMiss.isNearer)
    }

    /// What is measured of some contributions, and what would be enough; nil where that cannot be said in one number.
    func figure(of window: [Contribution]) -> (value: Double, threshold: Double)? {
        guard var measure, let threshold else { return nil }
        for contribution in window { measure.add(contribution) }
        return (measure.figure, threshold)
    }

    private func nearest(_ members: [Contribution], _ group: [Value]) -> NearMiss? {
        if isOrdered { return OrderedMiss(correlation: correlation).nearest(members, group) }
        if isSilence { return longestSilence(members, group) }
        guard let measure, let threshold else { return nil }
        return best(members, group, measure, threshold)
    }

    private var isOrdered: Bool { if case .temporalOrdered = correlation.pattern { true } else { false } }

    private var isSilence: Bool { if case .absence = correlation.pattern { true } else { false } }

    /// The longest time that passed until a contribution came, in milliseconds.
    private func longestSilence(_ members: [Contribution], _ group: [Value]) -> NearMiss? {
        let answers = Set(correlation.rules.indices)
        var waitsForAfter = false
        if case .absence(.some) = correlation.pattern { waitsForAfter = true }
        let answering = members.filter { !$0.steps.isDisjoint(with: answers) }
        var best: (pair: [Contribution], length: Timespan)?
        for start in members where !waitsForAfter || start.steps.contains(correlation.rules.count) {
            let next = answering.first(from: start.time + Timespan(milliseconds: 1))
            guard let next, next.time - start.time > best?.length ?? .zero else { continue }
            best = ([start, next], next.time - start.time)
        }
        return best.map { pair, length in
            NearMiss(
                group: group, window: pair, figure: Double(length.milliseconds),
                threshold: Double(correlation.timespan.milliseconds))
        }
    }

    /// What is measured, where that only grows as contributions are added.
    private var measure: Measure? {
        switch correlation.pattern {
        case .eventCount: Measure(kind: .count)
        case .valueCount: Measure(kind: .distinct)
        case .valueSum: Measure(kind: .sum)
        case .temporal: Measure(kind: .steps)
        default: nil
        }
    }

    /// The least figure that meets the condition; nil where it does not ask for much.
    private var threshold: Double? {
        guard correlation.condition.terms.count == 1, let term = correlation.condition.terms.first else { return nil }
        switch term.comparison {
        case .greaterOrEqual: return term.value
        case .greater:
            if case .valueSum = correlation.pattern {
                return term.value.nextUp
            } else {
                return term.value.rounded(.down) + 1
            }
        case .less, .lessOrEqual, .equal, .notEqual: return nil
        }
    }

    private func best(
        _ members: [Contribution], _ group: [Value], _ measure: Measure, _ threshold: Double
    ) -> NearMiss? {
        var fullest: (range: ClosedRange<Int>, figure: Double)?
        var shortest: (range: ClosedRange<Int>, length: Timespan)?
        var (inside, enough) = (measure, measure)
        var (first, start) = (0, 0)
        for last in members.indices {
            inside.add(members[last])
            while members[first].time <= members[last].time - correlation.timespan {
                inside.remove(members[first])
                first += 1
            }
            if inside.figure > fullest?.figure ?? -.infinity { fullest = (first...last, inside.figure) }
            enough.add(members[last])
            while start <= last, enough.figure >= threshold {
                let length = members[last].time - members[start].time
                if length < shortest?.length ?? .unlimited { shortest = (start...last, length) }
                enough.remove(members[start])
                start += 1
            }
        }
        guard let fullest, fullest.figure < threshold else { return nil }
        var miss = NearMiss(
            group: group, window: Array(members[fullest.range]), figure: fullest.figure, threshold: threshold)
        if let shortest, isWithin(members[shortest.range].dropLast()) {
            // The window that would have been enough tells more than the fullest one.
            miss.window = Array(members[shortest.range].dropLast())
            miss.late = members[shortest.range.upperBound]
            miss.lateness = Timespan(milliseconds: shortest.length.milliseconds - correlation.timespan.milliseconds)
        }
        return miss
    }
}

extension NearMisses {
    /// Whether all but the last came within one window: only then it is the last that came too late.
    private func isWithin(_ members: ArraySlice<Contribution>) -> Bool {
        guard let first = members.first, let last = members.last else { return false }
        return last.time - first.time < correlation.timespan
    }
}

/// A figure of contributions that come and go.
private struct Measure {
    enum Kind { case count, distinct, sum, steps }

    let kind: Kind
    private var counts: [[Value]: Int] = [:]
    private var numbers: [Double] = []

    init(kind: Kind) { self.kind = kind }

    var figure: Double {
        switch kind {
        case .count, .distinct, .steps: Double(counts.count)
        case .sum: numbers.reduce(0, +)
        }
    }

    mutating func add(_ contribution: Contribution) { change(contribution, by: 1) }

    mutating func remove(_ contribution: Contribution) { change(contribution, by: -1) }

    private mutating func change(_ contribution: Contribution, by step: Int) {
        switch kind {
        case .count: count([.text(contribution.id)], step)
        case .distinct: if !contribution.values.contains(.absent) { count(contribution.values, step) }
        case .steps: for position in contribution.steps { count([.number(Double(position))], step) }
        case .sum:
            for case .number(let number) in contribution.values {
                if step > 0 {
                    numbers.append(number)
                } else if !numbers.isEmpty {
                    numbers.removeFirst()
                }
            }
        }
    }

    private mutating func count(_ key: [Value], _ step: Int) {
        let count = (counts[key] ?? 0) + step
        counts[key] = count == 0 ? nil : count
    }
}

extension Correlation {
    fileprivate var isSliding: Bool { window == .sliding && timespan < .unlimited }
}
