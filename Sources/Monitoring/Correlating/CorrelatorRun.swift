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

    /// Whether there is nothing.
    var isEmpty: Bool { due.next == nil && next == incoming.count }

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
        var rows = rows
        while let match = rows.next() {
            let time = run.time(match.row)
            let moment = Moment.row(match.row)
            if !runWork.isEmpty { catchUp(run, before: moment, symbols: symbols) }
            network.now = time
            network.moment = moment
            network.isInOrder = run.isFirst(match.row)
            receive(row: match.row, steps: match.steps, isRemoval: false, symbols: symbols)
            network.isInOrder = false
            if !marked.isEmpty || !runWork.isEmpty { finishMoment(symbols: symbols) }
        }
        if !runWork.isEmpty { catchUp(run, before: .row(run.rows.upperBound), symbols: symbols) }
        runWork.incoming.removeAll(keepingCapacity: true)
        runWork.next = 0
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
