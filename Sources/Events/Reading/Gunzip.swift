import CZlib

/// Unpacks gzip as it comes, members one after the other.
///
/// It owns zlib's state, which must not move in memory.
struct Gunzip: ~Copyable {
    /// What went wrong with packed data.
    enum Failure: Error { case corrupt }

    private let stream: UnsafeMutablePointer<z_stream>
    private let output: UnsafeMutablePointer<UInt8>
    private var isBetweenMembers = false
    private static let outputSize = 1 << 17

    /// Nil if there is no memory.
    init?() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        output = .allocate(capacity: Gunzip.outputSize)
        // 16 more than the largest window asks for the header and the checks of gzip.
        let status = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else {
            stream.deallocate()
            output.deallocate()
            return nil
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        output.deallocate()
    }

    /// Whether the last member is whole.
    var isComplete: Bool { isBetweenMembers }

    /// Takes packed bytes and hands on what they unpack to, for as long as that is wanted.
    ///
    /// - Parameter body: takes a piece, and tells whether it wants more.
    /// - Returns: how many of the packed bytes were taken.
    mutating func push(_ packed: ByteView, _ body: (ByteView) -> Bool) throws(Failure) -> Int {
        stream.pointee.next_in = UnsafeMutablePointer(mutating: packed.base)
        stream.pointee.avail_in = UInt32(packed.count)
        while true {
            if isBetweenMembers, !beginMember() { return packed.count }
            stream.pointee.next_out = output
            stream.pointee.avail_out = UInt32(Gunzip.outputSize)
            let status = inflate(stream, Z_NO_FLUSH)
            let produced = Gunzip.outputSize - Int(stream.pointee.avail_out)
            let wantsMore = produced == 0 || body(ByteView(base: output, count: produced))
            switch status {
            case Z_STREAM_END: isBetweenMembers = true
            case Z_OK: if stream.pointee.avail_in == 0, stream.pointee.avail_out > 0 { return packed.count }
            case Z_BUF_ERROR: return packed.count
            default: throw .corrupt
            }
            // What is unpacked of the last byte already would be lost.
            if !wantsMore, stream.pointee.avail_in > 0 { return packed.count - Int(stream.pointee.avail_in) }
        }
    }

    /// Skips the zeros that tapes put behind a member; false if no other member begins in what is left.
    private mutating func beginMember() -> Bool {
        while stream.pointee.avail_in > 0, stream.pointee.next_in.pointee == 0 {
            stream.pointee.next_in += 1
            stream.pointee.avail_in -= 1
        }
        guard stream.pointee.avail_in > 0 else { return false }
        inflateReset(stream)
        isBetweenMembers = false
        return true
    }
}
