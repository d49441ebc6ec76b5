import Foundation
import Ledger
import Testing

@Suite("The ledger")
final class LedgerTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("trucewatch-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private var path: String { folder.appendingPathComponent("ledger.db").path }

    private func failure(_ use: Ledger.Use = .run) -> LedgerFailure? {
        do throws(LedgerFailure) {
            _ = try Ledger(path: path, for: use)
            return nil
        } catch {
            return error
        }
    }

    private func event(_ id: String, time: Int64, isKept: Bool = false) -> LedgerEvent {
        LedgerEvent(
            id: id, arrival: time, time: time, withdrawal: .none, isKept: isKept, source: 1, line: 3, layout: 1,
            record: Array("{}".utf8), ceasefire: "c", breach: "alleged", side: "s", fatalities: 2)
    }

    private func ids(_ ledger: Ledger) throws -> [String] {
        var ids: [String] = []
        try ledger.forEachEvent { (event) throws(LedgerFailure) in ids.append(event.id) }
        return ids
    }

    @Test("What is kept in a transaction is there when it is opened again, in order of time")
    func keeps() throws {
        do {
            let ledger = try Ledger(path: path, for: .run)
            #expect(ledger.isNew)
            try ledger.begin()
            try ledger.keep(event("late", time: 9))
            try ledger.keep(event("early", time: 1))
            try ledger.keep(event("early", time: 2))
            var source = LedgerSource(number: 1, path: "a")
            source.position = 7
            source.unended = [1, 0, 2]
            source.device = .max
            try ledger.keep(source)
            try ledger.commit()
        }
        let ledger = try Ledger(path: path, for: .run)
        #expect(!ledger.isNew)
        #expect(try ids(ledger) == ["early", "late"])
        let source = try #require(try ledger.sources().first)
        #expect(source.position == 7)
        #expect(source.unended == [1, 0, 2])
        #expect(source.device == .max)
    }

    @Test("What was not committed is as if it had never been")
    func transaction() throws {
        do {
            let ledger = try Ledger(path: path, for: .run)
            try ledger.begin()
            try ledger.keep(event("a", time: 1))
        }
        #expect(try ids(Ledger(path: path, for: .run)).isEmpty)
    }

    @Test("Events before an instant are let go of, but for acts about ceasefires")
    func forgets() throws {
        let ledger = try Ledger(path: path, for: .run)
        try ledger.begin()
        for time in 1...4 { try ledger.keep(event("\(time)", time: Int64(time), isKept: time == 1)) }
        try ledger.forgetEvents(before: 3)
        try ledger.commit()
        #expect(try ids(ledger) == ["1", "3", "4"])
    }

    @Test("Others may look while a run writes")
    func looks() throws {
        let ledger = try Ledger(path: path, for: .run)
        try ledger.begin()
        try ledger.keep(event("a", time: 1))
        try ledger.commit()
        try ledger.begin()
        try ledger.keep(event("b", time: 2))
        let other = try Ledger(path: path, for: .look)
        #expect(try ids(other) == ["a"])
        try ledger.commit()
        #expect(try ids(other) == ["a", "b"])
    }

    @Test("One that another run uses is refused")
    func locked() throws {
        let ledger = try Ledger(path: path, for: .run)
        #expect(failure()?.kind == .locked)
        withExtendedLifetime(ledger) {}
    }

    @Test("What is no ledger is refused and left as it was")
    func notALedger() throws {
        let text = Data("id,time\n1,2014-03-01\n".utf8)
        try text.write(to: URL(fileURLWithPath: path))
        #expect(failure()?.kind == .notALedger)
        #expect(failure(.look)?.kind == .notALedger)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == text)
    }

    @Test("A database of another program is refused")
    func otherDatabase() throws {
        try sqlite("CREATE TABLE t (a)")
        #expect(failure()?.kind == .notALedger)
    }

    @Test("One of another version is refused, and so is one that is damaged")
    func damaged() throws {
        do {
            let ledger = try Ledger(path: path, for: .run)
            try ledger.begin()
            for number in 0..<2000 { try ledger.keep(event("event \(number)", time: Int64(number))) }
            try ledger.commit()
        }
        try sqlite("PRAGMA user_version = 99")
        #expect(failure()?.kind == .otherVersion)
        #expect(try #require(failure()).reason.contains("version 99"))
        try sqlite("PRAGMA user_version = 1")
        #expect(failure() == nil)
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.seek(toOffset: 4096 * 20)
        try handle.write(contentsOf: Data(repeating: 0x5a, count: 40_000))
        try handle.close()
        #expect(failure()?.kind == .damaged)
    }

    @Test("One that is not there is made for a run, and missed by whoever looks")
    func missing() {
        #expect(failure(.look)?.kind == .unusable)
        #expect(failure() == nil)
    }

    /// Runs a statement as another program would.
    private func sqlite(_ statement: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["sqlite3", path, statement]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
