import Foundation
import Testing

extension ProgramTests {
    @Suite("The program among processes")
    struct ProcessTests {
        @Test("Inputs that cannot be read are all named before anything is read, and end with 4")
        func unreadableInputs() throws {
            let tool = try Tool()
            try tool.write("", to: "good.jsonl")
            let outcome = try tool.run("watch", "good.jsonl", "missing.jsonl", "Rules")
            #expect(outcome.status == 4)
            #expect(outcome.errors.contains("missing.jsonl: cannot be read: No such file or directory"))
            #expect(outcome.errors.contains("Rules: this is a folder"))
            #expect(!outcome.errors.contains("records read"))
        }

        @Test("The file of rejects is never one of the inputs")
        func rejectsOverInput() throws {
            let tool = try Tool()
            try tool.write("precious\n", to: "events.jsonl")
            #expect(try tool.run("watch", "--rejects", "./events.jsonl", "events.jsonl").status == 3)
            #expect(try tool.text(of: "events.jsonl") == "precious\n")
        }

        private let event = #"{"id":"e1","time":"2014-03-03T09:00Z","type":"attack"}"# + "\n"

        @Test("A signal ends a run cleanly while it waits", arguments: [SIGINT, SIGTERM])
        func signal(number: Int32) throws {
            let process = try Tool().process(["watch"])
            let (input, output, errors) = (Pipe(), Pipe(), Pipe())
            process.standardInput = input
            process.standardOutput = output
            process.standardError = errors
            try Tool.start(process)
            // With the first alert it is certain that the run has begun and now waits for more.
            try input.fileHandleForWriting.write(contentsOf: Data(event.utf8))
            #expect(!output.fileHandleForReading.availableData.isEmpty)
            kill(process.processIdentifier, number)
            Tool.finish(process)
            #expect(process.terminationReason == .exit)
            #expect(process.terminationStatus == 0)
            let text = String(decoding: errors.fileHandleForReading.availableData, as: UTF8.self)
            #expect(text.contains("records read"))
        }

        @Test("Where nobody reads the output any more, a waiting run ends by itself and quietly")
        func closedOutput() throws {
            let process = try Tool().process(["watch"])
            let (input, output, errors) = (Pipe(), Pipe(), Pipe())
            process.standardInput = input
            process.standardOutput = output
            process.standardError = errors
            try Tool.start(process)
            try output.fileHandleForReading.close()
            try output.fileHandleForWriting.close()
            Tool.finish(process)
            #expect(process.terminationReason == .exit)
            #expect(process.terminationStatus == 0)
            try errors.fileHandleForWriting.close()
            #expect(errors.fileHandleForReading.readDataToEndOfFile().isEmpty)
        }

        @Test("Quiet leaves out the summary")
        func quiet() throws {
            let tool = try Tool()
            #expect(try tool.run("watch").errors.contains("records read"))
            #expect(try tool.run("watch", "--quiet").errors.isEmpty)
        }

        @Test("Garbage ends with a report, not with a trap")
        func garbage() throws {
            var generator = SplitMix(state: 7)
            let garbage = Data((0..<200_000).map { _ in UInt8(truncatingIfNeeded: generator.next()) })
            let outcome = try Tool().run("watch", pieces: [garbage])
            #expect(outcome.status == 0 || outcome.status == 4)
            #expect(!outcome.errors.contains("Fatal error"))
        }
    }
}

/// A generator of which the seed decides everything.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}
