import Events
import Rulebook

/// The columns that alerts tell of, and how an event is told.
struct EvidenceColumns {
    let place, fatalities, reported, type, initiator, by, target, mutual: Int
    let ceasefire, phase, day, reason: Int?

    init(rulebook: Rulebook, schema: inout Schema) {
        place = schema.index(of: ColumnRequest("place"))
        fatalities = schema.index(of: ColumnRequest("fatalities", as: .number))
        reported = schema.index(of: ColumnRequest("reported", as: .instant))
        type = schema.index(of: ColumnRequest("type"))
        initiator = schema.index(of: ColumnRequest("initiator"))
        by = schema.index(of: ColumnRequest("by"))
        target = schema.index(of: ColumnRequest("target"))
        mutual = schema.index(of: ColumnRequest("mutual"))
        guard !rulebook.ceasefires.isEmpty else {
            (ceasefire, phase, day, reason) = (nil, nil, nil, nil)
            return
        }
        ceasefire = schema.index(of: ColumnRequest("ceasefire"))
        phase = schema.index(of: ColumnRequest("ceasefire.phase"))
        day = schema.index(of: ColumnRequest("ceasefire.day"))
        reason = schema.index(of: ColumnRequest("breach.reason"))
    }

    /// When an event became known.
    func knownAt(_ row: Row, in table: EventTable) -> Instant {
        table.instant(reported, of: row) ?? table.time(row)
    }

    /// An event as evidence.
    func event(_ row: Row, in table: EventTable, symbols: borrowing SymbolTable) -> Alert.EvidenceEvent {
        Alert.EvidenceEvent(
            id: table.id(row), time: table.time(row), timeEnd: table.timeEnd(row),
            place: text(place, row, table, symbols), fatalities: table.number(fatalities, of: row),
            type: text(type, row, table, symbols),
            initiator: text(initiator, row, table, symbols) ?? text(by, row, table, symbols),
            target: text(target, row, table, symbols),
            isMutual: symbols.value(of: table.symbol(mutual, of: row)) == .boolean(true),
            breachReason: reason.flatMap { text($0, row, table, symbols) })
    }

    /// How things stood with the ceasefire that an event bears on; nil if it bears on none.
    func ceasefireState(_ row: Row, in table: EventTable, symbols: borrowing SymbolTable) -> Alert.CeasefireState? {
        guard let ceasefire, let phase, let day else { return nil }
        guard let id = text(ceasefire, row, table, symbols), let phase = text(phase, row, table, symbols) else {
            return nil
        }
        var whole: Int?
        if case .number(let number) = symbols.value(of: table.symbol(day, of: row)) { whole = Int(number) }
        return Alert.CeasefireState(id: id, phase: phase, day: whole)
    }

    private func text(
        _ column: Int, _ row: Row, _ table: EventTable, _ symbols: borrowing SymbolTable
    ) -> String? {
        let symbol = table.symbol(column, of: row)
        if symbol.isAbsent { return nil }
        if !symbols.isList(symbol) { return symbols.text(of: symbol) }
        let members = symbols.members(of: symbol)
        var texts: [String] = []
        for member in members { texts.append(symbols.text(of: member)) }
        return texts.isEmpty ? nil : texts.joined(separator: ", ")
    }
}
