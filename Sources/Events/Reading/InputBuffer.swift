/// The bytes of a source that are not read yet, in one piece, with readable zeros behind them.
///
/// It owns its memory. Scanners look at it through `base` and may look up to `padding` bytes past the end.
struct InputBuffer: ~Copyable {
    /// How many bytes behind the end can be read; they are zero.
    static let padding = 64

    private(set) var base: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    /// Where the unread bytes begin.
    var start = 0
    /// Where they end.
    private(set) var end = 0

    init() {
        capacity = 1 << 16
        base = .allocate(capacity: capacity + InputBuffer.padding)
        base.initialize(repeating: 0, count: capacity + InputBuffer.padding)
    }

    deinit { base.deallocate() }

    /// How many bytes are unread.
    var count: Int { end - start }

    /// What is unread.
    var unread: ByteView { ByteView(base: UnsafePointer(base) + start, count: end - start) }

    /// A part, by its positions in the buffer.
    @inline(__always)
    func view(_ from: Int, _ to: Int) -> ByteView { ByteView(base: UnsafePointer(base) + from, count: to - from) }

    /// Adds bytes behind the unread ones, which move to the front.
    mutating func append(_ bytes: ByteView) {
        makeRoom(bytes.count)
        (base + end).update(from: bytes.base, count: bytes.count)
        added(bytes.count)
    }

    /// Has bytes put behind the unread ones, which move to the front; returns how many there were.
    mutating func append<Failure: Error>(
        upTo count: Int, _ fill: (inout MutableRawSpan) throws(Failure) -> Int
    ) throws(Failure) -> Int {
        makeRoom(count)
        var room = MutableRawSpan(_unsafeStart: UnsafeMutableRawPointer(base + end), byteCount: count)
        let filled = try fill(&room)
        precondition(filled >= 0 && filled <= count, "no more bytes can be put than there is room for")
        added(filled)
        return filled
    }

    private mutating func makeRoom(_ count: Int) {
        if start > 0 {
            base.update(from: base + start, count: end - start)
            end -= start
            start = 0
        }
        if end + count > capacity { grow(to: end + count) }
    }

    private mutating func added(_ count: Int) {
        end += count
        (base + end).update(repeating: 0, count: InputBuffer.padding)
    }

    /// Forgets everything.
    mutating func clear() {
        start = 0
        end = 0
    }

    private mutating func grow(to needed: Int) {
        let larger = max(needed, capacity * 2)
        let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: larger + InputBuffer.padding)
        memory.initialize(repeating: 0, count: larger + InputBuffer.padding)
        memory.update(from: base, count: end)
        base.deallocate()
        base = memory
        capacity = larger
    }
}
