import Diagnostics
import Testing

@testable import Rulebook

/// What a load of one file says, by ids.
private func ids(_ bytes: [UInt8]) -> [String] {
    Rulebook.load([RulebookSource(file: "hostile.yml", bytes: bytes)]).diagnostics.map(\.id)
}

private func expect(_ text: String, _ expected: [String], _ place: SourceLocation = #_sourceLocation) {
    #expect(ids(Array(text.utf8)) == expected, sourceLocation: place)
}

@Suite("Whatever a file holds is a diagnostic, by limits on what is read")
struct HostileFileTests {
    @Test("a billion laughs")
    func aliasBomb() {
        var text = "lists:\n  a0: &a0 [lol]\n"
        for level in 1...12 {
            let members = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "  a\(level): &a\(level) [\(members)]\n"
        }
        expect(text, ["too-many-nodes"])
    }

    @Test("aliases that each nest the last one a little deeper")
    func deepAliases() {
        var text = "a0: &a0 [[[[[[[[[[x]]]]]]]]]]\n"
        for level in 1...9 { text += "a\(level): &a\(level) [[[[[[[[[[*a\(level - 1)]]]]]]]]]]\n" }
        expect(text, ["too-deep"])
    }

    @Test("nesting in flow and block style", arguments: ["[", "{a: ", "- ", "? ", "[[\n", "- - - - \n "])
    func deepNesting(_ opening: String) {
        let found = ids(Array(String(repeating: opening, count: 5_000).utf8))
        #expect(found == ["too-deep"] || found == ["yaml-syntax"])
    }

    @Test("a file that is too large is refused before it is looked at")
    func hugeFile() {
        // Not UTF-8: that is not even found out.
        #expect(ids([UInt8](repeating: 0xFF, count: RulebookSource.sizeLimit + 1)) == ["too-large"])
    }

    @Test("a long scalar, plain, quoted, folded, and as a key")
    func longScalars() {
        let long = String(repeating: "x", count: 20_000)
        expect("lists: {a: [\(long)]}", [])
        expect("lists: {a: ['\(long)']}", [])
        expect("lists:\n  a:\n    - >\n      \(long)\n", [])
        expect("? \(long)\n: b", ["unknown-key"])
    }

    @Test("an unterminated quote around thousands of lines")
    func unterminatedQuote() {
        expect("lists: {a: [\"" + String(repeating: "x y\n", count: 5_000), ["yaml-syntax"])
    }

    @Test("many documents, many anchors, many directives, many spaces")
    func repetition() {
        expect(String(repeating: "---\n", count: 3_000), [])
        expect((0..<2_000).map { "- &a\($0) x\n" }.joined(), ["not-a-document"])
        expect((0..<65).map { "%TAG !a\($0)! b\n" }.joined(), ["too-large"])
        expect("lists:" + String(repeating: " ", count: 50_000) + "{}", [])
    }

    @Test("of what is wrong in every line of a file, a thousand are shown")
    func tooManyDiagnostics() {
        for text in [
            (0..<1_500).map { "k\($0): v\n" }.joined(), String(repeating: "lists: {}\n", count: 1_500),
            "actors:\n" + (0..<1_100).map { "- {id: a\($0), member_of: b\($0)}\n" }.joined(),
        ] {
            let found = ids(Array(text.utf8))
            #expect(found.count == 1_001)
            #expect(found.count { $0 == "too-many-diagnostics" } == 1)
            #expect(Set(found).count == 2)
        }
    }

    @Test("what is shown of a thousand mistakes on one long line is near each of them")
    func longLine() {
        let text = "{" + (0..<2_000).map { "k\($0): v" }.joined(separator: ", ") + "}"
        let diagnostics = load(text).diagnostics
        #expect(diagnostics.count == 1_001)
        #expect(DiagnosticRenderer().render(diagnostics).utf8.count < diagnostics.count * 500)
    }

    @Test("conditions that name all selections again and again")
    func selectionBomb() {
        let selections = (0..<400).map { "  s\($0): {type: x}\n" }.joined()
        let condition = Array(repeating: "all of them", count: 400).joined(separator: " or ")
        expect("title: T\ndetection:\n\(selections)  condition: \(condition)\n", ["too-many-tests"])
    }

    @Test("conditions with thousands of parentheses, and of names")
    func longConditions() {
        let selection = "title: T\ndetection:\n  s: {type: x}\n  condition: "
        expect(selection + "'" + String(repeating: "(", count: 5_000), ["yaml-syntax"])
        expect(selection + "'" + String(repeating: "(", count: 5_000) + "'", ["too-deep"])
        expect(selection + String(repeating: "not ", count: 5_000) + "s", ["too-deep"])
        expect(selection + "s" + String(repeating: " and s", count: 2_000), [])
    }

    @Test("placeholders that multiply")
    func placeholderBomb() {
        let list = (0..<100).map(String.init).joined(separator: ", ")
        expect(
            "lists: {a: [\(list)]}\n---\ntitle: T\ndetection:\n  s: {type|expand: '%a%%a%%a%%a%%a%'}\n  condition: s\n",
            ["too-many-tests"])
    }

    @Test("patterns that backtrack without end find nothing, and say so")
    func backtracking() throws {
        // Without a limit these would go on for longer than anybody waits.
        let expression = try RegularExpression(pattern: "^(a+)+$")
        #expect(!expression.isFound(in: "b") && expression.givenUpText == nil)
        #expect(!expression.isFound(in: String(repeating: "a", count: 5_000) + "!"))
        #expect(expression.givenUpText == String(repeating: "a", count: 60))
        let wildcards = WildcardPattern(sigma: String(repeating: "*a", count: 50) + "b")
        #expect(!wildcards.matches(String(repeating: "a", count: 1_000), cased: true))
    }

    @Test("members of each other, and correlations, in long chains")
    func longChains() {
        let actors = (0..<500).map { "- {id: a\($0), member_of: a\($0 + 1)}\n" }.joined()
        expect("actors:\n\(actors)- {id: a500}\n", [])
        expect("actors:\n\(actors)- {id: a500, member_of: a0}\n", ["membership-cycle"])
        let rules = (0..<300).map {
            "title: r\($0)\ncorrelation: {type: absence, rules: r\($0 + 1), timespan: 1d}\n---\n"
        }.joined()
        let last = "title: r300\ndetection: {s: {type: x}, condition: s}\n"
        expect(rules + last, [])
    }
}

@Suite("What is not UTF-8 text is refused, with the place")
struct EncodingTests {
    private func finding(_ bytes: [UInt8]) -> String? {
        let diagnostics = Rulebook.load([RulebookSource(file: "a.yml", bytes: bytes)]).diagnostics
        return diagnostics.first.map { "\($0.location.line):\($0.location.column) \($0.id)" }
    }

    @Test("UTF-16 and UTF-32, with and without a byte order mark")
    func wideEncodings() {
        #expect(finding([0xFF, 0xFE, 0x61, 0]) == "1:1 not-utf-8")
        #expect(finding([0xFE, 0xFF, 0, 0x61]) == "1:1 not-utf-8")
        #expect(finding([0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0]) == "1:1 not-utf-8")
        #expect(finding([0, 0, 0xFE, 0xFF]) == "1:1 not-utf-8")
        #expect(finding([0x61, 0, 0x3A, 0]) == "1:1 not-utf-8")
        #expect(finding([0, 0x61, 0, 0x3A]) == "1:1 not-utf-8")
    }

    @Test("Latin-1, a character cut off, overlong forms and surrogates")
    func invalidUTF8() {
        #expect(finding(Array("a: b\nc: ".utf8) + [0xE9, 0x74, 0xE9]) == "2:4 not-utf-8")
        #expect(finding(Array("é: ".utf8) + [0xE2, 0x82]) == "1:4 not-utf-8")
        #expect(finding([0x61, 0xC0, 0x80]) == "1:2 not-utf-8")
        #expect(finding([0x61, 0xED, 0xA0, 0x80]) == "1:2 not-utf-8")
        #expect(finding([0x61, 0xF8, 0x88, 0x80, 0x80]) == "1:2 not-utf-8")
    }

    @Test("NUL, escape and other control characters")
    func controlCharacters() {
        #expect(finding([0x61, 0x3A, 0x20, 0]) == "1:4 control-character")
        #expect(finding(Array("a: b\r\nc: \u{1B}[31m".utf8)) == "2:4 control-character")
        #expect(finding(Array("a: \u{9B}".utf8)) == "1:4 control-character")
        #expect(finding(Array("a: \u{7F}".utf8)) == "1:4 control-character")
        #expect(finding(Array("a: \u{FEFF}".utf8)) == "1:4 control-character")
    }

    @Test("a UTF-8 byte order mark, CRLF and CR are read, and change no place")
    func lineEnds() {
        #expect(finding([0xEF, 0xBB, 0xBF] + Array("x: 1".utf8)) == "1:1 unknown-key")
        #expect(finding(Array("lists: {}\r\n\r\nx: 1".utf8)) == "3:1 unknown-key")
        #expect(finding(Array("lists: {}\rx: 1".utf8)) == "2:1 unknown-key")
        #expect(finding(Array("lists: {a: [\"\u{2028}\"]}\nx: 1".utf8)) == "2:1 unknown-key")
    }
}
