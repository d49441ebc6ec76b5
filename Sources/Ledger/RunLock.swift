import Glibc

/// That no other run uses a ledger at the same time; readers may.
///
/// It must outlive the database: closing any of a process's descriptors of a file gives up what SQLite has locked of it.
final class RunLock {
    private let descriptor: Int32

    init(path: String) throws(LedgerFailure) {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw LedgerFailure(.unusable, "it cannot be opened for writing: \(String(cString: strerror(errno)))")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            close(descriptor)
            throw reason == EWOULDBLOCK
                ? LedgerFailure(
                    .locked, "another run of trucewatch uses this ledger; end it first, or name another file")
                : LedgerFailure(.unusable, "it cannot be locked: \(String(cString: strerror(reason)))")
        }
    }

    deinit { close(descriptor) }
}
