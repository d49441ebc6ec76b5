import Foundation
import Testing

/// All tests that start the program, one after the other: a process started at the same moment as another would inherit the
/// ends of its pipes and keep them open.
@Suite("The program", .serialized)
enum ProgramTests {}

/// Runs the built program as a process, as a user would.
final class Tool: Sendable {
    /// How a run ended and what it said.
    struct Outcome {
        var status: Int32
        var output: String
        var errors: String
        /// The lines of standard output.
        var lines: [Substring] { output.split(separator: "\n") }
    }

    /// A folder of its own for each test; the program runs in it.
    let folder: URL

    /// A folder with a rule book in `Rules` that alerts on every attack.
    init(rules: String? = Tool.rules) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("trucewatch-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("Rules"), withIntermediateDirectories: true)
        if let rules { try write(rules, to: "Rules/attack.yml") }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    static let rules = """
        title: An attack
        id: attack
        description: Somebody attacked somebody.
        level: high
        detection:
          attack: {type: attack}
          condition: attack

        """

    /// The program, which is built beside the tests.
    static let executable: URL = {
        let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let places = [tests] + CommandLine.arguments.map { URL(fileURLWithPath: $0) }
        let candidates = places.map { $0.deletingLastPathComponent().appendingPathComponent("trucewatch") }
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) } ?? candidates[0]
    }()

    /// Writes a file into the folder.
    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }

    /// The text of a file in the folder.
    func text(of name: String) throws -> String {
        String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
    }

    /// A process of the program that has not begun yet.
    func process(_ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = Tool.executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ["PATH": "/usr/bin:/bin"]
        // The folder stays for as long as the process runs in it.
        process.terminationHandler = { [self] _ in withExtendedLifetime(self) {} }
        return process
    }

    /// Runs the program to its end.
    ///
    /// - Parameter pieces: what is written to its standard input, with a pause after each; none closes it at once.
    func run(_ arguments: String..., pieces: [Data] = []) throws -> Outcome { try run(arguments, pieces: pieces) }

    func run(_ arguments: [String], pieces: [Data] = []) throws -> Outcome {
        let process = process(arguments)
        process.standardOutput = try emptyFile("output")
        process.standardError = try emptyFile("errors")
        let input = Pipe()
        process.standardInput = input
        try Tool.start(process)
        for piece in pieces {
            // A program that has ended early does not read on; that is for the test to judge.
            try? input.fileHandleForWriting.write(contentsOf: piece)
            usleep(10_000)
        }
        try input.fileHandleForWriting.close()
        Tool.finish(process)
        let (output, errors) = (try text(of: "output"), try text(of: "errors"))
        return Outcome(status: process.terminationStatus, output: output, errors: errors)
    }

    /// Starts a process. One that has not ended when nobody would wait any longer is killed, so that no test waits for ever.
    static func start(_ process: Process) throws {
        try process.run()
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(60)) {
            guard process.isRunning else { return }
            Issue.record("the process had to be killed: \(process.arguments ?? [])")
            kill(process.processIdentifier, SIGKILL)
        }
    }

    /// Waits for the end of a process.
    static func finish(_ process: Process) {
        while process.isRunning { usleep(2_000) }
    }

    func emptyFile(_ name: String) throws -> FileHandle {
        try write("", to: name)
        return try FileHandle(forWritingTo: folder.appendingPathComponent(name))
    }
}
