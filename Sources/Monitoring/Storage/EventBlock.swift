import Events

/// Records that came together, as columns: a part of the table. Once it is closed it holds them packed.
final class EventBlock {
    /// The number of the first row.
    let start: Row
    private(set) var count = 0
    /// The times; to be asked of a block that is not closed.
    private(set) var times: [Instant] = []
    /// The exclusive ends of the times; likewise.
    private(set) var timeEnds: [Instant] = []
    /// The columns of the schema; likewise.
    var columns: [Column]
    private var idEnds: [Int32] = []
    // What the four above hold, once the block is closed, unless a row was changed since.
    private var packed: PackedBlock?
    // Empty where there is none and the block is closed.
    private var revisions: [Revision] = []
    private(set) var digests: [UInt64] = []
    private(set) var states: [EventTable.State] = []
    private var idBytes: [UInt8] = []

    init(start: Row, columns: [Column]) {
        self.start = start
        self.columns = columns
    }

    /// The rows that there are.
    var rows: Range<Row> { start..<start + count }

    // MARK: - What comes

    /// Appends the records of a batch, all dead until they are admitted.
    func append(_ batch: borrowing Batch) {
        let before = Int32(idBytes.count)
        EventBlock.append(batch.times, to: &times)
        EventBlock.append(batch.timeEnds, to: &timeEnds)
        EventBlock.append(batch.revisions, to: &revisions)
        EventBlock.append(batch.digests, to: &digests)
        EventBlock.append(batch.idBytes, to: &idBytes)
        if count == 0 {
            idEnds = batch.idEnds
            columns = batch.columns
        } else {
            idEnds.append(contentsOf: batch.idEnds.lazy.map { before + $0 })
            for index in columns.indices { columns[index].append(contentsOf: batch.columns[index]) }
        }
        states.append(contentsOf: repeatElement(.dead, count: batch.count))
        count += batch.count
    }

    /// Appends a copy of a row of a block with other values in its columns (`source[row]`), dead until it is admitted.
    func appendCopy(of index: Int, in block: EventBlock, columns source: borrowing [Column], at sourceIndex: Int) {
        times.append(block.time(index))
        timeEnds.append(block.timeEnd(index))
        revisions.append(block.revision(index))
        digests.append(block.digests[index])
        states.append(.dead)
        let id = Array(block.id(index))
        idBytes.append(contentsOf: id)
        idEnds.append(Int32(idBytes.count))
        for column in columns.indices { columns[column].append(from: source[column], at: sourceIndex) }
        count += 1
    }

    /// Packs what it holds: no row comes any more.
    func close() {
        packed = PackedBlock(times: times, timeEnds: timeEnds, columns: columns, idEnds: idEnds)
        (times, timeEnds, columns, idEnds) = ([], [], [], [])
        if revisions.allSatisfy({ $0.kind == .none }) { revisions = [] }
        EventBlock.fit(&digests)
        EventBlock.fit(&idBytes)
    }

    /// Gives back room that is not used.
    private static func fit<Value>(_ values: inout [Value]) {
        if values.capacity <= values.count + values.count / 8 { return }
        values = [Value](capacity: values.count) { fitting in for value in values { fitting.append(value) } }
    }

    /// Takes what it holds out of its packing, for a change.
    private func reopen() {
        guard let packed else { return }
        let all = 0..<count
        (times, timeEnds) = (packed.times(all), packed.timeEnds(all))
        (columns, idEnds) = (packed.columns(all), packed.allIDEnds)
        self.packed = nil
    }

    // The first batch of a block is taken as it is: nothing is copied.
    private static func append<Value>(_ new: [Value], to values: inout [Value]) {
        if values.isEmpty { values = new } else { values.append(contentsOf: new) }
    }

    /// Whether a row that is not dead happened at or after an instant.
    func matters(from instant: Instant) -> Bool {
        (0..<count).reversed().contains { states[$0] != .dead && time($0) >= instant }
    }

    // MARK: - One row, by its index in the block

    func time(_ index: Int) -> Instant { packed?.time(index) ?? times[index] }
    func timeEnd(_ index: Int) -> Instant { packed?.timeEnd(index) ?? timeEnds[index] }
    func revision(_ index: Int) -> Revision { revisions.isEmpty ? .none : revisions[index] }
    func setState(_ index: Int, _ state: EventTable.State) { states[index] = state }

    /// The value of a row in a column of symbols.
    func symbol(_ column: Int, _ index: Int) -> Symbol {
        packed?.column(column).symbol(index) ?? columns[column].symbol(at: index)
    }

    /// The value of a row in a column of numbers, nil where absent.
    func number(_ column: Int, _ index: Int) -> Double? {
        guard let packed else { return columns[column].number(at: index) }
        let number = packed.column(column).number(index)
        return number.isNaN ? nil : number
    }

    /// The value of a row in a column of instants, nil where absent.
    func instant(_ column: Int, _ index: Int) -> Instant? {
        guard let packed else { return columns[column].instant(at: index) }
        let instant = packed.column(column).instant(index)
        return instant == .distantPast ? nil : instant
    }

    /// Puts rows in force that came one after the other.
    func putInForce(_ indices: Range<Int>) { for index in indices { states[index] = .inForce } }

    /// Sets the revision of a row that has none.
    func setRevision(_ index: Int, _ revision: Revision) {
        if revision == self.revision(index) { return }
        if revisions.isEmpty { revisions = [Revision](repeating: .none, count: count) }
        revisions[index] = revision
    }

    /// Sets the time of a row that has none.
    func setTime(_ index: Int, _ time: Instant) {
        reopen()
        timeEnds[index] = time
        times[index] = time
    }

    /// The UTF-8 of the id of a row.
    func id(_ index: Int) -> ArraySlice<UInt8> { idBytes[idRange(index)] }

    private func idRange(_ index: Int) -> Range<Int> { idEnd(index - 1)..<idEnd(index) }

    private func idEnd(_ index: Int) -> Int { index < 0 ? 0 : packed?.idEnd(index) ?? Int(idEnds[index]) }

    /// Whether a row has the id of a row of a block.
    func hasSameId(_ index: Int, as otherIndex: Int, in block: EventBlock) -> Bool {
        let (own, other) = (idRange(index), block.idRange(otherIndex))
        guard own.count == other.count else { return false }
        for offset in 0..<own.count
        where idBytes[own.lowerBound + offset] != block.idBytes[other.lowerBound + offset] { return false }
        return true
    }

    // MARK: - Several rows

    /// The values of a column of symbols.
    func symbols(in column: Int) -> [Symbol] {
        let all = packed?.column(column).column(0..<count) ?? columns[column]
        guard case .symbols(let values) = all else { return [] }
        return values
    }

    /// The columns of some rows, by their indices in the block.
    func columns(of indices: Range<Int>) -> [Column] {
        packed?.columns(indices) ?? columns.map { $0.slice(indices) }
    }

    /// The times of some rows.
    func times(of indices: Range<Int>) -> [Instant] { packed?.times(indices) ?? Array(times[indices]) }

    /// The ends of the times of some rows.
    func timeEnds(of indices: Range<Int>) -> [Instant] { packed?.timeEnds(indices) ?? Array(timeEnds[indices]) }

    /// Sets the values of a row.
    func set(_ index: Int, from source: borrowing [Column]) {
        if equals(index, source, at: 0) { return }
        reopen()
        for column in columns.indices { columns[column].set(from: source[column], at: index) }
    }

    /// Whether a row has the values at a place of some columns.
    func equals(_ index: Int, _ others: borrowing [Column], at otherIndex: Int) -> Bool {
        for column in others.indices {
            let isSame =
                packed?.column(column).equals(at: index, others[column], at: otherIndex)
                ?? columns[column].equals(at: index, others[column], at: otherIndex)
            if !isSame { return false }
        }
        return true
    }
}
