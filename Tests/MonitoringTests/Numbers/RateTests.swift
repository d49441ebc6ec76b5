import Events
@testable import Monitoring
import Rulebook
import Testing

@Suite("The predictive comparison of rates, and the interval of their ratio")
struct RateTests {
    /// Counts, and both tails as incomplete beta functions with fifty digits.
    struct Case: Sendable {
        var n1, n0: Int
        var share, upper, lower: Double
    }

    static let cases = [
        Case(n1: 6, n0: 4, share: 0.2, upper: 0.0045021357137120605, lower: 0.99867067945621525),
        Case(n1: 0, n0: 0, share: 0.5, upper: 1.0, lower: 0.70710678118654752),
        Case(n1: 1, n0: 0, share: 0.5, upper: 0.29289321881345248, lower: 0.88388347648318441),
        Case(n1: 3, n0: 0, share: 0.01, upper: 3.1367895544724356e-7, lower: 0.99999999725461865),
        Case(n1: 30, n0: 3, share: 0.25, upper: 7.4148057774846567e-16, lower: 0.9999999999999998),
        Case(n1: 0, n0: 12, share: 0.2, upper: 1.0, lower: 0.061464568543964537),
        Case(n1: 2, n0: 40, share: 0.1, upper: 0.92918699727625733, lower: 0.18865355156327781),
        Case(n1: 1000, n0: 900, share: 0.5, upper: 0.011203137776984861, lower: 0.98943801423938331),
        Case(n1: 1200, n0: 900, share: 0.5, upper: 2.9291455553439263e-11, lower: 0.99999999997444586),
        Case(n1: 50, n0: 1_000_000, share: 0.0001, upper: 0.9999999882612821, lower: 2.3923743983554082e-8),
        Case(n1: 150, n0: 1_000_000, share: 0.0001, upper: 1.8964568948913167e-6, lower: 0.99999875870802329),
        Case(n1: 5, n0: 2, share: 0.9, upper: 0.94466618139149019, lower: 0.077238044728295489),
        Case(n1: 400, n0: 3, share: 0.9, upper: 1.6210916203084433e-15, lower: 0.99999999999999853),
    ]

    private func isClose(_ value: Double, _ expected: Double, within tolerance: Double = 2e-12) -> Bool {
        (value - expected).magnitude <= tolerance * expected
    }

    @Test("the predictive tails agree with references of fifty digits", arguments: cases)
    func predictive(_ example: Case) {
        let upper = GammaPoisson.upperTail(n1: example.n1, n0: example.n0, share: example.share)
        let lower = GammaPoisson.lowerTail(n1: example.n1, n0: example.n0, share: example.share)
        #expect(isClose(upper, example.upper), "\(upper)")
        #expect(isClose(lower, example.lower), "\(lower)")
    }

    /// The plug-in Poisson would say 0.0005942.
    @Test("Gamma-Poisson after 1,0,2,1: P(>= 6 next) 0.0045021")
    func reference() {
        #expect((GammaPoisson.upperTail(n1: 6, n0: 4, share: 0.2) - 0.0045021).magnitude < 0.00000005)
    }

    @Test(
        "the ratios of the published comparisons",
        arguments: [
            (2, 17_877, 9, 16_660, 0.2070941557), (271, 181, 151, 181, 1.795), (24, 30, 33, 31, 0.752),
            (115, 31, 195, 28, 0.533),
        ])
    func ratios(n1: Int, days: Int64, n0: Int, before: Int64, expected: Double) throws {
        func length(_ days: Int64) -> Timespan { Timespan(milliseconds: days * 86_400_000) }
        let change = Correlation.RateChange(baseline: length(before), minimumCount: 0, ratio: nil, pValue: nil)
        let ratio = try #require(RateTest(timespan: length(days), parameters: change).figure(n1, n0).value)
        #expect((ratio - expected).magnitude < (n1 == 2 ? 1e-10 : 5e-4), "\(ratio)")
    }

    @Test("the limit of EARS C1 and C2 is z(0.999), 3.0902323")
    func limit() {
        for method in [Correlation.ControlChart.Method.earsC1, .earsC2] {
            let z = Correlation.ControlChart(method: method, baseline: 7, gap: 0).z
            #expect((z - 3.0902323).magnitude < 5e-5)
        }
    }

    @Test("the predictive tails overlap in the count itself")
    func overlap() {
        var random = SeededRandom(seed: 9)
        for _ in 0..<1000 {
            let (n1, n0) = (Int.random(in: 1...300, using: &random), Int.random(in: 0...300, using: &random))
            let share = Double.random(in: 0.001...0.999, using: &random)
            let above = GammaPoisson.upperTail(n1: n1, n0: n0, share: share)
            let below = GammaPoisson.lowerTail(n1: n1 - 1, n0: n0, share: share)
            #expect((above + below - 1).magnitude < 1e-11, "\(n1) \(n0) \(share)")
        }
    }

    @Test(
        "the limits are those of Clopper and Pearson, made a ratio",
        arguments: [
            (2, 9, 16_660.0 / 17_877, 0.021774062759064699, 1.0005491044877216),
            (271, 151, 1, 1.4654104289336308, 2.2047455321704813),
            (24, 33, 31.0 / 30, 0.42501133060672775, 1.3106838898249027),
            (115, 195, 28.0 / 31, 0.41929700947685718, 0.674141844673942), (0, 5, 4, 0, 4.3651164207301844),
            (5, 0, 4, 3.6654234292618386, .infinity), (1, 1, 1, 0.012739367083666617, 78.496835316262927),
            (12, 6, 4, 2.7788020413021127, 25.978849358297475), (0, 0, 4, 0, .infinity),
        ] as [(Int, Int, Double, Double, Double)])
    func limits(n1: Int, n0: Int, exposure: Double, low: Double, high: Double) {
        let limits = RateInterval.limits(n1: n1, n0: n0, exposure: exposure)
        #expect(limits.low == low || isClose(limits.low, low), "\(limits.low)")
        #expect(limits.high == high || isClose(limits.high, high), "\(limits.high)")
    }

    @Test("at a limit of the interval the count is just improbable enough")
    func coverage() {
        var random = SeededRandom(seed: 4)
        for _ in 0..<100 {
            let (n1, n0) = (Int.random(in: 1...3000, using: &random), Int.random(in: 1...3000, using: &random))
            let limits = RateInterval.limits(n1: n1, n0: n0, exposure: 1)
            let (low, high) = (limits.low / (1 + limits.low), limits.high / (1 + limits.high))
            #expect(isClose(PoissonComparison.upperTail(n1: n1, n0: n0, share: low), 0.025, within: 1e-9))
            #expect(isClose(PoissonComparison.lowerTail(n1: n1, n0: n0, share: high), 0.025, within: 1e-9))
        }
    }
}
