import Events
import Rulebook

// How the runs of a group become alerts, and the alerts changes in what is told.
extension Correlator {
    /// Derives the runs of a group anew from an instant on, and tells the difference.
    func update(_ group: Int, from start: Instant, settled: Instant, symbols: borrowing SymbolTable) {
        if !network.lastAlerted.isEmpty { resumeCooldown(of: group, symbols: symbols) }
        let index = groups[group].runs.firstAffected(from: start, options: options)
        let (old, new) = groups[group].runs.derive(
            from: index, truth: groups[group].truth, options: options, now: network.now, settled: settled)
        var removed: [Run] = []
        var added: [Int] = []
        var position = 0
        for index in new {
            let run = groups[group].runs.runs[index]
            while position < old.count, old[position].onset < run.onset {
                if old[position].handle >= 0 { removed.append(old[position]) }
                position += 1
            }
            let isSame = position < old.count && old[position].onset == run.onset
            if isSame, run.isAlerted, old[position].handle >= 0 {
                groups[group].runs.setHandle(old[position].handle, at: index)
                revise(group, index, from: start, symbols: symbols)
            } else if isSame, old[position].handle >= 0 {
                removed.append(old[position])
            } else if run.isAlerted {
                added.append(index)
            }
            if isSame { position += 1 }
        }
        removed += old[position...].filter { $0.handle >= 0 }
        tell(group, removed: removed, added: added, symbols: symbols)
    }

    private func tell(_ group: Int, removed: [Run], added: [Int], symbols: borrowing SymbolTable) {
        // An alert that goes and one that comes over the same time are one whose onset has moved.
        var gone = removed
        for index in added {
            let run = groups[group].runs.runs[index]
            let moved = gone.firstIndex { $0.onset < run.end && run.onset < $0.end }
            raise(group, index, replacing: moved.map { gone.remove(at: $0) }, symbols: symbols)
        }
        for run in gone { retract(group, run, symbols: symbols) }
    }

    // MARK: - The life of an alert

    private var tells: Bool { setup.definition.raisesAlerts && network.outbox.isWanted }
    private var describes: Bool { tells || !dependents.isEmpty }

    /// The end as it is told: a run is open while it may still go on.
    private func end(of run: Run) -> Instant? {
        guard run.end < .distantFuture, run.end + options.keepFiringFor <= network.now else { return nil }
        return run.end
    }

    private func raise(_ group: Int, _ index: Int, replacing old: Run?, symbols: borrowing SymbolTable) {
        var run = groups[group].runs.runs[index]
        var record = AlertPool.Record(
            group: group, onset: run.onset, end: end(of: run), knownAt: run.onset, said: 0)
        var alert: Alert?
        if describes {
            let described = describe(group, run, frozen: nil, symbols: symbols)
            record.knownAt = described.knownAt
            record.said = described.hashValue
            alert = described
        }
        run.handle = alerts.add(record)
        groups[group].runs.setHandle(run.handle, at: index)
        if !dependents.isEmpty { noteOnsetChange(.added, run, group) }
        let hadEnded = old.map { alerts[$0.handle].end != nil } ?? false
        if let old { dropRecord(old, group) }
        guard setup.definition.raisesAlerts else { return }
        if old == nil { network.outbox.count(rule: rule, by: 1) }
        guard tells, let alert else { return }
        tell(alert, replacing: old.map { identifier(group, onset: $0.onset, symbols: symbols) }, hadEnded: hadEnded)
    }

    /// Tells of an alert for the first time under its id: one that has ended already fires and is resolved at once, so that
    /// whoever waits for the end gets it.
    private func tell(_ alert: Alert, replacing old: String?, hadEnded: Bool) {
        var alert = alert
        alert.replaces = old
        if old != nil {
            alert.status = alert.end != nil && !hadEnded ? .resolved : .updated
            network.outbox.add(alert)
            return
        }
        let isInstant = alert.end == alert.onset
        if alert.end != nil, !isInstant {
            var beginning = alert
            beginning.status = .firing
            beginning.end = nil
            beginning.peak = nil
            network.outbox.add(beginning)
        }
        alert.status = alert.end == nil || isInstant ? .firing : .resolved
        network.outbox.add(alert)
    }

    private func revise(_ group: Int, _ index: Int, from start: Instant, symbols: borrowing SymbolTable) {
        let run = groups[group].runs.runs[index]
        var record = alerts[run.handle]
        let end = end(of: run)
        if end == record.end, run.onset < start, end == nil { return }
        let hasEnded = record.end == nil && end != nil
        record.end = end
        if describes {
            var alert = describe(group, run, frozen: record.frozen, symbols: symbols)
            if alert.hashValue == record.said { return }
            record.said = alert.hashValue
            if alert.knownAt != record.knownAt, !dependents.isEmpty {
                noteOnsetChange(.touched, run, group)
                alerts.noteChange(of: run.handle, from: record.knownAt, at: network.moment)
            }
            record.knownAt = alert.knownAt
            if tells {
                alert.status = hasEnded ? .resolved : .updated
                network.outbox.add(alert)
            }
        }
        alerts[run.handle] = record
    }

    private func retract(_ group: Int, _ run: Run, symbols: borrowing SymbolTable) {
        if tells {
            // What is known now of the onset that was: too little.
            var alert = describe(group, run, frozen: alerts[run.handle].frozen, symbols: symbols)
            alert.status = .retracted
            alert.peak = nil
            network.outbox.add(alert)
        }
        if setup.definition.raisesAlerts { network.outbox.count(rule: rule, by: -1) }
        dropRecord(run, group)
    }

    private func dropRecord(_ run: Run, _ group: Int) {
        if dependents.isEmpty {
            alerts.remove(run.handle)
        } else {
            // It stays until those that refer to it have let go of it.
            noteOnsetChange(.removed, run, group)
            dropped.append(run.handle)
        }
    }

    private func noteOnsetChange(_ kind: OnsetChange.Kind, _ run: Run, _ group: Int) {
        onsetChanges.append(
            OnsetChange(kind: kind, onset: run.onset, handle: run.handle, group: group, moment: network.moment))
    }

    /// Lets go of the alerts that those who refer to them have been told are gone.
    func removeDropped() {
        for handle in dropped { alerts.remove(handle) }
        dropped.removeAll(keepingCapacity: true)
        alerts.forgetChanges()
    }

    // MARK: - What is said of it

    func groupValues(_ group: Int, symbols: borrowing SymbolTable) -> [Alert.GroupValue] {
        var values: [Alert.GroupValue] = []
        for (field, symbol) in zip(setup.correlation.groupBy, groupSymbols(group)) {
            values.append(Alert.GroupValue(field: field.name, value: symbols.value(of: symbol)))
        }
        return values
    }

    func identifier(_ group: Int, onset: Instant, symbols: borrowing SymbolTable) -> String {
        AlertIdentity.identifier(
            rule: setup.definition.name, group: groupValues(group, symbols: symbols), onset: onset, event: nil)
    }

    /// The alert of a run as it stands: firing while it holds, resolved once it has ended.
    func describe(_ group: Int, _ run: Run, frozen: FrozenAlert?, symbols: borrowing SymbolTable) -> Alert {
        let end = end(of: run)
        var alert = frozen?.alert ?? describeOnset(group, run.onset, symbols: symbols)
        alert.status = end == nil ? .firing : .resolved
        alert.end = end
        alert.peak = nil
        let soFar = network.options.tellsPeaksSoFar ? Instant(milliseconds: network.now.milliseconds + 1) : nil
        if let end = end ?? soFar {
            let peakStart = frozen?.peakEnd ?? run.onset
            alert.peak = combine(frozen?.peak, peakStart < end ? peak(group, from: peakStart, to: end) : nil)
        }
        return alert
    }

    func describeOnset(_ group: Int, _ onset: Instant, symbols: borrowing SymbolTable) -> Alert {
        let timeline = timeline(group)
        var state =
            groups[group].frontier == onset
            ? groups[group].state
            : pattern.state(before: Instant(milliseconds: onset.milliseconds + 1), in: timeline)
        // The state is of the last edge, at which the figure may have been another.
        if P.isContinuous { pattern.step(&state, to: onset, in: timeline) }
        let evidence = pattern.evidence(&state, in: timeline)
        var description = EvidenceDescription(network: network, limit: options.limit)
        description.add(evidence, in: timeline, symbols: symbols)
        let values = groupValues(group, symbols: symbols)
        return Alert(
            status: .firing, id: identifier(group, onset: onset, symbols: symbols), rule: rule, group: values,
            onset: onset, end: nil, figure: pattern.onsetFigure(&state), peak: nil,
            ceasefire: description.ceasefire ?? ceasefireState(ofGroup: group, at: onset, symbols: symbols),
            evidenceCount: evidence.count, events: description.events, alerts: description.alerts,
            knownAt: description.knownAt ?? onset)
    }

    /// The most extreme figure in a span; nil where the rule asks for no extreme.
    func peak(_ group: Int, from start: Instant, to end: Instant) -> Alert.Figure? {
        let directions = pattern.peakDirections
        guard directions.value != 0 || directions.pValue != 0 else { return nil }
        let timeline = timeline(group)
        var state = pattern.state(before: Instant(milliseconds: start.milliseconds + 1), in: timeline)
        var peak = combine(nil, pattern.figure(&state))
        var position = timeline.position(after: start)
        while true {
            let entering = position < timeline.end ? timeline.time(position) : .distantFuture
            let next = min(entering, pattern.nextEdge(state) ?? .distantFuture)
            if next >= end { return peak }
            pattern.step(&state, to: next, in: timeline)
            peak = combine(peak, pattern.figure(&state))
            while position < timeline.end, timeline.time(position) <= next { position += 1 }
        }
    }

    /// The more extreme of two figures, as the rule asks for extremes.
    func combine(_ left: Alert.Figure?, _ right: Alert.Figure?) -> Alert.Figure? {
        let directions = pattern.peakDirections
        func extreme(_ left: Double?, _ right: Double?, _ direction: Int) -> Double? {
            guard direction != 0 else { return nil }
            guard let left, let right else { return left ?? right }
            return direction > 0 ? max(left, right) : min(left, right)
        }
        let value = extreme(left?.value, right?.value, directions.value)
        let pValue = extreme(left?.pValue, right?.pValue, directions.pValue)
        return value == nil && pValue == nil ? nil : Alert.Figure(value, pValue: pValue)
    }
}
