import Events
import Rulebook

// What is said at the end, and what is let go of on the way.
extension Correlator {
    func standing(symbols: borrowing SymbolTable) -> [Alert] {
        guard setup.definition.raisesAlerts else { return [] }
        var result = archive
        for group in groups.indices {
            for run in groups[group].runs.runs where run.handle >= 0 {
                result.append(describe(group, run, frozen: alerts[run.handle].frozen, symbols: symbols))
            }
        }
        return result
    }

    func undecided(symbols: borrowing SymbolTable) -> [Summary.Undecided] {
        var result: [Summary.Undecided] = []
        for group in groups.indices {
            guard let due = pattern.due(groups[group].state), due > network.now else { continue }
            result.append(
                Summary.Undecided(rule: rule, group: groupValues(group, symbols: symbols), due: due))
        }
        return result
    }

    func release(symbols: borrowing SymbolTable) {
        let start = network.horizonStart
        guard start > .distantPast else { return }
        // Rules that refer to these alerts list them as evidence for as long as a window of theirs is.
        let ended = (dependents.isEmpty ? start : network.retentionStart) - options.keepFiringFor
        for group in groups.indices {
            for run in groups[group].runs.runs.prefix(while: { $0.end < ended }) where run.handle >= 0 {
                if network.options.keepsStanding, setup.definition.raisesAlerts {
                    archive.append(describe(group, run, frozen: alerts[run.handle].frozen, symbols: symbols))
                }
                alerts.remove(run.handle)
            }
            _ = groups[group].runs.release(before: ended)
            for run in groups[group].runs.runs where run.onset < start && run.handle >= 0 {
                freeze(group, run, before: start, symbols: symbols)
            }
            let kept = groups[group].runs.runs.first.map { $0.onset - options.for } ?? .distantFuture
            groups[group].truth.release(before: start, kept: kept)
            if let notes = groups[group].notes {
                notes.release(before: min(start, oldestNeeded(groups[group].number, at: start)))
            }
        }
    }

    /// Notes what is said of an alert whose onset is out of reach, so that its evidence can go.
    private func freeze(_ group: Int, _ run: Run, before start: Instant, symbols: borrowing SymbolTable) {
        let frozen = alerts[run.handle].frozen
        let end = min(start, run.end)
        if let frozen, frozen.peakEnd >= end { return }
        let alert = frozen?.alert ?? describeOnset(group, run.onset, symbols: symbols)
        let peakStart = frozen?.peakEnd ?? run.onset
        let peak = combine(frozen?.peak, peak(group, from: peakStart, to: end))
        alerts[run.handle].frozen = FrozenAlert(alert: alert, peak: peak, peakEnd: end)
    }
}
