import Foundation

/// The files of the project, on which the program is tried.
enum Repository {
    /// The folder that holds `Package.swift`.
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Runs the program from the root of the repository to its end.
    ///
    /// - Parameters:
    ///   - input: the file that it reads as its standard input; none is an empty one.
    ///   - scratch: the folder for what it writes.
    static func trucewatch(_ arguments: [String], input: URL? = nil, scratch: Tool) throws -> Tool.Outcome {
        try run(Tool.executable, arguments, input: input, scratch: scratch)
    }

    /// Runs any program like that.
    static func run(
        _ executable: URL, _ arguments: [String], input: URL? = nil, scratch: Tool
    ) throws -> Tool.Outcome {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = root
        process.environment = ["PATH": "/usr/bin:/bin"]
        process.standardInput = try input.map { try FileHandle(forReadingFrom: $0) } ?? FileHandle.nullDevice
        process.standardOutput = try scratch.emptyFile("output")
        process.standardError = try scratch.emptyFile("errors")
        try Tool.start(process)
        Tool.finish(process)
        return Tool.Outcome(
            status: process.terminationStatus, output: try scratch.text(of: "output"),
            errors: try scratch.text(of: "errors"))
    }
}
