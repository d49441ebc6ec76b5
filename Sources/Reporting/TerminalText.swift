/// Text for a terminal: nothing in it steers the terminal, and it is as wide as it looks.
public enum TerminalText {
    /// A text from outside on one line: line ends and tabs as spaces, all else that a terminal would obey spelled out.
    ///
    /// The two joiners that Persian and Urdu are written with stay; marks that reorder what is shown do not.
    public static func safe(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n", "\r", "\t": result.append(" ")
            case "\u{200C}", "\u{200D}": result.unicodeScalars.append(scalar)
            default:
                switch scalar.properties.generalCategory {
                case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate:
                    result.append("\\u{\(String(scalar.value, radix: 16))}")
                default: result.unicodeScalars.append(scalar)
                }
            }
        }
        return result
    }

    /// How many columns a text takes on a terminal.
    public static func width(_ text: String) -> Int {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
        return text.unicodeScalars.reduce(0) { $0 + width($1) }
    }

    /// A text with spaces behind it up to a width.
    public static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - TerminalText.width(text)))
    }

    /// A text with spaces before it up to a width.
    static func rightAligned(_ text: String, to width: Int) -> String {
        String(repeating: " ", count: max(0, width - TerminalText.width(text))) + text
    }

    /// A text cut at spaces into lines no wider than that; a word that is wider is cut where it must be.
    public static func wrapped(_ text: String, width: Int) -> [String] {
        let limit = max(width, 8)
        var lines: [String] = []
        var line = ""
        var lineWidth = 0
        for word in text.split(separator: " ") {
            for piece in pieces(String(word), limit: limit) {
                let pieceWidth = TerminalText.width(piece)
                if lineWidth > 0, lineWidth + 1 + pieceWidth > limit {
                    lines.append(line)
                    (line, lineWidth) = ("", 0)
                }
                if lineWidth > 0 {
                    line.append(" ")
                    lineWidth += 1
                }
                line.append(piece)
                lineWidth += pieceWidth
            }
        }
        if lineWidth > 0 || lines.isEmpty { lines.append(line) }
        return lines
    }

    private static func pieces(_ word: String, limit: Int) -> [String] {
        guard width(word) > limit else { return [word] }
        var result: [String] = []
        var piece = ""
        for character in word {
            if width(piece) + width(String(character)) > limit, !piece.isEmpty {
                result.append(piece)
                piece = ""
            }
            piece.append(character)
        }
        result.append(piece)
        return result
    }

    private static func width(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: 0
        default: wideRanges.contains { $0.contains(scalar.value) } ? 2 : 1
        }
    }

    /// The blocks that terminals show two columns wide: East Asian scripts, full-width forms, pictographs.
    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
        0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
        0x20000...0x3FFFD,
    ]
}
