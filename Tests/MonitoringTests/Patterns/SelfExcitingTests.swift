import Glibc
import Events
import Testing

@testable import Monitoring

@Suite("Self-excitation")
struct SelfExcitingTests {
    @Test("Hawkes mu 0.2, alpha 0.5, beta 1 at 0, 1, 1.5, 4 (just before each)")
    func reference() {
        // With beta 1 the half-life is ln 2; here a unit of time is 1,000,000,000 ms.
        var sum = DecayingSum(halfLife: Timespan(milliseconds: 693_147_181))
        let expected = [0.2, 0.38394, 0.61483, 0.27509]
        for (time, intensity) in zip([0, 1, 1.5, 4], expected) {
            let instant = Instant(milliseconds: Int64(time * 1e9))
            #expect((0.2 + 0.5 * sum.value(at: instant) - intensity).magnitude < 0.000005)
            sum.add(instant)
        }
    }

    @Test("\"equal times count together\", and the sum is that of the powers, over years and before the epoch")
    func sums() {
        var random = SplitMix64(seed: 11)
        for _ in 0..<200 {
            let halfLife = Int64(random.number(1...100_000))
            var sum = DecayingSum(halfLife: Timespan(milliseconds: halfLife))
            var times: [Int64] = [Int64(random.number(-10_000_000...0))]
            for _ in 0..<random.number(0...60) {
                times.append((times.last ?? 0) + Int64(random.number(0...2)) * Int64(random.number(0...3_000_000)))
            }
            for time in times { sum.add(Instant(milliseconds: time)) }
            let now = (times.last ?? 0) + Int64(random.number(0...1_000_000))
            var expected = 0.0
            for time in times { expected += pow(2, -Double(now - time) / Double(halfLife)) }
            let value = sum.value(at: Instant(milliseconds: now))
            #expect((value - expected).magnitude <= 1e-13 * expected + 1e-28)
        }
    }

    private func drawn(_ line: String, atLeast ratio: Double, imprecise: [Character: Timespan] = [:]) throws -> Drawing
    {
        let rule = """
            title: Drawn
            name: drawn
            correlation:
              type: self_exciting
              rules: [a, b, c]
              half_life: 1h
              branching: 0.5
              background: 10h
              condition: {gte: \(ratio)}
            """
        return try Drawing(line, rules: rule, imprecise: imprecise)
    }

    @Test("\"begins to hold only at a contribution, and ends at the first millisecond that fails the condition\"")
    func episodes() throws {
        // Each adds 0.5 ln 2 x 10 over the number of those in the background; at 10 h the first has just left it.
        let drawing = try drawn("a.........aa.........", atLeast: 3)
        #expect(drawing.text == "..........##.........")
        let jump = 0.5 * log(2.0) * 10
        let (first, second) = (1 + pow(2, -10.0), 1.5 + pow(2, -11.0))
        let ends = [10 + log2(first * jump / 2), 11 + log2(second * jump / 4)]
        #expect(drawing.alerts.map { $0.end?.milliseconds } == ends.map { Int64(($0 * 3_600_000).rounded(.up)) })
        for (figure, expected) in zip(drawing.figures, [1 + jump * first, 1 + jump * second / 2]) {
            #expect(((figure ?? 0) - expected).magnitude < 1e-12)
        }
    }

    @Test("\"nothing before one `background` has passed since the stream's first event\"")
    func begin() throws {
        #expect(try drawn("a.......aaa..........", atLeast: 1.5).text.prefix(11) == "..........#")
    }

    @Test("that the background empties begins nothing")
    func background() throws {
        // At 16 h the `a` of 6 h leaves the background and the ratio jumps; nothing comes.
        #expect(try drawn("a.....a.......a......", atLeast: 1.8).text == "..............##.....")
    }
}
