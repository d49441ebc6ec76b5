import Glibc
import Synchronization

/// Reads a file on a thread of its own, a few pieces ahead of whoever takes them.
///
/// While it runs, the decoding is that thread's alone; `finish` waits for its end and gives it back. That is what makes the
/// unchecked conformance sound.
final class ReadAhead: @unchecked Sendable {
    private static let depth = 4

    private let decoding: Decoding
    private let file: FileDescriptor
    private let pieces = Mutex<[Result<Piece, SystemError>]>([])
    private let isCancelled = Atomic(false)
    private let filled: Semaphore
    private let room: Semaphore
    private var thread = pthread_t()

    /// Begins to read; nil where no thread can be had.
    init?(_ file: FileDescriptor, with decoding: Decoding) {
        self.file = file
        self.decoding = decoding
        filled = Semaphore(0)
        room = Semaphore(ReadAhead.depth)
        let this = Unmanaged.passRetained(self)
        let status = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<ReadAhead>.fromOpaque(context).takeRetainedValue().readAll()
                return nil
            }, this.toOpaque())
        if status != 0 {
            this.release()
            return nil
        }
    }

    /// The next piece, once it is there.
    func next() throws(SystemError) -> Piece {
        filled.wait()
        let piece = pieces.withLock { $0.removeFirst() }
        room.signal()
        return try piece.get()
    }

    /// Ends reading, and waits until it has ended. To be called once, whatever has been taken.
    func finish() {
        isCancelled.store(true, ordering: .relaxed)
        room.signal()
        pthread_join(thread, nil)
    }

    private func readAll() {
        while true {
            room.wait()
            if isCancelled.load(ordering: .relaxed) { return }
            let result = Result { () throws(SystemError) in try decoding.next(from: file) }
            pieces.withLock { $0.append(result) }
            filled.signal()
            switch result {
            case .success(let piece) where piece.byteCount > 0: continue
            case .success, .failure: return
            }
        }
    }
}

/// A counting semaphore of the system.
private final class Semaphore: @unchecked Sendable {
    private let handle: UnsafeMutablePointer<sem_t>

    init(_ count: Int) {
        handle = .allocate(capacity: 1)
        sem_init(handle, 0, UInt32(count))
    }

    deinit {
        sem_destroy(handle)
        handle.deallocate()
    }

    func signal() { sem_post(handle) }

    func wait() {
        while sem_wait(handle) != 0, errno == EINTR {}
    }
}
