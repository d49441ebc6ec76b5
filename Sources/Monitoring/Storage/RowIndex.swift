/// Finds the latest row of an id by the id's hash: a table of open addressing in memory of its own.
///
/// An entry is 32 bits of the hash above 32 bits of the row. Its place follows from the hash alone, the entries being
/// in the order of their hashes, so that a larger table is filled in one walk through the smaller. Rows are known modulo
/// 2^32: there are never so many at once.
struct RowIndex: ~Copyable {
    private var slots: UnsafeMutableBufferPointer<UInt64>
    private var occupied = 0
    // How many places were found free when they were brought near: looking must not be for nothing.
    private var lastFree = 0
    // Where the next sweep begins.
    private var sweepPlace = 0

    init() {
        slots = .allocate(capacity: 1024)
        slots.initialize(repeating: 0)
    }

    deinit { slots.deallocate() }

    /// How many places there are.
    var capacity: Int { slots.count }

    /// Where the search for a hash begins.
    @inline(__always)
    func start(of hash: UInt64) -> Int { Int((RowIndex.fragment(hash) &* UInt64(slots.count)) >> 32) }

    /// The place after another.
    @inline(__always)
    func place(after place: Int) -> Int { place + 1 == slots.count ? 0 : place + 1 }

    /// Whether nothing is at a place.
    @inline(__always)
    func isFree(_ place: Int) -> Bool { slots[place] == 0 }

    /// The row at a place modulo 2^32, if what is there has a hash; nil if it has another.
    @inline(__always)
    func row(at place: Int, hash: UInt64) -> UInt32? {
        slots[place] >> 32 == RowIndex.fragment(hash) ? UInt32(truncatingIfNeeded: slots[place]) : nil
    }

    /// Puts a row at a place.
    @inline(__always)
    mutating func put(_ row: Int, hash: UInt64, at place: Int) {
        if slots[place] == 0 { occupied += 1 }
        slots[place] = RowIndex.fragment(hash) << 32 | UInt64(UInt32(truncatingIfNeeded: row))
    }

    /// Brings the places of some hashes near, all at once: one after the other each would be waited for.
    mutating func warm(for hashes: ArraySlice<UInt64>) {
        var free = 0
        for hash in hashes where isFree(start(of: hash)) { free += 1 }
        lastFree = free
    }

    /// Makes room for some more rows; places that were told before are no longer good.
    ///
    /// - Parameters:
    ///   - live: how many rows there are at most that are still there.
    ///   - isThere: whether a row is still there.
    mutating func reserve(_ count: Int, live: Int, where isThere: (UInt32) -> Bool) {
        if (occupied + count) * 4 <= slots.count * 3 { return }
        if live < occupied, (live + count) * 8 <= slots.count * 5 {
            sweep(slots.count, where: isThere)
        } else {
            rebuild(capacity: max((live + count) * 2, slots.count * 2), where: isThere)
        }
    }

    /// Frees those of the next places whose rows are no longer there; places that were told before are no longer good.
    ///
    /// Called for a few places with every row, it goes round before many are taken in vain.
    mutating func sweep(_ count: Int, where isThere: (UInt32) -> Bool) {
        for _ in 0..<min(count, slots.count) {
            while slots[sweepPlace] != 0, !isThere(UInt32(truncatingIfNeeded: slots[sweepPlace])) { free(sweepPlace) }
            sweepPlace = place(after: sweepPlace)
        }
    }

    /// Frees a place, and moves up those behind it that would no longer be found.
    private mutating func free(_ place: Int) {
        var gap = place
        var next = self.place(after: place)
        while slots[next] != 0 {
            let home = start(of: slots[next])
            // Whether it stands where a search from its home comes to the gap first, the end of the table being its beginning.
            let isBehindGap = gap <= next ? home <= gap || home > next : home <= gap && home > next
            if isBehindGap {
                slots[gap] = slots[next]
                gap = next
            }
            next = self.place(after: next)
        }
        slots[gap] = 0
        occupied -= 1
    }

    private mutating func rebuild(capacity: Int, where isKept: (UInt32) -> Bool) {
        let old = slots
        slots = .allocate(capacity: capacity)
        slots.initialize(repeating: 0)
        occupied = 0
        sweepPlace = 0
        for entry in old where entry != 0 && isKept(UInt32(truncatingIfNeeded: entry)) {
            var place = start(of: entry)
            while slots[place] != 0 { place = self.place(after: place) }
            slots[place] = entry
            occupied += 1
        }
        old.deallocate()
    }

    /// The part of a hash that an entry holds; never 0, which is a free place.
    @inline(__always)
    private static func fragment(_ hash: UInt64) -> UInt64 { hash >> 32 | 1 }
}
