/// Which alerts somebody wants to see.
public struct LedgerFilter: Sendable {
    /// The names of the rules; all if there are none.
    public var rules: [String] = []
    /// The levels; all if there are none.
    public var levels: [String] = []
    /// What has become of them; anything if there is none.
    public var statuses: [String] = []
    /// Fields of the group and the text of their values.
    public var group: [(field: String, value: String)] = []
    /// Only those that had not ended before this, in milliseconds.
    public var since: Int64?
    /// Only those that began before this, in milliseconds.
    public var until: Int64?

    /// All alerts.
    public init() {}
}

/// A line of an alert's history.
public struct LedgerTelling: Sendable, Hashable {
    /// The line of the output it is.
    public var number: Int64
    /// The alert it tells of.
    public var alert: String
    /// The status it tells.
    public var status: String
    /// When what it rests on became known, as it was written.
    public var knownAt: String
    /// The sentence that explains it.
    public var explanation: String
    /// The whole line as JSON.
    public var line: String
}

// What whoever looks wants to know.
extension Ledger {
    /// The alerts that a filter lets through, in order of onset, rule, group and id.
    public func alerts(_ filter: LedgerFilter) throws(LedgerFailure) -> [LedgerAlert] {
        var conditions = ["1"]
        var values: [String] = []
        func anyOf(_ column: String, _ texts: [String]) {
            if texts.isEmpty { return }
            conditions.append("\(column) IN (\(texts.map { _ in "?" }.joined(separator: ", ")))")
            values += texts
        }
        anyOf("rule", filter.rules)
        anyOf("level", filter.levels)
        anyOf("status", filter.statuses)
        for (field, value) in filter.group {
            conditions.append(#"EXISTS (SELECT 1 FROM json_each("group") WHERE key = ? AND CAST(value AS TEXT) = ?)"#)
            values += [field, value]
        }
        if let since = filter.since { conditions.append("(end IS NULL OR end >= \(since))") }
        if let until = filter.until { conditions.append("onset < \(until)") }
        let statement = try Statement(
            #"SELECT * FROM alerts WHERE \#(conditions.joined(separator: " AND ")) ORDER BY onset, rule, "group", id"#,
            database)
        for (index, value) in values.enumerated() { statement.bind(value, at: Int32(index + 1)) }
        var alerts: [LedgerAlert] = []
        while try statement.step() { alerts.append(try Ledger.alert(of: statement)) }
        return alerts
    }

    /// The ids that begin with some digits.
    public func ids(beginningWith digits: String) throws(LedgerFailure) -> [String] {
        let statement = try Statement(
            "SELECT id FROM alerts WHERE substr(id, 1, length(?1)) = ?1 ORDER BY id LIMIT 3", database)
        statement.bind(digits, at: 1)
        var ids: [String] = []
        while try statement.step() { ids.append(statement.text(0)) }
        return ids
    }

    /// All that was said of an alert, also under the ids that it had before and has had since, in the order of saying it.
    public func history(of id: String) throws(LedgerFailure) -> [LedgerTelling] {
        let statement = try Statement(
            """
            WITH RECURSIVE earlier(id) AS (
              SELECT ?1 UNION SELECT alerts.id FROM alerts JOIN earlier ON replaced_by = earlier.id
            ), later(id) AS (
              SELECT ?1 UNION SELECT replaced_by FROM alerts JOIN later ON alerts.id = later.id
              WHERE replaced_by IS NOT NULL
            )
            SELECT number, alert, status, json_extract(line, '$.known_at'), json_extract(line, '$.explanation'), line
            FROM emissions WHERE alert IN (SELECT id FROM earlier UNION SELECT id FROM later) ORDER BY number
            """, database)
        statement.bind(id, at: 1)
        var history: [LedgerTelling] = []
        while try statement.step() {
            history.append(
                LedgerTelling(
                    number: statement.number(0), alert: statement.text(1), status: statement.text(2),
                    knownAt: statement.text(3), explanation: statement.text(4), line: statement.text(5)))
        }
        return history
    }
}
