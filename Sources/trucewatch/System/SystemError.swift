import Glibc

/// Why a call of the operating system failed.
struct SystemError: Error, Hashable {
    /// The system's number for it.
    var code: Int32

    /// The reason that the last call of this thread failed for.
    static var last: SystemError { SystemError(code: errno) }

    /// The reader of a pipe has gone.
    static let brokenPipe = SystemError(code: EPIPE)
    /// There is no more room on the disk.
    static let diskFull = SystemError(code: ENOSPC)
    /// There is no file of that name.
    static let noSuchFile = SystemError(code: ENOENT)
    /// The call was interrupted by a signal and can be repeated.
    static let interrupted = SystemError(code: EINTR)
    /// Nothing can be read or written at the moment.
    static let wouldBlock = SystemError(code: EAGAIN)

    /// The reason in the words of the system: `No such file or directory`.
    var reason: String { String(cString: strerror(code)) }
}
