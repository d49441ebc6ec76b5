import Events

/// What can be said of a last line that has no line end yet.
public enum UnendedLine {
    /// Whether a last line may be a whole record: an object that is closed, or a row that is not within quotes.
    public static func isWhole(_ line: [UInt8], in layout: RecordLayout) -> Bool {
        switch layout.kind {
        case .items: false
        case .rows: line.count { $0 == UInt8(ascii: "\"") }.isMultiple(of: 2)
        case .lines: isWholeObject(line)
        }
    }

    /// Whether what follows goes on with the line instead of ending it.
    public static func goesOn(_ next: UInt8) -> Bool { next != 0x0a && next != 0x0d }

    private static func isWholeObject(_ line: [UInt8]) -> Bool {
        var depth = 0
        var isInText = false
        var isEscaped = false
        for (index, byte) in line.enumerated() {
            if isInText {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInText = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInText = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth == 0 { return line[(index + 1)...].allSatisfy { $0 == 0x20 || $0 == 0x09 } }
            default: continue
            }
        }
        return false
    }
}
