/// Cuts a file into blocks of whole lines, one after the other.
struct LineBlocks {
    private let file: FileDescriptor
    // What has been read behind the last line end.
    private var rest: [UInt8] = []
    /// Where the next block begins in the file.
    private(set) var position: Int
    /// Whether there is no other block: what is left has no line end, or none within reach.
    private(set) var isOver = false

    /// - Parameter position: where the file is read on.
    init(_ file: FileDescriptor, at position: Int) {
        self.file = file
        self.position = position
    }

    /// Puts the next block where it is wanted, and returns how long it is; 0 if there is none.
    mutating func next(into room: inout MutableRawSpan) throws(SystemError) -> Int {
        var count = rest.count
        for index in rest.indices { room.storeBytes(of: rest[index], toByteOffset: index, as: UInt8.self) }
        var isAtEnd = false
        while count < room.byteCount, !isAtEnd {
            let read = try file.read(into: &room, behind: count)
            count += read
            isAtEnd = read == 0
        }
        let length = LineBlocks.endOfLastLine(room.bytes, count)
        isOver = isAtEnd || length == 0
        rest.removeAll(keepingCapacity: true)
        for index in length..<count { rest.append(room.bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self)) }
        position += length
        return length
    }

    private static func endOfLastLine(_ bytes: RawSpan, _ count: Int) -> Int {
        var end = count
        while end > 0, bytes.unsafeLoad(fromByteOffset: end - 1, as: UInt8.self) != 0x0a { end -= 1 }
        return end
    }
}
