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
