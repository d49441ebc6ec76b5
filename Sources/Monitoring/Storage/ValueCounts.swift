/// How often each of some values occurs: what dictionaries are too slow for.
///
/// Adding and taking out cost O(1) expected, by open addressing. Its order never matters: it cannot be walked.
struct ValueCounts {
    private struct Slot {
        var key: UInt64
        /// 0 where the slot is free.
        var count: Int
    }

    private var slots: [Slot] = []
    /// How many different values there are.
    private(set) var distinct = 0

    /// Counts a value in.
    mutating func add(_ key: UInt64) {
        if distinct * 4 >= slots.count * 3 { grow() }
        let index = index(of: key)
        if slots[index].count == 0 {
            slots[index].key = key
            distinct += 1
        }
        slots[index].count += 1
    }

    /// Counts a value out; one that does not occur stays so.
    mutating func remove(_ key: UInt64) {
        if slots.isEmpty { return }
        let index = index(of: key)
        guard slots[index].count > 0 else { return }
        slots[index].count -= 1
        if slots[index].count == 0 {
            distinct -= 1
            close(index)
        }
    }

    /// Forgets all values.
    mutating func removeAll() {
        if distinct > 0 { slots = [Slot](repeating: Slot(key: 0, count: 0), count: slots.count) }
        distinct = 0
    }

    private func home(of key: UInt64) -> Int { Int(truncatingIfNeeded: IntegerMap.mix(key)) & (slots.count - 1) }

    private func index(of key: UInt64) -> Int {
        let mask = slots.count - 1
        var index = home(of: key)
        while slots[index].count > 0, slots[index].key != key { index = (index + 1) & mask }
        return index
    }

    /// Moves up what was put further on because a slot, free now, was taken.
    private mutating func close(_ freed: Int) {
        let mask = slots.count - 1
        var free = freed
        var index = (free + 1) & mask
        while slots[index].count > 0 {
            let distance = (index - home(of: slots[index].key)) & mask
            if distance >= (index - free) & mask {
                slots[free] = slots[index]
                slots[index].count = 0
                free = index
            }
            index = (index + 1) & mask
        }
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(key: 0, count: 0), count: max(8, old.count * 2))
        for slot in old where slot.count > 0 { slots[index(of: slot.key)] = slot }
    }
}
