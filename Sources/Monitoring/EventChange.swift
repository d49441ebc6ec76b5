import Events
import Rulebook

/// What became of an event, for whoever keeps the events in force.
public struct EventChange: Sendable, Hashable {
    /// The index of its record within the batch; nil where it was only judged anew.
    public var record: Int?
    /// Its id.
    public var id: String
    /// The start of its time; of one that is taken back, when it would have been or else when that became known.
    public var time: Instant
    /// Whether the record takes it back.
    public var isWithdrawn: Bool
    /// Whether it is an act about a ceasefire.
    public var isAct: Bool
    /// The ceasefire that it bears on, what breach it is, and whose.
    public var ceasefire, breach, side: String?
    /// How many died.
    public var fatalities: Double?

    /// The columns that are told.
    static func requestColumns(of rulebook: Rulebook, schema: inout Schema) {
        guard !rulebook.ceasefires.isEmpty else { return }
        for field in ["ceasefire", "breach", "breach.side"] { _ = schema.index(of: ColumnRequest(field)) }
    }
}

extension Monitor {
    /// Notes that a row was judged anew, as a copy in its place.
    mutating func noteCopy(_ copy: Row, of row: Row) {
        changedRows.append(copy)
        copiedRows[copy] = copiedRows[row] ?? row
    }

    /// Puts together what became of the events; the first of the rows is that of the batch's first record.
    mutating func collectEventChanges(of rows: Range<Row>, symbols: borrowing SymbolTable) {
        eventChanges.removeAll(keepingCapacity: true)
        let columns = ["ceasefire", "breach", "breach.side"].map { plan.schema.existingIndex(of: ColumnRequest($0)) }
        let isBound = !rulebook.ceasefires.isEmpty
        for row in changedRows where table.state(row) != .dead {
            func text(_ column: Int?) -> String? {
                guard isBound, let column else { return nil }
                let symbol = table.symbol(column, of: row)
                return symbol.isAbsent ? nil : symbols.text(of: symbol)
            }
            let original = copiedRows[row] ?? row
            eventChanges.append(
                EventChange(
                    record: rows.contains(original) ? original - rows.lowerBound : nil, id: table.id(row),
                    time: table.time(row),
                    isWithdrawn: table.state(row) == .withdrawn, isAct: act(row, symbols: symbols) != nil,
                    ceasefire: text(columns[0]), breach: text(columns[1]), side: text(columns[2]),
                    fatalities: table.number(network.columns.fatalities, of: row)))
        }
        changedRows.removeAll(keepingCapacity: true)
        copiedRows.removeAll(keepingCapacity: true)
    }
}
