import Foundation

// Runs under limits of the system.
extension Tool {
    /// Whether the tests run under a sanitizer, which needs more memory than any limit here leaves.
    static let isSanitized = dlsym(nil, "__asan_init") != nil || dlsym(nil, "__tsan_init") != nil

    /// Runs the program to its end by way of a shell that sets limits first.
    ///
    /// - Parameter limits: commands of the shell, such as `ulimit -n 6`.
    func run(under limits: String, _ arguments: String...) throws -> Outcome {
        try run(under: limits, arguments)
    }

    /// The same, for arguments in a list.
    func run(under limits: String, _ arguments: [String]) throws -> Outcome {
        let process = process(["-c", limits + "; exec \"$0\" \"$@\"", Tool.executable.path] + arguments)
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.standardOutput = try emptyFile("output")
        process.standardError = try emptyFile("errors")
        process.standardInput = FileHandle.nullDevice
        try Tool.start(process)
        Tool.finish(process)
        let isKilled = process.terminationReason == .uncaughtSignal
        let status = isKilled ? 128 + process.terminationStatus : process.terminationStatus
        return Outcome(status: status, output: try text(of: "output"), errors: try text(of: "errors"))
    }
}
