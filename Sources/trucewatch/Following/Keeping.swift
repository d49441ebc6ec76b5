import Events
import Following
import Ledger
import Monitoring

// What the ledger is told.
extension LiveRun {
    /// Keeps the events of a batch that came into force, and those that are judged anew.
    func keepEvents(of batch: Batch, from source: FollowedSource) throws(Failure) {
        guard let ledger else { return }
        try keeping {
            for change in monitor.eventChanges {
                guard let record = change.record else {
                    try ledger.judge(
                        change.id, ceasefire: change.ceasefire, breach: change.breach, side: change.side)
                    continue
                }
                try ledger.keep(
                    LedgerEvent(
                        id: change.id, arrival: arrivals + Int64(record) + 1, time: change.time.milliseconds,
                        withdrawal: change.isWithdrawn ? .byRecord : .none, isKept: change.isAct,
                        source: source.number, line: batch.lines[record], layout: try layoutNumber(of: source) ?? 0,
                        record: Array(batch.bytes[batch.ranges[record]]), ceasefire: change.ceasefire,
                        breach: change.breach, side: change.side, fatalities: change.fatalities))
            }
        }
    }

    /// Keeps that events were taken back which their sources no longer have.
    func keepWithdrawals() throws(Failure) {
        guard let ledger else { return }
        try keeping {
            for change in monitor.eventChanges {
                if change.isWithdrawn {
                    try ledger.markWithdrawn(change.id, at: change.time.milliseconds)
                } else {
                    try ledger.judge(
                        change.id, ceasefire: change.ceasefire, breach: change.breach, side: change.side)
                }
            }
        }
    }

    private func layoutNumber(of source: FollowedSource) throws -> Int? {
        guard let ledger, let layout = source.layout else { return nil }
        if let number = layoutNumbers[layout] { return number }
        let number = try ledger.number(
            of: LedgerLayout(kind: layout.kind.rawValue, profile: layout.profile, header: layout.header))
        layoutNumbers[layout] = number
        return number
    }

    /// Keeps what a turn has changed, all at once.
    func keepTurn(isLast: Bool = false) throws(Failure) {
        guard let ledger else { return }
        try keeping {
            for source in sources where !source.hasDeparted && source.isRegular {
                try ledger.keep(source.record(layout: layoutNumber(of: source)))
            }
            for source in knownSources where isLast { try ledger.keep(source) }
            try output.keep(in: ledger)
            try forgetEvents(isLast: isLast)
            try ledger.keep(progress)
            try ledger.commit()
        }
    }

    /// How far the run is.
    private var progress: LedgerProgress {
        var progress = output.progress
        progress.arrivals = arrivals
        progress.origin = monitor.origin?.milliseconds
        progress.streamTime = monitor.streamTime == .distantPast ? nil : monitor.streamTime.milliseconds
        progress.clock = clock.reached == .distantPast ? nil : clock.reached.milliseconds
        progress.forgotten = forgotten == .distantPast ? nil : forgotten.milliseconds
        return progress
    }

    /// Lets go of the events that no change can reach any more: from time to time, and at the end.
    private func forgetEvents(isLast: Bool) throws {
        let horizon = monitor.horizonStart
        guard let ledger, horizon > .distantPast else { return }
        let pause = plan.base.monitorOptions.horizon.milliseconds / 16
        guard isLast || (horizon - forgottenAt).milliseconds > pause else { return }
        forgottenAt = horizon
        let start = max(monitor.keptStart, forgotten)
        try ledger.forgetEvents(before: start.milliseconds)
        forgotten = start
        var inForce: Set<UInt64> = []
        monitor.forEachEventInForce { id, _ in inForce.insert(Editions.number(of: id.utf8)) }
        for source in sources { source.editions.keep(only: inForce) }
    }
}
