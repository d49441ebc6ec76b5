import Foundation
import Testing

extension ProgramTests {
    @Suite("Following files")
    struct FollowTests {
        private let tool: Tool

        init() throws { tool = try Tool() }

        @Test("Lines that are appended are taken as they come, and a line only once it is whole")
        func appended() throws {
            try tool.write(Tool.attacks(1), to: "a.jsonl")
            let run = try LiveTool(tool, "watch", "-F", "a.jsonl")
            #expect(run.alerts(1) == ["firing e1"])
            let line = Tool.attack(2)
            try tool.append(String(line.prefix(20)), to: "a.jsonl")
            try tool.append(String(line.dropFirst(20)) + "\n" + Tool.attacks(3), to: "a.jsonl")
            #expect(run.alerts(2) == ["firing e2", "firing e3"])
            let end = try run.end()
            #expect(end.status == 0)
            #expect(Tool.count("records read", in: end.errors) == 3)
        }

        @Test("A last line that has no end yet is taken once nothing more comes of it, and once only")
        func unended() throws {
            try tool.write(Tool.attack(1), to: "a.jsonl")
            let run = try LiveTool(tool, "watch", "-F", "a.jsonl")
            #expect(run.alerts(1) == ["firing e1"])
            try tool.append("\n" + Tool.attacks(2), to: "a.jsonl")
            #expect(run.alerts(1) == ["firing e2"])
            #expect(try Tool.count("records read", in: run.end().errors) == 2)
        }

        @Test("A row that goes on after a pause is read again as it is then")
        func unendedRow() throws {
            try tool.write("id,time,type,fatalities\ne1,2014-03-03,attack,1", to: "a.csv")
            let run = try LiveTool(tool, "watch", "-F", "a.csv")
            #expect(try #require(run.lines(1).first).contains(#""fatalities":1}"#))
            try tool.append("2\n", to: "a.csv")
            #expect(run.alerts(1) == ["retracted e1"])
            #expect(try #require(run.lines(1).first).contains(#""fatalities":12}"#))
            _ = try run.end()
        }

        @Test("A file that is renamed and made anew is read to its end, also later, and so is the new one")
        func renamed() throws {
            try tool.write(Tool.attacks(1), to: "a.jsonl")
            let run = try LiveTool(tool, "watch", "-F", "a.jsonl")
            #expect(run.alerts(1) == ["firing e1"])
            try tool.append(Tool.attacks(2), to: "a.jsonl")
            tool.rename("a.jsonl", to: "a.jsonl.1")
            try tool.append(Tool.attacks(3), to: "a.jsonl")
            #expect(run.alerts(2) == ["firing e2", "firing e3"])
            try tool.append(Tool.attacks(4), to: "a.jsonl.1")
            #expect(run.alerts(1) == ["firing e4"])
            try tool.append(Tool.attacks(5), to: "a.jsonl")
            #expect(run.alerts(1) == ["firing e5"])
            #expect(try run.end().rest.isEmpty)
        }

        @Test("A file that is copied and cut off is read from its beginning, and nothing is withdrawn")
        func cutOff() throws {
            try tool.write(Tool.attacks(1, 2, 3), to: "a.jsonl")
            let run = try LiveTool(tool, "watch", "-F", "a.jsonl")
            #expect(run.alerts(3).count == 3)
            try tool.overwrite("a.jsonl", with: Tool.attacks(4))
            #expect(run.alerts(1) == ["firing e4"])
            let end = try run.end()
            #expect(end.rest.isEmpty)
            #expect(Tool.count("withdrawn", in: end.errors) == 0)
        }

        @Test("A last line that goes on after a pause takes nothing back that it had not changed")
        func goesOn() throws {
            try tool.write("id,revision,time,type\ne1,5,2014-03-01,attack\n", to: "a.csv")
            let run = try LiveTool(tool, "watch", "-F", "a.csv")
            #expect(run.alerts(1) == ["firing e1"])
            // An older revision, of which the end comes only when the line has been taken as it was.
            try tool.append("e1,3,2014-03-01,att", to: "a.csv")
            usleep(1_500_000)
            try tool.append("ack\ne2,1,2014-03-02,attack\n", to: "a.csv")
            #expect(run.alerts(1) == ["firing e2"])
            let end = try run.end()
            #expect(Tool.count("events in force", in: end.errors) == 2)
        }

        private static let header = "id,time,type,fatalities\n"

        private static func row(_ number: Int, _ fatalities: Int) -> String {
            "e\(number),2014-03-0\(number),attack,\(fatalities)\n"
        }

        @Test(
            "A file that is replaced as a whole is read again: corrections follow from the ids",
            arguments: [true, false])
        func replaced(inPlace: Bool) throws {
            let (header, row) = (FollowTests.header, FollowTests.row)
            let old = (1...6).map { row($0, 1) }.joined()
            try tool.write(header + old, to: "export.csv")
            let run = try LiveTool(tool, "watch", "-F", "export.csv")
            #expect(run.alerts(6).count == 6)
            // The fourth has another toll, the sixth is gone, the seventh is new; the whole is no shorter.
            let new = header + (1...3).map { row($0, 1) }.joined() + row(4, 100_000) + row(5, 1) + row(7, 1)
            if inPlace {
                try tool.overwrite("export.csv", with: new)
            } else {
                try tool.write(new, to: "export.part")
                tool.rename("export.part", to: "export.csv")
            }
            #expect(run.alerts(3) == ["updated e4", "firing e7", "retracted e6"])
            let end = try run.end()
            #expect(end.rest.isEmpty)
            #expect(end.errors.contains("new edition; 1 event that it no longer has is withdrawn"))
            #expect(Tool.count("events in force", in: end.errors) == 6)
            // The alerts that stand are those of the new edition alone.
            try tool.write(new, to: "alone.csv")
            let alone = try tool.run("check", "alone.csv").errors
            #expect(Tool.count("alerts standing", in: end.errors) == Tool.count("alerts standing", in: alone))
        }

        @Test("A file that is not there yet is waited for; one that vanishes and returns is read again")
        func vanishing() throws {
            let run = try LiveTool(tool, "watch", "-F", "a.jsonl")
            run.waitForRemark("a.jsonl: is not there yet")
            try tool.write(Tool.attacks(1), to: "a.jsonl")
            #expect(run.alerts(1) == ["firing e1"])
            try FileManager.default.removeItem(at: tool.folder.appendingPathComponent("a.jsonl"))
            try tool.write(Tool.attacks(2), to: "a.jsonl")
            #expect(run.alerts(1) == ["firing e2"])
            let end = try run.end()
            #expect(end.rest.isEmpty)
            #expect(end.status == 0)
        }

        @Test("Files of a folder and of a pattern that appear later are followed, together with standard input")
        func folders() throws {
            try FileManager.default.createDirectory(
                at: tool.folder.appendingPathComponent("in"), withIntermediateDirectories: false)
            try tool.write(Tool.attacks(1), to: "in/1.jsonl")
            let run = try LiveTool(tool, "watch", "-F", "in", "b*.jsonl", "-")
            #expect(run.alerts(1) == ["firing e1"])
            try tool.append(Tool.attacks(2), to: "in/2.jsonl")
            #expect(run.alerts(1) == ["firing e2"])
            try tool.append(Tool.attacks(99), to: "c1.jsonl")
            try tool.append(Tool.attacks(3), to: "b1.jsonl")
            #expect(run.alerts(1) == ["firing e3"])
            try run.input.fileHandleForWriting.write(contentsOf: Data(Tool.attacks(4).utf8))
            #expect(run.alerts(1) == ["firing e4"])
            // One that is renamed within the folder is the same file: it is not read twice.
            tool.rename("in/2.jsonl", to: "in/3.jsonl")
            try tool.append(Tool.attacks(5), to: "in/3.jsonl")
            #expect(run.alerts(1) == ["firing e5"])
            try run.input.fileHandleForWriting.close()
            try tool.append(Tool.attacks(6), to: "in/1.jsonl")
            #expect(run.alerts(1) == ["firing e6"])
            #expect(try Tool.count("records read", in: run.end(SIGTERM).errors) == 6)
        }

        @Test("While nothing comes the program does nothing")
        func idle() throws {
            try tool.write(Tool.attacks(1), to: "a.jsonl")
            let run = try LiveTool(tool, "watch", "-F", "a.jsonl")
            #expect(run.alerts(1) == ["firing e1"])
            // What has been read settles within a second; after that it is woken no more.
            func switches() throws -> String {
                let status = try String(
                    contentsOfFile: "/proc/\(run.process.processIdentifier)/status", encoding: .utf8)
                return status.split(separator: "\n").filter { $0.contains("ctxt_switches") }.joined()
            }
            usleep(1_500_000)
            let before = try switches()
            usleep(500_000)
            #expect(try switches() == before)
            _ = try run.end()
        }

        @Test("A folder that is not there is an error, and so is a missing file that is not followed")
        func missing() throws {
            let outcome = try tool.run("watch", "-F", "nowhere/a.jsonl")
            #expect(outcome.status == 4)
            #expect(outcome.errors.contains("nowhere/a.jsonl: cannot be read"))
            #expect(try tool.run("watch", "--state", "l.db", "a.jsonl").status == 4)
        }
    }
}
