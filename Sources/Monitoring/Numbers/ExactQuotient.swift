/// Division and rounding without an error on the way: the result is the double nearest to the exact value.
enum ExactQuotient {
    /// The quotient of two whole numbers, rounded once to nearest even.
    ///
    /// - Precondition: the denominator is positive and below 2^127.
    static func divide(_ numerator: Int128, by denominator: Int128) -> Double {
        precondition(denominator > 0, "a quotient needs a positive denominator")
        let limit: Int128 = 9_007_199_254_740_992
        if numerator.magnitude <= limit.magnitude, denominator <= limit {
            // Both are exact as doubles, so the hardware rounds once.
            return Double(Int64(numerator)) / Double(Int64(denominator))
        }
        var (quotient, remainder) = numerator.magnitude.quotientAndRemainder(dividingBy: denominator.magnitude)
        if quotient == 0, remainder == 0 { return 0 }
        var exponent = 0
        // Two bits more than a significand has, so that what is left only decides a tie.
        while quotient >> 55 == 0 {
            remainder <<= 1
            quotient <<= 1
            if remainder >= denominator.magnitude {
                remainder -= denominator.magnitude
                quotient |= 1
            }
            exponent -= 1
        }
        let magnitude = round(quotient, hasMore: remainder != 0, exponent: exponent)
        return numerator < 0 ? -magnitude : magnitude
    }

    /// The double nearest to `(bits + something in [0, 1)) x 2^exponent`, ties to even.
    ///
    /// - Parameters:
    ///   - bits: at least 55 significant bits, or all bits down to 2^-1075 or below.
    ///   - hasMore: whether the something is not 0.
    static func round(_ bits: UInt128, hasMore: Bool, exponent: Int) -> Double {
        guard bits != 0 else { return 0 }
        let length = UInt128.bitWidth - bits.leadingZeroBitCount
        // The lowest bit of the result: 53 significant ones, but none below the smallest subnormal.
        let dropped = max(length - 53, -1074 - exponent)
        guard dropped > 0 else { return scaled(bits, exponent) }
        let half = dropped > UInt128.bitWidth ? 0 : (bits >> UInt128(dropped - 1)) & 1
        let below = bits & ((UInt128(1) << UInt128(min(dropped - 1, UInt128.bitWidth))) &- 1)
        var kept = bits >> UInt128(min(dropped, UInt128.bitWidth))
        if half == 1, hasMore || below != 0 || kept & 1 == 1 { kept += 1 }
        return scaled(kept, exponent + dropped)
    }

    private static func scaled(_ significand: UInt128, _ exponent: Int) -> Double {
        Double(sign: .plus, exponent: exponent, significand: Double(significand))
    }
}
