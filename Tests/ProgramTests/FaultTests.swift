import Foundation
import Testing

extension ProgramTests {
    @Suite("Faults of the system: what fails is said, the exit status tells, and nothing is lost")
    struct FaultTests {
        private let tool: Tool

        init() throws {
            tool = try Tool()
            try tool.write((0..<400).map { Tool.attack($0) + "\n" }.joined(), to: "a.jsonl")
        }

        @Test(
            "A full disk is said, whatever is written",
            arguments: [
                "watch a.jsonl > /dev/full", "watch --output /dev/full a.jsonl", "lint --list > /dev/full",
                "schema > /dev/full", "check --report junit=/dev/full a.jsonl",
                "explain --rule attack a.jsonl > /dev/full", "watch --state l.db a.jsonl > /dev/full",
            ])
        func fullDisk(_ command: String) throws {
            let run = try tool.run(under: "\"$0\" \(command); exit $?")
            #expect(run.status == 4)
            #expect(run.errors.contains("cannot be written: No space left on device"), "\(run.errors)")
        }

        @Test("Where the output may grow no more, what was written is whole as far as it goes, and that is said")
        func outputFull() throws {
            let whole = try tool.run("watch", "--quiet", "a.jsonl").output
            let run = try tool.run(under: "ulimit -f 16", "watch", "--quiet", "--output", "o.jsonl", "a.jsonl")
            #expect(
                run.status == 4 && run.errors.contains("o.jsonl: cannot be written: File too large"), "\(run.errors)")
            let part = try tool.text(of: "o.jsonl")
            #expect(whole.hasPrefix(part) && !part.isEmpty)
        }

        @Test(
            "Where the ledger may grow no more, nothing is emitted that is not kept, and the next run goes on from there"
        )
        func ledgerFull() throws {
            let whole = try tool.run("watch", "--quiet", "a.jsonl").output
            let run = try tool.run(
                under: "ulimit -f 300", "watch", "--quiet", "--state", "l.db", "--output", "o.jsonl", "a.jsonl")
            #expect(run.status == 4 || run.status == 3, "\(run.status) \(run.errors)")
            #expect(run.errors.contains("--state l.db"))
            let next = try tool.run("watch", "--quiet", "--state", "l.db", "--output", "o.jsonl", "a.jsonl")
            #expect(next.status == 0, "\(next.errors)")
            #expect(try tool.text(of: "o.jsonl") == whole)
        }

        @Test(
            "A folder in the place of a file is said",
            arguments: [
                ("watch Rules", 4), ("watch --output Rules a.jsonl", 3), ("watch --state Rules a.jsonl", 3),
                ("watch --rejects Rules a.jsonl", 3), ("check --report junit=Rules a.jsonl", 3),
                ("alerts --state Rules", 3),
            ])
        func folder(_ command: String, _ status: Int32) throws {
            let run = try tool.run(under: "\"$0\" \(command); exit $?")
            #expect(run.status == status)
            #expect(run.errors.contains("folder") || run.errors.contains("directory"), "\(run.errors)")
        }

        @Test("Too few descriptors are said, and no alert is lost for it", arguments: 5...9)
        func descriptors(_ count: Int) throws {
            let run = try tool.run(
                under: "ulimit -n \(count)", "watch", "--quiet", "--state", "l.db", "--output", "o.jsonl", "a.jsonl")
            if run.status != 0 {
                #expect(run.status == 3 || run.status == 4, "\(run.status) \(run.errors)")
                #expect(run.errors.contains("Too many open files"), "\(run.errors)")
            }
            let next = try tool.run("watch", "--quiet", "--state", "l.db", "--output", "o.jsonl", "a.jsonl")
            #expect(next.status == 0)
            #expect(try tool.text(of: "o.jsonl") == tool.run("watch", "--quiet", "a.jsonl").output)
        }

        /// What to put before a command so that permissions count for it, as they do not for root.
        private static let unprivileged =
            getuid() == 0 ? "setpriv --reuid 65534 --regid 65534 --clear-groups " : ""

        @Test("A ledger where nothing can be written can be looked at, and a run says why it cannot use it")
        func readOnlyLedger() throws {
            #expect(try tool.run("watch", "--quiet", "--state", "l.db", "a.jsonl").status == 0)
            let before = try tool.run("alerts", "--state", "l.db").output
            for (mode, name) in [("0444", "l.db"), ("0555", ".")] {
                #expect(chmod(tool.folder.appendingPathComponent(name).path, mode_t(mode, radix: 8) ?? 0) == 0)
            }
            defer { chmod(tool.folder.path, 0o755) }
            let look = try tool.run(under: "\(FaultTests.unprivileged)\"$0\" alerts --state l.db; exit $?")
            #expect(look.status == 0 && look.output == before && before.contains("e399"), "\(look.errors)")
            let run = try tool.run(under: "\(FaultTests.unprivileged)\"$0\" watch --state l.db a.jsonl; exit $?")
            #expect(run.status == 3 && run.errors.contains("--state l.db: it cannot be opened for writing"))
        }

        @Test("A file that may not be read is said before anything is read")
        func noPermission() throws {
            #expect(chmod(tool.folder.appendingPathComponent("a.jsonl").path, 0) == 0)
            let run = try tool.run(under: "\(FaultTests.unprivileged)\"$0\" watch a.jsonl; exit $?")
            #expect(run.status == 4 && run.errors.contains("a.jsonl: cannot be read: Permission denied"))
        }

        @Test("Signals between and within reads and writes lose nothing")
        func interruptions() throws {
            let run = try LiveTool(tool, "watch", "-F", "--quiet", "-")
            try run.input.fileHandleForWriting.write(contentsOf: Data((Tool.attack(0) + "\n").utf8))
            // From now on a signal asks for something, and no longer ends the process.
            #expect(run.alerts(1) == ["firing e0"])
            let text = Array((1...40).map { Tool.attack($0) + "\n" }.joined().utf8)
            for start in stride(from: 0, to: text.count, by: 97) {
                run.send(SIGHUP)
                try run.input.fileHandleForWriting.write(contentsOf: text[start..<min(start + 97, text.count)])
                run.send(SIGHUP)
            }
            #expect(run.alerts(40) == (1...40).map { "firing e\($0)" })
            #expect(try run.end().status == 0)
        }

        @Test(
            "A ledger whose numbers cannot be is damaged, and said so; no number in it ends the program",
            arguments: [
                "sources SET line = 9223372036854775807", "sources SET head_length = 1 << 40",
                "sources SET head_length = -1", "sources SET tail_length = -1", "sources SET position = -1",
                "sources SET layout = 99", "sources SET unended = zeroblob(1000)", "layouts SET kind = 'x'",
                "events SET time = 9223372036854775807", "events SET record = x'00'", "events SET layout = 77",
                "alerts SET onset = -9223372036854775808", "alerts SET \"group\" = 'x'", "emissions SET line = ''",
                "emissions SET number = 9223372036854775807 WHERE number = 400",
                "progress SET arrivals = 9223372036854775807", "progress SET length = -1",
                "progress SET clock = 9223372036854775807", "progress SET sent = -1",
            ])
        func oddLedger(_ change: String) throws {
            let options = ["--quiet", "--state", "l.db", "--output", "o.jsonl"]
            let make = "\"$0\" watch \(options.joined(separator: " ")) a.jsonl"
            let alter = "sqlite3 l.db \"UPDATE \(change.replacingOccurrences(of: "\"", with: "\\\""))\""
            let run = try tool.run(under: "\(make) && \(alter) && echo >> a.jsonl && \(make); exit $?")
            #expect([0, 3, 4].contains(run.status), "\(run.status) \(run.errors)")
            #expect(run.status == 0 || !run.errors.isEmpty)
            let look = try tool.run("alerts", "--state", "l.db")
            #expect([0, 3].contains(look.status), "\(look.status) \(look.errors)")
        }
    }
}
