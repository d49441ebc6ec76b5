import Events

/// The statements by the incident that they are about, and what those incidents record of themselves.
///
/// Nothing is asked of it for an id until some statement is about it: until then a look costs one hash.
struct StatementTable {
    /// What an incident records of itself, which statements may stand in the place of.
    struct Record {
        var initiator, attribution: Symbol
    }

    private struct Entry {
        var statements: [Statement] = []
        var record: Record?
    }

    private var entries: [[UInt8]: Entry] = [:]
    // The hashes of the ids in `entries`.
    private var hashes: Set<UInt64> = []
    // Of those let go of, how many were about an incident that was never met.
    private var lostUnmet = 0

    /// Whether there is nothing in it.
    var isEmpty: Bool { entries.isEmpty }

    /// Whether there may be statements about the incident with an id of a hash.
    func mayKnow(idHash: UInt64) -> Bool { hashes.contains(idHash) }

    /// The statements about an incident; nil where there never was one.
    func statements(about id: [UInt8]) -> [Statement]? { entries[id]?.statements }

    /// What an incident records of itself, once it has been met.
    func record(of id: [UInt8]) -> Record? { entries[id]?.record }

    /// Notes what an incident records of itself.
    mutating func setRecord(_ record: Record, of id: [UInt8]) { entries[id]?.record = record }

    /// Adds a statement.
    mutating func add(_ statement: Statement, about id: [UInt8]) {
        hashes.insert(EventTable.hash(ofID: id))
        entries[id, default: Entry()].statements.append(statement)
    }

    /// Takes a statement out.
    mutating func remove(_ statement: Statement, about id: [UInt8]) {
        guard let index = entries[id]?.statements.firstIndex(of: statement) else { return }
        entries[id]?.statements.remove(at: index)
    }

    /// Lets go of the statements from before an instant.
    mutating func release(before instant: Instant) {
        for id in Array(entries.keys) {
            guard var entry = entries.removeValue(forKey: id) else { continue }
            let count = entry.statements.count
            entry.statements.removeAll { $0.at < instant }
            if entry.record == nil { lostUnmet += count - entry.statements.count }
            if !entry.statements.isEmpty { entries[id] = entry }
        }
        hashes = Set(entries.keys.map { EventTable.hash(ofID: $0) })
    }

    /// Calls a body with each symbol in it.
    func forEachSymbol(_ body: (Symbol) -> Void) {
        for entry in entries.values {
            for statement in entry.statements {
                body(statement.by)
                body(statement.target)
            }
            if let record = entry.record {
                body(record.initiator)
                body(record.attribution)
            }
        }
    }

    /// How many statements are about an incident that is not known.
    func unmet(isKnown: ([UInt8]) -> Bool) -> Int {
        entries.reduce(lostUnmet) { $0 + (isKnown($1.key) ? 0 : $1.value.statements.count) }
    }
}
