/// The new rows of a batch, before they are moved there all at once.
///
/// There is room for `capacity` rows; whoever adds one looks afterwards whether they are full, and then moves them.
struct OpenRows: ~Copyable {
    /// The fields that every record has.
    struct Head {
        var line: Int
        var digest: UInt64
        var interval: EventInterval
        var revision: Revision
        var idEnd: Int
        var idHash: UInt64
        var withdrawn: Bool
    }

    static let capacity = 1024

    /// The ids end to end. Those behind the last row's end belong to a row that is still being made.
    var idBytes = GrowingMemory<UInt8>(capacity: 1 << 14)
    let symbols: OpenColumns<Symbol>
    let numbers: OpenColumns<Double>
    let instants: OpenColumns<Instant>
    private let times = OpenColumns<Instant>(width: 2)
    private let hashes = OpenColumns<UInt64>(width: 2)
    private let revisions = OpenColumns<Revision>(width: 1)
    private let lines = OpenColumns<Int>(width: 1)
    private let idEnds = OpenColumns<Int32>(width: 1)
    private let withdrawn = OpenColumns<Bool>(width: 1)
    /// How many rows there are.
    private(set) var count = 0
    /// Where the last row's id ends.
    private(set) var lastIDEnd = 0

    init(schema: Schema) {
        func width(_ representation: Representation) -> Int {
            schema.columns.count { $0.representation == representation }
        }
        symbols = OpenColumns(width: width(.symbol))
        numbers = OpenColumns(width: width(.number))
        instants = OpenColumns(width: width(.instant))
    }

    /// Whether there is no room for another row.
    var isFull: Bool {
        @inline(__always) get { count == OpenRows.capacity }
    }

    /// Adds a row; its columns must have been put at `count` in `symbols`, `numbers` and `instants`.
    @inline(__always)
    mutating func add(_ head: Head) {
        times.put(head.interval.start, row: count, column: 0)
        times.put(head.interval.end, row: count, column: 1)
        hashes.put(head.digest, row: count, column: 0)
        hashes.put(head.idHash, row: count, column: 1)
        revisions.put(head.revision, row: count, column: 0)
        lines.put(head.line, row: count, column: 0)
        idEnds.put(Int32(truncatingIfNeeded: head.idEnd), row: count, column: 0)
        withdrawn.put(head.withdrawn, row: count, column: 0)
        lastIDEnd = head.idEnd
        count += 1
    }

    /// Adds the id of the row that is being made, which nothing was added of yet. Behind the text 32 bytes can be read.
    @inline(__always)
    mutating func putID(_ text: UnsafePointer<UInt8>, _ count: Int) {
        idBytes.cut(to: lastIDEnd)
        if count > 32 {
            idBytes.append(UnsafeBufferPointer(start: text, count: count))
        } else {
            idBytes.appendBlock(text, count)
        }
    }

    /// Where a column begins.
    func memory(_ step: ColumnStep) -> UnsafeMutableRawPointer {
        switch step.representation {
        case .symbol: UnsafeMutableRawPointer(symbols.column(step.place))
        case .number: UnsafeMutableRawPointer(numbers.column(step.place))
        case .instant: UnsafeMutableRawPointer(instants.column(step.place))
        }
    }

    /// Moves the rows to a batch.
    mutating func close(into batch: inout Batch) {
        if count == 0 { return }
        let before = Int32(batch.idBytes.count)
        batch.count += count
        batch.idBytes.append(contentsOf: UnsafeBufferPointer(rebasing: idBytes.buffer[..<lastIDEnd]))
        batch.idEnds.append(contentsOf: idEnds.values(0, rows: count).lazy.map { before + $0 })
        batch.idHashes.append(contentsOf: hashes.values(1, rows: count))
        batch.revisions.append(contentsOf: revisions.values(0, rows: count))
        batch.withdrawn.append(contentsOf: withdrawn.values(0, rows: count))
        batch.digests.append(contentsOf: hashes.values(0, rows: count))
        batch.times.append(contentsOf: times.values(0, rows: count))
        batch.timeEnds.append(contentsOf: times.values(1, rows: count))
        batch.lines.append(contentsOf: lines.values(0, rows: count))
        closeColumns(into: &batch)
        count = 0
        lastIDEnd = 0
        idBytes.cut(to: 0)
    }

    private func closeColumns(into batch: inout Batch) {
        var places = (symbols: 0, numbers: 0, instants: 0)
        for index in batch.columns.indices {
            // The column is taken out first, or adding to it would copy it.
            let column = batch.columns[index]
            batch.columns[index] = .symbols([])
            switch consume column {
            case .symbols(var values):
                values.append(contentsOf: symbols.values(places.symbols, rows: count))
                places.symbols += 1
                batch.columns[index] = .symbols(values)
            case .numbers(var values):
                values.append(contentsOf: numbers.values(places.numbers, rows: count))
                places.numbers += 1
                batch.columns[index] = .numbers(values)
            case .instants(var values):
                values.append(contentsOf: instants.values(places.instants, rows: count))
                places.instants += 1
                batch.columns[index] = .instants(values)
            }
        }
    }
}

/// Columns of one type side by side in memory of their own, each with room for as many rows as are open at once.
struct OpenColumns<Element>: ~Copyable {
    private let base: UnsafeMutablePointer<Element>

    init(width: Int) { base = .allocate(capacity: max(1, width) * OpenRows.capacity) }

    deinit { base.deallocate() }

    /// Where a column begins.
    @inline(__always)
    func column(_ index: Int) -> UnsafeMutablePointer<Element> { base + index &* OpenRows.capacity }

    /// Puts a value; the row must be below the capacity, the column below the width.
    @inline(__always)
    func put(_ value: Element, row: Int, column index: Int) { (column(index) + row).initialize(to: value) }

    /// The first rows of a column.
    func values(_ index: Int, rows: Int) -> UnsafeBufferPointer<Element> {
        UnsafeBufferPointer(start: column(index), count: rows)
    }
}
