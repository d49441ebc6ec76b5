@testable import Monitoring
import Testing

@Suite("A multiset by rank")
struct OrderStatisticsTests {
    @Test("agrees with a sorted array", arguments: [1, 2, 3, 4] as [UInt64])
    func reference(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var statistics = OrderStatistics()
        var sorted: [Double] = []
        for step in 0..<6000 {
            // Grow to about two thousand, then shrink to nothing.
            let grows = Int.random(in: 0..<10, using: &random) < (step < 3500 ? 8 : 1)
            if grows || sorted.isEmpty {
                let value = random.number()
                statistics.insert(value)
                sorted.insert(value, at: sorted.firstIndex { $0 >= value } ?? sorted.count)
            } else {
                let position = Int.random(in: 0..<sorted.count, using: &random)
                statistics.remove(sorted.remove(at: position))
            }
            #expect(statistics.count == sorted.count, "seed \(seed), step \(step)")
            guard !sorted.isEmpty else { continue }
            let rank = Int.random(in: 0..<sorted.count, using: &random)
            #expect(statistics[rank] == sorted[rank], "seed \(seed), step \(step)")
        }
    }

    @Test("has no percentile when it is empty")
    func empty() {
        #expect(OrderStatistics().percentile(numerator: 50, denominator: 100) == nil)
    }

    @Test("has percentiles linear between ranks, as in NumPy")
    func percentiles() {
        var statistics = OrderStatistics()
        for value in [15, 20, 35, 40, 50.0] { statistics.insert(value) }
        #expect(statistics.percentile(numerator: 0, denominator: 100) == 15)
        #expect(statistics.percentile(numerator: 40, denominator: 100) == 29)
        #expect(statistics.percentile(numerator: 50, denominator: 100) == 35)
        #expect(statistics.percentile(numerator: 95, denominator: 100) == 48)
        #expect(statistics.percentile(numerator: 100, denominator: 100) == 50)
    }

    @Test("takes 0 and -0 for one value")
    func zero() {
        var statistics = OrderStatistics()
        statistics.insert(-0.0)
        statistics.remove(0)
        #expect(statistics.count == 0)
    }

    @Test("rounds a percentile once")
    func roundedOnce() {
        // By exact fractions: (1 x 99 + 1e300) / 100 is not 1e298, as the double 1e300 is not a power of ten.
        #expect(ExactSum.blend(1, 1e300, weight: 1, of: 100) == 0x1.e94c85c298c4dp+989)
        #expect(ExactSum.blend(0.1, 0.7, weight: 1, of: 3) == 0x1.3333333333333p-2)
        #expect(ExactSum.blend(0x1p60, 0x1p60 + 1024, weight: 1, of: 8) == 0x1p60)
        #expect(ExactSum.blend(-3, 4, weight: 1, of: 2) == 0.5)
    }
}
