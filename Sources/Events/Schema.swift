/// How a column of a batch holds its values.
public enum Representation: Hashable, Sendable {
    /// `Symbol`s; for every field.
    case symbol
    /// `Double`s, not a number where absent; only for the canonical number fields.
    case number
    /// `Instant`s, `Instant.distantPast` where absent; only for `time`, `time_end`, `reported` and `until`.
    case instant
}

/// A field in one representation: what somebody asks the reader for.
public struct ColumnRequest: Hashable, Sendable {
    /// The canonical name, or the source's own where no profile names it; members of nested JSON objects are joined by dots.
    ///
    /// The name `*` stands for the text of every field: a list with each of their values.
    public var field: String
    /// How the values are to be held.
    public var representation: Representation

    /// Creates a request.
    public init(_ field: String, as representation: Representation = .symbol) {
        self.field = field
        self.representation = representation
    }
}

/// The columns that something uses: the reader extracts these and skips the rest.
public struct Schema: Hashable, Sendable {
    /// The columns, in the order in which batches hold them.
    public private(set) var columns: [ColumnRequest] = []
    private var indices: [ColumnRequest: Int] = [:]

    /// Creates an empty schema.
    public init() {}

    /// The index of a column; asked for the first time, it is added.
    public mutating func index(of request: ColumnRequest) -> Int {
        if let index = indices[request] { return index }
        indices[request] = columns.count
        columns.append(request)
        return columns.count - 1
    }

    /// The index of a column that was asked for before.
    public func existingIndex(of request: ColumnRequest) -> Int? { indices[request] }
}

/// The canonical fields of an event, by what they hold.
public enum CanonicalField {
    /// Numbers of at least 0.
    public static let tolls: Set<String> = [
        "fatalities", "fatalities_low", "fatalities_high", "civilian_fatalities", "injured", "displaced",
    ]
    /// Numbers of at least 0, and the two coordinates.
    public static let numbers: Set<String> = tolls.union(["latitude", "longitude"])
    /// Instants.
    public static let instants: Set<String> = ["time", "time_end", "reported", "until"]
    /// Booleans.
    public static let booleans: Set<String> = ["withdrawn", "mutual", "civilian_targeting"]
    /// Texts, some of which may be lists.
    public static let texts: Set<String> = [
        "id", "revision", "time_precision", "type", "subtype", "initiator", "target", "attribution", "claim", "by",
        "about", "country", "admin1", "admin2", "place", "ceasefire_act", "ceasefire", "source", "url", "notes",
    ]
    /// Fields that are derived from the registry of actors and the ceasefires; they are never read from a source.
    public static let derived: Set<String> = [
        "initiator.actor", "initiator.kind", "initiator.party", "initiator.lineage",
        "target.actor", "target.kind", "target.party", "target.lineage",
        "by.actor", "by.kind", "by.party", "by.lineage",
        "ceasefire.phase", "ceasefire.overlap", "ceasefire.day", "ceasefire.days_after",
        "breach", "breach.side", "breach.against", "breach.reason",
    ]
    /// All that an input may carry.
    public static let all: Set<String> = numbers.union(instants).union(booleans).union(texts)
}
