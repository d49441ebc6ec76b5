import Events

/// Numbers as people read them: `12,345`, `12.3`, `0.00002`.
public enum PeopleNumber {
    /// A number with thousands apart and about three significant digits of what is not whole.
    ///
    /// - Parameter bounds: numbers it is compared with; it is never rounded onto one that it does not equal.
    public static func text(_ number: Double, apartFrom bounds: [Double] = []) -> String {
        guard number.magnitude < 1e15 else { return NumberText.shortest(number) }
        if number == number.rounded(.towardZero) { return grouped(Int64(number)) }
        var decimals = number.magnitude >= 10 ? 1 : 2
        var limit = 1.0
        while number.magnitude < limit, decimals < 12 {
            limit /= 10
            decimals += limit < 0.5 ? 1 : 0
        }
        let rounded = (number * power(decimals)).rounded() / power(decimals)
        if rounded == 0 || bounds.contains(rounded) { return NumberText.shortest(number) }
        return fixed(number, decimals: decimals)
    }

    /// A probability with two significant digits.
    static func probability(_ number: Double) -> String {
        if number < 1e-6 { return number == 0 ? "0" : "0.000001" }
        var decimals = 1
        while number * power(decimals - 1) < 1, decimals < 9 { decimals += 1 }
        return fixed(number, decimals: decimals)
    }

    /// How a p-value stands in a sentence: `p = 0.013`, or `p < 0.000001` where more would say nothing.
    static func pValuePhrase(_ number: Double) -> String {
        number < 1e-6 ? "p < 0.000001" : "p = \(probability(number))"
    }

    private static func fixed(_ number: Double, decimals: Int) -> String {
        let scaled = Int64((number.magnitude * power(decimals)).rounded())
        let divisor = Int64(power(decimals))
        var fraction = String(scaled % divisor)
        fraction = String(repeating: "0", count: decimals - fraction.count) + fraction
        while fraction.hasSuffix("0") { fraction.removeLast() }
        let sign = number < 0 && scaled != 0 ? "-" : ""
        return sign + grouped(scaled / divisor) + (fraction.isEmpty ? "" : ".\(fraction)")
    }

    private static func grouped(_ number: Int64) -> String {
        let digits = String(number.magnitude)
        var text = number < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }

    private static func power(_ exponent: Int) -> Double {
        var result = 1.0
        for _ in 0..<exponent { result *= 10 }
        return result
    }
}
