import Foundation
import Testing

extension ProgramTests {
    @Suite("Going on where the last run left off")
    struct RestartTests {
        /// Rules of every kind that remembers something, over a horizon that the stream passes several times.
        private static let rules = """
            title: Event
            id: event
            detection:
              selection: {type: x}
              condition: selection
            ---
            title: Cooled
            id: cooled
            cooldown: 3d
            group-by: [place]
            detection:
              selection: {type: y}
              condition: selection
            ---
            title: Many
            id: many
            keep_firing_for: 6h
            correlation: {type: event_count, rules: event, group-by: [place], timespan: 10h, condition: {gte: 4}}
            ---
            title: Few
            id: few
            correlation: {type: event_count, rules: event, group-by: [place], timespan: 2d, condition: {lt: 5}}
            ---
            title: Dead
            id: dead
            for: 2h
            cooldown: 2d
            correlation:
              {type: value_sum, rules: event, group-by: [place], timespan: 1d, condition: {field: fatalities, gte: 40}}
            ---
            title: Silence
            id: silence
            correlation: {type: absence, rules: event, group-by: [place], timespan: 12h}
            ---
            title: Ladder
            id: ladder
            correlation:
              {type: event_count, rules: [many, dead], timespan: 6d, condition: {gte: 2}, group-by: [place], generate: true}

            """

        /// A stream with late, corrected and withdrawn events; the seed decides everything.
        private static func stream(_ count: Int, seed: UInt64) -> [String] {
            var generator = SplitMix(state: seed)
            func random(_ bound: Int) -> Int { Int(generator.next() % UInt64(bound)) }
            var lines: [String] = []
            var seconds = 1_400_000_000
            for number in 0..<count {
                seconds += random(7200) + (random(50) == 0 ? 50_000 : 0)
                let id = number > 0 && random(8) == 0 ? max(0, number - 1 - random(100)) : number
                if id < number, random(4) == 0 {
                    lines.append(#"{"id":"e\#(id)","withdrawn":true}"# + "\n")
                    continue
                }
                let late = random(10) == 0 ? random(150_000) : 0
                let place = ["p", "p", "q", "r", "s"][random(5)]
                let type = random(10) == 0 ? "y" : "x"
                lines.append(
                    #"{"id":"e\#(id)","time":\#(seconds - late),"type":"\#(type)","place":"\#(place)","#
                        + #""fatalities":\#(random(3) == 0 ? random(45) : 0)}"# + "\n")
            }
            return lines
        }

        private let options = ["--horizon", "10d", "--quiet", "--output"]

        /// What the tables hold that follow from the stream.
        private func contents(of ledger: String, _ tool: Tool) throws -> [String] {
            let tables = [
                "SELECT * FROM events ORDER BY id", "SELECT * FROM alerts ORDER BY id", "SELECT * FROM emissions",
                "SELECT * FROM sources", "SELECT * FROM layouts",
                "SELECT arrivals, origin, stream_time, length FROM progress", "SELECT * FROM breaches_by_day",
                "SELECT * FROM alerts_in_force",
            ]
            return try tables.map { try tool.sqlite(ledger, $0) }
        }

        @Test("Killed by signal 9 at random points and started again each time, a run gives the same output and ledger")
        func killed() throws {
            let kills = ProcessInfo.processInfo.environment["TRUCEWATCH_KILLS"].flatMap { Int($0) } ?? 25
            let tool = try Tool(rules: RestartTests.rules)
            let lines = RestartTests.stream(1500, seed: 9)
            var generator = SplitMix(state: 3)
            try tool.write("", to: "in.jsonl")
            for kill in 0..<kills {
                let process = tool.process(
                    ["watch", "-F", "--state", "killed.db"] + options + ["killed.jsonl", "in.jsonl"])
                process.standardError = FileHandle.nullDevice
                try Tool.start(process)
                for line in lines[(lines.count * kill / kills)..<(lines.count * (kill + 1) / kills)] {
                    try tool.append(line, to: "in.jsonl")
                    if generator.next() % 20 == 0 { usleep(UInt32(generator.next() % 4000)) }
                }
                usleep(UInt32(generator.next() % 250_000))
                Glibc.kill(process.processIdentifier, SIGKILL)
                Tool.finish(process)
                #expect(process.terminationReason == .uncaughtSignal)
            }
            for name in ["killed", "undisturbed"] {
                let process = tool.process(
                    ["watch", "--state", "\(name).db"] + options + ["\(name).jsonl", "in.jsonl"])
                process.standardError = FileHandle.nullDevice
                try Tool.start(process)
                Tool.finish(process)
                #expect(process.terminationStatus == 0)
            }
            let output = try tool.text(of: "undisturbed.jsonl")
            #expect(try tool.text(of: "killed.jsonl") == output)
            #expect(try contents(of: "killed.db", tool) == contents(of: "undisturbed.db", tool))
            let count = output.split(separator: "\n").count
            #expect(count > 1000)
            print(
                "killed \(kills) times over \(lines.count) records: the same \(count) lines of output, the same ledger")
        }

        @Test(
            "Wherever a run is interrupted, its output is that of a run that was not",
            arguments: ["unlimited", "30d", "2d", "0"])
        func interrupted(horizon: String) throws {
            let tool = try Tool(rules: RestartTests.rules)
            let lines = RestartTests.stream(700, seed: 4)
            try tool.write(lines.joined(), to: "in.jsonl")
            let expected = try tool.run("watch", "--horizon", horizon, "in.jsonl").output
            #expect(expected.split(separator: "\n").count > 300)
            try tool.write("", to: "in.jsonl")
            for part in 0..<6 {
                // With the first half of a line the last one of each part but the last is not whole.
                let start = lines.count * part / 6
                try tool.append(lines[start..<(lines.count * (part + 1) / 6)].joined(), to: "in.jsonl")
                let outcome = try tool.run(
                    "watch", "--state", "l.db", "--output", "out.jsonl", "--horizon", horizon, "in.jsonl")
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(outcome.output.isEmpty)
                let written = try tool.text(of: "out.jsonl")
                #expect(expected.hasPrefix(written), "part \(part)")
                if part == 5 { #expect(written == expected) }
            }
        }

        @Test(
            "A fixture that is read with a stop and a restart gives the same bytes as without",
            arguments: GoldenCase.all.filter { $0.number == 1 && $0.input.pathExtension == "jsonl" })
        func fixture(golden: GoldenCase) throws {
            let scratch = try Tool()
            let options = golden.options.filter { $0 != "--final" }
            let expected = try Repository.trucewatch(options + [golden.input.path], scratch: scratch)
            let lines = String(decoding: try Data(contentsOf: golden.input), as: UTF8.self)
                .split(separator: "\n").map { $0 + "\n" }
            let kept = ["--horizon", "unlimited", "--state", scratch.folder.appendingPathComponent("l.db").path]
            var output = ""
            for part in 0..<3 {
                try scratch.append(
                    lines[(lines.count * part / 3)..<(lines.count * (part + 1) / 3)].joined(), to: "in.jsonl")
                let input = scratch.folder.appendingPathComponent("in.jsonl").path
                let outcome = try Repository.trucewatch(options + kept + [input], scratch: scratch)
                #expect(outcome.status == 0, "\(outcome.errors)")
                output += outcome.output
            }
            #expect(output == expected.output, "\(golden)")
        }

        @Test(
            "A line that is no record is rejected alone, also where it is the first that comes after a restart",
            arguments: ["not, a record", #"{"data": [1, 2"#, "\0\0", "no record"])
        func garbageAfterRestart(line: String) throws {
            let tool = try Tool()
            try tool.write(Tool.attacks(1), to: "a.jsonl")
            _ = try tool.run("watch", "--state", "l.db", "a.jsonl")
            try tool.append("\(line)\n" + Tool.attacks(2, 3), to: "a.jsonl")
            let outcome = try tool.run("watch", "--state", "l.db", "a.jsonl")
            #expect(outcome.lines.map { LiveTool.alert(String($0)) } == ["firing e2", "firing e3"])
            #expect(outcome.status == 0)
            #expect(Tool.count("rejected", in: outcome.errors) == 1)
        }

        @Test("Records without an id keep their numbers over a restart, over sources, and when a source is read again")
        func recordsWithoutId() throws {
            let tool = try Tool()
            let record = #"{"time":"2014-03-03","type":"attack"}"# + "\n"
            try tool.write(record + record, to: "a.jsonl")
            try tool.write(record, to: "b.jsonl")
            let together = try tool.run("watch", "a.jsonl", "b.jsonl")
            #expect(Tool.count("events in force", in: together.errors) == 3)
            let first = try tool.run("watch", "--state", "l.db", "a.jsonl", "b.jsonl")
            #expect(first.output == together.output)
            try tool.append(record, to: "b.jsonl")
            let second = try tool.run("watch", "--state", "l.db", "a.jsonl", "b.jsonl")
            #expect(second.lines.count == 1)
            #expect(Tool.count("events in force", in: second.errors) == 4)
            // The same again under the same name: nothing is new.
            try tool.write(record + record, to: "c.jsonl")
            tool.rename("c.jsonl", to: "a.jsonl")
            let third = try tool.run("watch", "--state", "l.db", "a.jsonl", "b.jsonl")
            #expect(third.lines.isEmpty, "\(third.output)")
            #expect(Tool.count("duplicate", in: third.errors) == 2)
        }

        @Test(
            "Into a pipe nothing is written twice but the line in flight, and what was not read is written by the next run"
        )
        func pipe() throws {
            let tool = try Tool()
            try tool.write(Tool.attacks(1, 2, 3), to: "a.jsonl")
            let first = try tool.run("watch", "--state", "l.db", "a.jsonl")
            #expect(first.lines.count == 3)
            let second = try tool.run("watch", "--state", "l.db", "a.jsonl")
            #expect(second.lines.isEmpty)
            try tool.append(Tool.attacks(4), to: "a.jsonl")
            let shell = "'\(Tool.executable.path)' watch --state l.db a.jsonl | true; sleep 0.1"
            try tool.shell(shell)
            try tool.append(Tool.attacks(5), to: "a.jsonl")
            let last = try tool.run("watch", "--state", "l.db", "a.jsonl").lines.map { LiveTool.alert(String($0)) }
            #expect(last.suffix(1) == ["firing e5"])
            #expect(last.count <= 2)
        }

        @Test("The rest of a file that was rotated while nobody looked is read before the new one")
        func rotatedMeanwhile() throws {
            let tool = try Tool()
            try tool.write(Tool.attacks(1, 2), to: "a.jsonl")
            #expect(try tool.run("watch", "--state", "l.db", "a.jsonl").lines.count == 2)
            try tool.append(Tool.attacks(3), to: "a.jsonl")
            tool.rename("a.jsonl", to: "a.jsonl.1")
            try tool.write(Tool.attacks(4), to: "a.jsonl")
            let run = try LiveTool(tool, "watch", "-F", "--state", "l.db", "a.jsonl")
            #expect(run.alerts(2) == ["firing e3", "firing e4"])
            #expect(try run.end().rest.isEmpty)
        }

        @Test("A file that was replaced while nobody looked is read again, and what it no longer has is withdrawn")
        func replacedMeanwhile() throws {
            let tool = try Tool()
            try tool.write(Tool.attacks(1, 2, 3), to: "a.jsonl")
            _ = try tool.run("watch", "--state", "l.db", "a.jsonl")
            try tool.write(Tool.attacks(1, 3, 4), to: "b.jsonl")
            tool.rename("b.jsonl", to: "a.jsonl")
            let outcome = try tool.run("watch", "--state", "l.db", "a.jsonl")
            #expect(outcome.lines.map { LiveTool.alert(String($0)) } == ["firing e4", "retracted e2"])
            // It stays so, and what comes back is there again.
            #expect(try tool.run("watch", "--state", "l.db", "a.jsonl").lines.isEmpty)
            try tool.append(Tool.attacks(2), to: "a.jsonl")
            let again = try tool.run("watch", "--state", "l.db", "a.jsonl")
            #expect(again.lines.map { LiveTool.alert(String($0)) } == ["firing e2"])
        }

        @Test("A line that was cut off when a run ended is read once it is whole, whatever the format")
        func cutOffLine() throws {
            let tool = try Tool()
            let row = "e1,2014-03-03,attack,"
            try tool.write("id,time,type,fatalities\n" + row + "1", to: "a.csv")
            _ = try tool.run("watch", "--state", "l.db", "a.csv")
            try tool.append("5\ne2,2014-03-04,attack,7", to: "a.csv")
            let lines = try tool.run("watch", "--state", "l.db", "a.csv").lines
            #expect(lines.last { $0.contains(#""id":"e1""#) }?.contains(#""fatalities":15"#) ?? false)
            #expect(lines.last { $0.contains(#""id":"e2""#) }?.contains(#""fatalities":7"#) ?? false)
            try tool.append("\ne3,2014-03-05,attack,8\n", to: "a.csv")
            #expect(
                try tool.run("watch", "--state", "l.db", "a.csv").lines.map { LiveTool.alert(String($0)) } == [
                    "firing e3"
                ])
        }

        @Test("A ledger that cannot be used is an error that says what to do, and never a new start")
        func unusable() throws {
            let tool = try Tool()
            try tool.write(Tool.attacks(1), to: "a.jsonl")
            try tool.write("this is no ledger, however long it may be", to: "other")
            let other = try tool.run("watch", "--state", "other", "a.jsonl")
            #expect(other.status == 3)
            #expect(other.errors.contains("--state other: the file is no ledger"))
            let run = try LiveTool(tool, "watch", "-F", "--state", "l.db", "a.jsonl")
            #expect(run.alerts(1) == ["firing e1"])
            let locked = try tool.run("watch", "--state", "l.db", "a.jsonl")
            #expect(locked.status == 3)
            #expect(locked.errors.contains("another run of trucewatch uses this ledger"))
            // While it runs, others may read it.
            #expect(try tool.sqlite("l.db", "SELECT count(*) FROM alerts_in_force") == "1\n")
            _ = try run.end()
            #expect(try tool.run("watch", "--state", "nowhere/l.db", "a.jsonl").status == 3)
        }

        @Test("An output that is there already is not written over by a ledger that did not write it")
        func foreignOutput() throws {
            let tool = try Tool()
            try tool.write(Tool.attacks(1), to: "a.jsonl")
            try tool.write("precious\n", to: "out.jsonl")
            let outcome = try tool.run("watch", "--state", "l.db", "--output", "out.jsonl", "a.jsonl")
            #expect(outcome.status == 3)
            #expect(try tool.text(of: "out.jsonl") == "precious\n")
        }

        @Test("An output that lost its end is completed, and one that has too much is cut off")
        func damagedOutput() throws {
            let tool = try Tool()
            try tool.write(Tool.attacks(1, 2), to: "a.jsonl")
            let arguments = ["watch", "--state", "l.db", "--output", "out.jsonl", "a.jsonl"]
            func run() throws {
                let process = tool.process(arguments)
                process.standardError = FileHandle.nullDevice
                try Tool.start(process)
                Tool.finish(process)
                #expect(process.terminationStatus == 0)
            }
            try run()
            let whole = try tool.text(of: "out.jsonl")
            for damaged in [String(whole.dropLast(20)), "", whole + "something else"] {
                try tool.write(damaged, to: "out.jsonl")
                try run()
                #expect(try tool.text(of: "out.jsonl") == whole)
            }
        }
    }
}

extension Tool {
    /// What `sqlite3` gives for a statement.
    func sqlite(_ ledger: String, _ statement: String) throws -> String {
        try output(of: "/usr/bin/env", ["sqlite3", ledger, statement])
    }

    /// Runs a command of the shell.
    @discardableResult
    func shell(_ command: String) throws -> String { try output(of: "/bin/bash", ["-c", command]) }

    private func output(of program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try Tool.start(process)
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        Tool.finish(process)
        return String(decoding: data, as: UTF8.self)
    }
}
