import Glibc

/// Numbers from text, exactly rounded.
enum NumberReader {
    /// Reads a number as JSON writes it, at the beginning of a text: its value and its length; length 0 if there is none.
    ///
    /// The text must be followed by a byte that belongs to no number.
    @inline(__always)
    static func json(_ text: UnsafePointer<UInt8>) -> (value: Double, length: Int) {
        var at = text
        let isNegative = at[0] == 0x2d
        if isNegative { at += 1 }
        let whole = at
        var mantissa: UInt64 = 0
        while true {
            let digit = at[0] &- 0x30
            if digit > 9 { break }
            mantissa = mantissa &* 10 &+ UInt64(digit)
            at += 1
        }
        let wholeDigits = at - whole
        if wholeDigits == 0 || (wholeDigits > 1 && whole[0] == 0x30) { return (0, 0) }
        var fractionDigits = 0
        if at[0] == 0x2e {
            at += 1
            let fraction = at
            while true {
                let digit = at[0] &- 0x30
                if digit > 9 { break }
                mantissa = mantissa &* 10 &+ UInt64(digit)
                at += 1
            }
            fractionDigits = at - fraction
            if fractionDigits == 0 { return (0, 0) }
        }
        if at[0] | 0x20 == 0x65 { return withExponent(text, at + 1) }
        // Up to 15 digits and powers of ten up to 10^22 are exact, so that one division rounds once.
        if wholeDigits + fractionDigits <= 15 {
            var value = Double(mantissa)
            if fractionDigits > 0 { value /= exactPowers[fractionDigits] }
            return (isNegative ? -value : value, at - text)
        }
        return (converted(text, at - text), at - text)
    }

    /// Reads a number of up to 15 digits without an exponent, as `json` does; length 0 if there is another or none.
    ///
    /// Eight bytes behind the number can be read.
    @inline(__always)
    static func plain(_ text: UnsafePointer<UInt8>) -> (value: Double, length: Int) {
        let isNegative = text[0] == 0x2d
        let whole = isNegative ? text + 1 : text
        var at = whole
        var mantissa = UInt64(at[0] &- 0x30)
        if mantissa > 9 { return (0, 0) }
        at += 1
        var digit = at[0] &- 0x30
        if digit <= 9, mantissa == 0 { return (0, 0) }
        while digit <= 9 {
            mantissa = mantissa &* 10 &+ UInt64(digit)
            at += 1
            digit = at[0] &- 0x30
        }
        if at - whole > 7 { return (0, 0) }
        var value = Double(mantissa)
        if at[0] == 0x2e {
            let (fraction, count) = upToEightDigits(at + 1)
            if count == 0 || count == 8 { return (0, 0) }
            at += 1 &+ count
            let scale = wholePowers[count]
            value = Double(mantissa &* scale &+ fraction) / Double(scale)
        }
        if at[0] | 0x20 == 0x65 { return (0, 0) }
        return (isNegative ? -value : value, at - text)
    }

    /// The number in the digits at the beginning of a text, up to eight of them, and how many they are.
    @inline(__always)
    private static func upToEightDigits(_ text: UnsafePointer<UInt8>) -> (value: UInt64, count: Int) {
        // Digits become 0 to 9, the first the lowest byte; adding lifts the highest bit of every byte that is none.
        let bytes = ByteHash.word(UnsafeRawPointer(text)) ^ 0x3030_3030_3030_3030
        let others = ((bytes &+ 0x7676_7676_7676_7676) | bytes) & 0x8080_8080_8080_8080
        let count = others.trailingZeroBitCount &>> 3
        // The digits move to the upper end, so that zeros stand before them; then pairs are joined, and pairs of pairs.
        let digits = count == 0 ? 0 : bytes &<< UInt64(truncatingIfNeeded: 64 &- count &* 8)
        let pairs = (digits &* 10) &+ (digits &>> 8)
        let even = (pairs & 0x0000_00ff_0000_00ff) &* 0x000f_4240_0000_0064
        let odd = (pairs &>> 16 & 0x0000_00ff_0000_00ff) &* 0x0000_2710_0000_0001
        return ((even &+ odd) &>> 32, count)
    }

    /// Reads a text that is one number and nothing else, as people write it too (`+5`, `.5`, `007`); nil if it is none, or
    /// not finite.
    static func lenient(_ view: ByteView) -> Double? {
        let text = view.trimmed
        guard text.count > 0, text.count <= 64 else { return nil }
        var hasDigit = false
        for index in 0..<text.count {
            switch text[index] {
            case 0x30...0x39: hasDigit = true
            case 0x2b, 0x2d:
                guard index == 0 || text[index - 1] | 0x20 == 0x65 else { return nil }
            case 0x2e: break
            case 0x45, 0x65: guard hasDigit else { return nil }
            default: return nil
            }
        }
        guard hasDigit else { return nil }
        if let value = short(text) { return value }
        return wholly(text)
    }

    /// Up to 15 digits with an optional point.
    private static func short(_ text: ByteView) -> Double? {
        guard text.count <= 16 else { return nil }
        var mantissa: UInt64 = 0
        var fractionDigits = -1
        let isNegative = text[0] == 0x2d
        for index in (isNegative ? 1 : 0)..<text.count {
            let digit = text[index] &- 0x30
            if digit <= 9 {
                mantissa = mantissa * 10 + UInt64(digit)
                if fractionDigits >= 0 { fractionDigits += 1 }
            } else if text[index] == 0x2e, fractionDigits < 0 {
                fractionDigits = 0
            } else {
                return nil
            }
        }
        guard mantissa < 1 << 53 else { return nil }
        let value = Double(mantissa) / exactPowers[max(0, fractionDigits)]
        return isNegative ? -value : value
    }

    @inline(never)
    private static func withExponent(
        _ text: UnsafePointer<UInt8>, _ exponent: UnsafePointer<UInt8>
    ) -> (value: Double, length: Int) {
        var at = exponent
        if at[0] == 0x2b || at[0] == 0x2d { at += 1 }
        let digits = at
        while at[0] >= 0x30, at[0] <= 0x39 { at += 1 }
        if at == digits { return (0, 0) }
        return (converted(text, at - text), at - text)
    }

    private static func wholly(_ text: ByteView) -> Double? {
        var buffer = [UInt8](text.buffer)
        buffer.append(0)
        return buffer.withUnsafeBytes { raw -> Double? in
            guard let start = raw.baseAddress?.assumingMemoryBound(to: CChar.self) else { return nil }
            var end: UnsafeMutablePointer<CChar>?
            let value = strtod(start, &end)
            guard let end, UnsafePointer(end) == start + text.count, value.isFinite else { return nil }
            return value
        }
    }

    /// The number in so many bytes that are known to be one; infinite if it is too large.
    @inline(never)
    private static func converted(_ text: UnsafePointer<UInt8>, _ count: Int) -> Double {
        var buffer = [UInt8](UnsafeBufferPointer<UInt8>(start: text, count: count))
        buffer.append(0)
        return buffer.withUnsafeBytes { raw in
            guard let start = raw.baseAddress?.assumingMemoryBound(to: CChar.self) else { return .infinity }
            return strtod(start, nil)
        }
    }

    private static let wholePowers: [UInt64] = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000]

    private static let exactPowers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    ]
}
