import Rulebook

/// How text is dressed for a terminal: with colour, or without.
struct TextStyle: Sendable {
    /// Whether colour was asked for.
    var isColoured: Bool

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
    func bold(_ text: String) -> String { dress(text, "1") }

    /// A text that stands back.
    func dim(_ text: String) -> String { dress(text, "2") }

    private func dress(_ text: String, _ code: String) -> String {
        isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
