/// A sum of finite doubles that is exact, and so independent of the order in which they are added and taken out again.
///
/// Whole numbers, the common case, are summed in one integer; only others need the wide sum.
struct ExactSum {
    private var whole: Int128 = 0
    private var others: WideSum?
    private var otherCount = 0

    /// The sum of nothing.
    init() {}

    /// Adds a number.
    mutating func add(_ number: Double) { add(number, times: 1) }

    /// Takes a number out that was added before.
    mutating func subtract(_ number: Double) { add(number, times: -1) }

    /// The sum, rounded once to nearest even.
    var rounded: Double { divided(by: 1) }

    /// The sum divided by a positive whole number, rounded once to nearest even.
    func divided(by count: Int) -> Double {
        guard var total = others else { return ExactQuotient.divide(whole, by: Int128(count)) }
        total.add(whole)
        return total.divided(by: UInt64(count))
    }

    /// `(low x (denominator - weight) + high x weight) / denominator`, rounded once to nearest even.
    ///
    /// - Precondition: `0 <= weight <= denominator`, and the denominator is positive.
    static func blend(_ low: Double, _ high: Double, weight: Int64, of denominator: Int64) -> Double {
        precondition(weight >= 0 && weight <= denominator, "a weight lies between 0 and its denominator")
        if weight == 0 || low == high { return low }
        if let low = wholeNumber(low), let high = wholeNumber(high) {
            let total = low * Int128(denominator - weight) + high * Int128(weight)
            return ExactQuotient.divide(total, by: Int128(denominator))
        }
        var total = WideSum()
        total.add(low, times: denominator - weight)
        total.add(high, times: weight)
        return total.divided(by: UInt64(denominator))
    }

    private mutating func add(_ number: Double, times: Int64) {
        if let number = ExactSum.wholeNumber(number) {
            whole += times < 0 ? -number : number
            return
        }
        if others == nil { others = WideSum() }
        others?.add(number, times: times)
        otherCount += Int(times)
        // With none left the sum of the others is 0 again: back to the short way.
        if otherCount == 0 { others = nil }
    }

    /// The number as an integer, if it is whole and below 2^62, so that 2^64 of them fit.
    private static func wholeNumber(_ number: Double) -> Int128? {
        guard number.magnitude < 4_611_686_018_427_387_904, number == number.rounded(.towardZero) else { return nil }
        return Int128(Int64(number))
    }
}
