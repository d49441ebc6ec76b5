/// Random numbers that a seed decides (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    /// A number of any sign and of one of many magnitudes; whole half of the time.
    mutating func number() -> Double {
        if Bool.random(using: &self) { return Double(Int.random(in: -1000...1000, using: &self)) }
        let scale = Int.random(in: -80...80, using: &self)
        return Double(sign: .plus, exponent: scale, significand: Double.random(in: -1...1, using: &self))
    }
}
