import Events
import Rulebook

/// A change in the onsets of another rule's alerts within a run of rows.
struct IncomingOnset {
    var change: OnsetChange
    var source: any Correlating
}

/// What a stream has left to do of a run of rows, beside the rows that it takes.
struct RunWork {
    /// The groups of its readers that are due within the run.
    var due = Deadlines()
    /// What became of the onsets that are counted, in order of moments; those before `next` are taken in.
    var incoming: [IncomingOnset] = []
    var next = 0

    /// Until when rows can be taken without looking at what else there is.
    @inline(__always)
    var attention: Instant { next < incoming.count ? .distantPast : due.next ?? .distantFuture }

    /// The moment of the next change in the onsets that are counted.
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
extension ContributionStream {
    /// Judges a run, for the readers of this stream and of the stricter ones.
    @inline(__always)
    func judge(_ run: OrderedRun, _ rows: MatchedRows, symbols: borrowing SymbolTable) {
        judgeAlone(run, rows, symbols: symbols)
        var next = stricter
        while let stream = next {
            let left = stream.remaining ?? rows
            stream.remaining = nil
            stream.judgeAlone(run, left, symbols: symbols)
            next = stream.stricter
        }
    }

    @inline(__always)
    private func judgeAlone(_ run: OrderedRun, _ rows: MatchedRows, symbols: borrowing SymbolTable) {
        runWork.sortIncoming()
        let intake = RunIntake(setup.intake, need: setup.need, takesPlainRows: followsAtOnce, table: network.table)
        let constant = constantPayload
        var rows = rows
        while let match = rows.next() {
            let time = run.time(match.row)
            if time >= runWork.attention { catchUp(run, before: .row(match.row), symbols: symbols) }
            let index = match.row - run.base
            if isDormant, sleeps(on: match, in: run, intake, symbols) { continue }
            if let group = groupIndex.known(intake.group(index)),
                run.timeEnd(match.row).milliseconds - time.milliseconds <= longestTime,
                let payload = constant ?? plainPayload(intake, index, match.steps, run.timeEnd(match.row), symbols)
            {
                let contribution = Contribution(time: time, source: .event(match.row), payload: payload)
                groups[group].timeline.insert(contribution)
                groups[group].progress += payload.weight
                if groups[group].progress >= groups[group].nextWake {
                    wake(group, with: match.row, in: run, symbols: symbols)
                }
            } else {
                take(match, in: run, rows, symbols: symbols)
            }
        }
        if run.end >= runWork.attention { catchUp(run, before: .row(run.rows.upperBound), symbols: symbols) }
        runWork.incoming.removeAll(keepingCapacity: true)
        runWork.next = 0
    }

    /// Whether a row brings nothing about, so that it is but noted.
    @inline(__always)
    private func sleeps(
        on match: (row: Row, steps: UInt64), in run: OrderedRun, _ intake: RunIntake, _ symbols: borrowing SymbolTable
    ) -> Bool {
        let index = match.row - run.base
        let end = run.timeEnd(match.row)
        let group = intake.group(index)
        if group.isAbsent || symbols.isList(group) { return false }
        guard end.milliseconds - run.time(match.row).milliseconds <= longestTime,
            let payload = constantPayload ?? plainPayload(intake, index, match.steps, end, symbols)
        else { return false }
        if payload.weight > 0 {
            awaken(symbols: symbols)
            return false
        }
        dormantRows.append(match.row, steps: match.steps)
        return true
    }

    /// What must be known of an event, where that is plain; else nil.
    @inline(__always)
    private func plainPayload(
        _ intake: RunIntake, _ index: Int, _ steps: UInt64, _ end: Instant, _ symbols: borrowing SymbolTable
    ) -> Payload? {
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

    /// Has those readers look at a group that wait for no more.
    @inline(never)
    private func wake(_ group: Int, with row: Row, in run: OrderedRun, symbols: borrowing SymbolTable) {
        network.now = run.time(row)
        network.moment = .row(row)
        wake(group, at: run.time(row), isFirst: run.isFirst(row), symbols: symbols)
        if !marked.isEmpty { finishMoment(symbols: symbols) }
    }

    /// Takes a row that is not plain.
    ///
    /// - Parameter rows: the rows after it.
    @inline(never)
    private func take(
        _ match: (row: Row, steps: UInt64), in run: OrderedRun, _ rows: MatchedRows, symbols: borrowing SymbolTable
    ) {
        let known = stricter
        network.now = run.time(match.row)
        network.moment = .row(match.row)
        network.isInOrder = run.isFirst(match.row)
        take(row: match.row, steps: match.steps, isRemoval: false, symbols: symbols)
        if let stricter, stricter !== known {
            stricter.take(row: match.row, steps: match.steps, isRemoval: false, symbols: symbols)
            stricter.remaining = rows
        }
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
                let entry = runWork.due.removeFirst()
                _ = network.compiled[Int(entry.correlator)].isDue(Int(entry.group), next.instant)
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
        while let reader = marked.popLast() { readers[reader].settle(symbols) }
    }
}
