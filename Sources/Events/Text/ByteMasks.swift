#if arch(x86_64)
    import CSIMD
#endif

/// Looks at 32 bytes at once: each bit of the answer stands for one of them, the first for the lowest.
///
/// All 32 bytes must be readable.
enum ByteMasks {
    #if arch(x86_64)
        /// Which of the bytes equal one.
        @inline(__always)
        static func equal(_ at: UnsafePointer<UInt8>, _ byte: UInt8) -> UInt32 { tw_equal(at, byte) }

        /// Which of the bytes equal one of two.
        @inline(__always)
        static func equal(_ at: UnsafePointer<UInt8>, _ one: UInt8, or other: UInt8) -> UInt32 {
            tw_equal_either(at, one, other)
        }

        /// Which of the bytes are a quote, a backslash, a control character or not ASCII.
        @inline(__always)
        static func special(_ at: UnsafePointer<UInt8>) -> UInt32 { tw_special(at, 0x22) }

        /// Which of the bytes are not ASCII.
        @inline(__always)
        static func beyondASCII(_ at: UnsafePointer<UInt8>) -> UInt32 { tw_beyond_ascii(at) }

        /// Which of the bytes go on with a character of UTF-8 that began before them.
        @inline(__always)
        static func continuing(_ at: UnsafePointer<UInt8>) -> UInt32 { tw_continuing(at) }
    #else
        @inline(__always)
        static func equal(_ at: UnsafePointer<UInt8>, _ byte: UInt8) -> UInt32 {
            bits(at) { $0 .== SIMD16<UInt8>(repeating: byte) }
        }

        @inline(__always)
        static func equal(_ at: UnsafePointer<UInt8>, _ one: UInt8, or other: UInt8) -> UInt32 {
            bits(at) { ($0 .== SIMD16<UInt8>(repeating: one)) .| ($0 .== SIMD16<UInt8>(repeating: other)) }
        }

        @inline(__always)
        static func special(_ at: UnsafePointer<UInt8>) -> UInt32 {
            bits(at) {
                ($0 .== SIMD16<UInt8>(repeating: 0x22)) .| ($0 .== SIMD16<UInt8>(repeating: 0x5c))
                    .| ($0 .< SIMD16<UInt8>(repeating: 0x20)) .| ($0 .> SIMD16<UInt8>(repeating: 0x7f))
            }
        }

        @inline(__always)
        static func beyondASCII(_ at: UnsafePointer<UInt8>) -> UInt32 {
            bits(at) { $0 .> SIMD16<UInt8>(repeating: 0x7f) }
        }

        @inline(__always)
        static func continuing(_ at: UnsafePointer<UInt8>) -> UInt32 {
            bits(at) { ($0 .> SIMD16<UInt8>(repeating: 0x7f)) .& ($0 .< SIMD16<UInt8>(repeating: 0xc0)) }
        }

        @inline(__always)
        private static func bits(
            _ at: UnsafePointer<UInt8>, _ test: (SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>>
        ) -> UInt32 {
            half(test(ByteSearch.block(at))) | half(test(ByteSearch.block(at + 16))) << 16
        }

        @inline(__always)
        private static func half(_ mask: SIMDMask<SIMD16<Int8>>) -> UInt32 {
            let weights = SIMD16<UInt8>(1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128)
            let marked = unsafeBitCast(mask, to: SIMD16<UInt8>.self) & weights
            return UInt32(marked.lowHalf.wrappedSum()) | UInt32(marked.highHalf.wrappedSum()) << 8
        }
    #endif
}
