/// Elements by number, in memory of their own: they are changed in place and never move, and reaching one counts no reference.
///
/// Whoever asks for a number vouches that `append` has given it out.
struct NumberedStore<Element>: ~Copyable {
    // Each chunk has room for twice as many as the one before, the first for 8, so that few and many cost what they need.
    private var chunks: [UnsafeMutablePointer<Element>] = []
    /// How many elements there are.
    private(set) var count = 0

    /// An empty store.
    init() {}

    deinit {
        for (index, chunk) in chunks.enumerated() {
            chunk.deinitialize(count: min(count + 8 - (8 << index), 8 << index))
            chunk.deallocate()
        }
    }

    /// The numbers given out.
    var indices: Range<Int> { 0..<count }

    /// The element of a number.
    subscript(number: Int) -> Element {
        @inline(__always) _read {
            let (chunk, place) = Self.place(of: number)
            yield chunks[chunk][place]
        }
        @inline(__always) nonmutating _modify {
            let (chunk, place) = Self.place(of: number)
            yield &chunks[chunk][place]
        }
    }

    /// Adds an element, whose number is the count so far.
    mutating func append(_ element: Element) {
        let (chunk, place) = Self.place(of: count)
        if chunk == chunks.count { chunks.append(.allocate(capacity: 8 << chunk)) }
        (chunks[chunk] + place).initialize(to: element)
        count += 1
    }

    @inline(__always)
    private static func place(of number: Int) -> (chunk: Int, place: Int) {
        let chunk = 60 - (number + 8).leadingZeroBitCount
        return (chunk, number + 8 - (8 << chunk))
    }
}
