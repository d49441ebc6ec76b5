import CSQLite
import Glibc

/// A database of SQLite: the one place that calls its functions, with `Statement`.
final class Database {
    private(set) var handle: OpaquePointer?

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - isReadOnly: whether nothing will be written; then the file must be there.
    ///   - isImmutable: whether nobody else writes it either, so that nothing need be written beside it.
    init(path: String, isReadOnly: Bool, isImmutable: Bool = false) throws(LedgerFailure) {
        var mode = isReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        if isImmutable { mode |= SQLITE_OPEN_URI }
        let name = isImmutable ? "file:\(Database.escaped(path))?immutable=1" : path
        let status = sqlite3_open_v2(name, &handle, mode | SQLITE_OPEN_NOMUTEX, nil)
        guard status == SQLITE_OK else {
            let failure = failure(status)
            sqlite3_close_v2(handle)
            handle = nil
            throw failure
        }
        sqlite3_extended_result_codes(handle, 1)
        // A user who reads the ledger for a moment does not end the run.
        sqlite3_busy_timeout(handle, 10_000)
    }

    deinit { close() }

    /// A path within a URI: what means something there, by its code.
    private static func escaped(_ path: String) -> String {
        var text = ""
        for byte in path.utf8 {
            let isPlain = byte > 0x20 && byte < 0x7f && !["%", "?", "#"].contains(UnicodeScalar(byte))
            text += isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return text
    }

    /// Closes it; its statements must be gone.
    func close() {
        sqlite3_close_v2(handle)
        handle = nil
    }

    /// Runs statements that give no rows.
    func run(_ text: String) throws(LedgerFailure) {
        let status = sqlite3_exec(handle, text, nil, nil, nil)
        if status != SQLITE_OK { throw failure(status) }
    }

    /// The number that a statement gives; 0 if it gives no row.
    func number(_ text: String) throws(LedgerFailure) -> Int64 {
        let statement = try Statement(text, self)
        return try statement.step() ? statement.number(0) : 0
    }

    /// The text that a statement gives; empty if it gives no row.
    func text(_ text: String) throws(LedgerFailure) -> String {
        let statement = try Statement(text, self)
        return try statement.step() ? statement.text(0) : ""
    }

    /// What a status of SQLite means here.
    func failure(_ status: Int32) -> LedgerFailure {
        let words = String(cString: handle == nil ? sqlite3_errstr(status) : sqlite3_errmsg(handle))
        switch status & 0xff {
        case SQLITE_NOTADB: return LedgerFailure(.notALedger, "the file is no ledger: it is not a SQLite database")
        case SQLITE_CORRUPT:
            return LedgerFailure(
                .damaged, "the ledger is damaged (\(words)); restore it from a copy, or move it away to start anew")
        case SQLITE_BUSY, SQLITE_LOCKED:
            return LedgerFailure(.locked, "another program holds the ledger (\(words)); end it, or try again")
        case SQLITE_FULL: return LedgerFailure(.unusable, "the disk is full")
        default:
            let reason = handle == nil ? 0 : sqlite3_system_errno(handle)
            return LedgerFailure(.unusable, reason == 0 ? words : "\(words): \(String(cString: strerror(reason)))")
        }
    }
}
