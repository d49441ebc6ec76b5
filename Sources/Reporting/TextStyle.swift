import Rulebook

/// How text is dressed for a terminal: with colour, or without.
public struct TextStyle: Sendable {
    /// Whether colour was asked for.
    public var isColoured: Bool

    /// Creates a style with colour or without.
    public init(isColoured: Bool) { self.isColoured = isColoured }

    /// A text in the colour of a level.
    func colour(_ text: String, as level: Level) -> String {
        switch level {
        case .informational: dress(text, "34")
        case .low: dress(text, "36")
        case .medium: dress(text, "33")
        case .high: dress(text, "1;31")
        case .critical: dress(text, "1;97;41")
        }
    }

    /// A text that stands out.
    public func bold(_ text: String) -> String { dress(text, "1") }

    /// A text that stands back.
    public func dim(_ text: String) -> String { dress(text, "2") }

    /// A text that says that something failed.
    public func failure(_ text: String) -> String { dress(text, "1;31") }

    /// A text that says that all is well.
    public func success(_ text: String) -> String { dress(text, "32") }

    private func dress(_ text: String, _ code: String) -> String {
        isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
