/// A text with wildcards: `*` for any characters and `?` for one.
public struct WildcardPattern: Hashable, Sendable {
    /// A piece of the pattern.
    public enum Piece: Hashable, Sendable {
        /// Exactly this text.
        case literal(String)
        /// Any characters, or none.
        case any
        /// Exactly one character (Unicode scalar).
        case one
    }

    /// The pieces; no two literals and no two `any` stand side by side.
    public var pieces: [Piece]

    /// Creates a pattern of pieces.
    public init(pieces: [Piece]) { self.pieces = pieces }

    /// Whether there is no wildcard in it.
    public var isLiteral: Bool { pieces.allSatisfy { if case .literal = $0 { true } else { false } } }
}
