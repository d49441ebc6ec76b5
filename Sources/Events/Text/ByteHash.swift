/// A fast hash of bytes that is the same in every run; nobody relies on it against attackers.
enum ByteHash {
    private static let first: UInt64 = 0xa076_1d64_78bd_642f
    private static let second: UInt64 = 0xe703_7ed1_a0b4_28db

    /// The hash of a text.
    @inline(__always)
    static func hash(_ view: ByteView) -> UInt64 {
        let raw = UnsafeRawPointer(view.base)
        let count = view.count
        if count <= 16 {
            let (low, high) = short(raw, count)
            return mix(low ^ second ^ UInt64(truncatingIfNeeded: count), high ^ first)
        }
        return long(raw, count)
    }

    /// The hash of a number.
    @inline(__always)
    static func number(_ number: Double) -> UInt64 { mix(number.bitPattern, second) }

    /// Both halves of a product, folded into one.
    @inline(__always)
    static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }

    /// Whether two runs of bytes are the same.
    @inline(__always)
    static func equal(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer, _ count: Int) -> Bool {
        if count <= 16 { return short(left, count) == short(right, count) }
        var position = 0
        while count - position > 8 {
            if word(left + position) != word(right + position) { return false }
            position += 8
        }
        return word(left + count - 8) == word(right + count - 8)
    }

    @inline(__always)
    private static func short(_ raw: UnsafeRawPointer, _ count: Int) -> (UInt64, UInt64) {
        if count >= 8 { return (word(raw), word(raw + count - 8)) }
        if count >= 4 { return (half(raw), half(raw + count - 4)) }
        if count == 0 { return (0, 0) }
        let bytes = raw.assumingMemoryBound(to: UInt8.self)
        return (UInt64(bytes[0]) << 16 | UInt64(bytes[count >> 1]) << 8 | UInt64(bytes[count - 1]), 0)
    }

    @inline(__always)
    private static func long(_ raw: UnsafeRawPointer, _ count: Int) -> UInt64 {
        var state = first
        var position = 0
        while count - position > 16 {
            state = mix(word(raw + position) ^ second, word(raw + position + 8) ^ state)
            position += 16
        }
        let low = word(raw + count - 16)
        let high = word(raw + count - 8)
        return mix(low ^ second ^ UInt64(truncatingIfNeeded: count), high ^ state)
    }

    @inline(__always)
    private static func word(_ raw: UnsafeRawPointer) -> UInt64 {
        UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))
    }

    @inline(__always)
    private static func half(_ raw: UnsafeRawPointer) -> UInt64 {
        UInt64(UInt32(littleEndian: raw.loadUnaligned(as: UInt32.self)))
    }
}
