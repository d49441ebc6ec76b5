import Events

// How a run of rows is judged: rule by rule, those that others refer to first.
extension Network {
    /// The moment within the run that is being judged.
    var moment: Moment {
        @inline(__always) get { outbox.moment }
        @inline(__always) set { outbox.moment = newValue }
    }

    /// Begins a run: every stream is told which groups of its readers are due within it.
    func begin(_ run: OrderedRun) {
        runEnd = run.end
        outbox.beginRun()
        while let instant = deadlines.next, instant <= runEnd {
            let entry = deadlines.removeFirst()
            let correlator = Int(entry.correlator)
            correlators[correlator].addDue(entry)
            addRunWork(to: streamOfCorrelator[correlator])
        }
    }

    /// Has the readers of a stream judge a run. To be called in the order of the streams.
    ///
    /// - Parameter rows: the rows that it takes.
    func judge(_ run: OrderedRun, by stream: Int, rows: MatchedRows, symbols: borrowing SymbolTable) {
        hasRunWork[stream] = false
        streams[stream].judge(run, rows, symbols)
        for correlator in sourcesOfStream[stream] {
            let judging = correlators[correlator]
            haveDropped.append(correlator)
            let changes = judging.takeOnsetChanges()
            if changes.isEmpty { continue }
            for dependent in judging.dependents {
                let dependentStream = streamOfCorrelator[dependent]
                for change in changes {
                    streams[dependentStream].stream.runWork.incoming.append(
                        IncomingOnset(change: change, source: judging))
                }
                addRunWork(to: dependentStream)
            }
        }
    }

    private func addRunWork(to stream: Int) {
        hasRunWork[stream] = true
        streamsToJudge.insert(stream)
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
