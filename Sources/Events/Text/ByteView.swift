/// Bytes that lie somewhere else, valid only while their owner keeps them: the scanner's currency.
///
/// It does not own what it points to. Whoever makes one vouches that the bytes outlive it; none is ever stored beyond the
/// record that is being read. Subscripts are not checked: every reader of one compares with `count` before.
struct ByteView {
    let base: UnsafePointer<UInt8>
    let count: Int

    @inline(__always)
    init(base: UnsafePointer<UInt8>, count: Int) {
        self.base = base
        self.count = count
    }

    @inline(__always)
    subscript(index: Int) -> UInt8 { base[index] }

    @inline(__always)
    var isEmpty: Bool { count == 0 }

    /// The part from one index up to another.
    @inline(__always)
    func slice(_ start: Int, _ end: Int) -> ByteView { ByteView(base: base + start, count: end - start) }

    /// The bytes as a buffer, for the standard library.
    var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

    /// The bytes as text.
    var text: String { String(decoding: buffer, as: UTF8.self) }

    func equals(_ text: StaticString) -> Bool {
        count == text.utf8CodeUnitCount && (0..<count).allSatisfy { base[$0] == text.utf8Start[$0] }
    }

    /// Without the spaces, tabs, line ends and non-breaking spaces at both ends.
    @inline(__always)
    var trimmed: ByteView {
        if count > 0, base[0] > 0x20, base[0] != 0xc2, base[count - 1] > 0x20, base[count - 1] != 0xa0 { return self }
        return slowlyTrimmed
    }

    private var slowlyTrimmed: ByteView {
        var start = 0
        var end = count
        while start < end {
            if base[start] <= 0x20 {
                start += 1
            } else if end - start >= 2, base[start] == 0xc2, base[start + 1] == 0xa0 {
                start += 2
            } else {
                break
            }
        }
        while end > start {
            if base[end - 1] <= 0x20 {
                end -= 1
            } else if end - start >= 2, base[end - 2] == 0xc2, base[end - 1] == 0xa0 {
                end -= 2
            } else {
                break
            }
        }
        return slice(start, end)
    }
}

extension Array where Element == UInt8 {
    /// Lends the bytes as a view; never empty-handed, so that a view has always a base.
    func withView<Result>(_ body: (ByteView) -> Result) -> Result {
        withUnsafeBufferPointer { buffer in
            if let base = buffer.baseAddress { return body(ByteView(base: base, count: buffer.count)) }
            var nothing: UInt8 = 0
            return withUnsafePointer(to: &nothing) { body(ByteView(base: $0, count: 0)) }
        }
    }
}
