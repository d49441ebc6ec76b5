/// The revision of a record; the highest of an id is in force.
public struct Revision: Hashable, Comparable, Sendable {
    /// Which kind of revision it is; one id keeps to one kind.
    public enum Kind: UInt8, Sendable { case none, number, instant }

    /// The kind; `none` where the record gives none.
    public var kind: Kind
    /// The number, or the instant in milliseconds; 0 where there is none.
    public var value: Double

    /// No revision.
    public static let none = Revision(kind: .none, value: 0)

    /// Creates a revision.
    public init(kind: Kind, value: Double) {
        self.kind = kind
        self.value = value
    }

    /// An absent revision is lower than any given one; else the value decides.
    public static func < (left: Revision, right: Revision) -> Bool {
        left.kind != right.kind ? left.kind.rawValue < right.kind.rawValue : left.value < right.value
    }
}

/// The values of one column of a batch.
public enum Column: Sendable {
    /// Values as symbols.
    case symbols([Symbol])
    /// Numbers; not a number where absent.
    case numbers([Double])
    /// Instants; `Instant.distantPast` where absent.
    case instants([Instant])

    /// An empty column.
    public init(_ representation: Representation) {
        switch representation {
        case .symbol: self = .symbols([])
        case .number: self = .numbers([])
        case .instant: self = .instants([])
        }
    }
}

/// Records as columns, in the order in which they arrived.
///
/// All arrays have `count` members but `idBytes`, which holds the ids end to end (`idEnds[i]` is the end of the i-th).
public struct Batch: Sendable {
    /// How many records there are.
    public var count = 0
    /// The ids as UTF-8, end to end.
    public var idBytes: [UInt8] = []
    /// Where each id ends in `idBytes`.
    public var idEnds: [Int32] = []
    /// A hash of each id: all its bits can be used, and equal ids have the same in every run.
    public var idHashes: [UInt64] = []
    /// Each record's revision.
    public var revisions: [Revision] = []
    /// Whether each record takes its incident back. Such a record may have no time (`Instant.distantPast`).
    public var withdrawn: [Bool] = []
    /// Each record's digest: equal for equal records. Where the record has a revision it is the first eight bytes of the
    /// SHA-256 of the record's fields as JSON, so that the greater is in force of two equal revisions.
    public var digests: [UInt64] = []
    /// The start of each event's time.
    public var times: [Instant] = []
    /// The exclusive end of each event's time; the same as the start where the time is exact.
    public var timeEnds: [Instant] = []
    /// The columns of the schema, in its order.
    public var columns: [Column]
    /// The line on which each record begins, from 1 (the item's line within a JSON array).
    public var lines: [Int] = []
    /// Each record's bytes as they came, for the file of rejects: a range of `bytes`. Empty unless the reader keeps them.
    public var ranges: [Range<Int>] = []
    /// What `ranges` points into.
    public var bytes: [UInt8] = []
    /// The name of the source, as the user gave it.
    public var source: String

    /// Creates an empty batch with the columns of a schema.
    public init(schema: Schema, source: String) {
        columns = schema.columns.map { Column($0.representation) }
        self.source = source
    }

    /// The hash of an id, as in `idHashes`.
    public static func hash(ofID id: borrowing Span<UInt8>) -> UInt64 {
        id.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { ByteHash.hash(ByteView(base: $0, count: buffer.count)) } ?? 0
        }
    }

    /// Adds the next record's id, a text of UTF-8.
    public mutating func appendID(_ id: borrowing Span<UInt8>) {
        id.withUnsafeBufferPointer { idBytes.append(contentsOf: $0) }
        idHashes.append(Batch.hash(ofID: id))
        idEnds.append(Int32(idBytes.count))
    }
}
