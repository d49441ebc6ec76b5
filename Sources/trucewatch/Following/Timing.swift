import Events
import Following
import Monitoring

// What happens because time passes.
extension LiveRun {
    /// Whether something has to be done though nothing has come.
    ///
    /// A source that has become idle is waited for no more: then the others may go on.
    var isSomethingDue: Bool { patience.map { $0 <= 0 } ?? false || limit > lastLimit }

    /// How long the run may wait, in milliseconds; nil for ever.
    var patience: Int? {
        let now = Environment.steadyMilliseconds
        var waits: [Int] = []
        for source in sources where !source.isEnded {
            if source.isUnsettled { waits.append(source.lastArrival + LiveRun.settlingTime - now) }
            if holdsBack, !isIdle(source, at: now) { waits.append(source.lastArrival + plan.idleAfter - now) }
        }
        if let reloadDue { waits.append(reloadDue - now) }
        if let wait = clockWait(at: now) { waits.append(wait) }
        return waits.min()
    }

    /// Takes what has settled as it is.
    func settleAll() throws(Failure) {
        let now = Environment.steadyMilliseconds
        for source in sources where source.isUnsettled && now - source.lastArrival >= LiveRun.settlingTime {
            source.isSettled = true
            try takeUnendedLine(of: source)
            try closeEdition(of: source)
        }
    }

    /// Takes every source as it is: nothing more is read.
    func endSources() throws(Failure) {
        for source in sources where !source.isSettled && !source.isEnded {
            source.isSettled = true
            if ledger == nil || source.reader.layout?.kind == .lines { try takeUnendedLine(of: source) }
            if source.reader.unreadCount > 0, source.reader.isResumable {
                let advice = ledger == nil ? "it was not read" : "the next run reads it once it is whole"
                console.remark("\(source.name): the last line has no end; \(advice)")
            }
            // What was not read to its end may still have the rest of an edition.
            if source.hasCaughtUp, !source.isReady { try closeEdition(of: source) }
        }
    }

    /// Lets stream time go on as far as the slowest source and the clock allow.
    func advanceTime() throws(Failure) {
        holdBack()
        let output = output
        guard isClockFree else { return }
        output.isByClock = true
        while let due = clock.advance(toNext: monitor.nextDecision, at: wallTime) {
            monitor.advanceClock(to: due, symbols: &symbols) { output.add($0) }
        }
        output.isByClock = false
    }

    /// Lets stream time go as far as the slowest source allows.
    func holdBack() {
        let output = output
        lastLimit = limit
        monitor.setLimit(lastLimit, symbols: &symbols) { output.add($0) }
    }

    /// How far the slowest source that is not idle lets stream time go.
    private var limit: Instant {
        guard holdsBack else { return .distantFuture }
        let now = Environment.steadyMilliseconds
        let active = sources.filter { !$0.isEnded && !isIdle($0, at: now) }.map(\.latest)
        guard let slowest = active.min() else { return .distantFuture }
        return slowest == .distantPast ? slowest : slowest - plan.base.monitorOptions.lateness
    }

    /// Whether slow sources hold the others back.
    private var holdsBack: Bool { plan.base.monitorOptions.lateness > .zero && sources.count > 1 }

    private func isIdle(_ source: FollowedSource, at now: Int) -> Bool {
        !source.isReady && now - source.lastArrival >= plan.idleAfter
    }

    // MARK: - The clock

    /// Whether the wall clock may take stream time on: no source holds it back.
    private var isClockFree: Bool {
        let now = Environment.steadyMilliseconds
        return plan.usesClock && sources.allSatisfy { $0.isEnded || isIdle($0, at: now) }
    }

    /// What the wall clock says, less the lateness of the reports.
    private var wallTime: Instant {
        Instant(milliseconds: Environment.wallMilliseconds - plan.base.monitorOptions.lateness.milliseconds)
    }

    /// How long until the clock decides something.
    private func clockWait(at now: Int) -> Int? {
        guard plan.usesClock, let decision = clock.wait(forNext: monitor.nextDecision, at: wallTime) else { return nil }
        let idle = sources.filter { !$0.isEnded }.map { $0.lastArrival + plan.idleAfter - now }.max() ?? 0
        return max(decision, idle)
    }
}
