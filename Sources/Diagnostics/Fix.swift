/// A change of one place of a text that mends what a diagnostic says.
public struct Fix: Hashable, Sendable {
    /// The place whose text is replaced: `length` code points of one line.
    public var location: Location
    /// What is written there instead.
    public var replacement: String
    /// Whether nothing else can have been meant, so that a program may apply it unasked.
    public var isSafe: Bool

    /// Creates a fix.
    public init(at location: Location, write replacement: String, isSafe: Bool) {
        self.location = location
        self.replacement = replacement
        self.isSafe = isSafe
    }
}

extension Fix {
    /// Applies fixes to the bytes of the file that they are of.
    ///
    /// Of those that overlap only the first is applied, and one whose place is not in the text is not.
    ///
    /// - Returns: the bytes, and the fixes applied in the order of their places.
    /// - Complexity: O(bytes + fixes · log fixes).
    public static func apply(_ fixes: [Fix], to bytes: [UInt8]) -> (bytes: [UInt8], applied: [Fix]) {
        let ordered = fixes.sorted {
            ($0.location.line, $0.location.column, $0.location.length)
                < ($1.location.line, $1.location.column, $1.location.length)
        }
        var cursor = TextCursor(bytes)
        var result: [UInt8] = []
        var applied: [Fix] = []
        var copied = 0
        for fix in ordered {
            guard let start = cursor.advance(toLine: fix.location.line, column: fix.location.column),
                let end = cursor.advance(
                    toLine: fix.location.line, column: fix.location.column + fix.location.length)
            else { continue }
            if start < copied { continue }
            result += bytes[copied..<start]
            result += Array(fix.replacement.utf8)
            copied = end
            applied.append(fix)
        }
        result += bytes[copied...]
        return (result, applied)
    }
}

/// Goes through a text once and finds the bytes of lines and columns, which count code points; lines end at LF, CRLF or CR.
private struct TextCursor {
    private let bytes: [UInt8]
    private var line = 1
    private var lineStart: Int

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        lineStart = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The byte at a place, no earlier than the line of the last one asked for; nil where there is no such place.
    mutating func advance(toLine target: Int, column: Int) -> Int? {
        guard target >= line, column >= 1 else { return nil }
        while line < target {
            guard let end = bytes[lineStart...].firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return nil }
            let isPair = bytes[end] == 0x0D && end + 1 < bytes.count && bytes[end + 1] == 0x0A
            lineStart = end + (isPair ? 2 : 1)
            line += 1
        }
        var index = lineStart
        for _ in 1..<column {
            guard index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D else { return nil }
            index += 1
            while index < bytes.count, bytes[index] & 0xC0 == 0x80 { index += 1 }
        }
        return index
    }
}
