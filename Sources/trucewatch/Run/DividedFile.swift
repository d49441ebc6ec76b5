import Events
import Glibc

/// Decodes a file by two threads, in blocks of whole lines that are handed on in their order.
///
/// One thread is its own; the other is that of whoever takes the pieces, which decodes a block itself rather than wait.
/// The blocks are guarded by a lock of their own, so that nobody waits for a piece that is there while another is read; all
/// else that changes by the condition, but for the decoders, each of which is one thread's alone. That makes the unchecked
/// conformance sound.
final class DividedFile: @unchecked Sendable {
    private static let depth = 6

    private let decoders: [Decoding]
    private let condition = Condition()
    private let reading = Condition()
    private var blocks: LineBlocks
    private var isOver = false
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
        while true {
            condition.lock()
            while pieces[taken] == nil, !mayBegin, !(isOver && taken == begun) { condition.wait() }
            if let result = pieces.removeValue(forKey: taken) {
                taken += 1
                condition.signal()
                condition.unlock()
                let piece = try result.get()
                guard piece.isWhole, piece.byteCount > 0 else { return nil }
                position += piece.byteCount
                return piece
            }
            let isDone = isOver && taken == begun
            condition.unlock()
            if isDone { return nil }
            decodeBlock(decoders[0])
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

    // To be asked with the condition locked, as `begin` is to be called.
    private var mayBegin: Bool { !isCancelled && !isOver && begun - taken < DividedFile.depth }

    private func decodeAll() {
        while true {
            condition.lock()
            while !mayBegin, !isCancelled, !isOver { condition.wait() }
            let isDone = isCancelled || isOver
            condition.unlock()
            if isDone { return }
            decodeBlock(decoders[1])
        }
    }

    /// Decodes the next block, if there still is one to be begun.
    private func decodeBlock(_ decoder: Decoding) {
        reading.lock()
        guard let number = begin() else {
            reading.unlock()
            return
        }
        let result = Result { () throws(SystemError) in
            try decoder.nextPart { (room: inout MutableRawSpan) throws(SystemError) in
                defer { endReading() }
                return try blocks.next(into: &room)
            }
        }
        condition.lock()
        pieces[number] = result
        condition.signal()
        condition.unlock()
    }

    /// Takes a number for the next block; nil if it must not be begun.
    private func begin() -> Int? {
        condition.lock()
        defer { condition.unlock() }
        guard mayBegin else { return nil }
        begun += 1
        return begun - 1
    }

    private func endReading() {
        if blocks.isOver {
            condition.lock()
            isOver = true
            condition.signal()
            condition.unlock()
        }
        reading.unlock()
    }
}
