import Testing

@testable import Monitoring

@Suite("The index finds the latest row of an id")
struct RowIndexTests {
    /// Whether a search for a hash comes to a row.
    private static func leads(_ hash: UInt64, to row: Int, in index: borrowing RowIndex) -> Bool {
        var place = index.start(of: hash)
        while !index.isFree(place) {
            if index.row(at: place, hash: hash) == UInt32(row) { return true }
            place = index.place(after: place)
        }
        return false
    }

    @Test(
        "Rows that are let go of leave it bit by bit, and those that are kept are found, also from its end to its beginning",
        arguments: [1, 2, 3] as [UInt64])
    func sweeping(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var index = RowIndex()
        // Many begin near the end of the table, so that their rows go on at its beginning.
        let hashes = (0..<30_000).map { _ -> UInt64 in random.next() | (random.chance(2) ? 0xffff << 48 : 0) }
        var base = 0
        for row in hashes.indices {
            if row % 64 == 0 {
                let (first, all) = (UInt32(base), row - base)
                if base > 0 { index.sweep(512) { Int($0 &- first) < all } }
                index.reserve(64, live: row - base) { Int($0 &- first) < all }
                let capacity = index.capacity
                #expect(capacity <= 4096, "what has been let go of takes no room")
            }
            var place = index.start(of: hashes[row])
            while !index.isFree(place) { place = index.place(after: place) }
            index.put(row, hash: hashes[row], at: place)
            base = max(0, row - 1500)
            if row % 500 == 0 {
                var found = 0
                for kept in base...row where RowIndexTests.leads(hashes[kept], to: kept, in: index) { found += 1 }
                #expect(found == row - base + 1)
            }
        }
    }
}
