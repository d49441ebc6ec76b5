import Events

// How a run of rows is judged: rule by rule, those that others refer to first.
extension Network {
    /// The moment within the run that is being judged.
    var moment: Moment {
        @inline(__always) get { outbox.moment }
        @inline(__always) set { outbox.moment = newValue }
    }

    /// Begins a run: every correlator is told which of its groups are due within it.
    func begin(_ run: OrderedRun) {
        runEnd = run.end
        outbox.beginRun()
        while let instant = deadlines.next, instant <= runEnd {
            let entry = deadlines.removeFirst()
            let correlator = Int(entry.correlator)
            correlators[correlator].runWork.due.add(entry)
            hasRunWork[correlator] = true
        }
    }

    /// Has a correlator judge a run. To be called in the order of the correlators.
    ///
    /// - Parameter rows: the rows that it takes.
    func judge(_ run: OrderedRun, by correlator: Int, rows: MatchedRows, symbols: borrowing SymbolTable) {
        hasRunWork[correlator] = false
        compiled[correlator].judge(run, rows, symbols)
        let judging = correlators[correlator]
        if judging.dependents.isEmpty { return }
        haveDropped.append(correlator)
        let changes = judging.takeOnsetChanges()
        if changes.isEmpty { return }
        for dependent in judging.dependents {
            for change in changes {
                correlators[dependent].runWork.incoming.append(IncomingOnset(change: change, source: judging))
            }
            hasRunWork[dependent] = true
        }
    }

    /// Ends a run: what changed is told in the order of moments.
    func end(_ run: OrderedRun) {
        for correlator in haveDropped { correlators[correlator].removeDropped() }
        haveDropped.removeAll(keepingCapacity: true)
        now = run.end
        runEnd = .distantPast
        outbox.endRun(run)
    }
}
