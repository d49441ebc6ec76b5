import CZlib
import Events

/// Packed sources: the same in one piece and in many, whole, cut off or damaged; and whole ones as what they unpack to.
struct GzipTarget: FuzzTarget {
    mutating func run(_ input: [UInt8]) {
        var draw = Draw(from: input)
        _ = Reading.checked([0x1f, 0x8b] + input, &draw, lines: .max)
        // A member inside one that zlib has made reaches what lies behind the checks.
        var packed = GzipTarget.packed(input)
        let unpacked = Reading([input[...]])
        let isPackedTwice = input.starts(with: [0x1f, 0x8b])
        if !isPackedTwice { expectSame(Reading.checked(packed, &draw, lines: .max), unpacked, "packed") }
        switch draw.number(below: 3) {
        case 0: packed.removeLast(1 + draw.number(below: packed.count - 2))
        case 1: packed[2 + draw.number(below: packed.count - 2)] ^= UInt8(1 << draw.number(below: 8))
        default: packed += [0, 0] + packed + (draw.number(below: 2) == 0 ? [1] : [])
        }
        _ = Reading.checked(packed, &draw, lines: .max)
    }

    /// Bytes as one member of gzip.
    private static func packed(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        precondition(deflateInit2_(&stream, 1, Z_DEFLATED, 15 + 16, 8, 0, ZLIB_VERSION, size) == Z_OK)
        defer { deflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))) + 32)
        input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { room in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = room.baseAddress
                stream.avail_out = UInt32(room.count)
                expect(deflate(&stream, Z_FINISH) == Z_STREAM_END)
            }
        }
        return Array(output.prefix(Int(stream.total_out)))
    }
}
