/// What was seen and said, in one SQLite file, across restarts.
///
/// It keeps what it is given and decides nothing. All that a turn of a run changes is written in one transaction, so that a
/// run that is killed leaves either all of it or nothing. While a run writes, others may read.
public final class Ledger {
    /// What the ledger is opened for.
    public enum Use: Sendable {
        /// A run that reads and writes it, one at a time.
        case run
        /// Only to look.
        case look
    }

    // In this order: the lock is given up last.
    private let lock: RunLock?
    let database: Database
    private(set) var statements: LedgerStatements
    /// Whether nothing had been written into it when it was opened.
    public let isNew: Bool

    /// Opens a ledger; for a run, one that is not there is made.
    public init(path: String, for use: Use) throws(LedgerFailure) {
        lock = use == .run ? try RunLock(path: path) : nil
        if use == .look { try LedgerFile.check(path) }
        database = try Ledger.open(path, for: use)
        isNew = try Ledger.prepare(database, for: use)
        statements = try LedgerStatements(database)
    }

    /// Opens the database; where nothing can be written beside it, as it never changes.
    private static func open(_ path: String, for use: Use) throws(LedgerFailure) -> Database {
        let database = try Database(path: path, isReadOnly: use == .look)
        guard use == .look, LedgerFile.isWhole(path) else { return database }
        do throws(LedgerFailure) {
            _ = try database.number("PRAGMA application_id")
            return database
        } catch {
            guard error.kind == .unusable else { throw error }
            return try Database(path: path, isReadOnly: true, isImmutable: true)
        }
    }

    /// Makes the tables where there are none; throws where they are not those of a ledger.
    private static func prepare(_ database: Database, for use: Use) throws(LedgerFailure) -> Bool {
        let application = try database.number("PRAGMA application_id")
        let tables = try database.number("SELECT count(*) FROM sqlite_schema")
        let isEmpty = application == 0 && tables == 0
        if isEmpty, use == .look { throw LedgerFailure(.notALedger, "the file is empty; no run has used it yet") }
        if !isEmpty { try check(database, application: application) }
        guard use == .run else { return false }
        // Readers do not wait for the run, nor the run for them; what is written is on the disk when the system says so.
        try database.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY")
        if isEmpty { try create(in: database) }
        return isEmpty
    }

    private static func create(in database: Database) throws(LedgerFailure) {
        try database.run("BEGIN IMMEDIATE")
        try database.run(LedgerSchema.text)
        try database.run(
            "PRAGMA application_id = \(LedgerSchema.application); PRAGMA user_version = \(LedgerSchema.version)")
        try database.run("COMMIT")
    }

    private static func check(_ database: Database, application: Int64) throws(LedgerFailure) {
        guard application == LedgerSchema.application else {
            throw LedgerFailure(.notALedger, "this SQLite database is no ledger of trucewatch; name another file")
        }
        let version = try database.number("PRAGMA user_version")
        guard version == LedgerSchema.version else {
            throw LedgerFailure(
                .otherVersion,
                "the ledger is of version \(version), this program writes version \(LedgerSchema.version); use the "
                    + "program that wrote it, or begin a new ledger")
        }
        let found = try database.text("PRAGMA quick_check(1)")
        guard found == "ok" else {
            throw LedgerFailure(
                .damaged, "the ledger is damaged (\(found)); restore it from a copy, or move it away to start anew")
        }
    }

    // MARK: - Transactions

    /// Begins to write.
    public func begin() throws(LedgerFailure) { try statements.begin.run() }

    /// Ends writing: from now on it is kept.
    public func commit() throws(LedgerFailure) { try statements.commit.run() }

    /// Lets go of what was written since the beginning.
    public func rollBack() { try? database.run("ROLLBACK") }
}
