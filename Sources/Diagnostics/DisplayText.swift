/// Text as a terminal shows it: what is safe to print, and how wide it is.
public enum DisplayText {
    /// How wide a tab is at most.
    private static let tabWidth = 4

    /// How many code points of a text are shown at most.
    private static let lengthLimit = 600

    /// Text without anything that a terminal would obey rather than show: such characters appear as `<U+001B>`. Of a very
    /// long text only the beginning and the end.
    public static func safe(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let cut = scalars.index(scalars.startIndex, offsetBy: lengthLimit, limitedBy: scalars.endIndex),
            cut != scalars.endIndex
        else { return safe(scalars) }
        return safe(scalars[..<cut]) + " … " + safe(scalars.suffix(lengthLimit / 6))
    }

    private static func safe(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var result = ""
        for scalar in scalars { result.unicodeScalars.append(contentsOf: safe(scalar).unicodeScalars) }
        return result
    }

    /// One line cut into cells, one for each code point, with tabs as spaces.
    static func cells(_ line: some Sequence<Unicode.Scalar>) -> [Cell] {
        var column = 0
        return line.map { scalar in
            if scalar == "\t" {
                let width = tabWidth - column % tabWidth
                column += width
                return Cell(text: String(repeating: " ", count: width), width: width)
            }
            let text = safe(scalar)
            let width = text.unicodeScalars.count > 1 ? text.unicodeScalars.count : width(of: scalar)
            column += width
            return Cell(text: text, width: width)
        }
    }

    /// A code point as it is shown, and how many columns it takes.
    struct Cell {
        var text: String
        var width: Int
    }

    private static func safe(_ scalar: Unicode.Scalar) -> String {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: escaped(scalar)
        // Marks of direction could show a line in another order than it is read. Joiners within emoji are harmless.
        case .format where scalar != "\u{200D}": escaped(scalar)
        default: String(Character(scalar))
        }
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
    }

    private static func width(of scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: 0
        default: wide.contains { $0.contains(scalar.value) } ? 2 : 1
        }
    }

    /// The blocks whose characters take two columns (East Asian Width W and F, and emoji).
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x25FD...0x25FE, 0x2614...0x2615,
        0x2648...0x2653, 0x26AA...0x26AB, 0x26BD...0x26BE, 0x26C4...0x26C5, 0x2705...0x2705, 0x270A...0x270B,
        0x2728...0x2728, 0x274C...0x274C, 0x2753...0x2755, 0x2795...0x2797, 0x2E80...0x303E, 0x3041...0x33FF,
        0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
        0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x17000...0x18AFF, 0x1B000...0x1B2FF,
        0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x1FA70...0x1FAFF, 0x20000...0x3FFFD,
    ]
}
