/// Elements by number, in memory of their own: they are changed in place and never move, and reaching one counts no reference.
///
/// Whoever asks for a number vouches that `append` has given it out.
struct NumberedStore<Element>: ~Copyable {
    // Each chunk has room for twice as many as the one before, the first for 8, so that few and many cost what they need. The
    // list of chunks has room for all that there can ever be.
    private let chunks: UnsafeMutablePointer<UnsafeMutablePointer<Element>>
    private var chunkCount = 0
    /// How many elements there are.
    private(set) var count = 0

    /// An empty store.
    init() { chunks = .allocate(capacity: 40) }

    deinit {
        for index in 0..<chunkCount {
            chunks[index].deinitialize(count: min(count + 8 - (8 << index), 8 << index))
            chunks[index].deallocate()
        }
        chunks.deallocate()
    }

    /// The numbers given out.
    var indices: Range<Int> { 0..<count }

    /// The element of a number.
    subscript(number: Int) -> Element {
        @inline(__always) unsafeAddress { UnsafePointer(address(of: number)) }
        @inline(__always) nonmutating unsafeMutableAddress { address(of: number) }
    }

    /// Adds an element, whose number is the count so far.
    mutating func append(_ element: Element) {
        let chunk = 60 - (count + 8).leadingZeroBitCount
        if chunk == chunkCount {
            (chunks + chunk).initialize(to: .allocate(capacity: 8 << chunk))
            chunkCount += 1
        }
        address(of: count).initialize(to: element)
        count += 1
    }

    @inline(__always)
    private func address(of number: Int) -> UnsafeMutablePointer<Element> {
        let chunk = 60 - (number + 8).leadingZeroBitCount
        return chunks[chunk] + (number + 8 - (8 << chunk))
    }
}
