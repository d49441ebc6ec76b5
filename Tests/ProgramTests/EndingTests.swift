import Foundation
import Testing

extension ProgramTests {
    @Suite("How a run that follows ends, waits and changes its rules")
    struct EndingTests {
        private let tool: Tool

        init() throws { tool = try Tool() }

        @Test("A signal ends it cleanly: what is pending is written, the state is saved", arguments: [SIGINT, SIGTERM])
        func signals(number: Int32) throws {
            try tool.write(Tool.attacks(1), to: "a.jsonl")
            let run = try LiveTool(tool, "watch", "-F", "--state", "l.db", "a.jsonl")
            #expect(run.alerts(1) == ["firing e1"])
            let end = try run.end(number)
            #expect(end.status == 0)
            #expect(Tool.count("records read", in: end.errors) == 1)
            #expect(try tool.run("watch", "--state", "l.db", "a.jsonl").lines.isEmpty)
        }

        @Test("Where nobody reads the output any more it ends by itself, and the next run writes what was not read")
        func closedPipe() throws {
            try tool.write(Tool.attacks(1), to: "a.jsonl")
            let command = "timeout 30 '\(Tool.executable.path)' watch -F --quiet --state l.db a.jsonl | head -1"
            #expect(try LiveTool.alert(tool.shell(command).trimmingCharacters(in: .newlines)) == "firing e1")
            try tool.append(Tool.attacks(2, 3), to: "a.jsonl")
            let next = try tool.run("watch", "--state", "l.db", "a.jsonl").lines.map { LiveTool.alert(String($0)) }
            #expect(next == ["firing e2", "firing e3"])
        }

        @Test("A full disk ends it with 4 and a reason; with a ledger the next run writes what is missing")
        func fullDisk() throws {
            try tool.write(Tool.attacks(1, 2), to: "a.jsonl")
            let program = "'\(Tool.executable.path)' watch --quiet"
            let plain = try tool.shell("\(program) --output /dev/full a.jsonl 2>&1; echo \"status $?\"")
            #expect(plain.contains("--output /dev/full: cannot be written: No space left on device"))
            #expect(plain.contains("status 4"))
            let kept = try tool.shell("\(program) --state l.db a.jsonl 2>&1 > /dev/full; echo \"status $?\"")
            #expect(kept.contains("standard output: cannot be written: No space left on device; the ledger has"))
            #expect(kept.contains("status 4"))
            let next = try tool.run("watch", "--state", "l.db", "a.jsonl").lines.map { LiveTool.alert(String($0)) }
            #expect(next == ["firing e1", "firing e2"])
        }

        @Test("A ledger that cannot be written any more ends it with 4; nothing is emitted that is not kept")
        func fullLedger() throws {
            try tool.write((1...3000).map { Tool.attacks($0) }.joined(), to: "a.jsonl")
            // No file may grow beyond 256 blocks of 1,024 bytes, and trying to ends nobody.
            let command =
                "trap '' XFSZ; ulimit -f 256; '\(Tool.executable.path)' watch --quiet --state l.db a.jsonl 2> errors"
            let output = try tool.shell("\(command); echo \"status $?\"")
            #expect(output.contains("status 4"))
            #expect(try tool.text(of: "errors").contains("--state l.db: cannot be written:"))
            let emitted = output.split(separator: "\n").dropLast().map { LiveTool.alert(String($0)) }
            let next = try tool.run("watch", "--state", "l.db", "a.jsonl").lines.map { LiveTool.alert(String($0)) }
            #expect(emitted + next == (1...3000).map { "firing e\($0)" })
        }

        @Test("When the reader of the output is slow the run waits rather than grows")
        func slowReader() throws {
            let run = try LiveTool(tool, "watch", "-F", "-")
            let count = 5_000
            let input = run.input.fileHandleForWriting
            let text = Data((1...count).map { Tool.attacks($0) }.joined().utf8)
            let writer = Thread {
                try? input.write(contentsOf: text)
                try? input.close()
            }
            writer.start()
            // Until it reads no more: its output has nowhere to go.
            func taken() throws -> String {
                let status = try String(contentsOfFile: "/proc/\(run.process.processIdentifier)/io", encoding: .utf8)
                return String(status.split(separator: "\n").first ?? "")
            }
            var (before, now) = ("", try taken())
            while before != now || now == "rchar: 0" {
                usleep(200_000)
                (before, now) = (now, try taken())
            }
            #expect(try #require(Int(now.dropFirst(7))) < text.count)
            #expect(run.lines(count).count == count)
            #expect(try run.waitForEnd().status == 0)
        }

        // MARK: - Another rule book

        private static let both =
            Tool.rules + """
                ---
                title: Many attacks
                id: many
                level: low
                correlation: {type: event_count, rules: attack, timespan: 1h, condition: {gte: 3}, generate: true}

                """

        @Test("On SIGHUP the rule book is read again: what changes is said, what does not stays as it was")
        func reload() throws {
            try tool.write(Tool.attacks(1, 2, 3), to: "a.jsonl")
            let run = try LiveTool(tool, "watch", "-F", "--state", "l.db", "a.jsonl")
            #expect(run.alerts(3).count == 3)
            try tool.write(EndingTests.both, to: "Rules/attack.yml")
            run.send(SIGHUP)
            let new = try #require(run.lines(1).first)
            #expect(new.contains(#""status":"firing""#) && new.contains(#""rule":"many""#))
            // A bad one is reported, and the old one kept.
            try tool.write("title: An attack\nlevle: high\n", to: "Rules/attack.yml")
            run.send(SIGHUP)
            run.waitForRemark("the old one is kept")
            try tool.append(Tool.attacks(4), to: "a.jsonl")
            #expect(run.alerts(1) == ["firing e4"])
            // A rule that is gone takes its alerts with it.
            try tool.write(Tool.rules, to: "Rules/attack.yml")
            run.send(SIGHUP)
            let gone = try #require(run.lines(1).first)
            #expect(gone.contains(#""status":"retracted""#) && gone.contains(#""rule":"many""#))
            try tool.append(Tool.attacks(5), to: "a.jsonl")
            #expect(run.alerts(1) == ["firing e5"])
            #expect(try run.end().rest.isEmpty)
        }

        @Test(
            "With --reload the rule book is read again when its files change; a restart with another one does the same")
        func reloadOnChange() throws {
            try tool.write(Tool.attacks(1, 2, 3), to: "a.jsonl")
            let run = try LiveTool(tool, "watch", "-F", "--reload", "--state", "l.db", "a.jsonl", "-")
            #expect(run.alerts(3).count == 3)
            // Half of a line of standard input is there when the rule book changes.
            let line = Tool.attack(9)
            try run.input.fileHandleForWriting.write(contentsOf: Data(line.prefix(20).utf8))
            try tool.write(
                Tool.rules.replacingOccurrences(of: "level: high", with: "level: low"), to: "Rules/attack.yml")
            let changed = run.lines(3)
            #expect(changed.allSatisfy { $0.contains(#""status":"updated""#) && $0.contains(#""level":"low""#) })
            try run.input.fileHandleForWriting.write(contentsOf: Data((line.dropFirst(20) + "\n").utf8))
            #expect(run.alerts(1) == ["firing e9"])
            #expect(try run.end().rest.isEmpty)
            try tool.write(EndingTests.both, to: "Rules/attack.yml")
            let restarted = try tool.run("watch", "--state", "l.db", "a.jsonl").lines
            #expect(
                restarted.count(where: { $0.contains(#""rule":"many""#) && $0.contains(#""status":"firing""#) }) == 1)
            #expect(
                restarted.count(where: { $0.contains(#""status":"updated""#) && $0.contains(#""level":"high""#) }) == 4)
        }

        @Test("Without a ledger the old rule book is kept, and that is said")
        func reloadWithoutLedger() throws {
            let run = try LiveTool(tool, "watch", "-F", "-")
            try run.input.fileHandleForWriting.write(contentsOf: Data(Tool.attacks(1).utf8))
            #expect(run.alerts(1) == ["firing e1"])
            run.send(SIGHUP)
            run.waitForRemark("only with --state FILE")
            #expect(try run.end().status == 0)
            #expect(try tool.run("watch", "-F", "--reload", "a.jsonl").status == 3)
        }

        // MARK: - Time

        @Test("With --clock the wall clock decides what time alone decides, and each such alert says so")
        func clock() throws {
            let rules =
                Tool.rules + """
                    ---
                    title: Silence
                    id: silence
                    correlation: {type: absence, rules: attack, timespan: 1s}

                    """
            try tool.write(rules, to: "Rules/attack.yml")
            let now = Int(Date().timeIntervalSince1970)
            try tool.write(#"{"id":"e1","time":\#(now),"type":"attack"}"# + "\n", to: "a.jsonl")
            let run = try LiveTool(tool, "watch", "-F", "--clock", "--idle-after", "1s", "--state", "l.db", "a.jsonl")
            let line = try #require(run.lines(1).first)
            #expect(line.contains(#""rule":"silence""#) && line.contains(#""status":"firing""#))
            #expect(line.hasSuffix(#","by_clock":true}"#))
            // An event that comes then is as good as any other.
            try tool.append(#"{"id":"e2","time":\#(now + 1),"type":"attack"}"# + "\n", to: "a.jsonl")
            let next = try #require(run.lines(1).first)
            #expect(next.contains(#""rule":"silence""#) && !next.contains("by_clock"), "\(next)")
            _ = try run.end()
            // What the clock has decided stays so.
            let again = try tool.run("watch", "--state", "l.db", "a.jsonl")
            #expect(again.lines.isEmpty, "\(again.output)")
        }

        @Test("With --lateness the slowest source that is not idle holds the whole back")
        func slowestSource() throws {
            try tool.write(Tool.attacks(2, 300), to: "fast.jsonl")
            try tool.write(Tool.attacks(1), to: "slow.jsonl")
            let run = try LiveTool(
                tool, "watch", "-F", "--lateness", "1h", "--idle-after", "1d", "slow.jsonl", "fast.jsonl", "-")
            // Standard input has nothing to say, and says so.
            try run.input.fileHandleForWriting.close()
            try tool.append(Tool.attacks(0, 200), to: "slow.jsonl")
            #expect(run.alerts(3) == ["firing e0", "firing e1", "firing e2"])
            #expect(try run.end().rest.map { LiveTool.alert($0) } == ["firing e200", "firing e300"])
        }

        @Test("A source that is idle holds nothing back", arguments: ["1s", "2s"])
        func idleSource(idle: String) throws {
            try tool.write(Tool.attacks(2, 300), to: "fast.jsonl")
            try tool.write(Tool.attacks(1), to: "slow.jsonl")
            let run = try LiveTool(
                tool, "watch", "-F", "--lateness", "1h", "--idle-after", idle, "slow.jsonl", "fast.jsonl")
            #expect(run.alerts(2) == ["firing e1", "firing e2"])
            _ = try run.end()
        }
    }
}
