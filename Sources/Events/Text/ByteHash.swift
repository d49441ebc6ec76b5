/// A fast hash of bytes that is the same in every run; nobody relies on it against attackers.
///
/// A text of up to 32 bytes is four words with zeros behind it, so that whoever has these words at hand need not read the
/// bytes again. Longer ones are folded 32 bytes at a time; the last 32 are folded last, overlapping.
enum ByteHash {
    /// The first 32 bytes of a text, zeros behind its end; the first byte is the lowest of the first word.
    typealias Words = (UInt64, UInt64, UInt64, UInt64)

    /// The hash of a text.
    @inline(__always)
    static func hash(_ view: ByteView) -> UInt64 {
        view.count <= 32 ? hash(words(view), count: view.count) : long(view)
    }

    /// The hash of a text of up to 32 bytes.
    @inline(__always)
    static func hash(_ words: Words, count: Int) -> UInt64 { fold(words, UInt64(truncatingIfNeeded: count)) }

    /// The hash of a number.
    @inline(__always)
    static func number(_ number: Double) -> UInt64 { mix(number.bitPattern, 0xe703_7ed1_a0b4_28db) }

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

    /// The words of a text of up to 32 bytes; nothing beyond its end is read.
    @inline(__always)
    static func words(_ view: ByteView) -> Words {
        let raw = UnsafeRawPointer(view.base)
        if view.count <= 16 {
            let (first, second) = short(raw, view.count)
            return (first, second, 0, 0)
        }
        let (third, fourth) = short(raw + 16, view.count - 16)
        return (word(raw), word(raw + 8), third, fourth)
    }

    /// The words of a text behind which 32 bytes can be read; of a longer one those of its first 32 bytes.
    ///
    /// - Parameter masks: 32 bytes of ones and 32 of zeros.
    @inline(__always)
    static func words(_ text: UnsafePointer<UInt8>, _ count: Int, masks: UnsafeMutablePointer<UInt8>) -> SIMD4<UInt64> {
        let bytes = UnsafeRawPointer(text).loadUnaligned(as: SIMD4<UInt64>.self)
        let mask = UnsafeRawPointer(masks + (32 &- min(count, 32))).loadUnaligned(as: SIMD4<UInt64>.self)
        return bytes & mask
    }

    /// The hash of a text of 20 bytes, behind which 12 can be read.
    @inline(__always)
    static func ofTwenty(_ text: UnsafePointer<UInt8>) -> UInt64 {
        let raw = UnsafeRawPointer(text)
        return fold((word(raw), word(raw + 8), half(raw + 16), 0), 20)
    }

    /// The hash of a text of more than 32 bytes.
    @inline(__always)
    static func long(_ view: ByteView) -> UInt64 {
        let raw = UnsafeRawPointer(view.base)
        let count = view.count
        var state = UInt64(truncatingIfNeeded: count)
        var position = 0
        while count - position > 32 {
            state = fold(block(raw + position), state)
            position += 32
        }
        return fold(block(raw + count - 32), state)
    }

    @inline(__always)
    private static func fold(_ words: Words, _ state: UInt64) -> UInt64 {
        let front = mix(words.0 ^ 0xa076_1d64_78bd_642f, words.1 ^ 0xe703_7ed1_a0b4_28db ^ state)
        return front ^ mix(words.2 ^ 0x8ebc_6af0_9c88_c6e3, words.3 ^ 0x5899_65cc_7537_4cc3 ^ state)
    }

    @inline(__always)
    private static func block(_ raw: UnsafeRawPointer) -> Words {
        (word(raw), word(raw + 8), word(raw + 16), word(raw + 24))
    }

    /// Up to 16 bytes with zeros behind them.
    @inline(__always)
    private static func short(_ raw: UnsafeRawPointer, _ count: Int) -> (UInt64, UInt64) {
        let spare = UInt64(truncatingIfNeeded: count &* 8)
        if count >= 8 { return (word(raw), count == 8 ? 0 : word(raw + count - 8) &>> (128 &- spare)) }
        if count >= 4 { return (half(raw) | half(raw + count - 4) &<< (spare &- 32), 0) }
        if count == 0 { return (0, 0) }
        let bytes = raw.assumingMemoryBound(to: UInt8.self)
        let middle = UInt64(bytes[count >> 1]) &<< UInt64(truncatingIfNeeded: (count >> 1) &* 8)
        return (UInt64(bytes[0]) | middle | UInt64(bytes[count - 1]) &<< (spare &- 8), 0)
    }

    @inline(__always)
    static func word(_ raw: UnsafeRawPointer) -> UInt64 {
        UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))
    }

    @inline(__always)
    private static func half(_ raw: UnsafeRawPointer) -> UInt64 {
        UInt64(UInt32(littleEndian: raw.loadUnaligned(as: UInt32.self)))
    }
}
