import Diagnostics
import Foundation
import Testing

@testable import Rulebook

/// A rule book with one mistake that a user would make: a file of `Tests/Mistakes`, the place marked by `«`, and beside it
/// what lint says. After a wanted change, `TRUCEWATCH_RECORD=1 swift test --disable-xctest --filter MistakeTests` writes
/// what it says now, to be read as a difference.
struct Mistake: Sendable, CustomTestStringConvertible {
    let file: URL

    var testDescription: String { file.deletingPathExtension().lastPathComponent.replacing("-", with: " ") }

    static let all: [Mistake] = {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Mistakes")
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return files.filter { $0.pathExtension == "yml" }.sorted { $0.path < $1.path }.map { Mistake(file: $0) }
    }()

    /// The text without the mark, and where the mark was.
    func read() throws -> (text: String, place: String) {
        let text = try String(contentsOf: file, encoding: .utf8)
        let lines = text.prefix { $0 != "«" }.split(separator: "\n", omittingEmptySubsequences: false)
        return (text.replacing("«", with: ""), "\(lines.count):\((lines.last?.unicodeScalars.count ?? 0) + 1)")
    }

    /// Where what lint says of it is kept.
    var said: URL { file.deletingPathExtension().appendingPathExtension("txt") }
}

@Suite("\"Fifty broken rule books, each with one mistake that a user would make\"")
struct MistakeTests {
    @Test("There are more than fifty")
    func number() { #expect(Mistake.all.count >= 50) }

    @Test("\"with what lint says of it: the place is right to the column in each\"", arguments: Mistake.all)
    func mistake(_ mistake: Mistake) throws {
        let (text, place) = try mistake.read()
        let source = RulebookSource(file: "rules.yml", bytes: Array(text.utf8))
        let (book, _, loading) = Rulebook.loadWithTests([source])
        let diagnostics = book?.lint(sources: [source], loading: loading) ?? loading
        #expect(diagnostics.map { "\($0.location.line):\($0.location.column)" } == [place])
        let shown = DiagnosticRenderer().render(diagnostics)
        if ProcessInfo.processInfo.environment["TRUCEWATCH_RECORD"] == "1" {
            try shown.write(to: mistake.said, atomically: true, encoding: .utf8)
        }
        #expect(try shown == String(contentsOf: mistake.said, encoding: .utf8))
    }
}
