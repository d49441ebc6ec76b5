/// What stands between two values of a record, `,"key": ` with its spaces, up to 32 bytes of it.
struct PredictedKey {
    private let words: SIMD4<UInt64>
    private let mask: SIMD4<UInt64>
    /// How many bytes it has.
    let length: Int
    /// The key's index.
    let key: Int
    /// The key's hash.
    let keyHash: UInt64

    static let longest = 32

    /// A key that nothing is compared with.
    init(key: Int = 0, keyHash: UInt64 = 0) {
        (words, mask) = (.zero, .zero)
        length = 0
        self.key = key
        self.keyHash = keyHash
    }

    init(_ text: ByteView, key: Int, keyHash: UInt64) {
        var words = SIMD4<UInt64>.zero
        var mask = SIMD4<UInt64>.zero
        for index in 0..<min(text.count, PredictedKey.longest) {
            words[index / 8] |= UInt64(text[index]) << UInt64(index % 8 * 8)
            mask[index / 8] |= 0xff << UInt64(index % 8 * 8)
        }
        self.words = words
        self.mask = mask
        length = text.count
        self.key = key
        self.keyHash = keyHash
    }

    /// Whether these bytes come next.
    @inline(__always)
    func matches(_ at: UnsafePointer<UInt8>) -> Bool {
        let raw = UnsafeRawPointer(at)
        let first = (PredictedKey.word(raw) ^ words[0]) & mask[0]
        let second = (PredictedKey.word(raw + 8) ^ words[1]) & mask[1]
        if first | second != 0 { return false }
        if length <= 16 { return true }
        let third = (PredictedKey.word(raw + 16) ^ words[2]) & mask[2]
        let fourth = (PredictedKey.word(raw + 24) ^ words[3]) & mask[3]
        return third | fourth == 0
    }

    @inline(__always)
    private static func word(_ raw: UnsafeRawPointer) -> UInt64 {
        UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))
    }
}

/// The keys that records have had, in their order: the next record is guessed to have the same.
///
/// A key that is left out is skipped, a new one is put where it was met.
struct PredictedKeys: ~Copyable {
    /// How far ahead a key is looked for.
    private static let reach = 8
    private static let capacity = 256
    private let keys: UnsafeMutablePointer<PredictedKey>
    private(set) var count = 0
    /// A number that changes whenever the keys do.
    private(set) var version = 0

    init() { keys = .allocate(capacity: PredictedKeys.capacity) }

    deinit { keys.deallocate() }

    /// The keys in their order.
    var all: [PredictedKey] { Array(UnsafeBufferPointer(start: keys, count: count)) }

    /// The key at an index.
    @inline(__always)
    subscript(index: Int) -> PredictedKey {
        @inline(__always) _read { yield keys[index] }
    }

    /// Where the key at an index lies.
    @inline(__always)
    func pointer(_ index: Int) -> UnsafePointer<PredictedKey> { UnsafePointer(keys + index) }

    /// The index of the key that comes next, looked for from an index on; -1 if it is none of them.
    @inline(__always)
    func find(_ at: UnsafePointer<UInt8>, from index: Int) -> Int {
        if index < count, keys[index].matches(at) { return index }
        return findFurther(at, from: index + 1)
    }

    private func findFurther(_ at: UnsafePointer<UInt8>, from index: Int) -> Int {
        var candidate = index
        let end = min(count, index + PredictedKeys.reach)
        while candidate < end {
            if keys[candidate].matches(at) { return candidate }
            candidate += 1
        }
        return -1
    }

    /// Learns a key at an index. Where keys come in ever new orders all is forgotten now and then.
    mutating func learn(_ key: PredictedKey, at index: Int) {
        version += 1
        if count == PredictedKeys.capacity { count = 0 }
        let place = min(index, count)
        var moved = count
        while moved > place {
            (keys + moved).initialize(to: keys[moved - 1])
            moved -= 1
        }
        (keys + place).initialize(to: key)
        count += 1
    }

    /// Forgets all keys.
    mutating func forget() {
        version += 1
        count = 0
    }
}
