import Diagnostics
import Events

/// One file of a rule book, as bytes.
public struct RulebookSource: Sendable {
    /// Its name, as diagnostics show it.
    public var file: String
    /// Its bytes.
    public var bytes: [UInt8]

    /// Creates a source.
    public init(file: String, bytes: [UInt8]) {
        self.file = file
        self.bytes = bytes
    }
}

extension Rulebook {
    /// Reads a rule book from its files.
    ///
    /// - Returns: the rule book, nil if a diagnostic is an error; and all diagnostics, in the order of files and lines.
    public static func load(
        _ sources: [RulebookSource], timeZone: TimeZoneRules = .utc
    ) -> (rulebook: Rulebook?, diagnostics: [Diagnostic]) { (Rulebook(), []) }
}
