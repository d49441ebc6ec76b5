import Events
import Rulebook

/// The machine that follows what a rule book says: batches of events in, alerts out.
///
/// Deterministic: it reads no clock and opens no file. What it emits does not depend on how the events are cut into batches,
/// and its standing alerts not on their order of arrival.
public struct Monitor: ~Copyable {
    /// How to follow.
    public struct Options: Sendable {
        /// How far stream time stays behind the largest event time.
        public var lateness: Timespan = .zero
        /// How far back of stream time a change still revises alerts.
        public var horizon: Timespan = .unlimited
        /// The zone of calendar tests.
        public var timeZone: TimeZoneRules = .utc
        /// Whether the standing alerts can be asked for at the end; if not, those beyond the horizon are let go of.
        public var keepsStanding = false
        /// Whether changes are handed on as they come; if not, alerts are only counted.
        public var emitsChanges = true
        /// Whether the statistics of the rule book are followed.
        public var followsStatistics = false
        /// Whether it is kept where each record stands, so that it can be told where an alert comes from.
        public var keepsPlaces = false
        /// Whether it is told, for whoever keeps the events, what became of each.
        public var tellsEvents = false
        /// Whether alerts that still hold are told with their peak so far.
        public var tellsPeaksSoFar = false

        /// Options for a finite input.
        public init() {}
    }

    var plan: Plan
    let options: Options
    let rulebook: Rulebook
    let table: EventTable
    let network: Network
    var counts = Summary()
    /// How many events in force bear each symbol as a name, by symbol.
    var nameCounts: [Int32] = []
    let nameColumns: [Int]
    /// The largest event time among the events in force, and how far stream time stays behind it.
    var largestTime = Instant.distantPast
    var lateness: Timespan
    var pending = PendingRows()
    /// What the rows of the batch meet, and what rows meet that are judged on their own.
    var batchBits = RowBits()
    var loneBits = RowBits()
    /// What became of the alerts that stand, where they were asked for.
    var finalAftermath: Aftermath?
    /// The interests that some row of the batch may meet, in order.
    var metInterests: [Int] = []
    var rowMatches = RowMatches()
    /// The row with which it is looked again at what can be let go of.
    var nextRelease: Row = 4096
    /// How many rows come at least between two such looks.
    var releasePause = 4096 { didSet { nextRelease = releasePause } }
    /// Whether values that occur in no event any more are let go of with their symbols; whoever holds symbols of the table then
    /// forgets them when its `releases` change.
    public var releasesSymbols = false
    var symbolsAtRelease = 0
    /// Whether rows that are simply new are judged together. The outcome is the same; tests compare both.
    var judgesRuns = true
    /// What takes stream time on beside the events, or holds it back.
    var surroundings = Surroundings()
    /// The rows that came into force or were judged anew since the last batch began.
    var changedRows: [Row] = []
    /// Of which row of the batch each is a copy that was judged anew since.
    var copiedRows: [Row: Row] = [:]
    /// What became of the events by the last batch; only if that is told.
    public internal(set) var eventChanges: [EventChange] = []

    /// Creates a monitor that has seen nothing.
    public init(rulebook: Rulebook, options: Options) {
        plan = Plan(rulebook: rulebook, options: options)
        self.options = options
        self.rulebook = rulebook
        table = plan.table
        network = plan.network
        lateness = options.lateness
        var columns: [Int] = []
        if !rulebook.actors.isEmpty {
            for field in ["initiator", "target", "by"] {
                if let column = plan.schema.existingIndex(of: ColumnRequest(field)) { columns.append(column) }
            }
        }
        nameColumns = columns
    }

    /// The columns that the reader must extract.
    public var schema: Schema { plan.schema }

    /// Takes the next records and hands on what changes in the alerts by each, in order.
    ///
    /// - Parameters:
    ///   - batch: records with the columns of `schema`.
    ///   - symbols: the table that the batch's symbols are of.
    ///   - tell: takes each change; its status says what it is.
    ///   - refuse: takes the index within the batch of each record that is further back than the horizon.
    public mutating func receive(
        _ batch: Batch, symbols: inout SymbolTable, tell: (Message) -> Void, refuse: (Int) -> Void
    ) {
        tellOfCeasefires(symbols: &symbols)
        settle(symbols: symbols)
        let rows = table.rows.upperBound..<table.rows.upperBound + batch.count
        finalAftermath = nil
        table.append(batch)
        plan.claims.look(at: batch)
        var evaluated = rows
        evaluate(evaluated, symbols: &symbols)
        var row = rows.lowerBound
        while row < rows.upperBound {
            let run = admitRun(from: row, to: rows.upperBound, of: batch, symbols: symbols)
            if !run.isEmpty {
                judge(run, symbols: symbols)
                row = run.upperBound
            } else {
                let withdraws = batch.withdrawn[row - rows.lowerBound]
                switch admit(row, withdraws: withdraws, symbols: &symbols) {
                case .taken: break
                case .refused: refuse(row - rows.lowerBound)
                case .actsChanged:
                    // How the rest is judged may have changed.
                    evaluated = row + 1..<rows.upperBound
                    evaluate(evaluated, symbols: &symbols)
                }
                row += 1
            }
            network.outbox.drain(at: network.now, tell)
        }
        if options.tellsEvents { collectEventChanges(of: rows, symbols: symbols) }
        releaseIfWorthwhile(symbols: &symbols)
        releaseSymbolsIfWorthwhile(&symbols)
    }

    /// Ends a finite input: everything held back by the lateness is emitted.
    ///
    /// - Parameter until: up to when the input is complete; nil for no later than its last event.
    public mutating func conclude(until: Instant?, symbols: inout SymbolTable, tell: (Message) -> Void) {
        lateness = .zero
        finalAftermath = nil
        tellOfCeasefires(symbols: &symbols)
        let end = max(largestTime, until ?? .distantPast)
        if end > network.now { advance(to: end, symbols: &symbols) }
        network.outbox.drain(at: network.now, tell)
    }

    // MARK: - One record

    private enum Admission { case taken, refused, actsChanged }

    private mutating func evaluate(_ rows: Range<Row>, symbols: inout SymbolTable) {
        if rows.isEmpty { return }
        let block = table.latest
        let range = rows.lowerBound - block.start..<rows.upperBound - block.start
        if !plan.judge.isIdle {
            plan.judge.judge(
                columns: &block.columns, times: block.times, timeEnds: block.timeEnds, rows: range, symbols: &symbols)
        }
        plan.matcher.evaluate(columns: block.columns, rows: range, symbols: symbols, into: &batchBits)
        metInterests = plan.interestIndex.met(by: batchBits)
    }

    private mutating func admit(_ row: Row, withdraws: Bool, symbols: inout SymbolTable) -> Admission {
        counts.read += 1
        let (before, place) = table.predecessor(of: row)
        if let before, !supersedes(row, before) { return .taken }
        let replaced = before.flatMap { table.state($0) == .withdrawn ? nil : $0 }
        let time = withdraws ? replaced.map { table.time($0) } ?? network.now : table.time(row)
        if min(time, replaced.map { table.time($0) } ?? time) < network.horizonStart {
            counts.beyondHorizon += 1
            return .refused
        }
        table.setLatest(row, at: place)
        if options.tellsEvents { changedRows.append(row) }
        if withdraws {
            counts.withdrawn += 1
            table.setTime(row, time)
        } else if before != nil {
            counts.corrected += 1
        }
        var actsChanged = false
        if let replaced {
            counts.inForce -= 1
            if let act = act(replaced, symbols: symbols) {
                plan.judge.remove(act)
                actsChanged = true
            }
            countStatement(replaced, isRemoval: true, symbols: symbols)
            takeOut(replaced, symbols: &symbols)
        }
        if let before { table.setState(before, .dead) }
        if withdraws {
            table.setState(row, .withdrawn)
        } else {
            counts.inForce += 1
            table.setState(row, .pending)
            // An act counts from when it is known, also where stream time has not reached it yet.
            if let act = act(row, symbols: symbols) {
                plan.judge.add(act)
                actsChanged = true
            }
            countStatement(row, isRemoval: false, symbols: symbols)
        }
        updateLargestTime(row, replaced: replaced)
        if streamTime < network.now { rewind(to: streamTime, symbols: &symbols) }
        if actsChanged { rejudge(symbols: &symbols) }
        // The record itself before other incidents: a statement may have been about its own id.
        let isMatched = withdraws || !attribute(row, symbols: &symbols) && !actsChanged
        reattribute(symbols: &symbols)
        if !withdraws { bring(row, isMatched: isMatched, symbols: &symbols) }
        settle(symbols: symbols)
        return actsChanged ? .actsChanged : .taken
    }

    /// Whether a record takes the place of the one in force under its id.
    private mutating func supersedes(_ row: Row, _ before: Row) -> Bool {
        if surroundings.withdrawsAtOnce {
            table.setRevision(row, table.revision(before))
            return true
        }
        let (new, old) = (table.revision(row), table.revision(before))
        let (newDigest, oldDigest) = (table.digest(row), table.digest(before))
        if new == old, newDigest == oldDigest {
            counts.duplicate += 1
            return false
        }
        if new < old || (new == old && new.kind != .none && newDigest < oldDigest) {
            counts.superseded += 1
            return false
        }
        return true
    }

    // MARK: - Stream time

    private mutating func updateLargestTime(_ row: Row, replaced: Row?) {
        if table.state(row) == .pending, table.time(row) >= largestTime {
            largestTime = table.time(row)
        } else if let replaced, table.time(replaced) == largestTime {
            // The last event is taken back, or has moved: rare, so that looking at all is cheap enough.
            largestTime = .distantPast
            for row in table.rows where table.state(row) == .inForce || table.state(row) == .pending {
                largestTime = max(largestTime, table.time(row))
            }
        }
    }

    /// How far time is: what has been decided up to then.
    public var streamTime: Instant {
        let latest = largestTime == .distantPast ? largestTime : largestTime - lateness
        return max(min(latest, max(surroundings.limit, network.now)), surroundings.clock)
    }

    /// Takes in an event that is in force, as far as stream time goes by now.
    ///
    /// - Parameter isMatched: whether what it meets is known from its batch; else it is judged anew.
    private mutating func bring(_ row: Row, isMatched: Bool, symbols: inout SymbolTable) {
        let time = table.time(row)
        if time <= network.now {
            putIn(row, isMatched: isMatched, symbols: &symbols)
        } else if lateness == .zero, time == streamTime {
            advanceBefore(time, symbols: symbols)
            network.isInOrder = true
            putIn(row, isMatched: isMatched, symbols: &symbols)
            network.isInOrder = false
            settle(symbols: symbols)
            network.runDeadlines(through: time, symbols: symbols)
        } else {
            pending.add(row, at: time)
            advance(to: streamTime, symbols: &symbols)
        }
    }

    /// Takes stream time on to an instant, with the events that it reaches.
    mutating func advance(to instant: Instant, symbols: inout SymbolTable) {
        while let row = pending.removeFirst(through: instant) {
            guard row >= table.base, table.state(row) == .pending else { continue }
            if table.time(row) > network.now { advanceBefore(table.time(row), symbols: symbols) }
            putIn(row, isMatched: false, symbols: &symbols)
            settle(symbols: symbols)
            network.runDeadlines(through: network.now, symbols: symbols)
        }
        network.runDeadlines(through: instant, symbols: symbols)
        network.now = max(network.now, instant)
    }

    private func advanceBefore(_ instant: Instant, symbols: borrowing SymbolTable) {
        if instant <= network.now { return }
        let before = Instant(milliseconds: instant.milliseconds - 1)
        if let next = network.deadlines.next, next <= before {
            network.runDeadlines(through: before, symbols: symbols)
        }
        network.now = instant
    }

    /// Takes stream time back: the last event has moved or is gone.
    private mutating func rewind(to instant: Instant, symbols: inout SymbolTable) {
        for row in table.rows where table.state(row) == .inForce && table.time(row) > instant {
            takeOut(row, symbols: &symbols)
            table.setState(row, .pending)
            pending.add(row, at: table.time(row))
        }
        network.now = instant
        for correlator in network.correlators { correlator.rewind(to: instant) }
        for stream in network.streams { stream.rewind(instant) }
    }

    // MARK: - Contributions

    /// Counts an event in.
    private mutating func putIn(_ row: Row, isMatched: Bool, symbols: inout SymbolTable) {
        table.setState(row, .inForce)
        noteOrigin(row)
        count(row, by: 1)
        if isMatched {
            rowMatches.collect(plan.interests, from: batchBits, row: row - table.latest.start)
        } else {
            matchAlone(row, judged: true, symbols: &symbols)
        }
        give(row, isRemoval: false, symbols: symbols)
    }

    /// Counts an event out.
    private mutating func takeOut(_ row: Row, symbols: inout SymbolTable) {
        guard table.state(row) == .inForce else { return }
        matchAlone(row, judged: false, symbols: &symbols)
        give(row, isRemoval: true, symbols: symbols)
        count(row, by: -1)
        table.setState(row, .dead)
        if network.origin.instant == table.time(row) { findOrigin() }
    }

    private mutating func matchAlone(_ row: Row, judged: Bool, symbols: inout SymbolTable) {
        var columns = table.columns(of: row..<row + 1)
        if judged, !plan.judge.isIdle {
            let times = table.times(of: row..<row + 1)
            plan.judge.judge(
                columns: &columns, times: times.starts, timeEnds: times.ends, rows: 0..<1, symbols: &symbols)
            table.set(row, from: columns)
        }
        plan.matcher.evaluate(columns: columns, rows: 0..<1, symbols: symbols, into: &loneBits)
        rowMatches.collect(plan.interests, from: loneBits, row: 0)
    }

    /// Gives a row to those who take it.
    private func give(_ row: Row, isRemoval: Bool, symbols: borrowing SymbolTable) {
        if table.time(row) < surroundings.contributionsFrom { return }
        for match in rowMatches.matches {
            switch plan.consumers[match.consumer] {
            case .detection(let alerter): alerter.receive(row: row, isRemoval: isRemoval, symbols: symbols)
            case .stream(let index): network.streams[index].receive(row, match.steps, isRemoval, symbols)
            case .statistic(let index):
                network.statistics?.receive(
                    index, row: row, steps: match.steps, isRemoval: isRemoval, table: table, symbols: symbols)
            }
        }
    }

    private func settle(symbols: borrowing SymbolTable) {
        network.settle(symbols: symbols)
        network.settleDetections(symbols: symbols)
        network.outbox.seal(at: network.now)
    }

    mutating func count(_ row: Row, by change: Int) {
        for column in nameColumns {
            let symbol = table.symbol(column, of: row)
            let index = Int(symbol.rawValue)
            if index >= nameCounts.count {
                nameCounts.append(contentsOf: repeatElement(0, count: index + 1 - nameCounts.count))
            }
            nameCounts[index] += Int32(change)
        }
    }

    // MARK: - The stream's first event

    private func noteOrigin(_ row: Row) {
        guard isKnownToTheDay(row), network.origin.instant.map({ table.time(row) < $0 }) ?? true else { return }
        moveOrigin(to: table.time(row))
    }

    private func findOrigin() {
        var first: Instant?
        for row in table.rows where table.state(row) == .inForce && isKnownToTheDay(row) {
            first = min(first ?? .distantFuture, table.time(row))
        }
        moveOrigin(to: first)
    }

    func isKnownToTheDay(_ row: Row) -> Bool {
        table.timeEnd(row).milliseconds - table.time(row).milliseconds <= 86_400_000
    }

    private func moveOrigin(to instant: Instant?) {
        let old = network.origin.instant
        network.origin.instant = instant
        for correlator in network.correlators { correlator.originMoved(from: old, to: instant) }
    }

    // MARK: - Acts

    func act(_ row: Row, symbols: borrowing SymbolTable) -> StreamAct? {
        if plan.judge.isIdle { return nil }
        let block = table.latest
        if row >= block.start {
            return plan.judge.act(
                columns: block.columns, times: block.times, row: row - block.start, symbols: symbols)
        }
        return plan.judge.act(
            columns: table.columns(of: row..<row + 1), times: [table.time(row)], row: 0, symbols: symbols)
    }

    /// Tells the rules that go by the terms of ceasefires what is known of these.
    private func tellOfCeasefires(symbols: inout SymbolTable) {
        if rulebook.ceasefires.isEmpty { return }
        let known = rulebook.ceasefires.indices.map { plan.judge.phases(of: $0) }
        guard let change = network.ceasefires.update(known) else { return }
        for correlator in network.correlators { correlator.ceasefiresChanged(change, symbols: &symbols) }
    }

    /// Judges all events anew, and has those that are judged otherwise take the place of what they were.
    private mutating func rejudge(symbols: inout SymbolTable) {
        network.statistics?.update(plan.judge.allPhases(rulebook))
        tellOfCeasefires(symbols: &symbols)
        let end = table.rows.upperBound
        var start = table.base
        while start < end {
            let rows = table.part(from: start, to: end)
            var judged = table.columns(of: rows)
            let times = table.times(of: rows)
            plan.judge.judge(
                columns: &judged, times: times.starts, timeEnds: times.ends, rows: 0..<rows.count, symbols: &symbols)
            for row in rows where table.state(row) == .inForce {
                let index = row - rows.lowerBound
                if !table.equals(row, judged, at: index) { replace(row, by: judged, at: index, symbols: &symbols) }
            }
            start = rows.upperBound
        }
    }

    /// Has another row with the same id take the place of one in force.
    mutating func replace(_ row: Row, by columns: [Column], at index: Int, symbols: inout SymbolTable) {
        count(row, by: -1)
        matchAlone(row, judged: false, symbols: &symbols)
        give(row, isRemoval: true, symbols: symbols)
        table.setState(row, .dead)
        let new = table.appendCopy(of: row, columns: columns, at: index)
        table.setLatest(new, at: table.predecessor(of: new).place)
        table.setState(new, .inForce)
        if options.tellsEvents { noteCopy(new, of: row) }
        matchAlone(new, judged: false, symbols: &symbols)
        give(new, isRemoval: false, symbols: symbols)
        count(new, by: 1)
    }
}

// For who follows alerts of rules alone.
extension Monitor {
    /// Takes the next records and hands on what changes in the alerts of rules by each.
    public mutating func receive(
        _ batch: Batch, symbols: inout SymbolTable, emit: (Alert) -> Void, refuse: (Int) -> Void
    ) {
        receive(batch, symbols: &symbols, tell: { $0.notice?.alert.map(emit) }, refuse: refuse)
    }

    /// Ends a finite input and hands on what changes in the alerts of rules by that.
    public mutating func finish(until: Instant?, symbols: inout SymbolTable, emit: (Alert) -> Void) {
        conclude(until: until, symbols: &symbols) { $0.notice?.alert.map(emit) }
    }
}
