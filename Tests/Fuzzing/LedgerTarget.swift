import CSQLite
import Glibc
import Ledger

/// Ledgers with bytes or values changed: each is refused with a reason, or can be read and written to its end.
///
/// An input is a list of changes to a ledger that holds one of everything. Nine bytes change one value, by SQL, to a number,
/// a text, bytes or nothing; with the first byte above 127 they change bytes of the file instead.
struct LedgerTarget: FuzzTarget {
    private let path = "/dev/shm/trucewatch-fuzz-\(getpid()).db"
    private var template: [UInt8] = []
    private static let columns: [(table: String, name: String)] = [
        "sources":
            "number path device node position line head_length head tail_length tail layout is_rereading unended "
            + "unended_event latest",
        "layouts": "number kind profile header",
        "events": "id arrival time is_withdrawn is_kept source line layout record ceasefire breach side fatalities",
        "alerts": "id status level rule title \"group\" onset end content replaced_by emission",
        "emissions": "number alert status line written",
        "progress": "arrivals origin stream_time forgotten clock output first_emission sent length",
    ].sorted { $0.key < $1.key }.flatMap { table, names in names.split(separator: " ").map { (table, String($0)) } }

    init() {
        remove()
        do {
            try LedgerTarget.write(try Ledger(path: path, for: .run))
        } catch {
            fatalError("the template: \(error)")
        }
        template = read()
        atexit { for suffix in ["", "-wal", "-shm"] { unlink("/dev/shm/trucewatch-fuzz-\(getpid()).db\(suffix)") } }
    }

    mutating func run(_ input: [UInt8]) {
        remove()
        var bytes = template
        let changes = stride(from: 0, to: min(input.count, 9 * 16), by: 9).map {
            Array(input[$0..<min($0 + 9, input.count)])
        }
        for change in changes where change[0] >= 0x80 { LedgerTarget.damage(&bytes, change) }
        write(bytes)
        LedgerTarget.alter(path, changes.filter { $0[0] < 0x80 })
        for use in [Ledger.Use.look, .run] {
            do throws(LedgerFailure) {
                let ledger = try Ledger(path: path, for: use)
                try LedgerTarget.readAll(ledger)
                if use == .run { try LedgerTarget.write(ledger) }
            } catch {
                expect(!error.reason.isEmpty)
            }
        }
    }

    private static func damage(_ bytes: inout [UInt8], _ change: [UInt8]) {
        for index in stride(from: 1, to: change.count - 2, by: 3) {
            let offset = Int(change[index]) << 8 | Int(change[index + 1])
            bytes[offset % bytes.count] = change[index + 2]
        }
    }

    private static func alter(_ path: String, _ changes: [[UInt8]]) {
        guard !changes.isEmpty else { return }
        var database: OpaquePointer?
        guard sqlite3_open(path, &database) == SQLITE_OK else { return }
        defer { sqlite3_close_v2(database) }
        for change in changes {
            let column = columns[Int(change[0]) % columns.count]
            let number = change.dropFirst(2).reduce(0) { $0 << 8 | Int64($1) }
            let value =
                switch (change.count > 1 ? change[1] : 0) % 5 {
                case 0: "NULL"
                case 1: "\(number)"
                case 2: "-\(number) << 8"
                case 3:
                    "CAST(x'" + change.dropFirst(2).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
                        + "' AS TEXT)"
                default: "zeroblob(\(number & 0xfff))"
                }
            // Where a value may not be put, nothing changes.
            sqlite3_exec(database, "UPDATE OR IGNORE \(column.table) SET \(column.name) = \(value)", nil, nil, nil)
        }
    }

    private static func readAll(_ ledger: Ledger) throws(LedgerFailure) {
        _ = try ledger.progress()
        for source in try ledger.sources() { _ = try ledger.events(of: source.number) }
        _ = try ledger.layouts()
        try ledger.forEachEvent { (event) throws(LedgerFailure) in expect(event.record.count < 1 << 20) }
        for alert in try ledger.alerts(since: 0) {
            _ = try ledger.alert(alert.id)
            _ = try ledger.history(of: alert.id)
            _ = try ledger.emissions(of: alert.id)
            _ = try ledger.lastOnsets(of: alert.rule, before: alert.onset)
        }
        var filter = LedgerFilter()
        filter.group = [("a", "b")]
        filter.since = 0
        _ = try ledger.alerts(filter)
        _ = try ledger.ids(beginningWith: "0")
        _ = try ledger.lastEmission()
    }

    /// Writes one of everything.
    private static func write(_ ledger: Ledger) throws(LedgerFailure) {
        try ledger.begin()
        var source = LedgerSource(number: 1, path: "a.jsonl")
        (source.device, source.node, source.layout) = (1, 2, 1)
        (source.unended, source.unendedEvent, source.latest) = (Array("{}".utf8), "e", 3)
        try ledger.keep(source)
        let layout = try ledger.number(of: LedgerLayout(kind: "lines", profile: "native", header: ""))
        try ledger.keep(
            LedgerEvent(
                id: "e", arrival: 1, time: 2, withdrawal: .none, isKept: true, source: 1, line: 1, layout: layout,
                record: Array("{}".utf8), ceasefire: "c", breach: "b", side: "s", fatalities: 1))
        try ledger.judge("e", ceasefire: nil, breach: "b", side: nil)
        let number = (try ledger.lastEmission()?.number ?? 0) &+ 1
        try ledger.keep(
            LedgerAlert(
                id: "0a", status: "firing", level: "high", rule: "r", title: "t", group: #"{"a":"b"}"#, onset: 1,
                end: nil,
                content: 5, replacedBy: nil, emission: number))
        try ledger.keep(LedgerEmission(number: number, alert: "0a", status: "firing", line: Array("{}".utf8)))
        try ledger.keep(LedgerProgress())
        try ledger.commit()
    }

    // MARK: - The file

    private func remove() { for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) } }

    private func read() -> [UInt8] {
        let file = open(path, O_RDONLY)
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        return Array(bytes.prefix(Glibc.read(file, &bytes, bytes.count)))
    }

    private func write(_ bytes: [UInt8]) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        defer { close(file) }
        expect(Glibc.write(file, bytes, bytes.count) == bytes.count)
    }
}
