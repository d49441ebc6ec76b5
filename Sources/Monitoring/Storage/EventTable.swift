import Events

/// The number of a record, counted from the first of the run. A correction is a new row; the old one stays until it is let
/// go of, so that its contributions can be taken out.
typealias Row = Int

/// The records within the horizon, as columns: a compact row each.
///
/// Rows are numbered in order of arrival; those let go of are a prefix. They lie in blocks, mostly one a batch, so that what
/// came is kept as it came and nothing is copied as the table grows.
final class EventTable {
    /// What a row is.
    enum State: UInt8 {
        /// The revision in force of its event.
        case inForce
        /// In force, and not reached by stream time yet.
        case pending
        /// A revision in force that takes its event back.
        case withdrawn
        /// Not in force: replaced, a duplicate, or refused.
        case dead
    }

    // So many rows a block has at least, but the last.
    private static let leastCount = 256

    // The blocks that are closed, in order, and the one that new rows are put into.
    private var closed: [EventBlock] = []
    private(set) var latest: EventBlock
    private let emptyColumns: [Column]
    /// Where the records stand; nil where nobody asks for it.
    private var places: RecordPlaces?
    // The latest row of each id, also where that is let go of.
    private var index = RowIndex()
    // The hashes of the ids of the batch that came last, and its first row.
    private var latestHashes: [UInt64] = []
    private var latestStart: Row = 0

    init(schema: Schema, keepsPlaces: Bool) {
        emptyColumns = schema.columns.map { Column($0.representation) }
        latest = EventBlock(start: 0, columns: emptyColumns)
        if keepsPlaces { places = RecordPlaces() }
    }

    /// The rows that there are.
    var rows: Range<Row> { base..<latest.rows.upperBound }
    /// The first of them.
    private(set) var base: Row = 0

    /// The block of a row.
    @inline(__always)
    func block(of row: Row) -> EventBlock { row >= latest.start ? latest : closedBlock(of: row) }

    private func closedBlock(of row: Row) -> EventBlock {
        var (low, high) = (0, closed.count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if closed[middle].start <= row { low = middle } else { high = middle - 1 }
        }
        return closed[low]
    }

    // MARK: - What comes

    /// Appends the records of a batch, all dead until they are admitted.
    func append(_ batch: borrowing Batch) {
        if latest.count >= EventTable.leastCount {
            latest.close()
            closed.append(latest)
            latest = EventBlock(start: latest.rows.upperBound, columns: emptyColumns)
        }
        latestHashes = batch.idHashes
        latestStart = latest.rows.upperBound
        latest.append(batch)
        makeRoomInIndex(for: batch.count)
        places?.append(batch)
    }

    private func makeRoomInIndex(for count: Int) {
        let (first, all) = (UInt32(truncatingIfNeeded: base), rows.count)
        func isThere(_ row: UInt32) -> Bool { Int(row &- first) < all }
        // A few places for each row: the index is swept while something is let go of, and not all at once.
        if base > 0 { index.sweep(count * 8, where: isThere) }
        index.reserve(count, live: all - count, where: isThere)
    }

    /// Appends a copy of a row with other values in its columns (`source[row]`), dead until it is admitted.
    func appendCopy(of row: Row, columns source: borrowing [Column], at index: Int) -> Row {
        let block = block(of: row)
        latest.appendCopy(of: row - block.start, in: block, columns: source, at: index)
        places?.appendCopy(of: row - base)
        return latest.rows.upperBound - 1
    }

    // MARK: - Ids

    /// The id of a row.
    func id(_ row: Row) -> String {
        let block = block(of: row)
        return String(decoding: block.id(row - block.start), as: UTF8.self)
    }

    /// The hash of a row's id.
    func idHash(_ row: Row) -> UInt64 {
        let index = row - latestStart
        if latestHashes.indices.contains(index) { return latestHashes[index] }
        let block = block(of: row)
        return EventTable.hash(ofID: Array(block.id(row - block.start)))
    }

    /// The hash of an id.
    static func hash(ofID id: [UInt8]) -> UInt64 { Batch.hash(ofID: id.span) }

    /// The latest row with an id, nil if there is none.
    func latest(ofID id: [UInt8]) -> Row? {
        let hash = EventTable.hash(ofID: id)
        var place = index.start(of: hash)
        while !index.isFree(place) {
            if let row = row(at: place, hash: hash) {
                let block = block(of: row)
                if block.id(row - block.start).elementsEqual(id) { return row }
            }
            place = index.place(after: place)
        }
        return nil
    }

    /// The source and the line of the latest record of an event; nil where neither is kept.
    func place(ofEvent id: String) -> (source: String, line: Int)? {
        latest(ofID: Array(id.utf8)).flatMap { places?[$0 - base] }
    }

    /// The latest row with the same id as a row, nil if there is none; and the place where the id belongs, for `setLatest`.
    func predecessor(of row: Row) -> (row: Row?, place: Int) {
        let hash = idHash(row)
        var place = index.start(of: hash)
        while !index.isFree(place) {
            if let other = self.row(at: place, hash: hash), hasSameId(other, row) { return (other, place) }
            place = index.place(after: place)
        }
        return (nil, place)
    }

    /// Makes a row the latest of its id, at the place that `predecessor` told of.
    func setLatest(_ row: Row, at place: Int) { index.put(row, hash: idHash(row), at: place) }

    /// Puts rows of the batch that came last in force, as long as no row has the id of any; returns where that ends.
    func admitNew(_ rows: Range<Row>) -> Row {
        let hashes = latestHashes
        index.warm(for: hashes[rows.lowerBound - latestStart..<rows.upperBound - latestStart])
        var row = rows.lowerBound
        while row < rows.upperBound {
            let hash = hashes[row - latestStart]
            var place = index.start(of: hash)
            var isKnown = false
            while !index.isFree(place) {
                if let other = self.row(at: place, hash: hash), hasSameId(other, row) {
                    isKnown = true
                    break
                }
                place = index.place(after: place)
            }
            if isKnown { break }
            index.put(row, hash: hash, at: place)
            row += 1
        }
        latest.putInForce(rows.lowerBound - latest.start..<row - latest.start)
        return row
    }

    private func hasSameId(_ left: Row, _ right: Row) -> Bool {
        let (leftBlock, rightBlock) = (block(of: left), block(of: right))
        return leftBlock.hasSameId(left - leftBlock.start, as: right - rightBlock.start, in: rightBlock)
    }

    // The row that an entry of the index means; nil if it has another hash, or was let go of.
    @inline(__always)
    private func row(at place: Int, hash: UInt64) -> Row? {
        index.row(at: place, hash: hash).flatMap { row(of: $0) }
    }

    @inline(__always)
    private func row(of entry: UInt32) -> Row? {
        let offset = Int(entry &- UInt32(truncatingIfNeeded: base))
        return offset < rows.count ? base + offset : nil
    }

    // MARK: - What is let go of

    /// When the event of the first row happened; nil where there is none.
    var firstTime: Instant? {
        let block = closed.first ?? latest
        return block.count > 0 ? block.time(0) : nil
    }

    /// The first row that is kept where what happened before an instant is not: the first of its block.
    ///
    /// Complexity: O(n) in the number of rows before it, mostly.
    func firstKept(from instant: Instant) -> Row {
        for block in closed where block.matters(from: instant) { return block.start }
        return latest.start
    }

    /// Has the values in some columns of the rows before one never be let go of: others remember their symbols.
    func pin(_ columns: [Int], before row: Row, in symbols: inout SymbolTable) {
        for block in closed.prefix(while: { $0.start < row }) {
            for column in columns { for symbol in block.symbols(in: column) { symbols.pin(symbol) } }
        }
    }

    /// Which of the symbols occur in some columns.
    func symbols(in columns: [Int], of symbols: borrowing SymbolTable) -> [Bool] {
        var used = [Bool](repeating: false, count: symbols.count)
        for block in closed + [latest] {
            for column in columns {
                for symbol in block.symbols(in: column) { used[Int(symbol.rawValue)] = true }
            }
        }
        return used
    }

    /// Lets go of the rows before one, which is the first of its block.
    func release(before row: Row) {
        guard row > base else { return }
        places?.removeFirst(row - base)
        closed.removeFirst(closed.prefix { $0.start < row }.count)
        base = row
    }
}
