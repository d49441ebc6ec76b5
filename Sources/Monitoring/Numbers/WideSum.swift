/// A sum of doubles in fixed point, wide enough that no bit of any double is lost.
///
/// Two's complement in limbs of 64 bits, the lowest bit worth 2^-1138: that of the smallest double, and 64 bits below it for the
/// fraction of a quotient. Above the largest double there is room for 2^128 summands.
struct WideSum {
    private static let limbCount = 37
    private static let lowestExponent = -1138

    private var limbs = [UInt64](repeating: 0, count: WideSum.limbCount)

    /// Adds a finite number a whole number of times.
    mutating func add(_ number: Double, times: Int64 = 1) {
        guard number != 0, times != 0 else { return }
        precondition(number.isFinite, "only finite numbers have an exact sum")
        let isNormal = number.exponentBitPattern != 0
        let significand = number.significandBitPattern | (isNormal ? 1 << 52 : 0)
        let exponent = isNormal ? Int(number.exponentBitPattern) - 1075 : -1074
        let product = UInt128(significand) * UInt128(times.magnitude)
        add(product, exponent: exponent, isNegative: (number < 0) != (times < 0))
    }

    /// Adds a whole number.
    mutating func add(_ whole: Int128) {
        add(whole.magnitude, exponent: 0, isNegative: whole < 0)
    }

    /// The sum divided by a positive whole number, rounded once to nearest even.
    func divided(by divisor: UInt64) -> Double {
        precondition(divisor > 0, "a quotient needs a positive denominator")
        var magnitude = limbs
        let isNegative = limbs[WideSum.limbCount - 1] >> 63 == 1
        if isNegative { WideSum.negate(&magnitude) }
        var remainder: UInt64 = 0
        for index in magnitude.indices.reversed() {
            (magnitude[index], remainder) = divisor.dividingFullWidth((remainder, magnitude[index]))
        }
        let result = WideSum.rounded(magnitude, hasMore: remainder != 0)
        return isNegative ? -result : result
    }

    private mutating func add(_ bits: UInt128, exponent: Int, isNegative: Bool) {
        let position = exponent - WideSum.lowestExponent
        let (first, shift) = (position / 64, UInt64(position % 64))
        let low = UInt64(truncatingIfNeeded: bits)
        let high = UInt64(truncatingIfNeeded: bits >> 64)
        // A shift by the whole width gives 0 in Swift, which is what is wanted where `shift` is 0.
        let pieces = (low << shift, (high << shift) | (low >> (64 - shift)), high >> (64 - shift))
        if isNegative {
            subtract(pieces, at: first)
        } else {
            add(pieces, at: first)
        }
    }

    private mutating func add(_ pieces: (UInt64, UInt64, UInt64), at first: Int) {
        var carry: UInt64 = 0
        for index in first..<WideSum.limbCount {
            let piece = WideSum.piece(pieces, index - first)
            if index - first > 2, carry == 0 { return }
            let (partial, overflow) = limbs[index].addingReportingOverflow(piece)
            let (total, second) = partial.addingReportingOverflow(carry)
            limbs[index] = total
            carry = overflow || second ? 1 : 0
        }
    }

    private mutating func subtract(_ pieces: (UInt64, UInt64, UInt64), at first: Int) {
        var borrow: UInt64 = 0
        for index in first..<WideSum.limbCount {
            let piece = WideSum.piece(pieces, index - first)
            if index - first > 2, borrow == 0 { return }
            let (partial, overflow) = limbs[index].subtractingReportingOverflow(piece)
            let (total, second) = partial.subtractingReportingOverflow(borrow)
            limbs[index] = total
            borrow = overflow || second ? 1 : 0
        }
    }

    private static func piece(_ pieces: (UInt64, UInt64, UInt64), _ index: Int) -> UInt64 {
        switch index {
        case 0: pieces.0
        case 1: pieces.1
        case 2: pieces.2
        default: 0
        }
    }

    private static func negate(_ limbs: inout [UInt64]) {
        var carry = true
        for index in limbs.indices {
            let (value, overflow) = (~limbs[index]).addingReportingOverflow(carry ? 1 : 0)
            limbs[index] = value
            carry = overflow
        }
    }

    private static func rounded(_ magnitude: [UInt64], hasMore: Bool) -> Double {
        guard let top = magnitude.lastIndex(where: { $0 != 0 }) else { return 0 }
        // Two limbs have at least 65 significant bits, and reach to the lowest bit of all where they are the lowest.
        let low = max(top - 1, 0)
        let bits = (UInt128(low == top ? 0 : magnitude[top]) << 64) | UInt128(magnitude[low])
        let isInexact = hasMore || magnitude[..<low].contains { $0 != 0 }
        return ExactQuotient.round(bits, hasMore: isInexact, exponent: lowestExponent + low * 64)
    }
}
