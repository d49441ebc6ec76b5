import Events
import Rulebook

/// A contribution to one group of a correlation: an event, or the onset of an alert.
struct TwinContribution {
    enum Origin: Hashable {
        case event(String)
        case alert(TwinAlert)
    }

    var origin: Origin
    var start: Instant
    var end: Instant
    var fields: [String: Value]
    /// By which of the correlation's rules (positions in `rules`) it belongs to this group.
    var rules: Set<Int>
    var knownAt: Instant?

    /// Whether one comes before another for certain.
    func precedes(_ other: TwinContribution) -> Bool { start < other.start && end <= other.start }
}

/// All contributions to one group, and what is true of them at any instant, worked out from scratch each time.
struct TwinGroupHistory {
    let correlation: Correlation
    let group: [Value]
    var contributions: [TwinContribution]
    /// For `absence` with `after`: what awaits an answer.
    var triggers: [TwinContribution]
    /// The first event of the stream that is known to the day or better.
    let streamBegin: Instant?
    /// How far the clocks of the zone are ahead of UTC.
    var clockOffset = Timespan.zero
    /// What became of the ceasefires; of one alone for its group of a `deadline`.
    var truces: [TwinTruceHistory] = []

    /// Contributions with a time in `(from, to]`.
    func contributions(after from: Instant, upTo to: Instant) -> [TwinContribution] {
        contributions.filter { from < $0.start && $0.start <= to }
    }

    /// The set W of section 6.
    func window(at time: Instant) -> [TwinContribution] {
        switch correlation.window {
        case .sliding: contributions(after: time - correlation.timespan, upTo: time)
        case .tumbling: contributions.filter { bucketStart(of: time) <= $0.start && $0.start <= time }
        case .session(let gap): session(at: time, gap: gap)
        }
    }

    /// The session that a time lies in, following the contributions one by one from the first.
    private func session(at time: Instant, gap: Timespan) -> [TwinContribution] {
        var session: [TwinContribution] = []
        func isOver(at instant: Instant) -> Bool {
            guard let first = session.first, let last = session.last else { return true }
            return instant >= last.start + gap || instant >= first.start + correlation.timespan
        }
        for contribution in contributions.filter({ $0.start <= time }).sorted(by: { $0.start < $1.start }) {
            if isOver(at: contribution.start) { session = [] }
            session.append(contribution)
        }
        return isOver(at: time) ? [] : session
    }

    private func bucketStart(of time: Instant) -> Instant {
        let length = correlation.timespan.milliseconds
        let offset = ((time.milliseconds % length) + length) % length
        return Instant(milliseconds: time.milliseconds - offset)
    }

    /// Every instant at which the truth may change; more than necessary does no harm.
    func breakpoints() -> [Instant] {
        let timespan = correlation.timespan
        var found: Set<Instant> = []
        for contribution in contributions + triggers {
            found.insert(contribution.start)
            found.insert(contribution.start + timespan)
            switch correlation.window {
            case .sliding: break
            case .tumbling: found.insert(bucketStart(of: contribution.start) + timespan)
            case .session(let gap): found.insert(contribution.start + gap)
            }
            if case .rateChange(let parameters) = correlation.pattern {
                found.insert(contribution.start + timespan + parameters.baseline)
            }
        }
        if case .controlChart(let chart) = correlation.pattern {
            for bin in TwinChart(chart, self).bins { found.insert(bin.end) }
        }
        if case .record(let record) = correlation.pattern {
            // A plateau that was higher, or began later, than now leaves the baseline.
            for edge in found { found.insert(edge + record.baseline) }
            if let streamBegin { found.insert(streamBegin + record.baseline) }
        }
        if case .rateChange(let parameters) = correlation.pattern, let anchor = parameters.anchor {
            for effective in effectives(anchor) { found.formUnion([effective, effective + timespan]) }
        }
        if case .rateChange(let parameters) = correlation.pattern, let streamBegin {
            found.insert(streamBegin + timespan + parameters.baseline)
        }
        return found.sorted()
    }

    /// Whether the correlation holds for the group at an instant.
    func holds(at time: Instant) -> Bool {
        if case .absence(let after) = correlation.pattern {
            return after == nil ? isSilent(at: time) : !unanswered(at: time).isEmpty
        }
        // What an empty window meets holds only from the group's first contribution on.
        guard contributions.contains(where: { $0.start <= time }) else { return false }
        switch correlation.pattern {
        case .absence, .newValue, .selfExciting, .controlChart, .deadline: return false
        case .record(let record): return isRecord(record, at: time)
        case .temporalOrdered: return holdsInOrder(window(at: time), wanted: 0, chosen: [])
        case .rateChange(let parameters): return holds(parameters, at: time)
        case .temporal where correlation.condition.terms.isEmpty:
            return rulesPresent(in: window(at: time)) == correlation.rules.count
        default:
            guard let figure = figure(at: time)?.value else { return false }
            return correlation.condition.isMet(by: figure)
        }
    }

    private func holds(_ parameters: Correlation.RateChange, at time: Instant) -> Bool {
        guard let streamBegin else { return false }
        if let anchor = parameters.anchor {
            guard let effective = effective(anchor, at: time), time >= effective + correlation.timespan,
                streamBegin <= effective - parameters.baseline
            else { return false }
        } else if time < streamBegin + correlation.timespan + parameters.baseline {
            return false
        }
        let counts = rateCounts(parameters, at: time)
        guard (parameters.isFall ? counts.baseline : counts.window) >= parameters.minimumCount,
            counts.baseline >= parameters.minimumBaseline
        else { return false }
        guard let figure = figure(at: time), let ratio = figure.value, let pValue = figure.pValue else { return false }
        return parameters.ratio?.isMet(by: ratio) ?? true && parameters.pValue?.isMet(by: pValue) ?? true
    }

    // MARK: Ceasefires

    /// When the ceasefire of an anchor took effect, each time; any ceasefire where none is named.
    private func effectives(_ anchor: Correlation.RateChange.Anchor) -> [Instant] {
        let meant = anchor.ceasefire.map { [truces[$0]] } ?? truces
        return meant.flatMap { $0.stretches.compactMap(\.effective) }
    }

    /// When it last took effect at or before an instant.
    func effective(_ anchor: Correlation.RateChange.Anchor, at time: Instant) -> Instant? {
        effectives(anchor).filter { $0 <= time }.max()
    }

    // MARK: Silence

    private func isSilent(at time: Instant) -> Bool {
        guard let last = contributions.map(\.start).filter({ $0 <= time }).max() else { return false }
        return time >= last + correlation.timespan
    }

    /// The triggers whose time is up without a later contribution.
    private func unanswered(at time: Instant) -> [TwinContribution] {
        triggers.filter { trigger in
            trigger.start <= time - correlation.timespan && contributions(after: trigger.start, upTo: time).isEmpty
        }
    }

    /// The contributions from which a silence is counted.
    private func silenceSource(at time: Instant) -> [TwinContribution] {
        if case .absence(.some) = correlation.pattern {
            let open = unanswered(at: time)
            return open.filter { $0.start == open.map(\.start).min() }
        }
        let past = contributions.filter { $0.start <= time }
        return past.filter { $0.start == past.map(\.start).max() }
    }

    // MARK: Order

    /// Whether contributions of the rules from `wanted` on can be chosen after those already chosen.
    private func holdsInOrder(_ window: [TwinContribution], wanted: Int, chosen: [TwinContribution]) -> Bool {
        guard case .temporalOrdered(let tiesAllowed) = correlation.pattern else { return false }
        if wanted == correlation.rules.count { return true }
        return window.contains { candidate in
            candidate.rules.contains(wanted)
                && chosen.allSatisfy { $0.origin != candidate.origin }
                && chosen.allSatisfy { tiesAllowed ? !candidate.precedes($0) : $0.precedes(candidate) }
                && holdsInOrder(window, wanted: wanted + 1, chosen: chosen + [candidate])
        }
    }

    func rulesPresent(in window: [TwinContribution]) -> Int {
        Set(window.flatMap(\.rules)).count
    }

    // MARK: Evidence

    /// What counts as evidence at an onset, and what is shown for it.
    ///
    /// A silence has no evidence, but says since what it lasts.
    func evidence(at time: Instant) -> (count: Int, shown: [TwinContribution]) {
        if case .absence = correlation.pattern {
            let source = silenceSource(at: time)
            return (0, source)
        }
        if case .deadline = correlation.pattern { return (0, []) }
        if case .newValue(let field) = correlation.pattern {
            let fresh = newValues(field, at: time)
            let bringers = contributions.filter {
                $0.start == time && !fresh.isDisjoint(with: tuples([field], of: $0))
            }
            return (bringers.count, bringers)
        }
        if case .controlChart(let chart) = correlation.pattern {
            let judged = TwinChart(chart, self).bins.last { $0.end <= time }
            let members = judged.map { contributions(in: $0) } ?? []
            return (members.count, members)
        }
        let counted = window(at: time).filter(hasValue)
        return (counted.count, counted)
    }
}
