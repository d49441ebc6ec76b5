@testable import Monitoring
import Testing

@Suite("The exact comparison of two Poisson rates")
struct PoissonComparisonTests {
    /// Counts, and both tails summed with fifty digits.
    struct Case: Sendable {
        var n1, n0: Int
        var share, upper, lower: Double
    }

    static let cases = [
        Case(n1: 5, n0: 0, share: 0.2, upper: 0.00032000000000000009, lower: 1.0),
        Case(n1: 0, n0: 0, share: 0.5, upper: 1.0, lower: 1.0),
        Case(n1: 0, n0: 4, share: 0.25, upper: 1.0, lower: 0.31640625),
        Case(n1: 3, n0: 9, share: 0.2, upper: 0.44165425152000004, lower: 0.79456894975999997),
        Case(n1: 20, n0: 4, share: 0.2, upper: 4.7887291514880051e-11, lower: 0.99999999999775103),
        Case(n1: 60, n0: 10, share: 0.03225806451612903, upper: 9.4784938938943434e-79, lower: 1.0),
        Case(n1: 1, n0: 199, share: 0.001, upper: 0.1813511705213643, lower: 0.98254248903391813),
        Case(n1: 1000, n0: 3000, share: 0.25, upper: 0.50606948023277495, lower: 0.50849651712992896),
        Case(n1: 1200, n0: 3000, share: 0.25, upper: 7.5287474330093349e-8, lower: 0.99999993765182296),
        Case(n1: 5000, n0: 1, share: 0.5, upper: 0, lower: 1.0),
        Case(n1: 2503000, n0: 7500000, share: 0.25, upper: 0.050248090156227441, lower: 0.94982745550759522),
        Case(n1: 2600000, n0: 7400000, share: 0.25, upper: 0, lower: 1.0),
        Case(n1: 9999000, n0: 1000, share: 0.9, upper: 0, lower: 1.0),
        Case(n1: 400, n0: 9999600, share: 1e-05, upper: 7.702766583073916e-113, lower: 1.0),
        Case(n1: 3, n0: 9999997, share: 1e-07, upper: 0.080301387874407315, lower: 0.98101184925517032),
        Case(n1: 15, n0: 16, share: 0.5, upper: 0.63994993409141898, lower: 0.5),
        Case(n1: 16, n0: 15, share: 0.5, upper: 0.5, lower: 0.63994993409141898),
        Case(n1: 300, n0: 17, share: 0.9811827956989247, upper: 0.99995768722636686, lower: 0.00013557625190536111),
    ]

    private func isClose(_ value: Double, _ expected: Double, within tolerance: Double = 2e-12) -> Bool {
        // Below that the tail is of no account, and its reference left out.
        expected == 0 ? value < 1e-290 : (value - expected).magnitude <= tolerance * expected
    }

    @Test("agrees with sums of fifty digits", arguments: cases)
    func reference(_ example: Case) {
        let upper = PoissonComparison.upperTail(n1: example.n1, n0: example.n0, share: example.share)
        let lower = PoissonComparison.lowerTail(n1: example.n1, n0: example.n0, share: example.share)
        #expect(isClose(upper, example.upper), "\(upper)")
        #expect(isClose(lower, example.lower), "\(lower)")
    }

    @Test("agrees with the published vignette: 2 in 17,877 against 9 in 16,660")
    func vignette() {
        let lower = PoissonComparison.lowerTail(n1: 2, n0: 9, share: 17_877.0 / (17_877 + 16_660))
        #expect(isClose(2 * lower, 0.05011, within: 1e-4))
    }

    @Test("agrees with the published comparisons of truces")
    func truces() {
        let rise = PoissonComparison.upperTail(n1: 271, n0: 151, share: 0.5)
        #expect(isClose(rise, 2.75e-9, within: 2e-3))
        let chance = PoissonComparison.lowerTail(n1: 24, n0: 33, share: 30.0 / 61)
        #expect(isClose(2 * chance, 0.349, within: 2e-3))
        let fall = PoissonComparison.lowerTail(n1: 115, n0: 195, share: 31.0 / 59)
        #expect(isClose(2 * fall, 6.5e-8, within: 1e-2), "\(fall)")
    }

    @Test("gives tails that overlap in the count itself")
    func overlap() {
        let seed: UInt64 = 5
        var random = SeededRandom(seed: seed)
        for round in 0..<1000 {
            let (n1, n0) = (Int.random(in: 1...300, using: &random), Int.random(in: 0...300, using: &random))
            let share = Double.random(in: 0.001...0.999, using: &random)
            let above = PoissonComparison.upperTail(n1: n1, n0: n0, share: share)
            let below = PoissonComparison.lowerTail(n1: n1 - 1, n0: n0 + 1, share: share)
            #expect((above + below - 1).magnitude < 1e-12, "seed \(seed), round \(round)")
        }
    }
}
