import ArgumentParser
import Diagnostics

/// The program: its commands, and how whatever they end with reaches the shell.
@main
struct TruceWatch: ParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "trucewatch",
        abstract: "Follow incidents of conflict, and say when a ceasefire is breached or violence escalates.",
        discussion: """
            Incidents come from files or standard input, rules and ceasefires from a rule book in YAML. Alerts are the same \
            in whatever order the reports arrive.

            EXAMPLES
              trucewatch watch --rules Rules incidents.jsonl
              trucewatch check --fail-on critical incidents.csv
              trucewatch lint Rules
              trucewatch test Rules

            Shell completions: trucewatch --generate-completion-script bash (zsh, fish).
            """,
        version: version,
        subcommands: [
            WatchCommand.self,
            CheckCommand.self,
            LintCommand.self,
            TestCommand.self,
            StatsCommand.self,
            ExplainCommand.self,
            SchemaCommand.self,
            AlertsCommand.self,
        ])

    static func main() {
        FileDescriptor.occupyStandardNumbers()
        Signals.install()
        Environment.exit(status(of: Array(CommandLine.arguments.dropFirst())))
    }

    private static func status(of arguments: [String]) -> Int32 {
        if let word = arguments.first, let messages = messages(ofUnknown: word) {
            let console = Console()
            for message in messages { console.say(message) }
            return ExitStatus.configuration.rawValue
        }
        do {
            var command = try parseAsRoot(arguments)
            try command.run()
            return ExitStatus.done.rawValue
        } catch let failure as Failure {
            let console = Console()
            for message in failure.messages { console.say(message) }
            return failure.status.rawValue
        } catch let failure as SystemError {
            // Whatever else a command cannot do, it says of what; this is its output.
            if failure == .brokenPipe { return ExitStatus.done.rawValue }
            Console().say("standard output cannot be written: \(failure.reason)")
            return ExitStatus.input.rawValue
        } catch {
            return status(ofParsing: error)
        }
    }

    /// What is said where the first word is no command; nil where it is one, or an option.
    private static func messages(ofUnknown word: String) -> [String]? {
        let names = configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
        if word.hasPrefix("-") || names.contains(word) { return nil }
        let nearest = Suggestion.help(for: word, among: names)
        return ["'\(word)' is not a command"]
            + (nearest.isEmpty ? ["it is one of \(names.joined(separator: ", "))"] : nearest)
    }

    /// Help and the version are what was asked for; anything else is a bad argument, unless a command set the status.
    private static func status(ofParsing error: any Error) -> Int32 {
        let code = exitCode(for: error)
        let message = fullMessage(for: error)
        let output: FileDescriptor = code == .success ? .standardOutput : .standardError
        if !message.isEmpty { try? output.write(Array("\(message)\n".utf8)) }
        return code == .validationFailure ? ExitStatus.configuration.rawValue : code.rawValue
    }
}
