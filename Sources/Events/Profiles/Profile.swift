/// How the columns of a source become canonical fields.
public struct Profile: Sendable {
    /// Its name, as `--profile` takes it.
    public var name: String
    /// Canonical field to the source's column.
    public var fields: [String: String]
    /// Per canonical field: what a source's words are here; compared without regard to case.
    public var values: [String: [String: String]]
    /// Canonical field to the value it has where the record has none.
    public var defaults: [String: Value]
    /// The name of the time zone of times without an offset; nil for that of the run.
    public var timeZone: String?
    /// How a date is written that could be read in two ways, such as `dd/MM/yyyy`.
    public var dateFormat: String?
    /// Fields in which a word that `values` does not name means nothing, so that the field is absent.
    public var closedFields: Set<String> = []
    /// Whether a time of exactly 00:00 without an offset is a bare date.
    public var midnightIsDate = false
    /// Whether a `time_end` on a later day than `time` says more than `time_precision`.
    public var spanOverridesPrecision = false
    /// Sets of columns: a source that has all of one set is recognised as this profile's.
    public var signatures: [[String]] = []
    /// The names of the columns where files have no header; such a file is separated by tabs and quotes nothing.
    public var headerlessColumns: [String] = []
    /// Columns that the source is known to have beside those named above.
    public var otherColumns: Set<String> = []

    /// All columns that the source is known to have: the names, beside the canonical ones, by which rules can ask for them.
    public var columns: Set<String> {
        otherColumns.union(fields.values).union(signatures.joined()).union(headerlessColumns)
    }

    /// Creates a profile.
    public init(
        name: String, fields: [String: String] = [:], values: [String: [String: String]] = [:],
        defaults: [String: Value] = [:], timeZone: String? = nil, dateFormat: String? = nil
    ) {
        self.name = name
        self.fields = fields
        self.values = values
        self.defaults = defaults
        self.timeZone = timeZone
        self.dateFormat = dateFormat
    }
}
