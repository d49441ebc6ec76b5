/// Numbers as text, the same everywhere: JSON, explanations, group values.
public enum NumberText {
    /// The shortest text that reads as the same number: `3`, `0.1`, `1e+21`.
    ///
    /// Whole numbers below 2^53 have no fraction and no exponent.
    public static func shortest(_ number: Double) -> String {
        if number.magnitude < 9_007_199_254_740_992, number == number.rounded(.towardZero) {
            return String(Int64(number))
        }
        var text = number.description
        if text.hasSuffix(".0") { text.removeLast(2) }
        return text
    }
}
