/// Values end to end in memory of its own, read without a check: for what is looked up many times a record.
///
/// Whoever reads at an index vouches that something was put there. Only for plain values, which need no clearing away.
struct GrowingMemory<Element>: ~Copyable {
    private(set) var base: UnsafeMutablePointer<Element>
    private var capacity: Int
    /// How many values there are.
    private(set) var count = 0

    init(capacity: Int) {
        self.capacity = capacity
        base = .allocate(capacity: capacity)
    }

    deinit { base.deallocate() }

    /// The value at an index.
    @inline(__always)
    subscript(index: Int) -> Element { base[index] }

    /// Adds a value.
    @inline(__always)
    mutating func append(_ element: Element) {
        if count == capacity { grow(to: count + 1) }
        (base + count).initialize(to: element)
        count += 1
    }

    /// Adds values.
    @inline(__always)
    mutating func append(_ elements: UnsafeBufferPointer<Element>) {
        guard let first = elements.baseAddress, elements.count > 0 else { return }
        if count + elements.count > capacity { grow(to: count + elements.count) }
        (base + count).initialize(from: first, count: elements.count)
        count += elements.count
    }

    /// Forgets all values from an index on.
    @inline(__always)
    mutating func cut(to index: Int) { count = index }

    /// What there is, for the standard library.
    var buffer: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }

    @inline(never)
    private mutating func grow(to needed: Int) {
        capacity = max(needed, capacity * 2)
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        larger.initialize(from: base, count: count)
        base.deallocate()
        base = larger
    }
}

extension GrowingMemory where Element == UInt8 {
    /// Adds up to 32 bytes, behind which as many can be read: all 32 are copied at once.
    @inline(__always)
    mutating func appendBlock(_ bytes: UnsafePointer<UInt8>, _ added: Int) {
        if count + 32 > capacity { grow(to: count + 32) }
        let block = UnsafeRawPointer(bytes).loadUnaligned(as: SIMD4<UInt64>.self)
        UnsafeMutableRawPointer(base + count).storeBytes(of: block, as: SIMD4<UInt64>.self)
        cut(to: count + added)
    }
}
