import Events

// What follows from statements about incidents. A statement counts from when it is known, as an act does.
extension Monitor {
    /// Adds a row to the statements, or takes it out, if it is one.
    mutating func countStatement(_ row: Row, isRemoval: Bool, symbols: borrowing SymbolTable) {
        guard plan.claims.isAwake else { return }
        plan.claims.count(row, in: table, isRemoval: isRemoval, symbols: symbols)
    }

    /// Writes into a new row what follows from the statements about it; whether that is other than the record says.
    mutating func attribute(_ row: Row, symbols: inout SymbolTable) -> Bool {
        guard plan.claims.isAwake, plan.claims.mayConcern(row, in: table) else { return false }
        return plan.claims.attribute(
            id: Array(table.id(row).utf8), at: table.time(row), columns: &table.latest.columns,
            index: row - table.latest.start,
            isNew: true, symbols: &symbols)
    }

    /// Judges the incidents anew about which statements have come, changed or gone.
    mutating func reattribute(symbols: inout SymbolTable) {
        guard plan.claims.isAwake else { return }
        for id in plan.claims.takeTouched() {
            guard let row = table.latest(ofID: id), table.time(row) >= network.horizonStart else { continue }
            let state = table.state(row)
            guard state == .inForce || state == .pending else { continue }
            var judged = table.columns(of: row..<row + 1)
            let isChanged = plan.claims.attribute(
                id: id, at: table.time(row), columns: &judged, index: 0, isNew: false, symbols: &symbols)
            guard isChanged else { continue }
            if !plan.judge.isIdle {
                plan.judge.judge(
                    columns: &judged, times: [table.time(row)], timeEnds: [table.timeEnd(row)], rows: 0..<1,
                    symbols: &symbols)
            }
            if state == .inForce {
                replace(row, by: judged, at: 0, symbols: &symbols)
            } else {
                if options.tellsEvents { changedRows.append(row) }
                table.set(row, from: judged)
            }
        }
    }
}
