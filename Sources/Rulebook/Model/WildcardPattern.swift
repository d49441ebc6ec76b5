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

    /// Reads a pattern as Sigma writes it.
    ///
    /// A backslash before `*`, `?` or another backslash takes away their meaning; before anything else it is itself.
    public init(sigma text: String) {
        var builder = Builder()
        var isEscaped = false
        for scalar in text.unicodeScalars {
            if isEscaped {
                if !["\\", "*", "?"].contains(scalar) { builder.append("\\") }
                builder.append(scalar)
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else {
                builder.appendWildcard(scalar)
            }
        }
        if isEscaped { builder.append("\\") }
        pieces = builder.finish()
    }

    /// Reads a name with `*` and `?` as wildcards, and no escapes.
    public init(name text: String) {
        var builder = Builder()
        for scalar in text.unicodeScalars { builder.appendWildcard(scalar) }
        pieces = builder.finish()
    }

    /// Whether there is no wildcard in it.
    public var isLiteral: Bool { pieces.allSatisfy { if case .literal = $0 { true } else { false } } }

    /// Whether the whole of a text matches, character (Unicode scalar) by character.
    ///
    /// To ask many texts, make a `WildcardMatcher` once.
    public func matches(_ text: String, cased: Bool) -> Bool {
        WildcardMatcher(self, cased: cased).matches(text)
    }

    /// Joins characters to pieces.
    private struct Builder {
        private var pieces: [Piece] = []
        private var literal = String.UnicodeScalarView()

        mutating func append(_ scalar: Unicode.Scalar) { literal.append(scalar) }

        mutating func appendWildcard(_ scalar: Unicode.Scalar) {
            guard scalar == "*" || scalar == "?" else { return literal.append(scalar) }
            endLiteral()
            if scalar == "?" { pieces.append(.one) } else if pieces.last != .any { pieces.append(.any) }
        }

        mutating func finish() -> [Piece] {
            endLiteral()
            return pieces
        }

        private mutating func endLiteral() {
            if !literal.isEmpty { pieces.append(.literal(String(literal))) }
            literal = String.UnicodeScalarView()
        }
    }
}

/// Case folding, the same wherever texts are compared without regard to case.
public enum CaseFolding {
    /// The text by which texts are equal that differ only in case.
    ///
    /// Lower case by the Unicode character database, with the final sigma as any other.
    public static func fold(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x41 || ($0 > 0x5A && $0 < 0x80) }) { return text }
        let lower = text.lowercased()
        guard lower.unicodeScalars.contains("ς") else { return lower }
        return String(String.UnicodeScalarView(lower.unicodeScalars.map { $0 == "ς" ? "σ" : $0 }))
    }
}

/// A wildcard pattern made ready to ask many texts.
public struct WildcardMatcher: Sendable {
    private enum Step: Hashable, Sendable {
        case scalar(Unicode.Scalar)
        case one
        case any
    }

    private let steps: [Step]
    private let cased: Bool

    /// Makes a pattern ready, with regard to case or without.
    public init(_ pattern: WildcardPattern, cased: Bool) {
        self.cased = cased
        steps = pattern.pieces.flatMap { piece -> [Step] in
            switch piece {
            case .any: [.any]
            case .one: [.one]
            case .literal(let text): (cased ? text : CaseFolding.fold(text)).unicodeScalars.map { .scalar($0) }
            }
        }
    }

    /// Whether the whole of a text matches.
    ///
    /// - Complexity: O(n) for usual patterns, never more than O(n · m): only the last `*` is ever tried again.
    public func matches(_ text: String) -> Bool {
        let letters = Array((cased ? text : CaseFolding.fold(text)).unicodeScalars)
        var letter = 0
        var step = 0
        var retry: (step: Int, letter: Int)?
        while letter < letters.count {
            if step < steps.count, steps[step] == .any {
                retry = (step, letter)
                step += 1
            } else if step < steps.count, steps[step] == .one || steps[step] == .scalar(letters[letter]) {
                step += 1
                letter += 1
            } else if let last = retry {
                retry = (last.step, last.letter + 1)
                step = last.step + 1
                letter = last.letter + 1
            } else {
                return false
            }
        }
        return steps[step...].allSatisfy { $0 == .any }
    }
}
