import Diagnostics

/// A record that could not be used: where it was, why, and its bytes.
public struct Rejection: Sendable {
    /// What is wrong with it; its location names the file and line.
    public var diagnostic: Diagnostic
    /// The record as it came, without its line end.
    public var bytes: [UInt8]

    /// Creates a rejection.
    public init(diagnostic: Diagnostic, bytes: [UInt8]) {
        self.diagnostic = diagnostic
        self.bytes = bytes
    }
}

/// Reads sources of incidents, one after the other, from bytes to batches of columns.
///
/// Give it the bytes in pieces of any size: what it says does not depend on where they are cut.
public struct Reader: ~Copyable {
    /// How to read.
    public struct Options: Sendable {
        /// The profile of every source; nil to recognise it.
        public var profile: Profile?
        /// The zone of times without an offset where the profile names none.
        public var timeZone: TimeZoneRules = .utc
        /// Finds a zone by name; for profiles that name one.
        public var findTimeZone: @Sendable (String) -> TimeZoneRules? = { _ in nil }
        /// Whether batches keep the bytes of their records.
        public var keepsBytes = false

        /// Options that recognise the profile and take times as UTC.
        public init() {}
    }

    /// Creates a reader that extracts the columns of a schema.
    public init(schema: Schema, options: Options) {}

    /// Begins a source.
    public mutating func open(source: String) {}

    /// Takes the next bytes of the source; complete records are appended to the batch, which holds the reader's schema.
    public mutating func read(
        _ bytes: borrowing Span<UInt8>, symbols: inout SymbolTable, into batch: inout Batch,
        rejections: inout [Rejection]
    ) {}

    /// Ends the source: what is left is its last record.
    public mutating func close(
        symbols: inout SymbolTable, into batch: inout Batch, rejections: inout [Rejection]
    ) {}
}
