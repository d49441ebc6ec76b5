import Events

/// For the rows of one range, which of them meet each of many things: a bit a row, in words, node by node.
struct RowBits {
    /// The range of rows that the bits are about.
    private(set) var rows = 0..<0
    /// How many words each node has.
    private(set) var stride = 0
    /// The words; those of node n begin at `n * stride`. There may be more of them than are in use.
    private(set) var words: [UInt64] = []

    /// Begins a range with nothing met.
    mutating func begin(rows: Range<Int>, nodes: Int) {
        self.rows = rows
        stride = (rows.count + 63) / 64
        let needed = nodes * stride
        if words.count < needed {
            words = [UInt64](repeating: 0, count: needed)
        } else {
            for index in 0..<needed { words[index] = 0 }
        }
    }

    /// Notes that a row meets a node.
    @inline(__always)
    mutating func set(node: Int, row: Int) {
        let bit = row - rows.lowerBound
        words[node * stride + bit >> 6] |= 1 << UInt64(truncatingIfNeeded: bit & 63)
    }

    /// Asks of every row whether it meets a node.
    @inline(__always)
    mutating func fill(node: Int, where isMet: (Int) -> Bool) {
        var row = rows.lowerBound
        var index = node * stride
        while row < rows.upperBound {
            let end = min(row + 64, rows.upperBound)
            var word: UInt64 = 0
            var bit: UInt64 = 0
            while row < end {
                word |= (isMet(row) ? 1 : 0) << bit
                bit &+= 1
                row &+= 1
            }
            words[index] = word
            index += 1
        }
    }

    /// Makes a node what all of some nodes meet: every row, if there are none.
    mutating func intersect(node: Int, of operands: ArraySlice<Int32>) {
        for word in 0..<stride {
            var result = UInt64.max
            for operand in operands { result &= words[Int(operand) * stride + word] }
            words[node * stride + word] = result & mask(of: word)
        }
    }

    /// Makes a node what any of some nodes meets.
    mutating func unite(node: Int, of operands: ArraySlice<Int32>) {
        for word in 0..<stride {
            var result: UInt64 = 0
            for operand in operands { result |= words[Int(operand) * stride + word] }
            words[node * stride + word] = result
        }
    }

    /// Makes a node what another does not meet.
    mutating func complement(node: Int, of operand: Int32) {
        for word in 0..<stride {
            words[node * stride + word] = ~words[Int(operand) * stride + word] & mask(of: word)
        }
    }

    /// Whether a row meets a node.
    @inline(__always)
    func isSet(node: Int, row: Int) -> Bool {
        let bit = row - rows.lowerBound
        return words[node * stride + bit >> 6] >> UInt64(truncatingIfNeeded: bit & 63) & 1 == 1
    }

    /// Whether any row of a part of the range, which is not empty, meets any of some nodes.
    func isAnySet(nodes: [Int], in part: Range<Int>) -> Bool {
        let low = part.lowerBound - rows.lowerBound
        let high = part.upperBound - 1 - rows.lowerBound
        for node in nodes {
            for word in low >> 6...high >> 6 {
                var left = words[node * stride + word]
                if left == 0 { continue }
                if word == low >> 6 { left &= .max << UInt64(low & 63) }
                if word == high >> 6 { left &= .max >> UInt64(63 - high & 63) }
                if left != 0 { return true }
            }
        }
        return false
    }

    /// The first row at or after one that meets a node; nil if there is none.
    @inline(__always)
    func next(node: Int, from row: Int) -> Int? {
        let bit = max(row, rows.lowerBound) - rows.lowerBound
        guard bit < rows.count else { return nil }
        var word = bit >> 6
        var left = words[node * stride + word] & (.max << UInt64(truncatingIfNeeded: bit & 63))
        while left == 0 {
            word += 1
            if word == stride { return nil }
            left = words[node * stride + word]
        }
        return rows.lowerBound + word << 6 + left.trailingZeroBitCount
    }

    /// The bits of a word that stand for rows of the range.
    private func mask(of word: Int) -> UInt64 {
        let left = rows.count - word * 64
        return left >= 64 ? .max : (1 << UInt64(left)) - 1
    }
}
