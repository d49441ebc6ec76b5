import Events

/// For the rows of one range, which of them meet each of many things: a bit a row, in words, node by node.
///
/// Nodes that no row meets cost nothing: their words stay 0 from range to range.
struct RowBits {
    /// The range of rows that the bits are about.
    private(set) var rows = 0..<0
    /// How many words each node has.
    private(set) var stride = 0
    /// The words; those of node n begin at `n * stride`. There may be more of them than are in use.
    private(set) var words: [UInt64] = []
    // The nodes that may be met, in no order, and whether each is one of them.
    private(set) var met: [Int32] = []
    private var isNodeMet: [Bool] = []

    /// Begins a range with nothing met.
    mutating func begin(rows: Range<Int>, nodes: Int) {
        for node in met {
            isNodeMet[Int(node)] = false
            for word in Int(node) * stride..<(Int(node) + 1) * stride { words[word] = 0 }
        }
        met.removeAll(keepingCapacity: true)
        self.rows = rows
        stride = (rows.count + 63) / 64
        if words.count < nodes * stride {
            words.append(contentsOf: repeatElement(0, count: nodes * stride - words.count))
        }
        if isNodeMet.count < nodes {
            isNodeMet.append(contentsOf: repeatElement(false, count: nodes - isNodeMet.count))
        }
    }

    /// Whether any row may meet a node; false only if none does.
    @inline(__always)
    func mayBeMet(_ node: Int) -> Bool { isNodeMet[node] }

    /// Notes that a row meets a node; whether it is the first.
    @inline(__always)
    mutating func set(node: Int, row: Int) -> Bool {
        let bit = row - rows.lowerBound
        words[node * stride + bit >> 6] |= 1 << UInt64(truncatingIfNeeded: bit & 63)
        return note(node)
    }

    /// Asks of every row whether it meets a node.
    @inline(__always)
    mutating func fill(node: Int, where isMet: (Int) -> Bool) {
        var row = rows.lowerBound
        var index = node * stride
        var any: UInt64 = 0
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
            any |= word
            index += 1
        }
        if any != 0 { _ = note(node) }
    }

    /// Makes a node what all rows meet.
    mutating func fill(node: Int) {
        for word in 0..<stride { words[node * stride + word] = mask(of: word) }
        _ = note(node)
    }

    /// Leaves of what a node is only what another meets too.
    mutating func intersect(node: Int, with other: Int) {
        for word in 0..<stride { words[node * stride + word] &= words[other * stride + word] }
        _ = note(node)
    }

    /// Adds to what a node is what another meets.
    mutating func unite(node: Int, with other: Int) {
        for word in 0..<stride { words[node * stride + word] |= words[other * stride + word] }
        _ = note(node)
    }

    /// Makes a node what another does not meet.
    mutating func complement(node: Int, of other: Int) {
        for word in 0..<stride { words[node * stride + word] = ~words[other * stride + word] & mask(of: word) }
        _ = note(node)
    }

    /// Leaves of what a node is only the rows that meet something more; asks only of these.
    @inline(__always)
    mutating func restrict(node: Int, where isMet: (Int) -> Bool) {
        for word in 0..<stride {
            var left = words[node * stride + word]
            while left != 0 {
                let bit = left.trailingZeroBitCount
                left &= left - 1
                if !isMet(rows.lowerBound + word << 6 + bit) { words[node * stride + word] &= ~(1 << UInt64(bit)) }
            }
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
        for node in nodes where isNodeMet[node] {
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

    /// Notes that a node may be met; whether that is new.
    @inline(__always)
    private mutating func note(_ node: Int) -> Bool {
        if isNodeMet[node] { return false }
        isNodeMet[node] = true
        met.append(Int32(node))
        return true
    }

    /// The bits of a word that stand for rows of the range.
    private func mask(of word: Int) -> UInt64 {
        let left = rows.count - word * 64
        return left >= 64 ? .max : (1 << UInt64(left)) - 1
    }
}
