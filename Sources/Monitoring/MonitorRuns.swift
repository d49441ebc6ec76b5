import Events
import Rulebook

// How rows that are simply new, the common case, are judged together: rule by rule over all of them.
extension Monitor {
    /// Admits rows of a batch from one on, as long as each is simply new: an event of an id that is not known, no earlier than
    /// all others, that changes nothing of what was known before.
    ///
    /// - Returns: the rows; none if the first is not so.
    mutating func admitRun(
        from first: Row, to end: Row, of batch: borrowing Batch, symbols: borrowing SymbolTable
    ) -> Range<Row> {
        guard judgesRuns, lateness == .zero, pending.isEmpty, network.now == largestTime,
            surroundings.limit == .distantFuture, surroundings.contributionsFrom <= table.time(first)
        else { return first..<first }
        let start = end - batch.count
        let looksCloser = plan.claims.isAwake || !plan.judge.isIdle
        let block = table.latest
        let times = block.times
        var last = largestTime
        var row = first
        while row < end, !batch.withdrawn[row - start], times[row - block.start] >= last {
            if isOrigin(row) || looksCloser && isStatementOrAct(row, symbols: symbols) { break }
            last = times[row - block.start]
            row += 1
        }
        if row == first { return first..<first }
        let admitted = first..<table.admitNew(first..<row)
        if admitted.isEmpty { return admitted }
        if !nameColumns.isEmpty { for row in admitted { count(row, by: 1) } }
        largestTime = times[admitted.upperBound - 1 - block.start]
        if options.tellsEvents { changedRows += admitted }
        counts.read += admitted.count
        counts.inForce += admitted.count
        return admitted
    }

    /// Judges rows that were admitted together.
    func judge(_ rows: Range<Row>, symbols: borrowing SymbolTable) {
        let run = OrderedRun(rows, after: network.now, in: table)
        network.begin(run)
        for interest in metInterests {
            if case .stream(let stream) = plan.consumers[interest] { network.streamsToJudge.insert(stream) }
        }
        while let stream = network.streamsToJudge.removeFirst() {
            let matched = plan.interestOfStream[stream].flatMap { self.rows(rows, of: plan.interests[$0]) }
            if matched == nil, !network.hasRunWork[stream] { continue }
            network.judge(run, by: stream, rows: matched ?? .none, symbols: symbols)
        }
        for interest in metInterests {
            let consumer = plan.consumers[interest]
            if case .stream = consumer { continue }
            guard let matched = self.rows(rows, of: plan.interests[interest]) else { continue }
            if case .detection(let alerter) = consumer { alerter.judge(run, matched, symbols: symbols) }
            if case .statistic(let index) = consumer { count(matched, in: index, symbols: symbols) }
        }
        network.end(run)
    }

    /// Counts rows in for a statistic.
    private func count(_ rows: MatchedRows, in statistic: Int, symbols: borrowing SymbolTable) {
        var rows = rows
        while let match = rows.next() {
            network.statistics?.receive(
                statistic, row: match.row, steps: match.steps, isRemoval: false, table: table, symbols: symbols)
        }
    }

    /// The rows among some of the batch that are of interest; nil if there are none.
    private func rows(_ rows: Range<Row>, of interest: Interest) -> MatchedRows? {
        let start = table.latest.start
        let part = rows.lowerBound - start..<rows.upperBound - start
        guard batchBits.isAnySet(nodes: interest.steps, in: part) else { return nil }
        return MatchedRows(interest.steps, of: batchBits, in: part, offset: start)
    }

    /// Whether a row may change how others are judged, or be judged by what others say.
    private func isStatementOrAct(_ row: Row, symbols: borrowing SymbolTable) -> Bool {
        if plan.claims.isAwake, plan.claims.isStatement(row, in: table) || plan.claims.mayConcern(row, in: table) {
            return true
        }
        return act(row, symbols: symbols) != nil
    }

    /// Whether the stream's first event that is known to the day is, or may become, that of a row.
    private func isOrigin(_ row: Row) -> Bool {
        if let origin = network.origin.instant, origin <= table.time(row) { return false }
        return isKnownToTheDay(row)
    }
}
