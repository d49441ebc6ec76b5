/// Looks at sixteen bytes at a time; all memory it is given must be readable for as long after its end.
enum ByteSearch {
    typealias Block = SIMD16<UInt8>

    @inline(__always)
    static func block(_ at: UnsafePointer<UInt8>) -> Block {
        UnsafeRawPointer(at).loadUnaligned(as: Block.self)
    }

    /// The index of the first lane that is set; 16 if none is.
    @inline(__always)
    static func firstLane(_ mask: SIMDMask<SIMD16<Int8>>) -> Int {
        // A set lane is a byte of ones, so that the two halves can be asked as whole numbers.
        let halves = unsafeBitCast(mask, to: SIMD2<UInt64>.self)
        if halves[0] != 0 { return halves[0].trailingZeroBitCount >> 3 }
        if halves[1] != 0 { return 8 + (halves[1].trailingZeroBitCount >> 3) }
        return 16
    }

    /// The byte that ends a plain run inside a JSON text: a quote, a backslash or a control character; adds what it passes to
    /// `seen`, whose highest bits tell whether there was anything but ASCII.
    @inline(__always)
    static func endOfPlainText(_ from: UnsafePointer<UInt8>, seen: inout Block) -> UnsafePointer<UInt8> {
        var at = from
        while true {
            let bytes = block(at)
            let special =
                (bytes .== SIMD16<UInt8>(repeating: 0x22)) .| (bytes .== SIMD16<UInt8>(repeating: 0x5c))
                .| (bytes .< SIMD16<UInt8>(repeating: 0x20))
            seen |= bytes
            let lane = firstLane(special)
            if lane < 16 { return at + lane }
            at += 16
        }
    }

    /// The byte that ends a run of plain ASCII inside a JSON text: a quote, a backslash, a control character or a byte of a
    /// character that is not ASCII.
    @inline(__always)
    static func endOfASCIIText(_ from: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
        var at = from
        while true {
            let bytes = UnsafeRawPointer(at).loadUnaligned(as: SIMD16<Int8>.self)
            // As signed numbers, what is not ASCII is less than a space too.
            let special =
                (bytes .== SIMD16<Int8>(repeating: 0x22)) .| (bytes .== SIMD16<Int8>(repeating: 0x5c))
                .| (bytes .< SIMD16<Int8>(repeating: 0x20))
            let lane = firstLane(special)
            if lane < 16 { return at + lane }
            at += 16
        }
    }

    /// The first of three bytes, or the end.
    @inline(__always)
    static func first(
        _ one: UInt8, _ two: UInt8, _ three: UInt8, from: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>,
        seen: inout Block
    ) -> UnsafePointer<UInt8> {
        var at = from
        while at < end {
            let bytes = block(at)
            let special =
                (bytes .== SIMD16<UInt8>(repeating: one)) .| (bytes .== SIMD16<UInt8>(repeating: two))
                .| (bytes .== SIMD16<UInt8>(repeating: three))
            seen |= bytes
            let lane = firstLane(special)
            if lane < 16 { return min(at + lane, end) }
            at += 16
        }
        return end
    }

    /// Whether a byte that was passed may not have been ASCII.
    @inline(__always)
    static func sawNonASCII(_ seen: Block) -> Bool {
        let halves = unsafeBitCast(seen, to: SIMD2<UInt64>.self)
        return (halves[0] | halves[1]) & 0x8080_8080_8080_8080 != 0
    }
}
