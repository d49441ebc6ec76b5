import Foundation
import Testing

extension ProgramTests {
    @Suite("Commands")
    struct CommandTests {
        @Test(
            "Help teaches, and is no failure", arguments: [["--help"], ["watch", "--help"], ["check", "--help"], []])
        func help(arguments: [String]) throws {
            let process = try Tool().process(arguments)
            let output = Pipe()
            process.standardOutput = output
            try Tool.start(process)
            let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            Tool.finish(process)
            #expect(process.terminationStatus == 0)
            #expect(text.contains("EXAMPLES"))
            #expect(text.contains("trucewatch watch") || text.contains("trucewatch check"))
        }

        @Test("The version is one line")
        func version() throws {
            let outcome = try Tool().run("--version")
            #expect(outcome.status == 0)
            #expect(outcome.output == "0.1.0\n")
        }

        @Test("Completions are there for each shell", arguments: ["bash", "zsh", "fish"])
        func completions(shell: String) throws {
            let outcome = try Tool().run("--generate-completion-script", shell)
            #expect(outcome.status == 0)
            #expect(outcome.output.contains("trucewatch"))
        }

        @Test(
            "Bad arguments end with 3 and say what to write",
            arguments: [
                (["nonsense"], "nonsense"), (["watch", "--nonsense"], "--nonsense"),
                (["watch", "--lateness", "5"], "24h"), (["watch", "--until", "soon"], "2014-05-01"),
                (["check", "--fail-on", "grave"], "critical"), (["watch", "--format", "xml"], "jsonl"),
                (["watch", "--time-zone", "Mars/Olympus"], "Asia/Karachi"),
                (["watch", "--time-zone", "../../../etc/passwd"], "Asia/Karachi"),
                (["watch", "--profile", "nonsense"], "ucdp-ged"), (["watch", "-", "-"], "only once"),
                (["watch", "--rules", "missing"], "No such file"),
            ] as [([String], String)])
        func badArguments(arguments: [String], advice: String) throws {
            let tool = try Tool()
            let process = tool.process(arguments)
            let errors = Pipe()
            process.standardError = errors
            process.standardInput = FileHandle.nullDevice
            try Tool.start(process)
            let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            Tool.finish(process)
            #expect(process.terminationStatus == 3)
            #expect(text.contains(advice), "\(text)")
        }

        @Test("Without a rule book the program says how to name one")
        func noRulebook() throws {
            let tool = try Tool(rules: nil)
            let empty = try tool.run("watch")
            #expect(empty.status == 3)
            #expect(empty.errors.contains("no *.yml or *.yaml file"))
            try FileManager.default.removeItem(at: tool.folder.appendingPathComponent("Rules"))
            let missing = try tool.run("watch")
            #expect(missing.status == 3)
            #expect(missing.errors.contains("--rules PATH"))
        }

        @Test("A rule book that does not load ends with 2, and lint shows where")
        func brokenRulebook() throws {
            let tool = try Tool(rules: "title: A rule\nlevle: high\n")
            for command in ["watch", "check", "lint"] {
                let outcome = try tool.run(command)
                #expect(outcome.status == 2)
                #expect(outcome.errors.contains("Rules/attack.yml:"), "\(outcome.errors)")
                #expect(outcome.output.isEmpty)
            }
        }

        @Test("Lint has nothing to say of a good rule book, by folder, by file or both")
        func lint() throws {
            let tool = try Tool(rules: Tool.rules + "runbook: Call.\n")
            #expect(try tool.run("lint").status == 0)
            #expect(try tool.run("lint", "Rules/attack.yml").status == 0)
            // The same file by two names is read once.
            #expect(try tool.run("lint", "Rules", "--rules", "Rules/attack.yml").errors.contains("1 file,"))
        }
    }
}
