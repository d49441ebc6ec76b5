// What is read at a restart, and by whoever looks.
extension Ledger {
    /// How far the run is.
    public func progress() throws(LedgerFailure) -> LedgerProgress {
        let statement = try Statement("SELECT * FROM progress", database)
        var progress = LedgerProgress()
        guard try statement.step() else { return progress }
        progress.arrivals = statement.number(0)
        progress.origin = statement.optionalNumber(1)
        progress.streamTime = statement.optionalNumber(2)
        progress.forgotten = statement.optionalNumber(3)
        progress.clock = statement.optionalNumber(4)
        progress.output = statement.text(5)
        progress.firstEmission = statement.number(6)
        progress.sent = statement.number(7)
        progress.length = statement.number(8)
        return progress
    }

    /// The sources, in the order in which they were first met.
    public func sources() throws(LedgerFailure) -> [LedgerSource] {
        let statement = try Statement("SELECT * FROM sources ORDER BY number", database)
        var sources: [LedgerSource] = []
        while try statement.step() {
            var source = LedgerSource(number: Int(statement.number(0)), path: statement.text(1))
            source.device = statement.optionalNumber(2).map { UInt(UInt64(bitPattern: $0)) }
            source.node = statement.optionalNumber(3).map { UInt(UInt64(bitPattern: $0)) }
            source.position = Int(statement.number(4))
            source.line = Int(statement.number(5))
            source.head = LedgerSource.Mark(length: Int(statement.number(6)), digest: statement.text(7))
            source.tail = LedgerSource.Mark(length: Int(statement.number(8)), digest: statement.text(9))
            source.layout = statement.optionalNumber(10).map { Int($0) }
            source.isRereading = statement.flag(11)
            source.unended = statement.isNull(12) ? nil : statement.bytes(12)
            source.unendedEvent = statement.optionalText(13)
            source.latest = statement.optionalNumber(14)
            sources.append(source)
        }
        return sources
    }

    /// The layouts, by number.
    public func layouts() throws(LedgerFailure) -> [Int: LedgerLayout] {
        let statement = try Statement("SELECT number, kind, profile, header FROM layouts", database)
        var layouts: [Int: LedgerLayout] = [:]
        while try statement.step() {
            layouts[Int(statement.number(0))] = LedgerLayout(
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
                    id: statement.text(0), arrival: statement.number(1), time: statement.number(2),
                    withdrawal: LedgerEvent.Withdrawal(rawValue: statement.number(3)) ?? .none,
                    isKept: statement.flag(4), source: Int(statement.number(5)), line: Int(statement.number(6)),
                    layout: Int(statement.number(7)), record: statement.bytes(8)))
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
        while try statement.step() { alerts.append(Ledger.alert(of: statement)) }
        return alerts
    }

    static func alert(of row: Statement) -> LedgerAlert {
        LedgerAlert(
            id: row.text(0), status: row.text(1), level: row.text(2), rule: row.text(3), title: row.text(4),
            group: row.text(5), onset: row.number(6), end: row.optionalNumber(7), content: row.number(8),
            replacedBy: row.optionalText(9), emission: row.number(10))
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
        while try statement.step() { onsets[statement.text(0)] = statement.number(1) }
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
        while try statement.step() { emissions.append(Ledger.emission(of: statement)) }
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

    private static func emission(of row: Statement) -> LedgerEmission {
        LedgerEmission(
            number: row.number(0), alert: row.text(1), status: row.text(2), line: row.bytes(3),
            written: row.isNull(4) ? nil : row.bytes(4))
    }
}
