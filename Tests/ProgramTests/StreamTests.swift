import Foundation
import Testing

extension ProgramTests {
    @Suite("Streams of incidents")
    struct StreamTests {
        private static func event(_ number: Int) -> String {
            #"{"id":"e\#(number)","time":\#(1_394_000_000 + number * 60),"type":"attack","place":"Bannu £"}"# + "\n"
        }

        private static func events(_ numbers: Range<Int>) -> String { numbers.map { event($0) }.joined() }

        @Test("Standard input, a file, several files and pieces of any size give the same bytes")
        func sameBytes() throws {
            let tool = try Tool()
            let text = StreamTests.events(0..<60)
            try tool.write(text, to: "all.jsonl")
            for part in 0..<3 { try tool.write(StreamTests.events(part * 20..<part * 20 + 20), to: "\(part).jsonl") }
            let expected = try tool.run("watch", "all.jsonl").output
            #expect(expected.split(separator: "\n").count == 60)
            #expect(try tool.run("watch", "0.jsonl", "1.jsonl", "2.jsonl").output == expected)
            let data = Data(text.utf8)
            for size in [97, 1000, data.count] {
                let pieces = stride(from: 0, to: data.count, by: size).map { data[$0..<min(data.count, $0 + size)] }
                #expect(try tool.run("watch", "-", pieces: pieces).output == expected, "pieces of \(size)")
            }
        }

        @Test("An alert is written at once, while the stream goes on")
        func atOnce() throws {
            let process = try Tool().process(["watch", "--quiet"])
            let (input, output) = (Pipe(), Pipe())
            process.standardInput = input
            process.standardOutput = output
            try Tool.start(process)
            try input.fileHandleForWriting.write(contentsOf: Data(StreamTests.event(1).utf8))
            let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
            #expect(line.contains(#""rule":"attack""#))
            #expect(process.isRunning)
            try input.fileHandleForWriting.close()
            Tool.finish(process)
            #expect(process.terminationStatus == 0)
        }

        @Test("A reader that has seen enough ends a run quietly")
        func head() throws {
            let tool = try Tool()
            try tool.write(StreamTests.events(0..<5000), to: "all.jsonl")
            let shell = Process()
            shell.executableURL = URL(fileURLWithPath: "/bin/sh")
            shell.currentDirectoryURL = tool.folder
            let command = "('\(Tool.executable.path)' watch all.jsonl; echo $? > status) 2> errors | head -1 > output"
            shell.arguments = ["-c", command]
            try Tool.start(shell)
            Tool.finish(shell)
            #expect(try tool.text(of: "output").split(separator: "\n").count == 1)
            #expect(try tool.text(of: "status") == "0\n")
            #expect(try tool.text(of: "errors").isEmpty)
        }

        @Test("Check fails on alerts at or above the level, and only on those")
        func check() throws {
            let tool = try Tool()
            try tool.write(StreamTests.events(0..<3), to: "all.jsonl")
            #expect(try tool.run("check", "all.jsonl").status == 1)
            #expect(try tool.run("check", "--fail-on", "low", "all.jsonl").status == 1)
            #expect(try tool.run("check", "--fail-on", "critical", "all.jsonl").status == 0)
            #expect(try tool.run("check", "all.jsonl").output == tool.run("watch", "--final", "all.jsonl").output)
        }

        @Test("Bad records are shown, counted after the first twenty, and kept; strict ends at the first")
        func rejects() throws {
            let tool = try Tool()
            let bad = (0..<23).map { "bad \($0)" }.joined(separator: "\n") + "\n"
            try tool.write(StreamTests.event(1) + bad + StreamTests.event(2), to: "all.jsonl")
            let outcome = try tool.run("watch", "--rejects", "rejects", "all.jsonl")
            #expect(outcome.status == 0)
            #expect(outcome.lines.count == 2)
            #expect(outcome.errors.contains("all.jsonl:2:"))
            #expect(outcome.errors.contains("all.jsonl:21:"))
            #expect(!outcome.errors.contains("all.jsonl:22:"))
            #expect(outcome.errors.contains("3 more records"))
            #expect(try tool.text(of: "rejects") == bad)
            let strict = try tool.run("watch", "--strict", "all.jsonl")
            #expect(strict.status == 4)
            #expect(strict.errors.contains("all.jsonl:2:"))
            #expect(!strict.errors.contains("all.jsonl:3:"))
        }

        @Test("What is further back than the horizon is shown and kept, not dropped in silence")
        func beyondHorizon() throws {
            let tool = try Tool()
            try tool.write(StreamTests.event(100_000) + StreamTests.event(1), to: "all.jsonl")
            let outcome = try tool.run("watch", "--horizon", "1d", "--rejects", "rejects", "all.jsonl")
            #expect(outcome.lines.count == 1)
            #expect(outcome.errors.contains("all.jsonl:2: warning:"), "\(outcome.errors)")
            #expect(try tool.text(of: "rejects") == StreamTests.event(1))
        }

        @Test("Text is coloured only where asked for, and times are in the zone asked for")
        func text() throws {
            let tool = try Tool()
            try tool.write(StreamTests.event(0), to: "all.jsonl")
            let plain = try tool.run("watch", "--format", "text", "--time-zone", "Asia/Karachi", "all.jsonl").output
            #expect(plain.contains("2014-03-05 11:13:20 +05:00"), "\(plain)")
            #expect(!plain.contains("\u{1B}"))
            let coloured = try tool.run("watch", "--format", "text", "--color", "always", "all.jsonl").output
            #expect(coloured.contains("\u{1B}[1m"))
        }
    }
}
