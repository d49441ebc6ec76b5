import Foundation
@testable import Monitoring
import Testing

/// Thousands of random inputs against whole numbers of any size, and against a table that Python has made.
@Suite("Numbers against independent references")
struct ExactReferenceTests {
    @Test("the references tell a wrong last digit")
    func references() {
        let third = 1.0 / 3
        #expect(third.isNearest(to: BigInteger(units: 1), over: BigInteger(3)))
        #expect(!third.nextUp.isNearest(to: BigInteger(units: 1), over: BigInteger(3)))
        #expect(!third.nextDown.isNearest(to: BigInteger(units: 1), over: BigInteger(3)))
        let tie = BigInteger(units: 1) + BigInteger(units: 0x1p-53)
        #expect(1.0.isNearest(to: tie, over: BigInteger(1)))
        #expect(!1.0.nextUp.isNearest(to: tie, over: BigInteger(1)))
        #expect(BigInteger(units: -2.5) + BigInteger(units: 2.5) == BigInteger(0))
        #expect(BigInteger(units: -3) < BigInteger(units: -2.5) && BigInteger(units: -3) < BigInteger(0))
    }

    /// Numbers of one kind: whole, with decimals, of many magnitudes, or at the ends of what a double is.
    private func numbers(_ random: inout SeededRandom) -> [Double] {
        let kind = Int.random(in: 0..<5, using: &random)
        return (0..<Int.random(in: 1...12, using: &random)).map { _ in
            switch kind {
            case 0: return Double(Int.random(in: -1000...1000, using: &random))
            case 1: return Double(Int.random(in: -100_000...100_000, using: &random)) / 100
            case 2: return random.number()
            case 3: return Double(bitPattern: random.next() & ~(0x7f0 << 52))
            default:
                let number = Double(bitPattern: random.next())
                return number.isFinite && number.magnitude < 1e300 ? number : 1
            }
        }
    }

    @Test("Sums and means are exact to the last digit, whatever the order", arguments: [1, 2, 3] as [UInt64])
    func sums(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for round in 0..<1000 {
            let numbers = numbers(&random)
            let exact = numbers.reduce(BigInteger(0)) { $0 + BigInteger(units: $1) }
            let divisor = random.next() % 4 == 0 ? Int.random(in: 1...10_000, using: &random) : numbers.count
            var sum = ExactSum()
            for number in numbers { sum.add(number) }
            #expect(sum.rounded.isNearest(to: exact, over: BigInteger(1)), "seed \(seed), round \(round): \(numbers)")
            let mean = sum.divided(by: divisor)
            #expect(mean.isNearest(to: exact, over: BigInteger(divisor)), "seed \(seed), round \(round): \(numbers)")
            var other = ExactSum()
            for number in numbers.shuffled(using: &random) { other.add(number) }
            #expect(other.rounded == sum.rounded && other.divided(by: divisor) == mean)
        }
    }

    @Test("Percentiles are exact to the last digit", arguments: [4, 5, 6] as [UInt64])
    func percentiles(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for round in 0..<1000 {
            let numbers = numbers(&random)
            let (percent, whole) = (Int64.random(in: 0...1000, using: &random), Int64(1000))
            var statistics = OrderStatistics()
            for number in numbers { statistics.insert(number) }
            let found = try #require(statistics.percentile(numerator: percent, denominator: whole))
            // Linear between ranks: the whole part of the position tells the rank, the rest the weight of the next.
            let position = Int(percent) * (numbers.count - 1)
            let (rank, weight) = (position / Int(whole), position % Int(whole))
            let sorted = numbers.sorted()
            let next = sorted[min(rank + 1, sorted.count - 1)]
            let exact =
                BigInteger(units: sorted[rank]) * BigInteger(Int(whole) - weight)
                + BigInteger(units: next) * BigInteger(weight)
            #expect(
                found.isNearest(to: exact, over: BigInteger(Int(whole))),
                "seed \(seed), round \(round): \(percent) per mille of \(numbers)")
        }
    }

    @Test("Quotients of whole numbers are exact to the last digit")
    func quotients() {
        var random = SeededRandom(seed: 7)
        for round in 0..<3000 {
            let length = UInt64.random(in: 0...62, using: &random)
            let numerator = Int(truncatingIfNeeded: random.next()) >> Int(length)
            let denominator = Int(truncatingIfNeeded: random.next() >> UInt64.random(in: 1...62, using: &random)) | 1
            let quotient = ExactQuotient.divide(Int128(numerator), by: Int128(denominator))
            #expect(
                quotient.isNearest(to: BigInteger(units: 1) * BigInteger(numerator), over: BigInteger(denominator)),
                "round \(round): \(numerator) / \(denominator)")
        }
    }

    @Test("Tails of the comparisons of rates agree with sums of sixty digits over thousands of counts and shares")
    func tails() throws {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: tests.appendingPathComponent("References/tails.csv"), encoding: .utf8)
        let rows = text.split(separator: "\n").map { $0.split(separator: ",").compactMap { Double($0) } }
        #expect(rows.count == 2000 && rows.allSatisfy { $0.count == 7 })
        var worst = 0.0
        for row in rows {
            let (n1, n0, share) = (Int(row[0]), Int(row[1]), row[2])
            let found = [
                PoissonComparison.upperTail(n1: n1, n0: n0, share: share),
                PoissonComparison.lowerTail(n1: n1, n0: n0, share: share),
                GammaPoisson.upperTail(n1: n1, n0: n0, share: share),
                GammaPoisson.lowerTail(n1: n1, n0: n0, share: share),
            ]
            for (value, expected) in zip(found, row[3...]) where expected > 1e-290 {
                let error = (value - expected).magnitude / expected
                worst = max(worst, error)
                #expect(error < 2e-12, "\(row): \(value)")
            }
        }
        print("the tails of 2000 comparisons differ by \(worst) at most, relatively")
    }
}
