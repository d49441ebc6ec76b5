/// How alerts are written.
public enum OutputFormat: String, Sendable, CaseIterable {
    /// Text on a terminal, JSON Lines elsewhere.
    case auto
    /// A readable block for each alert.
    case text
    /// One JSON object a line.
    case jsonl

    /// Whether text is what is wanted.
    public func isText(onTerminal: Bool) -> Bool { self == .text || (self == .auto && onTerminal) }
}
