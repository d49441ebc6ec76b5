import Events

/// What a block holds of its rows once no row comes any more, in as little memory as holds it exactly.
struct PackedBlock {
    private let times: PackedColumn
    // None where every event's time is exact.
    private let timeEnds: PackedColumn?
    private let columns: [PackedColumn]
    private let idEnds: PackedIntegers
    private let count: Int

    init(times: [Instant], timeEnds: [Instant], columns: [Column], idEnds: [Int32]) {
        count = times.count
        self.times = PackedColumn(.instants(times))
        self.timeEnds = timeEnds.elementsEqual(times) ? nil : PackedColumn(.instants(timeEnds))
        self.columns = columns.map { PackedColumn($0) }
        self.idEnds = PackedIntegers(idEnds, absent: -1) { $0 }
    }

    func time(_ index: Int) -> Instant { times.instant(index) }

    func timeEnd(_ index: Int) -> Instant { (timeEnds ?? times).instant(index) }

    /// Where the id of a row ends.
    func idEnd(_ index: Int) -> Int { Int(idEnds[index] ?? 0) }

    /// A column by its place in the schema.
    func column(_ column: Int) -> PackedColumn { columns[column] }

    /// The columns of some rows, as they were.
    func columns(_ indices: Range<Int>) -> [Column] { columns.map { $0.column(indices) } }

    func times(_ indices: Range<Int>) -> [Instant] { indices.map { time($0) } }

    func timeEnds(_ indices: Range<Int>) -> [Instant] { indices.map { timeEnd($0) } }

    /// The ends of all ids, as they were.
    var allIDEnds: [Int32] { (0..<count).map { Int32(truncatingIfNeeded: idEnd($0)) } }
}
