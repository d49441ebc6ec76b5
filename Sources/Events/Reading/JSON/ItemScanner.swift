/// Finds where the items of a JSON array end, without checking them.
enum ItemScanner {
    /// Where the value ends that begins at a position; nil if it goes on behind the end of the input.
    ///
    /// A line end within a text ends the text: JSON forbids it there, and so an item with an unclosed text does not swallow
    /// those after it.
    static func end(_ input: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int? {
        var at = start
        var depth = 0
        while at < end {
            switch input[at] {
            case 0x22:
                guard let close = endOfText(input, at, end) else { return nil }
                at = close
            case 0x7b, 0x5b:
                depth += 1
                at += 1
            case 0x7d, 0x5d:
                if depth == 0 { return max(at, start + 1) }
                depth -= 1
                at += 1
                if depth == 0 { return at }
            case 0x2c, 0x20, 0x0a, 0x0d, 0x09:
                if depth == 0 { return max(at, start + 1) }
                at += 1
            default: at += 1
            }
            if depth == 0, at > start, at <= end, input[start] == 0x22 { return at }
        }
        return nil
    }

    private static func endOfText(_ input: UnsafePointer<UInt8>, _ quote: Int, _ end: Int) -> Int? {
        var seen = ByteSearch.Block.zero
        var at = quote + 1
        while at < end {
            at = ByteSearch.endOfPlainText(input + at, seen: &seen) - input
            if at >= end { return nil }
            switch input[at] {
            case 0x22: return at + 1
            case 0x0a: return at
            case 0x5c where at + 1 < end && input[at + 1] != 0x0a: at += 2
            default: at += 1
            }
        }
        return nil
    }
}
