import Foundation
import Testing

extension ProgramTests {
    @Suite("The commands of README.md")
    struct ReadmeCommands {
        @Test("There are commands, and most show what they give")
        func present() throws {
            let commands = try ReadmeCommand.all()
            #expect(commands.count >= 8)
            #expect(commands.filter { !$0.outputs.isEmpty }.count * 2 > commands.count)
        }

        @Test("They run, and give what is shown")
        func run() throws {
            let scratch = try Tool()
            for command in try ReadmeCommand.all() {
                let outcome = try Repository.run(
                    URL(fileURLWithPath: "/bin/bash"), ["-eo", "pipefail", "-c", command.script], scratch: scratch)
                #expect(outcome.status == 0, "line \(command.line): \(outcome.errors)")
                for shown in command.outputs {
                    let text = shown.isStandardError ? outcome.errors : outcome.output
                    if let missing = shown.firstMissing(in: text) {
                        Issue.record("line \(command.line) shows what does not come: \(missing)\n\(text.prefix(2000))")
                    }
                }
            }
        }
    }
}

/// A block of commands in README.md, and what the blocks after it show of its output.
struct ReadmeCommand {
    /// Lines that come one after the other; a line `…` stands for any number of others.
    struct Shown {
        var isStandardError: Bool
        var lines: [Substring]

        /// The first line of the first stretch that does not come in its place; nil if all do.
        func firstMissing(in text: String) -> Substring? {
            var rest = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
            var isAnywhere = false
            for (index, stretch) in lines.split(separator: "…", omittingEmptySubsequences: false).enumerated() {
                isAnywhere = index > 0
                guard let first = stretch.first else { continue }
                let places = isAnywhere ? rest.indices : rest.startIndex..<min(rest.startIndex + 1, rest.endIndex)
                guard let place = places.first(where: { rest[$0...].starts(with: stretch) }) else { return first }
                rest = rest[(place + stretch.count)...]
            }
            // Without `…` at its end the text ends here.
            return isAnywhere || rest.allSatisfy(\.isEmpty) ? nil : rest.first { !$0.isEmpty }
        }
    }

    /// The line of README.md on which it begins.
    var line: Int
    var script: String
    var outputs: [Shown] = []

    /// All blocks but the one that runs the tests. What installs packages is left out, and the built program is run.
    static func all() throws -> [ReadmeCommand] {
        let file = Repository.root.appendingPathComponent("README.md")
        let lines = String(decoding: try Data(contentsOf: file), as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)
        var commands: [ReadmeCommand] = []
        var isStandardError = false
        var index = 0
        while index < lines.count {
            let language = lines[index].hasPrefix("```") ? lines[index].dropFirst(3) : nil
            if lines[index] == "<!-- standard error -->" { isStandardError = true }
            index += 1
            guard let language else { continue }
            let end = lines[index...].firstIndex(of: "```") ?? lines.endIndex
            let block = Array(lines[index..<end])
            switch language {
            case "sh": commands.append(ReadmeCommand(line: index, script: script(of: block)))
            case "text", "json":
                guard let last = commands.indices.last else { break }
                commands[last].outputs.append(Shown(isStandardError: isStandardError, lines: block))
            default: break
            }
            isStandardError = false
            index = end + 1
        }
        return commands.filter { !$0.script.contains("swift test") }
    }

    private static func script(of block: [Substring]) -> String {
        let program = "'\(Tool.executable.path)'"
        return block.filter { !$0.hasPrefix("apt-get ") }.joined(separator: "\n")
            .replacingOccurrences(of: "swift run -c release trucewatch", with: program)
            .replacingOccurrences(of: ".build/release/trucewatch", with: program)
    }
}
