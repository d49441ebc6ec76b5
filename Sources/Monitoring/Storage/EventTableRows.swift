import Events

// What is asked of one row, or of several in one block.
extension EventTable {
    func time(_ row: Row) -> Instant {
        let block = block(of: row)
        return block.time(row - block.start)
    }

    func timeEnd(_ row: Row) -> Instant {
        let block = block(of: row)
        return block.timeEnd(row - block.start)
    }

    func revision(_ row: Row) -> Revision {
        let block = block(of: row)
        return block.revision(row - block.start)
    }

    func digest(_ row: Row) -> UInt64 {
        let block = block(of: row)
        return block.digests[row - block.start]
    }

    func state(_ row: Row) -> State {
        let block = block(of: row)
        return block.states[row - block.start]
    }

    func setState(_ row: Row, _ state: State) {
        let block = block(of: row)
        block.setState(row - block.start, state)
    }

    /// Sets the revision of a row that has none of its own.
    func setRevision(_ row: Row, _ revision: Revision) {
        let block = block(of: row)
        block.setRevision(row - block.start, revision)
    }

    /// Sets the time of a row that has none: a withdrawal.
    func setTime(_ row: Row, _ time: Instant) {
        let block = block(of: row)
        block.setTime(row - block.start, time)
    }

    /// The value of a row in a column of symbols.
    func symbol(_ column: Int, of row: Row) -> Symbol {
        let block = block(of: row)
        return block.symbol(column, row - block.start)
    }

    /// The value of a row in a column of numbers, nil where absent.
    func number(_ column: Int, of row: Row) -> Double? {
        let block = block(of: row)
        return block.number(column, row - block.start)
    }

    /// The value of a row in a column of instants, nil where absent.
    func instant(_ column: Int, of row: Row) -> Instant? {
        let block = block(of: row)
        return block.instant(column, row - block.start)
    }

    /// The rows from one on that can be looked at together: some in one block.
    func part(from row: Row, to end: Row) -> Range<Row> {
        row..<min(row + 1024, end, block(of: row).rows.upperBound)
    }

    /// The columns of some rows of one block.
    func columns(of rows: Range<Row>) -> [Column] {
        let block = block(of: rows.lowerBound)
        return block.columns(of: rows.lowerBound - block.start..<rows.upperBound - block.start)
    }

    /// The times of some rows of one block, and their ends.
    func times(of rows: Range<Row>) -> (starts: [Instant], ends: [Instant]) {
        let block = block(of: rows.lowerBound)
        let indices = rows.lowerBound - block.start..<rows.upperBound - block.start
        return (block.times(of: indices), block.timeEnds(of: indices))
    }

    /// Whether a row has the values at a place of some columns.
    func equals(_ row: Row, _ columns: borrowing [Column], at index: Int) -> Bool {
        let block = block(of: row)
        return block.equals(row - block.start, columns, at: index)
    }

    /// Sets the values of a row.
    func set(_ row: Row, from columns: borrowing [Column]) {
        let block = block(of: row)
        block.set(row - block.start, from: columns)
    }
}
