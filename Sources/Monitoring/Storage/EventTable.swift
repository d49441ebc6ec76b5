import Events

/// The number of a record, counted from the first of the run. A correction is a new row; the old one stays until it is let
/// go of, so that its contributions can be taken out.
typealias Row = Int

/// The records within the horizon, as columns: a compact row each.
///
/// Rows are numbered in order of arrival; those let go of are a prefix. Storage is contiguous, `base` being the number of
/// its first row, so that whole ranges can be judged and matched at once.
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

    private(set) var base: Row = 0
    private(set) var times: [Instant] = []
    private(set) var timeEnds: [Instant] = []
    private(set) var revisions: [Revision] = []
    private(set) var digests: [UInt64] = []
    var states: [State] = []
    var columns: [Column]
    /// Where the records stand; nil where nobody asks for it.
    private var places: RecordPlaces?
    private var hashes: [UInt64] = []
    private var idEnds: [Int] = []
    private var idBytes: [UInt8] = []
    // The latest row of each id that still has one, by open addressing: 24 bits of the hash above 40 bits of the row and one;
    // 0 is empty. The bits of the hash spare a look at the rows of others.
    private var slots = [UInt64](repeating: 0, count: 1024)
    private var occupied = 0

    init(schema: Schema, keepsPlaces: Bool) {
        columns = schema.columns.map { Column($0.representation) }
        if keepsPlaces { places = RecordPlaces() }
    }

    /// The rows that there are.
    var rows: Range<Row> { base..<base + times.count }

    func time(_ row: Row) -> Instant { times[row - base] }
    func timeEnd(_ row: Row) -> Instant { timeEnds[row - base] }
    func state(_ row: Row) -> State { states[row - base] }
    func setState(_ row: Row, _ state: State) { states[row - base] = state }

    /// Sets the time of a row that has none: a withdrawal.
    func setTime(_ row: Row, _ time: Instant) {
        times[row - base] = time
        timeEnds[row - base] = time
    }

    /// Sets the revision of a row that has none of its own.
    func setRevision(_ row: Row, _ revision: Revision) { revisions[row - base] = revision }

    /// The id of a row.
    func id(_ row: Row) -> String { String(decoding: idBytes[idRange(row)], as: UTF8.self) }

    /// The source and the line of the latest record of an event; nil where neither is kept.
    func place(ofEvent id: String) -> (source: String, line: Int)? {
        latest(ofID: Array(id.utf8)).flatMap { places?[$0 - base] }
    }

    /// The hash of a row's id.
    func idHash(_ row: Row) -> UInt64 { hashes[row - base] }

    /// The hash of an id.
    static func hash(ofID id: [UInt8]) -> UInt64 { hash(id, id.indices) }

    /// The latest row with an id, nil if there is none.
    func latest(ofID id: [UInt8]) -> Row? {
        let hash = EventTable.hash(ofID: id)
        var place = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[place] != 0 {
            let row = EventTable.row(in: slots[place])
            if row >= base, hashes[row - base] == hash, idBytes[idRange(row)].elementsEqual(id) { return row }
            place = (place + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Appends the records of a batch, all dead until they are admitted.
    func append(_ batch: borrowing Batch) {
        times.append(contentsOf: batch.times)
        timeEnds.append(contentsOf: batch.timeEnds)
        revisions.append(contentsOf: batch.revisions)
        digests.append(contentsOf: batch.digests)
        states.append(contentsOf: repeatElement(.dead, count: batch.count))
        let offset = idBytes.count
        idBytes.append(contentsOf: batch.idBytes)
        var start = 0
        for end in batch.idEnds {
            idEnds.append(offset + Int(end))
            hashes.append(EventTable.hash(batch.idBytes, start..<Int(end)))
            start = Int(end)
        }
        for index in columns.indices { columns[index].append(contentsOf: batch.columns[index]) }
        places?.append(batch)
    }

    /// Appends a copy of a row with other values in its columns (`source[row]`), dead until it is admitted.
    func appendCopy(of row: Row, columns source: borrowing [Column], at index: Int) -> Row {
        let position = row - base
        times.append(times[position])
        timeEnds.append(timeEnds[position])
        revisions.append(revisions[position])
        digests.append(digests[position])
        states.append(.dead)
        hashes.append(hashes[position])
        let id = Array(idBytes[idRange(row)])
        idBytes.append(contentsOf: id)
        idEnds.append(idBytes.count)
        for column in columns.indices { columns[column].append(from: source[column], at: index) }
        places?.appendCopy(of: position)
        return base + times.count - 1
    }

    /// The latest row with the same id as a row, nil if there is none; and the place where the id belongs, for `setLatest`.
    func predecessor(of row: Row) -> (row: Row?, place: Int) {
        let place = place(of: row)
        let found = EventTable.row(in: slots[place])
        return (found < base ? nil : found, place)
    }

    /// Makes a row the latest of its id, at the place that `predecessor` told of.
    func setLatest(_ row: Row, at place: Int) {
        if slots[place] == 0 { occupied += 1 }
        slots[place] = entry(of: row)
        if occupied * 2 > slots.count { rebuildIndex() }
    }

    /// Whether it is worth letting go of the rows before one: once they are half of all.
    func isWorthReleasing(before row: Row) -> Bool { row - base > 4096 && (row - base) * 2 > times.count }

    /// Lets go of the rows before one.
    func release(before row: Row) {
        let count = row - base
        let bytes = idEnds[count - 1]
        base += count
        times.removeFirst(count)
        timeEnds.removeFirst(count)
        revisions.removeFirst(count)
        digests.removeFirst(count)
        states.removeFirst(count)
        hashes.removeFirst(count)
        idEnds.removeFirst(count)
        for index in idEnds.indices { idEnds[index] -= bytes }
        idBytes.removeFirst(bytes)
        for index in columns.indices { columns[index].removeFirst(count) }
        places?.removeFirst(count)
        rebuildIndex()
    }

    private func idRange(_ row: Row) -> Range<Int> {
        let index = row - base
        return (index == 0 ? 0 : idEnds[index - 1])..<idEnds[index]
    }

    // The place that holds the latest row with the id of `row`, or the free one where it belongs. A row let go of counts as
    // another id until the index is rebuilt.
    private func place(of row: Row) -> Int {
        let hash = hashes[row - base]
        let tag = hash & EventTable.tagMask
        let mask = slots.count - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while slots[place] != 0 {
            if slots[place] & EventTable.tagMask == tag {
                let other = EventTable.row(in: slots[place])
                if other >= base, hashes[other - base] == hash, other == row || sameId(other, row) { return place }
            }
            place = (place + 1) & mask
        }
        return place
    }

    private static let tagMask: UInt64 = 0xffff_ff00_0000_0000

    private static func row(in entry: UInt64) -> Row { Row(entry & ~tagMask) - 1 }

    private func entry(of row: Row) -> UInt64 { hashes[row - base] & EventTable.tagMask | UInt64(row + 1) }

    private func sameId(_ left: Row, _ right: Row) -> Bool {
        let left = idRange(left)
        let right = idRange(right)
        guard left.count == right.count else { return false }
        var offset = 0
        while offset < left.count {
            if idBytes[left.lowerBound + offset] != idBytes[right.lowerBound + offset] { return false }
            offset += 1
        }
        return true
    }

    private func rebuildIndex() {
        let live = slots.filter { EventTable.row(in: $0) >= base }
        var capacity = 1024
        while capacity < live.count * 4 { capacity *= 2 }
        slots = [UInt64](repeating: 0, count: capacity)
        occupied = live.count
        for entry in live {
            var place = Int(truncatingIfNeeded: hashes[EventTable.row(in: entry) - base]) & (capacity - 1)
            while slots[place] != 0 { place = (place + 1) & (capacity - 1) }
            slots[place] = entry
        }
    }

    private static func hash(_ bytes: borrowing [UInt8], _ range: Range<Int>) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        var index = range.lowerBound
        while index < range.upperBound {
            hash = (hash ^ UInt64(bytes[index])) &* 0x0000_0100_0000_01b3
            index += 1
        }
        return IntegerMap.mix(hash)
    }
}

extension Column {
    // The array is taken out of the column before it is changed: while both hold it, a change would copy it whole.

    /// Appends all values of a column of the same representation.
    mutating func append(contentsOf other: Column) {
        switch (self, other) {
        case (.symbols(var mine), .symbols(let theirs)):
            self = .symbols([])
            mine.append(contentsOf: theirs)
            self = .symbols(mine)
        case (.numbers(var mine), .numbers(let theirs)):
            self = .numbers([])
            mine.append(contentsOf: theirs)
            self = .numbers(mine)
        case (.instants(var mine), .instants(let theirs)):
            self = .instants([])
            mine.append(contentsOf: theirs)
            self = .instants(mine)
        default: preconditionFailure("a batch has the columns of the schema")
        }
    }

    /// Appends one value of a column of the same representation.
    mutating func append(from other: Column, at index: Int) { append(contentsOf: other.slice(index..<index + 1)) }

    /// Sets one value to the only one of a column of the same representation.
    mutating func set(from other: Column, at index: Int) {
        switch (self, other) {
        case (.symbols(var mine), .symbols(let theirs)):
            self = .symbols([])
            mine[index] = theirs[0]
            self = .symbols(mine)
        case (.numbers(var mine), .numbers(let theirs)):
            self = .numbers([])
            mine[index] = theirs[0]
            self = .numbers(mine)
        case (.instants(var mine), .instants(let theirs)):
            self = .instants([])
            mine[index] = theirs[0]
            self = .instants(mine)
        default: preconditionFailure("a row has the columns of the schema")
        }
    }

    /// Removes the first values.
    mutating func removeFirst(_ count: Int) {
        switch self {
        case .symbols(var values):
            self = .symbols([])
            values.removeFirst(count)
            self = .symbols(values)
        case .numbers(var values):
            self = .numbers([])
            values.removeFirst(count)
            self = .numbers(values)
        case .instants(var values):
            self = .instants([])
            values.removeFirst(count)
            self = .instants(values)
        }
    }

    /// The values of a range.
    func slice(_ range: Range<Int>) -> Column {
        switch self {
        case .symbols(let values): .symbols(Array(values[range]))
        case .numbers(let values): .numbers(Array(values[range]))
        case .instants(let values): .instants(Array(values[range]))
        }
    }

    /// Whether the values at two places of two columns are the same.
    func equals(at index: Int, _ other: Column, at otherIndex: Int) -> Bool {
        switch (self, other) {
        case (.symbols(let mine), .symbols(let theirs)): mine[index] == theirs[otherIndex]
        case (.numbers(let mine), .numbers(let theirs)):
            mine[index].bitPattern == theirs[otherIndex].bitPattern
        case (.instants(let mine), .instants(let theirs)): mine[index] == theirs[otherIndex]
        default: false
        }
    }

    /// The symbol at an index.
    func symbol(at index: Int) -> Symbol {
        guard case .symbols(let values) = self else { preconditionFailure("not a column of symbols") }
        return values[index]
    }

    /// The number at an index, nil where absent.
    func number(at index: Int) -> Double? {
        guard case .numbers(let values) = self else { preconditionFailure("not a column of numbers") }
        return values[index].isNaN ? nil : values[index]
    }

    /// The instant at an index, nil where absent.
    func instant(at index: Int) -> Instant? {
        guard case .instants(let values) = self else { preconditionFailure("not a column of instants") }
        return values[index] == .distantPast ? nil : values[index]
    }
}
