/// A map from 64-bit keys to small numbers, by open addressing: what dictionaries are too slow for.
///
/// Finding and adding cost O(1) expected. Its order never matters: it cannot be walked.
struct IntegerMap {
    private var keys: [UInt64]
    private var values: [Int32]
    private(set) var count = 0

    init(minimumCapacity: Int = 8) {
        var capacity = 16
        while capacity < minimumCapacity * 2 { capacity *= 2 }
        keys = [UInt64](repeating: 0, count: capacity)
        values = [Int32](repeating: -1, count: capacity)
    }

    /// The value of a key, nil where there is none.
    subscript(key: UInt64) -> Int32? {
        let slot = slot(of: key)
        return values[slot] < 0 ? nil : values[slot]
    }

    /// The value of a key; where there is none, the number of keys so far becomes it.
    mutating func number(of key: UInt64) -> Int {
        var slot = slot(of: key)
        if values[slot] >= 0 { return Int(values[slot]) }
        if (count + 1) * 2 > keys.count {
            grow()
            slot = self.slot(of: key)
        }
        keys[slot] = key
        values[slot] = Int32(count)
        count += 1
        return count - 1
    }

    private func slot(of key: UInt64) -> Int {
        let mask = keys.count - 1
        var slot = Int(truncatingIfNeeded: IntegerMap.mix(key)) & mask
        while values[slot] >= 0, keys[slot] != key { slot = (slot + 1) & mask }
        return slot
    }

    private mutating func grow() {
        let old = (keys, values)
        keys = [UInt64](repeating: 0, count: old.0.count * 2)
        values = [Int32](repeating: -1, count: old.0.count * 2)
        for index in old.0.indices where old.1[index] >= 0 {
            let slot = slot(of: old.0[index])
            keys[slot] = old.0[index]
            values[slot] = old.1[index]
        }
    }

    /// Spreads a key over all bits (the finalizer of SplitMix64).
    @inline(__always)
    static func mix(_ value: UInt64) -> UInt64 {
        var z = value &+ 0x9e37_79b9_7f4a_7c15
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
