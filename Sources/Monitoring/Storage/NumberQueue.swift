/// Numbers that wait for their turn, the smallest first, each once: a bit for each.
struct NumberQueue {
    private var words: [UInt64] = []
    // No bit is set in a word before this one.
    private var first = 0

    /// Adds a number that is not negative.
    mutating func insert(_ number: Int) {
        let word = number >> 6
        if word >= words.count { words.append(contentsOf: repeatElement(0, count: word + 1 - words.count)) }
        words[word] |= 1 << UInt64(number & 63)
        first = min(first, word)
    }

    /// Takes the smallest number out.
    mutating func removeFirst() -> Int? {
        while first < words.count {
            if words[first] != 0 {
                let bit = words[first].trailingZeroBitCount
                words[first] &= words[first] - 1
                return first << 6 + bit
            }
            first += 1
        }
        return nil
    }
}
