/// Why a ledger cannot be used: what is wrong, and what to do.
public struct LedgerFailure: Error, Hashable {
    /// What is wrong.
    public enum Kind: Sendable {
        /// Another run holds it.
        case locked
        /// The file is something else.
        case notALedger
        /// Another version of the program wrote it.
        case otherVersion
        /// Its contents are damaged.
        case damaged
        /// It cannot be opened, read or written.
        case unusable
    }

    /// What is wrong.
    public var kind: Kind
    /// The reason in words, with what to do, without the name of the file.
    public var reason: String

    /// Creates a failure.
    public init(_ kind: Kind, _ reason: String) {
        self.kind = kind
        self.reason = reason
    }
}
