import Events
import Rulebook

// How much of the past somebody has to keep who wants to begin anew with the events alone.
extension Monitor {
    /// From when on events must be kept so that another monitor that sees only those is led to the same.
    ///
    /// That is the horizon and what windows look back from there, and further back where an alert that still stands open, or
    /// a contribution that still matters, is older; but no more than five times that, so that what is kept follows the horizon.
    /// Complexity: O(groups).
    public var keptStart: Instant {
        let horizon = network.horizonStart
        if horizon == .distantPast { return .distantPast }
        var reaches: [Timespan] = []
        var start = horizon
        var longest = Timespan.zero
        for (index, correlator) in network.correlators.enumerated() {
            var reach = Timespan.zero
            for source in 0..<index where network.correlators[source].dependents.contains(index) {
                reach = max(reach, reaches[source])
            }
            reach = reach + correlator.lookBack
            reaches.append(reach)
            longest = max(longest, reach)
            start = min(start, correlator.oldestRelevant(at: horizon))
        }
        // An alert counts for a risk for ten half-lives.
        let memory = rulebook.risks.map { 10 * $0.halfLife.milliseconds }.max() ?? 0
        longest = longest + Timespan(milliseconds: memory)
        let limit = Instant(
            milliseconds: horizon.milliseconds - 4 * (options.horizon + longest).milliseconds)
        return max(start, limit) - longest
    }

    /// Takes up when a rule with a `cooldown` alerted last in its groups, by rule and the group's JSON, before the first event.
    public mutating func resume(lastAlerted: [RuleReference: [String: Instant]]) { network.lastAlerted = lastAlerted }
}

extension Correlator {
    /// How far what happens at an instant depends on what came before it, as far as that is bounded.
    var lookBack: Timespan { reach + options.for + options.keepFiringFor }

    /// The start of what holds, or still matters, at an instant; the instant itself if nothing does.
    func oldestRelevant(at instant: Instant) -> Instant {
        var oldest = instant
        for index in groups.indices {
            let group = groups[index]
            if let run = group.runs.runs.first(where: { $0.end + options.keepFiringFor >= instant }) {
                oldest = min(oldest, run.onset - options.for)
            }
            if let episode = group.truth.episodes.first(where: { $0.end >= instant }) {
                oldest = min(oldest, episode.start)
            }
            oldest = min(oldest, oldestNeeded(group.number, at: instant))
        }
        return oldest
    }

    /// When an earlier run alerted last in a group.
    func resumeCooldown(of group: Int, symbols: borrowing SymbolTable) {
        guard options.cooldown > .zero, let known = network.lastAlerted[rule], groups[group].runs.isNew else { return }
        let text = AlertIdentity.text(of: groupValues(group, symbols: symbols))
        groups[group].runs.resume(lastOnset: known[text])
    }
}
