/// Texts that read as numbers.
enum NumberReading {
    /// The finite number that the whole of a text is, as people write numbers (`12`, `+5`, `.5`, `007`, `1e3`), blanks around
    /// it allowed; nil if it is none.
    static func read(_ text: String) -> Double? {
        let bytes = text.utf8.drop { $0 == 0x20 || $0 == 0x09 }
        guard let last = bytes.lastIndex(where: { $0 != 0x20 && $0 != 0x09 }) else { return nil }
        let trimmed = bytes[...last]
        // Only these bytes, and a digit before the exponent: hexadecimal, `inf` and `nan` are texts.
        guard trimmed.count <= 64, trimmed.contains(where: isDigit) else { return nil }
        for byte in trimmed where !isDigit(byte) && !signs.contains(byte) { return nil }
        guard let number = Double(Substring(trimmed)), number.isFinite else { return nil }
        return number
    }

    private static let signs: [UInt8] = Array("+-.eE".utf8)

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
