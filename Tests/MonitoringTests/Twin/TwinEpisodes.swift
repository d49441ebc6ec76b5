import Events
import Monitoring
import Rulebook

/// An interval in which something holds.
struct TwinEpisode: Hashable {
    var start: Instant
    /// The exclusive end; the distant future if it never ends by itself.
    var end: Instant
}

/// From truth over time to alerts (section 8).
extension TwinGroupHistory {
    /// The intervals in which the correlation holds: between breakpoints nothing changes, and adjoining ones are one.
    func episodes() -> [TwinEpisode] {
        switch correlation.pattern {
        case .newValue(let field): return instantsOfNewValues(field).map { TwinEpisode(start: $0, end: $0) }
        case .selfExciting(let parameters): return excitedEpisodes(parameters)
        case .deadline: return truces.flatMap { $0.endings(before: correlation.timespan) }
        case .controlChart(let chart): return TwinChart(chart, self).episodes
        default: break
        }
        let instants = breakpoints()
        var found: [TwinEpisode] = []
        for (start, end) in zip(instants, instants.dropFirst() + [.distantFuture]) where holds(at: start) {
            if let last = found.last, last.end == start {
                found[found.count - 1].end = end
            } else {
                found.append(TwinEpisode(start: start, end: end))
            }
        }
        return found
    }

    /// The episodes left by `for`, `keep_firing_for` and `cooldown`, in this order.
    static func alerted(_ episodes: [TwinEpisode], _ options: Rule.Options) -> [TwinEpisode] {
        // What holds at single instants knows no duration.
        var options = options
        if episodes.contains(where: { $0.start == $0.end }) { (options.for, options.keepFiringFor) = (.zero, .zero) }
        let lasting = episodes.filter { $0.start + options.for < $0.end || $0.start == $0.end }.map {
            TwinEpisode(start: $0.start + options.for, end: $0.end)
        }
        var joined: [TwinEpisode] = []
        for episode in lasting {
            if let last = joined.last, episode.start - last.end < options.keepFiringFor {
                joined[joined.count - 1].end = episode.end
            } else {
                joined.append(episode)
            }
        }
        var alerted: [TwinEpisode] = []
        for episode in joined {
            if let last = alerted.last, episode.start - last.start < options.cooldown { continue }
            alerted.append(episode)
        }
        return alerted
    }

    /// The most extreme figure in an interval, in the direction of the condition's first bound that has one.
    func peak(in episode: TwinEpisode) -> TwinFigure? {
        if episode.start == episode.end { return nil }
        let instants = [episode.start] + breakpoints().filter { episode.start < $0 && $0 < episode.end }
        let figures = instants.compactMap { figure(at: $0) }
        var conditions = (value: correlation.condition as NumericCondition?, pValue: NumericCondition?.none)
        if case .rateChange(let parameters) = correlation.pattern {
            conditions = (parameters.ratio, parameters.pValue)
        }
        let value = TwinGroupHistory.extreme(figures.compactMap(\.value), conditions.value)
        let pValue = TwinGroupHistory.extreme(figures.compactMap(\.pValue), conditions.pValue)
        guard value != nil || pValue != nil else { return nil }
        return TwinFigure(value: value, pValue: pValue, isApproximate: figures.contains(where: \.isApproximate))
    }

    private static func extreme(_ figures: [Double], _ condition: NumericCondition?) -> Double? {
        for term in condition?.terms ?? [] {
            switch term.comparison {
            case .greater, .greaterOrEqual: return figures.max()
            case .less, .lessOrEqual: return figures.min()
            case .equal, .notEqual: continue
            }
        }
        return nil
    }
}

extension TwinRun {
    /// The alerts of a correlation in one group, also those whose onset stream time has not reached.
    func alerts(
        of reference: RuleReference, _ correlation: Correlation, in history: TwinGroupHistory
    ) -> [TwinAlert] {
        let rule = rulebook.rules[reference]
        return TwinGroupHistory.alerted(history.episodes(), rule.options).map { episode in
            let keeps = episode.start == episode.end ? .zero : rule.options.keepFiringFor
            let hasEnded = episode.end != .distantFuture && streamTime >= episode.end + keeps
            let evidence = history.evidence(at: episode.start)
            let shown = evidence.shown.sorted(by: TwinRun.isNewer)
            let truce = deadlineState(correlation, history, at: episode.start)
            let knownAt = shown.map(\.knownAt)
            return TwinAlert(
                rule: reference, ruleName: rule.name,
                group: zip(correlation.groupBy, history.group).map { Alert.GroupValue(field: $0.name, value: $1) },
                onset: episode.start, end: hasEnded ? episode.end : nil, figure: history.figure(at: episode.start),
                peak: hasEnded ? history.peak(in: episode) : nil, evidenceCount: evidence.count,
                evidenceEvents: shown.compactMap { if case .event(let id) = $0.origin { id } else { nil } },
                evidenceAlerts: shown.compactMap {
                    guard case .alert(let alert) = $0.origin else { return nil }
                    return TwinAlert.Reference(rule: alert.ruleName, onset: alert.onset)
                },
                ceasefire: truce ?? shown.compactMap { TwinRun.ceasefireState($0) }.first,
                knownAt: knownAt.contains(nil) ? nil : knownAt.compactMap { $0 }.max())
        }
    }

    /// How things stand with the ceasefire that a `deadline` is about.
    private func deadlineState(
        _ correlation: Correlation, _ history: TwinGroupHistory, at time: Instant
    ) -> Alert.CeasefireState? {
        guard case .deadline = correlation.pattern, case .text(let id) = history.group[0] else { return nil }
        let stretch = history.truces[0].stretch(at: time)
        let day = stretch.effective.map { Int((time - $0).milliseconds / 86_400_000) }
        return Alert.CeasefireState(id: id, phase: stretch.phase.rawValue, day: day)
    }

    /// Newer first, then the smaller id (for an alert the smaller name of the rule).
    private static func isNewer(_ left: TwinContribution, _ right: TwinContribution) -> Bool {
        if left.start != right.start { return left.start > right.start }
        return left.sortText.precedesByCodePoint(right.sortText)
    }

    /// The state that an event tells; an alert tells none.
    private static func ceasefireState(_ contribution: TwinContribution) -> Alert.CeasefireState? {
        guard case .event = contribution.origin else { return nil }
        return ceasefireState(contribution.fields)
    }
}

extension TwinContribution {
    fileprivate var sortText: String {
        switch origin {
        case .event(let id): id
        case .alert(let alert): alert.ruleName
        }
    }
}
