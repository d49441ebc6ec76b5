import Events

/// The rows of a stream that cannot bring anything about by themselves, as long as nothing else has come.
///
/// Of a sequence whose first step has never happened, say, only the rows are noted: they become contributions once it does.
struct DormantRows {
    /// An event of one group, and the rules that it matches.
    struct Entry {
        var row: Row
        var steps: UInt64
    }

    private var entries: [Entry] = []

    /// Notes a row.
    mutating func append(_ row: Row, steps: UInt64) { entries.append(Entry(row: row, steps: steps)) }

    /// Lets go of rows that happened before an instant, or are no longer kept.
    mutating func release(before instant: Instant, in table: EventTable) {
        entries.removeAll { $0.row < table.base || table.time($0.row) < instant }
    }

    /// Takes out the rows that are in force, each as it was noted last.
    mutating func removeAll(in table: EventTable) -> [Entry] {
        var latest: [Row: UInt64] = [:]
        var rows: [Row] = []
        for entry in entries where entry.row >= table.base && table.state(entry.row) == .inForce {
            if latest.updateValue(entry.steps, forKey: entry.row) == nil { rows.append(entry.row) }
        }
        entries = []
        return rows.map { Entry(row: $0, steps: latest[$0] ?? 0) }
    }
}
