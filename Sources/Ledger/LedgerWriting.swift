// What a run writes, within a transaction.
extension Ledger {
    /// Keeps an event in its latest revision.
    public func keep(_ event: LedgerEvent) throws(LedgerFailure) {
        let statement = statements.keepEvent
        statement.bind(event.id, at: 1)
        statement.bind(event.arrival, at: 2)
        statement.bind(event.time, at: 3)
        statement.bind(event.withdrawal.rawValue, at: 4)
        statement.bind(event.isKept, at: 5)
        statement.bind(Int64(event.source), at: 6)
        statement.bind(Int64(event.line), at: 7)
        statement.bind(Int64(event.layout), at: 8)
        statement.bind(bytes: event.record, at: 9)
        statement.bind(event.ceasefire, at: 10)
        statement.bind(event.breach, at: 11)
        statement.bind(event.side, at: 12)
        statement.bind(event.fatalities, at: 13)
        try statement.run()
    }

    /// Notes that the source of an event no longer has it, as of an instant.
    public func markWithdrawn(_ id: String, at time: Int64) throws(LedgerFailure) {
        statements.markWithdrawn.bind(id, at: 1)
        statements.markWithdrawn.bind(time, at: 2)
        try statements.markWithdrawn.run()
    }

    /// Keeps how an event is judged now.
    public func judge(_ id: String, ceasefire: String?, breach: String?, side: String?) throws(LedgerFailure) {
        statements.judgeEvent.bind(id, at: 1)
        statements.judgeEvent.bind(ceasefire, at: 2)
        statements.judgeEvent.bind(breach, at: 3)
        statements.judgeEvent.bind(side, at: 4)
        try statements.judgeEvent.run()
    }

    /// Lets go of the events before an instant.
    public func forgetEvents(before time: Int64) throws(LedgerFailure) {
        statements.forgetEvents.bind(time, at: 1)
        try statements.forgetEvents.run()
    }

    /// Keeps how far a source was read.
    public func keep(_ source: LedgerSource) throws(LedgerFailure) {
        let statement = statements.keepSource
        statement.bind(Int64(source.number), at: 1)
        statement.bind(source.path, at: 2)
        statement.bind(source.device.map { Int64(bitPattern: UInt64($0)) }, at: 3)
        statement.bind(source.node.map { Int64(bitPattern: UInt64($0)) }, at: 4)
        statement.bind(Int64(source.position), at: 5)
        statement.bind(Int64(source.line), at: 6)
        statement.bind(Int64(source.head.length), at: 7)
        statement.bind(source.head.digest, at: 8)
        statement.bind(Int64(source.tail.length), at: 9)
        statement.bind(source.tail.digest, at: 10)
        statement.bind(source.layout.map { Int64($0) }, at: 11)
        statement.bind(source.isRereading, at: 12)
        statement.bind(bytes: source.unended, at: 13)
        statement.bind(source.unendedEvent, at: 14)
        statement.bind(source.latest, at: 15)
        try statement.run()
    }

    /// The number of a layout, which is kept.
    public func number(of layout: LedgerLayout) throws(LedgerFailure) -> Int {
        for statement in [statements.keepLayout, statements.layoutNumber] {
            statement.bind(layout.kind, at: 1)
            statement.bind(layout.profile, at: 2)
            statement.bind(layout.header, at: 3)
        }
        try statements.keepLayout.run()
        defer { statements.layoutNumber.reset() }
        return try statements.layoutNumber.step() ? Int(statements.layoutNumber.number(0)) : 0
    }

    /// Keeps an alert as it was last emitted.
    public func keep(_ alert: LedgerAlert) throws(LedgerFailure) {
        let statement = statements.keepAlert
        statement.bind(alert.id, at: 1)
        statement.bind(alert.status, at: 2)
        statement.bind(alert.level, at: 3)
        statement.bind(alert.rule, at: 4)
        statement.bind(alert.title, at: 5)
        statement.bind(alert.group, at: 6)
        statement.bind(alert.onset, at: 7)
        statement.bind(alert.end, at: 8)
        statement.bind(alert.content, at: 9)
        statement.bind(alert.replacedBy, at: 10)
        statement.bind(alert.emission, at: 11)
        try statement.run()
    }

    /// Keeps a line of the output.
    public func keep(_ emission: LedgerEmission) throws(LedgerFailure) {
        let statement = statements.keepEmission
        statement.bind(emission.number, at: 1)
        statement.bind(emission.alert, at: 2)
        statement.bind(emission.status, at: 3)
        statement.bind(text: emission.line, at: 4)
        statement.bind(bytes: emission.written, at: 5)
        try statement.run()
    }

    /// Keeps how far the run is.
    public func keep(_ progress: LedgerProgress) throws(LedgerFailure) {
        let statement = statements.keepProgress
        statement.bind(progress.arrivals, at: 1)
        statement.bind(progress.origin, at: 2)
        statement.bind(progress.streamTime, at: 3)
        statement.bind(progress.forgotten, at: 4)
        statement.bind(progress.clock, at: 5)
        statement.bind(progress.output, at: 6)
        statement.bind(progress.firstEmission, at: 7)
        statement.bind(progress.sent, at: 8)
        statement.bind(progress.length, at: 9)
        try statement.run()
    }

    /// Notes, in a transaction of its own, which line was handed on last.
    public func keep(sent number: Int64) throws(LedgerFailure) {
        statements.keepSent.bind(number, at: 1)
        try statements.keepSent.run()
    }
}
