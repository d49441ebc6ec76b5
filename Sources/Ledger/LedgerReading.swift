// What is read at a restart, and by whoever looks.
extension Ledger {
    /// How far the run is.
    public func progress() throws(LedgerFailure) -> LedgerProgress {
        let statement = try Statement("SELECT * FROM progress", database)
        var progress = LedgerProgress()
        guard try statement.step() else { return progress }
        progress.arrivals = try statement.number(0, in: LedgerRanges.counts)
        progress.origin = try statement.optionalNumber(1, in: LedgerRanges.instants)
        progress.streamTime = try statement.optionalNumber(2, in: LedgerRanges.instants)
        progress.forgotten = try statement.optionalNumber(3, in: LedgerRanges.instants)
        progress.clock = try statement.optionalNumber(4, in: LedgerRanges.instants)
        progress.output = statement.text(5)
        progress.firstEmission = try statement.number(6, in: LedgerRanges.counts)
        progress.sent = try statement.number(7, in: LedgerRanges.counts)
        progress.length = try statement.number(8, in: LedgerRanges.counts)
        return progress
    }

    /// The sources, in the order in which they were first met.
    public func sources() throws(LedgerFailure) -> [LedgerSource] {
        let statement = try Statement("SELECT * FROM sources ORDER BY number", database)
        var sources: [LedgerSource] = []
        while try statement.step() {
            var source = LedgerSource(
                number: Int(try statement.number(0, in: LedgerRanges.counts)), path: statement.text(1))
            source.device = statement.optionalNumber(2).map { UInt(UInt64(bitPattern: $0)) }
            source.node = statement.optionalNumber(3).map { UInt(UInt64(bitPattern: $0)) }
            source.position = Int(try statement.number(4, in: LedgerRanges.counts))
            source.line = Int(try statement.number(5, in: LedgerRanges.counts))
            source.head = LedgerSource.Mark(
                length: Int(try statement.number(6, in: LedgerRanges.marks)), digest: statement.text(7))
            source.tail = LedgerSource.Mark(
                length: Int(try statement.number(8, in: LedgerRanges.marks)), digest: statement.text(9))
            source.layout = try statement.optionalNumber(10, in: LedgerRanges.counts).map { Int($0) }
            source.isRereading = statement.flag(11)
            source.unended = statement.isNull(12) ? nil : statement.bytes(12)
            source.unendedEvent = statement.optionalText(13)
            source.latest = try statement.optionalNumber(14, in: LedgerRanges.instants)
            sources.append(source)
        }
        return sources
    }

    /// The layouts, by number.
    public func layouts() throws(LedgerFailure) -> [Int: LedgerLayout] {
        let statement = try Statement("SELECT number, kind, profile, header FROM layouts", database)
        var layouts: [Int: LedgerLayout] = [:]
        while try statement.step() {
            layouts[Int(try statement.number(0, in: LedgerRanges.counts))] = LedgerLayout(
                kind: statement.text(1), profile: statement.text(2), header: statement.text(3))
        }
        return layouts
    }

    /// Hands on the events in order of time, those of one time in order of arrival.
    public func forEachEvent(_ body: (LedgerEvent) throws(LedgerFailure) -> Void) throws(LedgerFailure) {
        let statement = try Statement(
            """
            SELECT id, arrival, time, is_withdrawn, is_kept, source, line, layout, record FROM events
            ORDER BY time, arrival
            """, database)
        while try statement.step() {
            try body(
                LedgerEvent(
                    id: statement.text(0), arrival: try statement.number(1, in: LedgerRanges.counts),
                    time: try statement.number(2, in: LedgerRanges.instants),
                    withdrawal: LedgerEvent.Withdrawal(rawValue: statement.number(3)) ?? .none,
                    isKept: statement.flag(4), source: Int(try statement.number(5, in: LedgerRanges.counts)),
                    line: Int(try statement.number(6, in: LedgerRanges.counts)),
                    layout: Int(try statement.number(7, in: LedgerRanges.counts)), record: statement.bytes(8)))
        }
    }

    /// The ids of the events that a source gave, those that are withdrawn left out.
    public func events(of source: Int) throws(LedgerFailure) -> [String] {
        let statement = try Statement("SELECT id FROM events WHERE source = ? AND is_withdrawn = 0", database)
        statement.bind(Int64(source), at: 1)
        var ids: [String] = []
        while try statement.step() { ids.append(statement.text(0)) }
        return ids
    }

    /// An alert as it was last emitted; nil if none of the id was.
    public func alert(_ id: String) throws(LedgerFailure) -> LedgerAlert? {
        statements.alert.bind(id, at: 1)
        defer { statements.alert.reset() }
        return try statements.alert.step() ? Ledger.alert(of: statements.alert) : nil
    }

    /// The alerts, in order of onset, rule, group and id.
    ///
    /// - Parameter onset: only those that began then or later, or have not ended before it.
    public func alerts(since onset: Int64 = .min) throws(LedgerFailure) -> [LedgerAlert] {
        let statement = try Statement(
            """
            SELECT * FROM alerts WHERE onset >= ?1 OR end IS NULL OR end >= ?1
            ORDER BY onset, rule, "group", id
            """, database)
        statement.bind(onset, at: 1)
        var alerts: [LedgerAlert] = []
        while try statement.step() { alerts.append(try Ledger.alert(of: statement)) }
        return alerts
    }

    static func alert(of row: Statement) throws(LedgerFailure) -> LedgerAlert {
        LedgerAlert(
            id: row.text(0), status: row.text(1), level: row.text(2), rule: row.text(3), title: row.text(4),
            group: row.text(5), onset: try row.number(6, in: LedgerRanges.instants),
            end: try row.optionalNumber(7, in: LedgerRanges.instants), content: row.number(8),
            replacedBy: row.optionalText(9), emission: try row.number(10, in: LedgerRanges.counts))
    }

    /// The last onset of a rule's alerts that stand, before an instant, by group.
    public func lastOnsets(of rule: String, before time: Int64) throws(LedgerFailure) -> [String: Int64] {
        let statement = try Statement(
            """
            SELECT "group", max(onset) FROM alerts
            WHERE rule = ? AND onset < ? AND status IN ('firing', 'resolved') GROUP BY 1
            """, database)
        statement.bind(rule, at: 1)
        statement.bind(time, at: 2)
        var onsets: [String: Int64] = [:]
        while try statement.step() { onsets[statement.text(0)] = try statement.number(1, in: LedgerRanges.instants) }
        return onsets
    }

    /// The last line of the output; nil if there is none.
    public func lastEmission() throws(LedgerFailure) -> LedgerEmission? {
        let statement = try Statement("SELECT * FROM emissions ORDER BY number DESC LIMIT 1", database)
        return try statement.step() ? Ledger.emission(of: statement) : nil
    }

    /// A line of the output.
    public func emission(_ number: Int64) throws(LedgerFailure) -> LedgerEmission? {
        let statement = try Statement("SELECT * FROM emissions WHERE number = ?", database)
        statement.bind(number, at: 1)
        return try statement.step() ? Ledger.emission(of: statement) : nil
    }

    /// The lines that tell of an alert, in the order in which they were emitted.
    public func emissions(of alert: String) throws(LedgerFailure) -> [LedgerEmission] {
        let statement = try Statement("SELECT * FROM emissions WHERE alert = ? ORDER BY number", database)
        statement.bind(alert, at: 1)
        var emissions: [LedgerEmission] = []
        while try statement.step() { emissions.append(try Ledger.emission(of: statement)) }
        return emissions
    }

    /// Hands on the lines of the output from a number on.
    public func forEachEmission<Failure>(
        from number: Int64, _ body: (LedgerEmission) throws(Failure) -> Void
    ) throws {
        let statement = try Statement("SELECT * FROM emissions WHERE number >= ? ORDER BY number", database)
        statement.bind(number, at: 1)
        while try statement.step() { try body(Ledger.emission(of: statement)) }
    }

    private static func emission(of row: Statement) throws(LedgerFailure) -> LedgerEmission {
        LedgerEmission(
            number: try row.number(0, in: LedgerRanges.counts), alert: row.text(1), status: row.text(2),
            line: row.bytes(3),
            written: row.isNull(4) ? nil : row.bytes(4))
    }
}
