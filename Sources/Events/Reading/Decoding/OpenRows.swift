/// The new rows of a batch, before they are moved there all at once.
///
/// Every column has room for as many rows as every other, so that a row is added after one look at the room left.
struct OpenRows: ~Copyable {
    /// The fields that every record has.
    struct Head {
        var line: Int
        var digest: UInt64
        var interval: EventInterval
        var revision: Revision
        var idEnd: Int32
        var withdrawn: Bool
    }

    /// The ids end to end. Those behind the last row's end belong to a row that is still being made.
    var idBytes = GrowingMemory<UInt8>(capacity: 1 << 14)
    private(set) var symbols: OpenColumns<Symbol>
    private(set) var numbers: OpenColumns<Double>
    private(set) var instants: OpenColumns<Instant>
    private var heads: UnsafeMutablePointer<Head>
    /// How many rows there are.
    private(set) var count = 0
    private var capacity = 512

    init(schema: Schema) {
        var widths = [0, 0, 0]
        for column in schema.columns {
            switch column.representation {
            case .symbol: widths[0] += 1
            case .number: widths[1] += 1
            case .instant: widths[2] += 1
            }
        }
        symbols = OpenColumns(width: widths[0], capacity: capacity)
        numbers = OpenColumns(width: widths[1], capacity: capacity)
        instants = OpenColumns(width: widths[2], capacity: capacity)
        heads = .allocate(capacity: capacity)
    }

    deinit { heads.deallocate() }

    /// Adds a row; its columns must have been put at `count` in `symbols`, `numbers` and `instants`.
    @inline(__always)
    mutating func add(_ head: Head) {
        (heads + count).initialize(to: head)
        count += 1
        if count == capacity { grow() }
    }

    /// Where the last row's id ends.
    var lastIDEnd: Int { count == 0 ? 0 : Int(heads[count - 1].idEnd) }

    @inline(never)
    private mutating func grow() {
        capacity *= 2
        symbols.grow(rows: count, capacity: capacity)
        numbers.grow(rows: count, capacity: capacity)
        instants.grow(rows: count, capacity: capacity)
        let larger = UnsafeMutablePointer<Head>.allocate(capacity: capacity)
        larger.initialize(from: heads, count: count)
        heads.deallocate()
        heads = larger
    }

    /// Moves the rows to a batch.
    mutating func close(into batch: inout Batch) {
        if count == 0 { return }
        let heads = UnsafeBufferPointer(start: heads, count: count)
        let before = Int32(batch.idBytes.count)
        batch.count += count
        batch.idBytes.append(contentsOf: idBytes.buffer)
        batch.idEnds.append(contentsOf: heads.lazy.map { before + $0.idEnd })
        batch.revisions.append(contentsOf: heads.lazy.map(\.revision))
        batch.withdrawn.append(contentsOf: heads.lazy.map(\.withdrawn))
        batch.digests.append(contentsOf: heads.lazy.map(\.digest))
        batch.times.append(contentsOf: heads.lazy.map(\.interval.start))
        batch.timeEnds.append(contentsOf: heads.lazy.map(\.interval.end))
        batch.lines.append(contentsOf: heads.lazy.map(\.line))
        closeColumns(into: &batch)
        count = 0
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

/// Columns of one type side by side in memory of their own.
struct OpenColumns<Element>: ~Copyable {
    private var base: UnsafeMutablePointer<Element>
    private let width: Int
    private var capacity: Int

    init(width: Int, capacity: Int) {
        self.width = width
        self.capacity = capacity
        base = .allocate(capacity: width * capacity)
    }

    deinit { base.deallocate() }

    /// Puts a value; the row must be below the capacity, the column below the width.
    @inline(__always)
    func put(_ value: Element, row: Int, column: Int) { (base + (column &* capacity &+ row)).initialize(to: value) }

    /// The first rows of a column.
    func values(_ column: Int, rows: Int) -> UnsafeBufferPointer<Element> {
        UnsafeBufferPointer(start: base + column * capacity, count: rows)
    }

    mutating func grow(rows: Int, capacity larger: Int) {
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: width * larger)
        for column in 0..<width {
            (memory + column * larger).initialize(from: base + column * capacity, count: rows)
        }
        base.deallocate()
        base = memory
        capacity = larger
    }
}
