import Events

/// What is known beside the events of this run: the clock, sources that lag, and what an earlier run has seen.
struct Surroundings {
    /// Up to when a clock has taken stream time on.
    var clock = Instant.distantPast
    /// How far the slowest source lets stream time go.
    var limit = Instant.distantFuture
    /// Events before this bear on ceasefires only; what else they led to is known from the earlier run.
    var contributionsFrom = Instant.distantPast
    /// Whether what comes takes events out of force whatever their revision.
    var withdrawsAtOnce = false
}

// For runs that follow sources without an end.
extension Monitor {
    /// Takes up what an earlier run left: it has let go of everything before an instant.
    ///
    /// To be called before the first record; then come the events that the earlier run kept, in order of time.
    ///
    /// - Parameter origin: the time of the stream's first event.
    public mutating func resume(origin: Instant?, from start: Instant) {
        network.origin.instant = origin
        surroundings.contributionsFrom = start
    }

    /// What became of the records so far.
    public var tally: Summary { counts }

    /// Counts on from a tally, but for what is in force.
    public mutating func count(from tally: Summary) {
        let inForce = counts.inForce
        counts = tally
        counts.inForce = inForce
    }

    /// Lets a clock take stream time on; it never goes back.
    public mutating func advanceClock(to instant: Instant, symbols: inout SymbolTable, tell: (Message) -> Void) {
        surroundings.clock = max(surroundings.clock, instant)
        catchUp(symbols: &symbols, tell: tell)
    }

    /// Sets how far the slowest source lets stream time go; what it has reached already stays.
    public mutating func setLimit(_ limit: Instant, symbols: inout SymbolTable, tell: (Message) -> Void) {
        surroundings.limit = limit
        catchUp(symbols: &symbols, tell: tell)
    }

    private mutating func catchUp(symbols: inout SymbolTable, tell: (Message) -> Void) {
        if streamTime > network.now { advance(to: streamTime, symbols: &symbols) }
        network.outbox.drain(at: network.now, tell)
    }

    /// Takes events out of force whose source no longer has them; a later record that is no older puts them back.
    public mutating func withdraw(_ ids: [String], symbols: inout SymbolTable, tell: (Message) -> Void) {
        if ids.isEmpty { return }
        var batch = Batch(schema: plan.schema, source: "")
        batch.count = ids.count
        for id in ids {
            let utf8 = Array(id.utf8)
            batch.appendID(utf8.span)
        }
        batch.revisions = ids.map { _ in .none }
        batch.withdrawn = ids.map { _ in true }
        // No digest is smaller: a record with the same revision comes after it.
        batch.digests = ids.map { _ in 0 }
        batch.times = ids.map { _ in .distantPast }
        batch.timeEnds = batch.times
        batch.columns = plan.schema.columns.map { column in
            switch column.representation {
            case .symbol: .symbols(ids.map { _ in .absent })
            case .number: .numbers(ids.map { _ in .nan })
            case .instant: .instants(ids.map { _ in .distantPast })
            }
        }
        surroundings.withdrawsAtOnce = true
        receive(batch, symbols: &symbols, tell: tell, refuse: { _ in })
        surroundings.withdrawsAtOnce = false
        counts.read -= ids.count
    }

    /// When something is decided next though no event comes; nil if nothing is.
    public var nextDecision: Instant? {
        [network.deadlines.next, pending.next, network.aftermath?.nextEnd, network.statistics?.nextCutOff]
            .compactMap { $0 }.min()
    }

    /// A change further back than this revises nothing.
    public var horizonStart: Instant { network.horizonStart }

    /// The time of the stream's first event.
    public var origin: Instant? { network.origin.instant }

    /// Hands on the events in force.
    public func forEachEventInForce(_ body: (_ id: String, _ time: Instant) -> Void) {
        for row in table.rows where table.state(row) == .inForce || table.state(row) == .pending {
            body(table.id(row), table.time(row))
        }
    }
}
