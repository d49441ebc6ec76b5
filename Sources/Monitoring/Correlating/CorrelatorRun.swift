import Events
import Rulebook

/// A change in the onsets of another rule's alerts within a run of rows.
struct IncomingOnset {
    var change: OnsetChange
    var source: any Correlating
}

/// What a correlator has left to do of a run of rows, beside the rows that it takes.
struct RunWork {
    /// The groups that are due within the run.
    var due = Deadlines()
    /// What became of the onsets that the rule refers to, in order of moments; those before `next` are taken in.
    var incoming: [IncomingOnset] = []
    var next = 0

    /// Until when rows can be taken without looking at what else there is.
    @inline(__always)
    var attention: Instant { next < incoming.count ? .distantPast : due.next ?? .distantFuture }

    /// The moment of the next change in the onsets that the rule refers to.
    var nextIncoming: Moment? { next < incoming.count ? incoming[next].change.moment : nil }

    /// Puts what came from several sources into the order of moments.
    mutating func sortIncoming() {
        if incoming.isEmpty { return }
        incoming = incoming.enumerated().sorted { left, right in
            let (leftMoment, rightMoment) = (left.element.change.moment, right.element.change.moment)
            return leftMoment != rightMoment ? leftMoment < rightMoment : left.offset < right.offset
        }.map(\.element)
    }
}

// How a run of rows is judged at once: every row in its turn, and between them what time alone brings.
extension Correlator {
    @inline(__always)
    func judge(_ run: OrderedRun, _ rows: MatchedRows, symbols: borrowing SymbolTable) {
        runWork.sortIncoming()
        let pattern = pattern
        let intake = RunIntake(setup.intake, need: need, takesPlainRows: followsAtOnce, table: network.table)
        let constant = constantPayload
        let longest = longestTime
        let followsIdle = pattern.canBeginWithoutContribution || options.keepFiringFor > .zero
        var rows = rows
        while let match = rows.next() {
            let time = run.time(match.row)
            if time >= runWork.attention { catchUp(run, before: .row(match.row), symbols: symbols) }
            let index = match.row - run.base
            if let group = groupIndex.known(intake.group(index)), run.isFirst(match.row),
                run.timeEnd(match.row).milliseconds - time.milliseconds <= longest, groups[group].canFollow(to: time),
                let payload = constant ?? plainPayload(intake, index, match.steps, run.timeEnd(match.row), symbols)
            {
                let contribution = Contribution(time: time, source: .event(match.row), payload: payload)
                let frontier = groups[group].frontier
                if groups[group].follow(pattern, contribution) {
                    network.now = time
                    network.moment = .row(match.row)
                    let from = Instant(milliseconds: frontier.milliseconds + 1)
                    update(group, from: from, settled: .distantFuture, symbols: symbols)
                }
                if followsIdle || groups[group].truth.isOpen { schedule(group, pattern, now: time) }
            } else {
                take(match.row, match.steps, at: time, isFirst: run.isFirst(match.row), symbols: symbols)
            }
        }
        if run.end >= runWork.attention { catchUp(run, before: .row(run.rows.upperBound), symbols: symbols) }
        runWork.incoming.removeAll(keepingCapacity: true)
        runWork.next = 0
    }

    /// What the pattern needs to know of an event, where that is plain; else nil.
    @inline(__always)
    private func plainPayload(
        _ intake: RunIntake, _ index: Int, _ steps: UInt64, _ end: Instant, _ symbols: borrowing SymbolTable
    ) -> P.Payload? {
        var raw = RawPayload(steps: steps, end: end)
        switch intake.kind {
        case .steps: break
        case .key:
            let key = intake.symbols[index]
            if key.isAbsent || symbols.isList(key) { return nil }
            raw.keys = .one(UInt64(UInt32(bitPattern: key.rawValue)))
        case .number:
            if intake.numbers[index].isNaN { return nil }
            raw.numbers = .one(intake.numbers[index])
        case .other: return nil
        }
        return payload(raw)
    }

    /// Takes a row that is not plain.
    @inline(never)
    private func take(
        _ row: Row, _ steps: UInt64, at time: Instant, isFirst: Bool, symbols: borrowing SymbolTable
    ) {
        network.now = time
        network.moment = .row(row)
        network.isInOrder = isFirst
        receive(row: row, steps: steps, isRemoval: false, symbols: symbols)
        network.isInOrder = false
        finishMoment(symbols: symbols)
    }

    /// Does what is to be done before a moment.
    @inline(never)
    private func catchUp(_ run: OrderedRun, before limit: Moment, symbols: borrowing SymbolTable) {
        while true {
            var next = limit
            if let due = runWork.due.next { next = min(next, run.moment(of: due)) }
            if let incoming = runWork.nextIncoming { next = min(next, incoming) }
            if next == limit { return }
            network.moment = next
            network.now = run.time(at: next)
            while runWork.due.next == next.instant {
                _ = isDue(group: Int(runWork.due.removeFirst().group), at: next.instant)
            }
            finishMoment(symbols: symbols)
        }
    }

    /// Ends what happens at a moment.
    @inline(never)
    private func finishMoment(symbols: borrowing SymbolTable) {
        while runWork.nextIncoming == network.moment {
            let onset = runWork.incoming[runWork.next]
            runWork.next += 1
            receive(onset.change, from: onset.source, symbols: symbols)
        }
        settle(symbols: symbols)
    }
}
