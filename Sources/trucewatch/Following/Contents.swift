import Events
import Following
import Ledger

/// How far the present contents of a source were read, and by what they are recognised.
struct Contents {
    private static let headLength = 4096
    private static let tailLength = 512

    /// Which file it is; nil for a stream.
    var identity: FileStatus.Identity?
    /// How many bytes were taken.
    private(set) var taken = 0
    /// The first bytes.
    private(set) var head: [UInt8] = []
    /// The last bytes before `taken`.
    private(set) var tail: [UInt8] = []
    /// The digest of `head`, once it has been asked for.
    private var headMark: LedgerSource.Mark?
    /// A last line that was read before its line end had come.
    var unended: [UInt8]?
    /// The event that line was read as.
    var unendedEvent: String?

    init(identity: FileStatus.Identity? = nil) { self.identity = identity }

    /// Counts bytes in that were taken.
    mutating func take(_ bytes: ArraySlice<UInt8>) {
        if head.count < Contents.headLength {
            head += bytes.prefix(Contents.headLength - head.count)
            headMark = nil
        }
        if bytes.count >= Contents.tailLength {
            tail = Array(bytes.suffix(Contents.tailLength))
        } else {
            tail += bytes
            tail.removeFirst(max(0, tail.count - Contents.tailLength))
        }
        taken += bytes.count
    }

    /// Takes up a file where an earlier run left it; nil if it is not what it was.
    init?(_ source: LedgerSource, of file: FileDescriptor) {
        guard let status = file.status, status.size >= source.position,
            let device = source.device, let node = source.node,
            status.identity == FileStatus.Identity(device: device, node: node)
        else { return nil }
        head = file.read(source.head.length, at: 0)
        tail = file.read(source.tail.length, at: source.position - source.tail.length)
        guard Contents.mark(head) == source.head, Contents.mark(tail) == source.tail else { return nil }
        identity = status.identity
        taken = source.position
        // More of the head may lie behind what the mark told of.
        head = file.read(min(Contents.headLength, taken), at: 0)
        tail = file.read(min(Contents.tailLength, taken), at: taken - min(Contents.tailLength, taken))
        unended = source.unended
        unendedEvent = source.unendedEvent
    }

    /// What is seen of them in a file.
    func sighting(of file: FileDescriptor, status: FileStatus) -> Sighting {
        let isFamiliar =
            status.size >= taken && file.read(head.count, at: 0) == head
            && file.read(tail.count, at: taken - tail.count) == tail
        return .file(isSame: status.identity == identity, size: status.size, isFamiliar: isFamiliar)
    }

    /// Puts down how far they were read: but for the last bytes that are of no complete record.
    mutating func describe(unread: [UInt8], in source: inout LedgerSource) {
        source.device = identity?.device
        source.node = identity?.node
        source.position = taken - unread.count
        let mark = headMark ?? Contents.mark(head)
        headMark = mark
        source.head = mark
        // Without the unread bytes the tail ends at the position.
        let end = tail.dropLast(unread.count)
        source.tail = unread.count < tail.count ? Contents.mark(Array(end)) : LedgerSource.Mark(length: 0, digest: "")
        if source.position < source.head.length { source.head = Contents.mark(Array(head.prefix(source.position))) }
        source.unended = unended
        source.unendedEvent = unendedEvent
    }

    private static func mark(_ bytes: [UInt8]) -> LedgerSource.Mark {
        bytes.isEmpty
            ? LedgerSource.Mark() : LedgerSource.Mark(length: bytes.count, digest: SHA256.hexadecimal(of: bytes))
    }
}
