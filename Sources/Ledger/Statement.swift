import CSQLite

/// A prepared statement; parameters are bound in the order of their numbers, from 1.
final class Statement {
    private let database: Database
    private var handle: OpaquePointer?

    init(_ text: String, _ database: Database) throws(LedgerFailure) {
        self.database = database
        let status = sqlite3_prepare_v3(
            database.handle, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
        if status != SQLITE_OK { throw database.failure(status) }
    }

    deinit { sqlite3_finalize(handle) }

    // MARK: - Parameters

    func bind(_ number: Int64?, at index: Int32) {
        if let number { sqlite3_bind_int64(handle, index, number) } else { sqlite3_bind_null(handle, index) }
    }

    func bind(_ number: Double?, at index: Int32) {
        if let number { sqlite3_bind_double(handle, index, number) } else { sqlite3_bind_null(handle, index) }
    }

    func bind(_ flag: Bool, at index: Int32) { sqlite3_bind_int64(handle, index, flag ? 1 : 0) }

    func bind(_ text: String?, at index: Int32) {
        guard let text else {
            sqlite3_bind_null(handle, index)
            return
        }
        bind(text: Array(text.utf8), at: index)
    }

    /// Binds text in UTF-8.
    func bind(text bytes: [UInt8], at index: Int32) {
        bytes.withUnsafeBytes { _ = truce_bind_text(handle, index, $0.baseAddress, Int32($0.count)) }
    }

    /// Binds bytes that need not be text.
    func bind(bytes: [UInt8]?, at index: Int32) {
        guard let bytes else {
            sqlite3_bind_null(handle, index)
            return
        }
        bytes.withUnsafeBytes { _ = truce_bind_blob(handle, index, $0.baseAddress, Int32($0.count)) }
    }

    // MARK: - Rows

    /// Runs it and makes it ready for the next time.
    func run() throws(LedgerFailure) {
        let status = sqlite3_step(handle)
        let failure = status == SQLITE_DONE || status == SQLITE_ROW ? nil : database.failure(status)
        sqlite3_reset(handle)
        if let failure { throw failure }
    }

    /// Goes on to the next row; false if there is none.
    func step() throws(LedgerFailure) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let status:
            let failure = database.failure(status)
            sqlite3_reset(handle)
            throw failure
        }
    }

    /// Makes it ready for the next time.
    func reset() { sqlite3_reset(handle) }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }
    func number(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

    /// A number that must lie in a range: one that does not was written by nobody who means well, or by a failing disk.
    func number(_ column: Int32, in range: ClosedRange<Int64>) throws(LedgerFailure) -> Int64 {
        let found = number(column)
        if range.contains(found) { return found }
        let name = sqlite3_column_name(handle, column).map { String(cString: $0) } ?? "?"
        throw LedgerFailure(
            .damaged,
            "the ledger is damaged (a \(name) is \(found)); restore it from a copy, or move it away to start anew")
    }

    /// The same, where there need be none.
    func optionalNumber(_ column: Int32, in range: ClosedRange<Int64>) throws(LedgerFailure) -> Int64? {
        isNull(column) ? nil : try number(column, in: range)
    }

    func flag(_ column: Int32) -> Bool { number(column) != 0 }
    func optionalNumber(_ column: Int32) -> Int64? { isNull(column) ? nil : number(column) }

    func text(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }
    func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

    /// The bytes of a text or a blob.
    func bytes(_ column: Int32) -> [UInt8] {
        guard let base = sqlite3_column_blob(handle, column) else { return [] }
        return Array(UnsafeRawBufferPointer(start: base, count: Int(sqlite3_column_bytes(handle, column))))
    }
}
