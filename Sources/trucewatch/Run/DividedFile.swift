import Events
import Glibc

/// Decodes a file by two threads, in blocks of whole lines that are handed on in their order.
///
/// One thread is its own; the other is that of whoever takes the pieces, which decodes a block itself rather than wait.
/// All that changes is guarded by the condition, but for the decoders, each of which is one thread's alone; that makes the
/// unchecked conformance sound.
final class DividedFile: @unchecked Sendable {
    private static let depth = 6

    private let decoders: [Decoding]
    private let condition = Condition()
    private var blocks: LineBlocks
    private var pieces: [Int: Result<Piece, SystemError>] = [:]
    private var begun = 0
    private var taken = 0
    private var isCancelled = false
    private var thread = pthread_t()

    /// Where the file must be read on in order, once there are no more pieces.
    private(set) var position: Int

    /// Begins to decode; nil where the records cannot be told apart, or no thread can be had.
    ///
    /// - Parameter position: where the next record begins in the file, which is read on from there.
    init?(_ file: FileDescriptor, at position: Int, as decoding: Decoding) {
        guard let own = decoding.makePartDecoding(number: 1), let other = decoding.makePartDecoding(number: 2) else {
            return nil
        }
        decoders = [own, other]
        blocks = LineBlocks(file, at: position)
        self.position = position
        let this = Unmanaged.passRetained(self)
        let status = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<DividedFile>.fromOpaque(context).takeRetainedValue().decodeAll()
                return nil
            }, this.toOpaque())
        if status != 0 {
            this.release()
            return nil
        }
    }

    /// The next piece; nil if the rest must be read in order.
    func next() throws(SystemError) -> Piece? {
        condition.lock()
        while true {
            if let result = pieces.removeValue(forKey: taken) {
                taken += 1
                condition.signal()
                condition.unlock()
                let piece = try result.get()
                guard piece.isWhole, piece.byteCount > 0 else { return nil }
                position += piece.byteCount
                return piece
            }
            if blocks.isOver, taken == begun {
                condition.unlock()
                return nil
            }
            if mayBegin { decodeBlock(decoders[0]) } else { condition.wait() }
        }
    }

    /// Ends decoding, and waits until it has ended. To be called once.
    func finish() {
        condition.lock()
        isCancelled = true
        condition.signal()
        condition.unlock()
        pthread_join(thread, nil)
    }

    private var mayBegin: Bool { !isCancelled && !blocks.isOver && begun - taken < DividedFile.depth }

    private func decodeAll() {
        condition.lock()
        while !isCancelled, !blocks.isOver {
            if mayBegin { decodeBlock(decoders[1]) } else { condition.wait() }
        }
        condition.unlock()
    }

    /// Takes the next block and decodes it; the lock is held before and after, and while the block is read from the file.
    private func decodeBlock(_ decoder: Decoding) {
        let number = begun
        begun += 1
        let result = Result { () throws(SystemError) in
            try decoder.nextPart { (room: inout MutableRawSpan) throws(SystemError) in
                defer { condition.unlock() }
                return try blocks.next(into: &room)
            }
        }
        condition.lock()
        pieces[number] = result
        condition.signal()
    }
}
