import Foundation
import Testing

/// A run of the program that is looked at while it goes on.
final class LiveTool {
    let tool: Tool
    let process: Process
    private let output = Pipe()
    private let errors = Pipe()
    private var unread = Data()
    /// What is written to its standard input.
    let input = Pipe()

    /// Starts the program in the folder of a tool.
    init(_ tool: Tool, _ arguments: String...) throws {
        self.tool = tool
        process = tool.process(arguments)
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = input
        try Tool.start(process)
    }

    /// The next lines of its output; fewer only where it has ended before.
    func lines(_ count: Int) -> [String] {
        var lines: [String] = []
        while lines.count < count {
            if let end = unread.firstIndex(of: 0x0a) {
                lines.append(String(decoding: unread[unread.startIndex..<end], as: UTF8.self))
                unread.removeSubrange(unread.startIndex...end)
                continue
            }
            let more = output.fileHandleForReading.availableData
            if more.isEmpty { return lines }
            unread += more
        }
        return lines
    }

    /// The next alerts as `status id`, by the newest event of each.
    func alerts(_ count: Int) -> [String] { lines(count).map { LiveTool.alert($0) } }

    /// A line of output as `status id`.
    static func alert(_ line: String) -> String {
        guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
            let status = object["status"] as? String, let evidence = object["evidence"] as? [String: Any],
            let events = evidence["events"] as? [[String: Any]]
        else { return line }
        return "\(status) \(events.first?["id"] as? String ?? "none")"
    }

    /// Reads what it says to the operator until a text comes.
    func waitForRemark(_ text: String) {
        var said = ""
        while !said.contains(text) {
            let more = errors.fileHandleForReading.availableData
            if more.isEmpty {
                Issue.record("'\(text)' was not said, but: \(said)")
                return
            }
            said += String(decoding: more, as: UTF8.self)
        }
    }

    /// Sends a signal.
    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Ends it with a signal, and tells how it ended and what it said.
    func end(_ signal: Int32 = SIGINT) throws -> (status: Int32, errors: String, rest: [String]) {
        send(signal)
        return try waitForEnd()
    }

    /// Waits until it has ended.
    func waitForEnd() throws -> (status: Int32, errors: String, rest: [String]) {
        try? input.fileHandleForWriting.close()
        Tool.finish(process)
        try output.fileHandleForWriting.close()
        try errors.fileHandleForWriting.close()
        let said = errors.fileHandleForReading.readDataToEndOfFile()
        let rest = unread + output.fileHandleForReading.readDataToEndOfFile()
        unread = Data()
        return (
            process.terminationStatus, String(decoding: said, as: UTF8.self),
            String(decoding: rest, as: UTF8.self).split(separator: "\n").map(String.init)
        )
    }
}

extension Tool {
    /// A count of the summary; 0 where it does not tell of it.
    static func count(_ name: String, in summary: String) -> Int {
        let line = summary.split(separator: "\n").first { $0.hasPrefix(name + " ") }
        return line.flatMap { $0.split(separator: " ").last }.flatMap { Int($0) } ?? 0
    }

    /// Adds to a file, which is made if it is not there.
    func append(_ text: String, to name: String) throws {
        let file = folder.appendingPathComponent(name)
        if !FileManager.default.fileExists(atPath: file.path) { try Data().write(to: file) }
        let handle = try FileHandle(forWritingTo: file)
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(text.utf8))
        try handle.close()
    }

    /// Renames a file, in place of one that bears the name already.
    func rename(_ old: String, to new: String) {
        #expect(Glibc.rename(folder.appendingPathComponent(old).path, folder.appendingPathComponent(new).path) == 0)
    }

    /// Writes over a file in place, as `cp` does.
    func overwrite(_ name: String, with text: String) throws {
        let handle = try FileHandle(forWritingTo: folder.appendingPathComponent(name))
        try handle.truncate(atOffset: 0)
        try handle.write(contentsOf: Data(text.utf8))
        try handle.close()
    }

    /// Attacks with these numbers, a minute apart, as lines.
    static func attacks(_ numbers: Int...) -> String { numbers.map { attack($0) + "\n" }.joined() }

    /// An attack as a line without its end.
    static func attack(_ number: Int, more: String = "") -> String {
        #"{"id":"e\#(number)","time":\#(1_394_000_000 + number * 60),"type":"attack"\#(more)}"#
    }
}
