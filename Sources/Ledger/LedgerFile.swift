import Glibc

/// What the system says of the file of a ledger.
enum LedgerFile {
    /// Throws the reason why a file cannot be looked into.
    static func check(_ path: String) throws(LedgerFailure) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 { throw LedgerFailure(.unusable, "it cannot be read: \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw LedgerFailure(.unusable, "this is no file, but a folder or a device; name the file of a ledger")
        }
    }

    /// Whether all of a ledger is in its file, and nothing in the log beside it that SQLite writes while a run goes on.
    static func isWhole(_ path: String) -> Bool {
        var status = stat()
        return stat(path + "-wal", &status) != 0 || status.st_size == 0
    }
}
