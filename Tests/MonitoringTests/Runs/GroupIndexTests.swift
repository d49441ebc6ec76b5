import Events
import Testing

@testable import Monitoring

struct GroupIndexTests {
    @Test("Groups are numbered in the order in which they are first met, however far apart their symbols are")
    func groupsAreNumberedInTheOrderInWhichTheyAreFirstMet() {
        for width in 1...3 {
            var random = SplitMix64(seed: UInt64(width))
            var index = GroupIndex(width: width)
            var expected: [[Int32]: Int] = [:]
            for round in 0..<20_000 {
                // Later symbols are higher, as those of a growing table are; some groups come again.
                let highest = random.chance(30) ? 300_000 : 50 + round
                let group = (0..<width).map { _ in Int32(random.number(1...(width == 1 ? highest : 40))) }
                let symbols = group.map { Symbol(rawValue: $0) }
                let number = expected[group] ?? expected.count
                expected[group] = number
                #expect(index.number(of: symbols) == number)
                if width == 1 {
                    #expect(index.number(of: symbols[0]) == number)
                    #expect(index.known(symbols[0]) ?? number == number)
                }
                #expect(index.symbols(of: number) == symbols)
                #expect(index.count == expected.count)
            }
        }
    }

    @Test("Numbers that wait for their turn come out the smallest first, each once, also those that come meanwhile")
    func numbersComeOutTheSmallestFirst() {
        var random = SplitMix64(seed: 4)
        var queue = NumberQueue()
        var expected = Set<Int>()
        for _ in 0..<5000 {
            if random.chance(60) {
                let number = random.number(0...700)
                queue.insert(number)
                expected.insert(number)
            } else {
                let least = expected.min()
                #expect(queue.removeFirst() == least)
                if let least { expected.remove(least) }
            }
        }
    }
}
