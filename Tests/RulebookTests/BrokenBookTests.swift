import Diagnostics
import Testing

@testable import Rulebook

/// A rule book that does not load: the place of the error is marked by « and not part of it.
struct BrokenBook: Sendable, CustomTestStringConvertible {
    let id: Problem
    let text: String
    var help: String?

    init(_ id: Problem, _ text: String, help: String? = nil) {
        self.id = id
        self.text = text
        self.help = help
    }

    var testDescription: String { "\(id.rawValue): \(text.split(separator: "\n").first { $0.contains("«") } ?? "")" }

    /// The text without the mark, and where the mark was.
    var marked: (text: String, line: Int, column: Int) {
        let before = text.prefix { $0 != "«" }
        let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
        return (text.replacing("«", with: ""), lines.count, (lines.last?.unicodeScalars.count ?? 0) + 1)
    }

    /// A rule with a detection.
    static func detection(_ id: Problem, _ detection: String, help: String? = nil) -> BrokenBook {
        let lines = detection.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
        return BrokenBook(id, "title: T\ndetection:\n" + lines, help: help)
    }

    /// Two detections `a` and `b`, and a correlation.
    static func correlation(_ id: Problem, _ correlation: String, help: String? = nil) -> BrokenBook {
        let rules = ["a", "b"].map { "title: \($0)\nname: \($0)\ndetection: {s: {type: x}, condition: s}\n---\n" }
        let lines = correlation.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
        return BrokenBook(id, rules.joined() + "title: T\ncorrelation:\n" + lines, help: help)
    }
}

@Suite("\"Diagnostics of the rule book point at the place\"")
struct BrokenBookTests {
    @Test("one error, at its line and column", arguments: BrokenBook.documents + BrokenBook.rules)
    func documents(_ book: BrokenBook) { expect(book) }

    @Test("one error in a detection, at its line and column", arguments: BrokenBook.detections)
    func detections(_ book: BrokenBook) { expect(book) }

    @Test("one error in a correlation, at its line and column", arguments: BrokenBook.correlations)
    func correlations(_ book: BrokenBook) { expect(book) }

    @Test(
        "one error in a silence, an inhibition, a risk or a statistic, at its line and column",
        arguments: BrokenBook.silences + BrokenBook.risks + BrokenBook.statistics)
    func silences(_ book: BrokenBook) { expect(book) }

    private func expect(_ book: BrokenBook) {
        let (text, line, column) = book.marked
        let (rulebook, diagnostics) = load(text)
        let expected = "\(line):\(column) \(book.id.rawValue)"
        let errors = diagnostics.filter { $0.severity == .error }
        #expect(errors.map { "\($0.location.line):\($0.location.column) \($0.id)" } == [expected])
        #expect(rulebook == nil)
        if let help = book.help { #expect(errors.first?.help == [help]) }
    }

    @Test("\"all of them are shown, not the first\", in the order of files and lines")
    func allAtOnce() {
        let first = RulebookSource(file: "b.yml", bytes: Array("title: T\nlevl: high\nlevel: hihg\n".utf8))
        let second = RulebookSource(file: "a.yml", bytes: Array("actors: [{id: x, kin: state}]\n".utf8))
        let diagnostics = Rulebook.load([first, second]).diagnostics
        #expect(
            diagnostics.map { "\($0.location.file):\($0.location.line) \($0.id)" } == [
                "b.yml:1 missing-key", "b.yml:2 unknown-key", "b.yml:3 unknown-level", "a.yml:1 unknown-key",
            ])
        #expect(diagnostics[1].sourceLine == "levl: high")
        #expect(diagnostics[1].context == [])
        #expect(diagnostics[1].help == ["did you mean 'level'?"])
    }

    @Test("names that a file which does not parse may have defined are not reported as unknown")
    func noFollowingErrors() {
        let broken = RulebookSource(file: "a.yml", bytes: Array("actors: [".utf8))
        let text = "ceasefire: {id: c, parties: [{side: s, actors: [ttp]}]}"
        let other = RulebookSource(file: "b.yml", bytes: Array(text.utf8))
        #expect(Rulebook.load([broken, other]).diagnostics.map(\.id) == ["yaml-syntax"])
    }

    @Test("every problem has an id of its own in small letters")
    func stableIds() {
        let ids = Problem.allCases.map(\.rawValue)
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy { $0.allSatisfy { $0.isLowercase || $0 == "-" || $0.isNumber } })
    }
}
