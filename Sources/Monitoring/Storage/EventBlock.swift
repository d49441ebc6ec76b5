import Events

/// Records that came together, as columns: a part of the table. What most have none of costs nothing once it is closed.
final class EventBlock {
    /// The number of the first row.
    let start: Row
    private(set) var count = 0
    private(set) var times: [Instant] = []
    // Empty where the time of every event is exact and the block is closed; `revisions` likewise where there is none.
    private(set) var timeEnds: [Instant] = []
    private var revisions: [Revision] = []
    private(set) var digests: [UInt64] = []
    private(set) var states: [EventTable.State] = []
    /// The columns of the schema; in a closed block one that holds nothing is empty.
    var columns: [Column]
    private var idEnds: [Int32] = []
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
        } else {
            idEnds.append(contentsOf: batch.idEnds.lazy.map { before + $0 })
        }
        if count == 0 {
            columns = batch.columns
        } else {
            for index in columns.indices { columns[index].append(contentsOf: batch.columns[index]) }
        }
        states.append(contentsOf: repeatElement(.dead, count: batch.count))
        count += batch.count
    }

    /// Appends a copy of a row of a block with other values in its columns (`source[row]`), dead until it is admitted.
    func appendCopy(of index: Int, in block: EventBlock, columns source: borrowing [Column], at sourceIndex: Int) {
        times.append(block.times[index])
        timeEnds.append(block.timeEnd(index))
        revisions.append(block.revision(index))
        digests.append(block.digests[index])
        states.append(.dead)
        let id = Array(block.idBytes[block.idRange(index)])
        idBytes.append(contentsOf: id)
        idEnds.append(Int32(idBytes.count))
        for column in columns.indices { columns[column].append(from: source[column], at: sourceIndex) }
        count += 1
    }

    /// Lets go of what holds nothing: no row comes any more.
    func close() {
        if timeEnds.elementsEqual(times) { timeEnds = [] }
        if revisions.allSatisfy({ $0.kind == .none }) { revisions = [] }
        for index in columns.indices where columns[index].isAbsent { columns[index].removeAll() }
    }

    // The first batch of a block is taken as it is: nothing is copied.
    private static func append<Value>(_ new: [Value], to values: inout [Value]) {
        if values.isEmpty { values = new } else { values.append(contentsOf: new) }
    }

    // MARK: - One row, by its index in the block

    func timeEnd(_ index: Int) -> Instant { timeEnds.isEmpty ? times[index] : timeEnds[index] }
    func revision(_ index: Int) -> Revision { revisions.isEmpty ? .none : revisions[index] }
    func setState(_ index: Int, _ state: EventTable.State) { states[index] = state }

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
        if !timeEnds.isEmpty { timeEnds[index] = time }
        times[index] = time
    }

    /// The UTF-8 of the id of a row.
    func id(_ index: Int) -> ArraySlice<UInt8> { idBytes[idRange(index)] }

    private func idRange(_ index: Int) -> Range<Int> {
        (index == 0 ? 0 : Int(idEnds[index - 1]))..<Int(idEnds[index])
    }

    /// Whether a row has the id of a row of a block.
    func hasSameId(_ index: Int, as otherIndex: Int, in block: EventBlock) -> Bool {
        let (own, other) = (idRange(index), block.idRange(otherIndex))
        guard own.count == other.count else { return false }
        for offset in 0..<own.count
        where idBytes[own.lowerBound + offset] != block.idBytes[other.lowerBound + offset] { return false }
        return true
    }

    // MARK: - Several rows

    /// The columns of some rows, by their indices in the block.
    func columns(of indices: Range<Int>) -> [Column] {
        columns.map { $0.isEmpty ? $0.absent(count: indices.count) : $0.slice(indices) }
    }

    /// The ends of the times of some rows.
    func timeEnds(of indices: Range<Int>) -> [Instant] { Array(timeEnds.isEmpty ? times[indices] : timeEnds[indices]) }

    /// Sets the values of a row.
    func set(_ index: Int, from source: borrowing [Column]) {
        for column in columns.indices {
            if columns[column].isEmpty {
                if source[column].isAbsent { continue }
                columns[column] = columns[column].absent(count: count)
            }
            columns[column].set(from: source[column], at: index)
        }
    }

    /// Whether a row has the values at a place of some columns.
    func equals(_ index: Int, _ others: borrowing [Column], at otherIndex: Int) -> Bool {
        for column in columns.indices {
            if columns[column].isEmpty {
                if !others[column].slice(otherIndex..<otherIndex + 1).isAbsent { return false }
            } else if !columns[column].equals(at: index, others[column], at: otherIndex) {
                return false
            }
        }
        return true
    }
}

extension Column {
    /// Whether there are no values at all.
    var isEmpty: Bool {
        switch self {
        case .symbols(let values): values.isEmpty
        case .numbers(let values): values.isEmpty
        case .instants(let values): values.isEmpty
        }
    }

    /// Whether all values are absent.
    var isAbsent: Bool {
        switch self {
        case .symbols(let values): values.allSatisfy { $0.isAbsent }
        case .numbers(let values): values.allSatisfy { $0.isNaN }
        case .instants(let values): values.allSatisfy { $0 == .distantPast }
        }
    }

    /// As many absent values of the same representation.
    func absent(count: Int) -> Column {
        switch self {
        case .symbols: .symbols([Symbol](repeating: .absent, count: count))
        case .numbers: .numbers([Double](repeating: .nan, count: count))
        case .instants: .instants([Instant](repeating: .distantPast, count: count))
        }
    }

    /// Forgets all values.
    mutating func removeAll() {
        switch self {
        case .symbols: self = .symbols([])
        case .numbers: self = .numbers([])
        case .instants: self = .instants([])
        }
    }
}
