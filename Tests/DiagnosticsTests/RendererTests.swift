import Diagnostics
import Testing

@Suite("Diagnostics \"point at the place, with the line and a caret\"")
struct RendererTests {
    private func render(_ line: String, column: Int, length: Int, style: DiagnosticRenderer.Style = .plain) -> [String]
    {
        let diagnostic = Diagnostic(
            .error, id: "unknown-key", "this is wrong",
            at: Location(file: "a.yml", line: 7, column: column, length: length), sourceLine: line)
        return DiagnosticRenderer(style).render(diagnostic).split(separator: "\n").map(String.init)
    }

    @Test("the whole form, with context and help")
    func wholeForm() {
        let diagnostic = Diagnostic(
            .error, id: "unknown-key", "'timspan' is not a key of a correlation",
            at: Location(file: "Rules/pakistan.yml", line: 12, column: 5, length: 7),
            sourceLine: "    timspan: 48h", context: ["rule 'breach-cluster'", "correlation"],
            help: ["did you mean 'timespan'?"])
        let expected = """
            Rules/pakistan.yml:12:5: error: 'timspan' is not a key of a correlation [unknown-key]
               |
            12 |     timspan: 48h
               |     ^^^^^^^
               = in rule 'breach-cluster' > correlation
               = did you mean 'timespan'?

            """
        #expect(DiagnosticRenderer().render(diagnostic) == expected)
    }

    @Test(
        "carets stand under the span, whatever the width of the characters before it",
        arguments: [
            ("naïve: x", 8, 1, "  |        ^"), ("e\u{301}te: x", 7, 1, "  |      ^"), ("停火: x", 5, 1, "  |       ^"),
            ("停火: x", 1, 2, "  | ^^^^"), ("\tkey: x", 2, 3, "  |     ^^^"), ("a\tkey", 3, 3, "  |     ^^^"),
            ("🕊: x", 4, 1, "  |     ^"), ("short", 6, 1, "  |      ^"), ("short", 40, 9, "  |      ^"),
        ])
    func carets(_ line: String, _ column: Int, _ length: Int, _ expected: String) {
        #expect(render(line, column: column, length: length)[3] == expected)
    }

    @Test("control characters of a line, a message or a file name never reach the terminal")
    func controlCharacters() {
        let lines = render("a: \u{1B}[31mred\u{202E}", column: 7, length: 1)
        #expect(lines[2] == "7 | a: <U+001B>[31mred<U+202E>")
        let diagnostic = Diagnostic(
            .warning, id: "x", "a\u{1B}b\nc", at: Location(file: "f\u{7}"), context: ["\u{9B}"], help: ["\r"])
        let text = DiagnosticRenderer().render(diagnostic)
        #expect(text == "f<U+0007>: warning: a<U+001B>b<U+000A>c [x]\n = in <U+009B>\n = <U+000D>\n")
    }

    @Test("of a very long line the part around the place is shown")
    func longLine() {
        let line = String(repeating: "a", count: 500_000) + "!" + String(repeating: "b", count: 500_000)
        let lines = render(line, column: 500_001, length: 1)
        #expect(lines[2].count < 130)
        let caret = Array(lines[3]).firstIndex(of: "^")
        #expect(caret.map { Array(lines[2])[$0] } == "!")
    }

    @Test("colours are codes around the same text")
    func colours() {
        let plain = render("key: x", column: 1, length: 3)
        let colored = render("key: x", column: 1, length: 3, style: .colored)
        #expect(colored[0].contains("\u{1B}[1;31merror:\u{1B}[0m"))
        let bare = colored.map { $0.replacing(/\u{1B}\[[0-9;]*m/, with: "") }
        #expect(bare == plain)
    }
}

@Suite("\"say what is wrong, and where possible what to write instead\"")
struct SuggestionTests {
    @Test(
        "the nearest name is suggested, if one is near",
        arguments: [
            ("timspan", ["timespan", "type"], "timespan"), ("rulse", ["rules", "rule"], "rules"),
            ("xyz", ["timespan", "type"], nil), ("ab", ["cd"], nil), ("", ["a"], nil), ("Type", ["type"], "type"),
        ])
    func nearest(_ name: String, _ candidates: [String], _ expected: String?) {
        #expect(Suggestion.nearest(to: name, among: candidates) == expected)
    }

    @Test(
        "a swap of neighbours is one step",
        arguments: [("ca", "ac", 1), ("abc", "abc", 0), ("", "abc", 3), ("kitten", "sitting", 3)])
    func distance(_ left: String, _ right: String, _ expected: Int) {
        #expect(Suggestion.distance(left, right) == expected)
    }
}
