/// A whole number of any size, with just what exact references need; slow and plain.
struct BigInteger: Comparable {
    private var isNegative = false
    /// The lowest first; none at the end is 0.
    private var limbs: [UInt32] = []

    /// A finite double as a whole number of 2^-1074.
    init(units number: Double) {
        let exponent = number.exponentBitPattern == 0 ? 0 : Int(number.exponentBitPattern) - 1
        let significand = number.significandBitPattern | (number.exponentBitPattern == 0 ? 0 : 1 << 52)
        self.init(Int(significand))
        limbs = BigInteger.product(limbs, [UInt32](repeating: 0, count: exponent / 32) + [1 << UInt32(exponent % 32)])
        isNegative = number < 0
        trim()
    }

    init(_ number: Int) {
        isNegative = number < 0
        limbs = [UInt32(truncatingIfNeeded: number.magnitude), UInt32(truncatingIfNeeded: number.magnitude >> 32)]
        trim()
    }

    private mutating func trim() {
        while limbs.last == 0 { limbs.removeLast() }
        if limbs.isEmpty { isNegative = false }
    }

    var magnitude: BigInteger {
        var other = self
        other.isNegative = false
        return other
    }

    static prefix func - (number: BigInteger) -> BigInteger {
        var other = number
        other.isNegative = !number.isNegative && !number.limbs.isEmpty
        return other
    }

    static func * (left: BigInteger, right: BigInteger) -> BigInteger {
        var result = left
        result.limbs = product(left.limbs, right.limbs)
        result.isNegative = left.isNegative != right.isNegative
        result.trim()
        return result
    }

    static func + (left: BigInteger, right: BigInteger) -> BigInteger {
        if left.isNegative == right.isNegative {
            var result = left
            result.limbs = sum(left.limbs, right.limbs)
            return result
        }
        let (greater, smaller) = left.magnitude < right.magnitude ? (right, left) : (left, right)
        var result = greater
        result.limbs = difference(greater.limbs, smaller.limbs)
        result.trim()
        return result
    }

    static func - (left: BigInteger, right: BigInteger) -> BigInteger { left + -right }

    static func < (left: BigInteger, right: BigInteger) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        let isLess =
            left.limbs.count != right.limbs.count
            ? left.limbs.count < right.limbs.count
            : left.limbs.reversed().lexicographicallyPrecedes(right.limbs.reversed())
        return left == right ? false : isLess != left.isNegative
    }

    private static func sum(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
        var result: [UInt32] = []
        var carry: UInt64 = 0
        for index in 0..<max(left.count, right.count) {
            carry += UInt64(index < left.count ? left[index] : 0) + UInt64(index < right.count ? right[index] : 0)
            result.append(UInt32(truncatingIfNeeded: carry))
            carry >>= 32
        }
        return carry == 0 ? result : result + [UInt32(carry)]
    }

    /// - Precondition: the first is not smaller.
    private static func difference(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
        var result: [UInt32] = []
        var borrow: Int64 = 0
        for index in left.indices {
            let digit = Int64(left[index]) - Int64(index < right.count ? right[index] : 0) - borrow
            borrow = digit < 0 ? 1 : 0
            result.append(UInt32(truncatingIfNeeded: digit))
        }
        return result
    }

    private static func product(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
        var result = [UInt32](repeating: 0, count: left.count + right.count)
        for (place, digit) in left.enumerated() where digit != 0 {
            var carry: UInt64 = 0
            for (other, factor) in right.enumerated() {
                carry += UInt64(digit) * UInt64(factor) + UInt64(result[place + other])
                result[place + other] = UInt32(truncatingIfNeeded: carry)
                carry >>= 32
            }
            result[place + right.count] = UInt32(carry)
        }
        return result
    }
}

extension Double {
    /// Whether it is the double nearest to a quotient of whole numbers of 2^-1074 by a positive one, of two the even one.
    func isNearest(to numerator: BigInteger, over denominator: BigInteger) -> Bool {
        func distance(_ number: Double) -> BigInteger {
            (BigInteger(units: number) * denominator - numerator).magnitude
        }
        let own = distance(self)
        return [nextUp, nextDown].filter(\.isFinite).allSatisfy { other in
            let rest = distance(other)
            return own < rest || (own == rest && significandBitPattern & 1 == 0)
        }
    }
}
