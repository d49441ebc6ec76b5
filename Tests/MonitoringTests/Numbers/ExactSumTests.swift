@testable import Monitoring
import Testing

@Suite("A sum that is exact")
struct ExactSumTests {
    /// Numbers, their sum and a quotient of it, computed with Python's fractions.
    struct Case: Sendable {
        var numbers: [Double]
        var divisor: Int
        var sum: Double
        var quotient: Double

        init(_ numbers: [Double], _ divisor: Int, sum: Double, quotient: Double) {
            self.numbers = numbers
            self.divisor = divisor
            self.sum = sum
            self.quotient = quotient
        }
    }

    static let cases = [
        Case(
            [0x1.4d474883171ffp-52, -0x1.767727ca98cc2p-55, -0x1.332a1858028d0p-10, -0x1.738f7d1a22dd8p-10],
            1, sum: -0x1.535ccab912917p-9, quotient: -0x1.535ccab912917p-9),
        Case(
            [
                -0x1.42e1666827ddap-818, 0x1.963c53e7af6b0p-37, -0x1.288f5635a6592p-482, 0x1.1eda0ab43b6a0p+26,
                -0x1.7d55c80c789aep-815, -0x1.fc5414d71758ap+6,
            ],
            7, sum: 0x1.1ed9eaeefa1c9p+26, quotient: 0x1.47d47a35b020ap+23),
        Case(
            [0x1.7242a5265ec3cp-31, -0x1.4f4733261add0p-26, 0x1.7579da5cb9b30p-25, -0x1.e398f1061c0f0p-11],
            2, sum: -0x1.e395a288ee95fp-11, quotient: -0x1.e395a288ee95fp-12),
        Case(
            [0x1.afd1b18504be4p-755, 0x1.5c490958ff704p-18, 0x1.19a72dae10418p-53, 0x1.64e2b2aa81784p-53],
            1, sum: 0x1.5c4909594f418p-18, quotient: 0x1.5c4909594f418p-18),
        Case(
            [0x1.236d02dbba75ap-13, 0x1.71abc78672c00p-7, -0x1.f98aa8078bd18p-179, -0x1.7a0ac3cfd8ebep-11],
            7, sum: 0x1.5e98cf54e41b2p-7, quotient: 0x1.90aea3cebb8cbp-10),
        Case(
            [
                0x1.9b48a1c6540c0p+66, 0x1.ba5c2c2336cc1p-26, 0x1.5d8de078969d8p-13, -0x1.53e7c25a39358p-45,
                -0x1.8b4847c268440p-331,
            ],
            3, sum: 0x1.9b48a1c6540c0p+66, quotient: 0x1.12306bd98d5d5p+65),
        Case(
            [0x1.11b5e817a1d9bp+234, -0x1.d39a697323e5cp+49, 0x1.979f90b311bd0p-12, 0x1.fdef24c32f250p-800],
            2, sum: 0x1.11b5e817a1d9bp+234, quotient: 0x1.11b5e817a1d9bp+233),
        Case(
            [
                0x1.339286035d661p-652, -0x1.12bfaf467e646p+418, -0x1.bfa87e4d4f18cp+17, 0x1.e9331ad63ba15p+420,
                -0x1.b2a7dc5f3c81cp-2,
            ],
            7, sum: 0x1.a4832f049c083p+420, quotient: 0x1.e095ec978dc04p+417),
        Case(
            [
                -0x1.a28f7b7fd5428p+329, 0x1.a85fbb6c4aa87p-41, -0x1.e6e794bcede94p+6, -0x1.842b5061cc8b8p+149,
                -0x1.6473e7b61bd03p-28,
            ],
            10, sum: -0x1.a28f7b7fd5428p+329, quotient: -0x1.4ed92f9977686p+326),
        Case(
            [0x1.8b3b720e423c8p+7, 0x1.45dbb74e46509p+17, -0x1.9cb6550f5220ap+43, -0x1.996e998483f88p+0],
            3, sum: -0x1.9cb654bdc2b24p+43, quotient: -0x1.1324387e81cc3p+42),
    ]

    @Test("equals that of exact fractions, rounded once", arguments: cases)
    func fractions(_ example: Case) {
        var sum = ExactSum()
        for number in example.numbers { sum.add(number) }
        #expect(sum.rounded == example.sum)
        #expect(sum.divided(by: example.divisor) == example.quotient)
    }

    @Test("rounds once even where doubles are subnormal")
    func subnormal() {
        let least = Double.leastNonzeroMagnitude
        var sum = ExactSum()
        sum.add(least)
        #expect(sum.divided(by: 2) == 0)
        sum.add(least)
        sum.add(least)
        #expect(sum.divided(by: 2) == 2 * least)
        sum.add(2 * least)
        #expect(sum.divided(by: 2) == 2 * least)
        sum.add(.leastNormalMagnitude)
        #expect(sum.rounded == .leastNormalMagnitude + 5 * least)
    }

    @Test("of nothing is 0")
    func empty() {
        #expect(ExactSum().rounded == 0)
    }

    @Test("keeps what doubles lose")
    func cancellation() {
        var sum = ExactSum()
        for number in [1e300, 1, 0.1, -1e300, -1] { sum.add(number) }
        #expect(sum.rounded == 0.1)
    }

    @Test("of whole numbers does not overflow")
    func large() {
        var sum = ExactSum()
        for _ in 0..<1000 { sum.add(4e18) }
        #expect(sum.rounded == 4e21)
        #expect(sum.divided(by: 1000) == 4e18)
    }

    @Test("does not depend on the order, nor on what was added and taken out again")
    func order() {
        let seed: UInt64 = 20_140_301
        var random = SeededRandom(seed: seed)
        for round in 0..<500 {
            let kept = (0..<Int.random(in: 0...20, using: &random)).map { _ in random.number() }
            let passing = (0..<Int.random(in: 0...20, using: &random)).map { _ in random.number() }
            var plain = ExactSum()
            for number in kept { plain.add(number) }
            var other = ExactSum()
            for number in (kept + passing).shuffled(using: &random) { other.add(number) }
            for number in passing.shuffled(using: &random) { other.subtract(number) }
            #expect(plain.rounded == other.rounded, "seed \(seed), round \(round)")
            #expect(plain.divided(by: 7) == other.divided(by: 7), "seed \(seed), round \(round)")
        }
    }

    @Test("of tenths divides like whole numbers of tenths")
    func reference() {
        let seed: UInt64 = 7
        var random = SeededRandom(seed: seed)
        for round in 0..<2000 {
            // Sixteenths are exact, so the whole numbers tell what the quotient must be.
            let sixteenths = (0..<10).map { _ in Int.random(in: -1_000_000...1_000_000, using: &random) }
            let divisor = Int.random(in: 1...1_000_000, using: &random)
            var sum = ExactSum()
            for number in sixteenths { sum.add(Double(number) / 16) }
            let expected = Double(sixteenths.reduce(0, +)) / Double(16 * divisor)
            #expect(sum.divided(by: divisor) == expected, "seed \(seed), round \(round)")
        }
    }
}

@Suite("A quotient that is exact")
struct ExactQuotientTests {
    @Test("rounds to nearest even beyond 2^53")
    func even() {
        #expect(ExactQuotient.divide((1 << 53) + 1, by: 1) == 9_007_199_254_740_992)
        #expect(ExactQuotient.divide((1 << 53) + 3, by: 1) == 9_007_199_254_740_996)
        #expect(ExactQuotient.divide(-(1 << 54) - 2, by: 2) == -9_007_199_254_740_992)
    }

    @Test("of large whole numbers agrees with their reduced form")
    func reduced() {
        let seed: UInt64 = 11
        var random = SeededRandom(seed: seed)
        for round in 0..<2000 {
            let numerator = Int64.random(in: -1_000_000_000...1_000_000_000, using: &random)
            let denominator = Int64.random(in: 1...1_000_000_000, using: &random)
            let factor = Int128(Int64.random(in: 1 ... .max / 4, using: &random))
            let quotient = ExactQuotient.divide(Int128(numerator) * factor, by: Int128(denominator) * factor)
            #expect(quotient == Double(numerator) / Double(denominator), "seed \(seed), round \(round)")
        }
    }
}
