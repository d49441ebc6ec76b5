/// What the text of a field is.
enum TokenKind: UInt8 {
    case text, number, yes, no, list
}

/// The value of one field of the record that is being read.
struct FieldSlot {
    /// The record that it belongs to; a slot of an earlier record counts as absent.
    var record: UInt32 = 0
    var kind = TokenKind.text
    /// Whether the text lies in the scratch memory of decoded texts rather than in the input.
    var isDecoded = false
    /// Where the text begins and ends; a text without its quotes, a list with its brackets.
    var start: Int32 = 0
    var end: Int32 = 0
    /// The number, if it is one.
    var number: Double = 0
    /// The hash of the text.
    var hash: UInt64 = 0

    /// Makes it a plain value of the input.
    @inline(__always)
    mutating func fill(_ kind: TokenKind, _ record: UInt32, _ start: Int, _ end: Int, _ hash: UInt64) {
        self.record = record
        self.kind = kind
        isDecoded = false
        self.start = Int32(truncatingIfNeeded: start)
        self.end = Int32(truncatingIfNeeded: end)
        self.hash = hash
    }
}

/// The fields of the record that is being read, by key, and all keys met in the source.
///
/// Keys keep their index for the whole source, so that the next record finds them without looking. The slots and the decoded
/// texts lie in memory of its own; slots point into the input, which must not move while a record is read.
struct RecordFields: ~Copyable {
    /// No more keys than this are told apart in one source.
    static let mostKeys = 100_000

    private(set) var slots: UnsafeMutablePointer<FieldSlot>
    private var capacity: Int
    /// The names of the keys, nested ones joined by dots.
    private(set) var names: [String] = []
    private(set) var keyHashes: [UInt64] = []
    private var keys: [[UInt8]: Int32] = [:]
    private(set) var decoded: UnsafeMutablePointer<UInt8>
    private var decodedCapacity = 4096
    private(set) var decodedCount = 0
    /// The number of the record that is being read, from 1.
    private(set) var record: UInt32 = 0
    /// Equal for records with equal fields, in whatever order.
    private(set) var fingerprint: UInt64 = 0
    /// What the slots point into.
    var input: UnsafePointer<UInt8>

    init() {
        capacity = 64
        slots = .allocate(capacity: capacity)
        slots.initialize(repeating: FieldSlot(), count: capacity)
        decoded = .allocate(capacity: decodedCapacity)
        decoded.initialize(repeating: 0, count: decodedCapacity)
        input = UnsafePointer(decoded)
    }

    deinit {
        slots.deallocate()
        decoded.deallocate()
    }

    /// How many keys there are.
    var count: Int { names.count }

    /// Forgets the keys: another source begins.
    mutating func forgetKeys() {
        names = []
        keyHashes = []
        keys = [:]
        record = 0
        slots.update(repeating: FieldSlot(), count: capacity)
    }

    /// Begins a record.
    @inline(__always)
    mutating func begin() {
        record &+= 1
        if record == 0 { startAgain() }
        fingerprint = 0
        decodedCount = 0
    }

    /// The index of a key, new or known; nil if there are too many.
    mutating func key(named name: ByteView) -> Int? {
        let bytes = Array(name.buffer)
        if let key = keys[bytes] { return Int(key) }
        guard names.count < RecordFields.mostKeys else { return nil }
        if names.count == capacity { growSlots() }
        keys[bytes] = Int32(names.count)
        names.append(name.text)
        keyHashes.append(ByteHash.hash(name))
        return names.count - 1
    }

    /// The index of a key that was met.
    func existingKey(_ name: String) -> Int? { keys[Array(name.utf8)].map { Int($0) } }

    /// Whether the record has the field.
    @inline(__always)
    func has(_ key: Int) -> Bool { slots[key].record == record }

    /// Sets a field; a later value of the same key replaces the earlier.
    @inline(__always)
    mutating func set(_ key: Int, keyHash: UInt64, _ slot: FieldSlot, hash: UInt64) {
        if slots[key].record == record { fingerprint &-= share(of: key, keyHash) }
        var slot = slot
        slot.record = record
        slot.hash = hash
        slots[key] = slot
        fingerprint &+= share(of: key, keyHash)
    }

    /// Adds the shares of fields that were set through `slots`.
    @inline(__always)
    mutating func add(_ shares: UInt64) { fingerprint &+= shares }

    /// What a field adds to the record's fingerprint.
    @inline(__always)
    private func share(of key: Int, _ keyHash: UInt64) -> UInt64 {
        RecordFields.share(keyHash: keyHash, hash: slots[key].hash, slots[key].kind)
    }

    @inline(__always)
    static func share(keyHash: UInt64, hash: UInt64, _ kind: TokenKind) -> UInt64 {
        // The hashes of texts and numbers differ by themselves, but `true` is also a text.
        ByteHash.mix(hash ^ (kind.rawValue < TokenKind.yes.rawValue ? 0 : UInt64(kind.rawValue)), keyHash)
    }

    /// Takes a field back: a later `null` of the same key.
    mutating func remove(_ key: Int) {
        guard has(key) else { return }
        fingerprint &-= share(of: key, keyHashes[key])
        slots[key].record = record &- 1
    }

    /// The text of a slot.
    @inline(__always)
    func text(_ slot: FieldSlot) -> ByteView {
        let base = slot.isDecoded ? UnsafePointer(decoded) : input
        return ByteView(base: base + Int(slot.start), count: Int(slot.end - slot.start))
    }

    /// Adds a byte to the decoded texts.
    mutating func decode(_ byte: UInt8) {
        if decodedCount == decodedCapacity { growDecoded() }
        decoded[decodedCount] = byte
        decodedCount += 1
    }

    private mutating func startAgain() {
        slots.update(repeating: FieldSlot(), count: capacity)
        record = 1
    }

    private mutating func growSlots() {
        let larger = UnsafeMutablePointer<FieldSlot>.allocate(capacity: capacity * 2)
        larger.initialize(from: slots, count: capacity)
        (larger + capacity).initialize(repeating: FieldSlot(), count: capacity)
        slots.deallocate()
        slots = larger
        capacity *= 2
    }

    private mutating func growDecoded() {
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: decodedCapacity * 2)
        larger.initialize(repeating: 0, count: decodedCapacity * 2)
        larger.update(from: decoded, count: decodedCount)
        decoded.deallocate()
        decoded = larger
        decodedCapacity *= 2
    }
}
