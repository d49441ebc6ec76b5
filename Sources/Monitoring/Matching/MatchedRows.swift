/// The rows of a range that meet any of some conditions, in order, and which of them each meets.
struct MatchedRows {
    private let words: [UInt64]
    // Where the words of the first condition begin, and those of each if there are several.
    private let start: Int
    private let starts: [Int]
    // The number of the row of the first bit.
    private let first: Row
    private var word: Int
    private let lastWord: Int
    private let lastMask: UInt64
    private var left: UInt64

    /// No rows.
    static let none = MatchedRows()

    private init() {
        words = [0]
        start = 0
        starts = []
        (first, word, lastWord, lastMask, left) = (0, 0, 0, 0, 0)
    }

    /// Creates the rows of a part of a range that meet conditions, which are nodes of the range's bits.
    ///
    /// - Parameters:
    ///   - part: a range of the bits' rows, not empty.
    ///   - offset: what is added to a row of the bits to make it one of the table.
    init(_ nodes: [Int], of bits: borrowing RowBits, in part: Range<Int>, offset: Int) {
        words = bits.words
        let stride = bits.stride
        start = nodes[0] * stride
        starts = nodes.count == 1 ? [] : nodes.map { $0 * stride }
        first = bits.rows.lowerBound + offset
        let low = part.lowerBound - bits.rows.lowerBound
        let high = part.upperBound - 1 - bits.rows.lowerBound
        word = low >> 6
        lastWord = high >> 6
        lastMask = .max >> UInt64(63 - high & 63)
        left = 0
        left = union(of: word) & .max << UInt64(low & 63)
    }

    /// The next row, and a bit for each condition that it meets; nil if there is none.
    @inline(__always)
    mutating func next() -> (row: Row, steps: UInt64)? {
        while left == 0 {
            if word >= lastWord { return nil }
            word += 1
            left = union(of: word)
        }
        let bit = left.trailingZeroBitCount
        left &= left - 1
        return (first + word << 6 + bit, starts.isEmpty ? 1 : steps(at: bit))
    }

    @inline(__always)
    private func union(of word: Int) -> UInt64 {
        var union = words[start + word]
        for start in starts { union |= words[start + word] }
        return word == lastWord ? union & lastMask : union
    }

    private func steps(at bit: Int) -> UInt64 {
        var steps: UInt64 = 0
        for (step, start) in starts.enumerated() {
            steps |= (words[start + word] >> UInt64(bit) & 1) << UInt64(step)
        }
        return steps
    }
}
