import Events
import Following
import Testing

@Suite("Editions of a source")
struct EditionsTests {
    /// Events are numbered; each happened at the instant of its number.
    private static func editions(_ contents: [UInt64]...) -> Editions {
        var editions = Editions()
        for (index, events) in contents.enumerated() {
            if index > 0 { editions.begin() }
            for event in events { editions.add(event, at: Instant(milliseconds: Int64(event))) }
        }
        return editions
    }

    @Test("Contents that give most of the events again are a new edition: what they leave out is missing")
    func edition() throws {
        var editions = EditionsTests.editions([1, 2, 3, 4], [1, 2, 4, 5])
        let result = editions.close()
        let closed = try #require(result)
        #expect(closed.missing == [3])
        #expect(closed.from == Instant(milliseconds: 1))
        #expect(!editions.isOpen)
        #expect(editions.now == [1, 2, 4, 5])
    }

    @Test("A log that was rotated gives other events, and nothing is missing")
    func rotation() {
        var editions = EditionsTests.editions([1, 2, 3], [4, 5])
        let result = editions.close()
        #expect(result == nil)
        #expect(!editions.isOpen)
        // Should an edition follow, it is one of all of them.
        #expect(editions.now == [1, 2, 3, 4, 5])
    }

    @Test("An edition of which little has come yet is not decided")
    func unfinished() throws {
        var editions = EditionsTests.editions([1, 2, 3, 4, 5, 6], [1, 2])
        let result = editions.close()
        #expect(result == nil)
        #expect(editions.isOpen)
        editions.add(3, at: Instant(milliseconds: 3))
        let last = editions.close()
        #expect(try #require(last).missing == [4, 5, 6])
    }

    @Test("An edition tells nothing of what lies before its first event")
    func window() throws {
        var editions = EditionsTests.editions([1, 2, 3, 4, 5, 6], [3, 4, 6, 7])
        let result = editions.close()
        #expect(try #require(result).from == Instant(milliseconds: 3))
    }

    @Test("What is given twice counts once, and what is not in force is forgotten")
    func counts() {
        var editions = EditionsTests.editions([1, 2, 3, 4, 5, 6], [1, 1, 1])
        let result = editions.close()
        #expect(result == nil)
        editions.keep(only: [1])
        let last = editions.close()
        #expect(last?.missing.isEmpty == true)
        #expect(editions.now == [1])
    }

    @Test("Without contents before there is nothing to compare")
    func first() {
        var editions = EditionsTests.editions([1, 2])
        let result = editions.close()
        #expect(result == nil)
    }
}
