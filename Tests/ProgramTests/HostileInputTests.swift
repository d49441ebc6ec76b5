import Foundation
import Testing

extension ProgramTests {
    @Suite("Hostile input: a stated limit, a clear message, and the run goes on")
    struct HostileInputTests {
        private let tool: Tool

        init() throws { tool = try Tool() }

        @Test(
            "A record longer than 16 MiB is rejected, within 256 MiB of memory, and the run goes on",
            .disabled(if: Tool.isSanitized))
        func longRecord() throws {
            let long = String(repeating: "x", count: 40 << 20)
            try tool.write(
                Tool.attacks(1) + Tool.attack(2, more: #","notes":"\#(long)""#) + "\n" + Tool.attacks(3), to: "a.jsonl")
            let run = try tool.run(under: "ulimit -v 262144", "watch", "--quiet", "a.jsonl")
            #expect(run.status == 0 && run.lines.count == 2)
            #expect(run.errors.contains("a.jsonl:2: error: the record is longer than 16 MiB [too-long]"))
        }

        @Test("More columns than 100,000 end the source, and that is an exit status")
        func manyColumns() throws {
            let columns = (0..<100_001).map { "c\($0)" }.joined(separator: ",")
            try tool.write("id,time,type,\(columns)\n", to: "a.csv")
            try tool.write(Tool.attacks(1), to: "b.jsonl")
            let run = try tool.run("watch", "--quiet", "a.csv", "b.jsonl")
            #expect(run.status == 4 && run.lines.count == 1)
            #expect(run.errors.contains("more than 100000 columns [too-many-fields]"))
            #expect(run.errors.contains("not all of the input could be read"))
        }

        @Test("A source that ends within its array is not all of the input")
        func unendedArray() throws {
            try tool.write("[" + Tool.attack(1) + ",", to: "a.json")
            let run = try tool.run("watch", "--quiet", "a.json")
            #expect(run.status == 4 && run.lines.count == 1)
        }

        @Test(
            "Packed data are unpacked up to --unpack-limit, within bounded memory, and what is beyond is refused",
            .disabled(if: Tool.isSanitized))
        func bomb() throws {
            let notes = String(repeating: "x", count: 1 << 20)
            let text = (1...160).map { Tool.attack($0, more: #","notes":"\#(notes)""#) + "\n" }.joined()
            try tool.write(text, to: "bomb.jsonl")
            let pack = Process()
            pack.executableURL = URL(fileURLWithPath: "/bin/gzip")
            pack.arguments = ["-9", tool.folder.appendingPathComponent("bomb.jsonl").path]
            try pack.run()
            pack.waitUntilExit()
            let whole = try tool.run(
                under: "ulimit -v 393216", "watch", "--quiet", "--rejects", "rejects", "bomb.jsonl.gz")
            #expect(whole.status == 0 && whole.lines.count == 160, "\(whole.errors)")
            let limited = try tool.run("watch", "--quiet", "--unpack-limit", "8M", "bomb.jsonl.gz")
            #expect(limited.status == 4 && limited.lines.count == 7)
            #expect(limited.errors.contains("the gzip data unpack to more than 8 MiB [too-much-unpacked]"))
            #expect(try tool.run("watch", "--unpack-limit", "1X", "bomb.jsonl.gz").status == 3)
        }

        @Test("A search that takes too many steps is told, with its place in the rule book")
        func backtracking() throws {
            try tool.write(
                """
                title: A
                id: a
                detection:
                  s: {place|re: '^(a+)+$'}
                  condition: s
                """, to: "Rules/attack.yml")
            let place = String(repeating: "a", count: 5_000) + "!"
            try tool.write(Tool.attack(1, more: #","place":"\#(place)""#) + "\n", to: "a.jsonl")
            for options in [[], ["--state", "l.db"]] {
                let run = try tool.run(under: ":", ["watch", "--quiet", "a.jsonl"] + options)
                #expect(run.status == 0 && run.lines.isEmpty)
                #expect(run.errors.contains("Rules/attack.yml:4:17: warning: the search for '^(a+)+$' takes too many"))
                #expect(run.errors.contains("[search-given-up]"))
            }
        }

        @Test("Nothing in names and values reaches a terminal raw, or breaks a report")
        func controlCharacters() throws {
            let evil = "\u{1B}[31m\u{9B}2J\u{7}\u{0}<b>&\"]]>\r\n::error::\u{202E}=cmd|' /C calc'!A0"
            let text = String(decoding: try JSONEncoder().encode(evil), as: UTF8.self)
            try tool.write(
                """
                title: "An attack \\e[31m"
                id: "at\\e[31mtack"
                level: high
                runbook: "go \\e[32m"
                group-by: [place]
                detection:
                  attack: {type: attack}
                  condition: attack
                """, to: "Rules/attack.yml")
            let good = Tool.attack(1, more: #","place":\#(text),"initiator":\#(text),\#(text):\#(text)"#)
            let bad = #"{"id":\#(text),"time":\#(text),"type":"attack"}"#
            try tool.write(good + "\n" + bad + "\n", to: "a.jsonl")
            for arguments in [
                ["watch", "--format", "text"], ["watch", "--format", "jsonl"], ["check", "--report", "text"],
                ["check", "--report", "junit"], ["check", "--report", "github"], ["check", "--report", "sarif"],
                ["explain", "--rule", "at\u{1B}[31mtack", "--format", "text"],
            ] {
                let run = try tool.run(under: ":", arguments + ["a.jsonl"])
                let raw = (run.output + run.errors).unicodeScalars.filter {
                    ($0.value < 0x20 && $0 != "\n") || (0x7F..<0xA0).contains($0.value)
                }
                #expect(raw.isEmpty && !run.output.isEmpty, "\(arguments): \(raw.map { $0.value })")
            }
        }
    }
}
