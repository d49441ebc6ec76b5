/// Splits rows of delimited text into cells (RFC 4180), or of text that knows no quotes.
///
/// The text must be followed by readable bytes, as in an `InputBuffer`.
struct DelimitedScanner {
    /// A cell by its positions in the input, without its quotes.
    struct Cell {
        var start: Int
        var end: Int
        /// Whether quotes within it are doubled.
        var hasDoubledQuotes = false
    }

    enum Outcome {
        /// A row was read; the next begins there.
        case row(next: Int)
        /// The row goes on behind the end of the input.
        case incomplete(isInQuotes: Bool)
        /// There is something between a closing quote and the next separator.
        case misplaced(Int)
    }

    var separator = UInt8(ascii: ",")
    var quotes = true
    /// The cells of the row that was read last.
    private(set) var cells: [Cell] = []
    /// How many line ends it has, the last included.
    private(set) var lineEnds = 0
    /// Whether it may hold more than ASCII.
    private(set) var hasNonASCII = false

    /// Reads the row that begins at a position of the input, which ends at another.
    mutating func scan(_ input: UnsafePointer<UInt8>, from start: Int, to end: Int, isLast: Bool) -> Outcome {
        cells.removeAll(keepingCapacity: true)
        lineEnds = 0
        var seen = ByteSearch.Block.zero
        var at = start
        while true {
            if quotes, at < end, input[at] == 0x22 {
                switch quotedCell(input, at, end, &seen) {
                case .some(let close): at = close
                case .none: return .incomplete(isInQuotes: true)
                }
                if at < end, input[at] == 0x0d { at += 1 }
                if at < end, input[at] != separator, input[at] != 0x0a { return .misplaced(at) }
            } else {
                let stop =
                    ByteSearch.first(separator, 0x0a, 0x0a, from: input + at, end: input + end, seen: &seen) - input
                let isLineEnd = stop < end && input[stop] == 0x0a || stop == end
                let hasReturn = isLineEnd && stop > at && input[stop - 1] == 0x0d
                cells.append(Cell(start: at, end: hasReturn ? stop - 1 : stop))
                at = stop
            }
            if at == end {
                guard isLast else { return .incomplete(isInQuotes: false) }
                hasNonASCII = ByteSearch.sawNonASCII(seen)
                return .row(next: end)
            }
            if input[at] == 0x0a {
                lineEnds += 1
                hasNonASCII = ByteSearch.sawNonASCII(seen)
                return .row(next: at + 1)
            }
            at += 1
        }
    }

    /// Reads a cell in quotes and returns where it ends, behind the closing quote; nil if it is not closed.
    private mutating func quotedCell(
        _ input: UnsafePointer<UInt8>, _ quote: Int, _ end: Int, _ seen: inout ByteSearch.Block
    ) -> Int? {
        var cell = Cell(start: quote + 1, end: quote + 1)
        var at = quote + 1
        while true {
            at = ByteSearch.first(0x22, 0x0a, 0x0a, from: input + at, end: input + end, seen: &seen) - input
            if at == end { return nil }
            if input[at] == 0x0a {
                lineEnds += 1
                at += 1
            } else if at + 1 < end, input[at + 1] == 0x22 {
                cell.hasDoubledQuotes = true
                at += 2
            } else {
                cell.end = at
                cells.append(cell)
                return at + 1
            }
        }
    }

    /// The separator that a header uses: the most frequent of comma, semicolon and tab outside quotes.
    static func separator(of line: ByteView) -> UInt8 {
        var counts = [UInt8(ascii: ","): 0, UInt8(ascii: ";"): 0, 0x09: 0]
        var isInQuotes = false
        for index in 0..<line.count {
            if line[index] == 0x22 { isInQuotes.toggle() }
            if !isInQuotes { counts[line[index]]? += 1 }
        }
        var best = UInt8(ascii: ",")
        for candidate in [UInt8(ascii: ";"), 0x09] where counts[candidate, default: 0] > counts[best, default: 0] {
            best = candidate
        }
        return best
    }
}
