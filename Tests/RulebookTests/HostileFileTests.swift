import Diagnostics
import Testing

@testable import Rulebook

@Suite("Whatever a file holds, it is a diagnostic within a moment")
struct HostileFileTests {
    /// Loads, and says how long it took.
    private func timed(_ bytes: [UInt8]) -> (ids: [String], seconds: Double) {
        let clock = ContinuousClock()
        var ids: [String] = []
        let duration = clock.measure {
            ids = Rulebook.load([RulebookSource(file: "hostile.yml", bytes: bytes)]).diagnostics.map(\.id)
        }
        return (ids, Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18)
    }

    private func expect(_ text: String, _ expected: [String], within limit: Double = 2) {
        let (ids, seconds) = timed(Array(text.utf8))
        #expect(ids == expected)
        #expect(seconds < limit, "\(seconds) s")
    }

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

    @Test(
        "nesting 10,000 and 1,000,000 deep, in flow and block style",
        arguments: [10_000, 1_000_000], ["[", "{a: ", "- ", "? ", "[[\n", "- - - - \n "])
    func deepNesting(_ depth: Int, _ opening: String) {
        let (ids, seconds) = timed(Array(String(repeating: opening, count: depth).utf8))
        #expect(ids == ["too-deep"] || ids == ["yaml-syntax"])
        #expect(seconds < 2, "\(seconds) s")
    }

    @Test("a file of 100 MB is refused before it is parsed")
    func hugeFile() {
        let (ids, seconds) = timed([UInt8](repeating: 0x61, count: 100_000_000))
        #expect(ids == ["too-large"])
        #expect(seconds < 1, "\(seconds) s")
    }

    @Test("one scalar of 1 MB, plain, quoted, folded, and as a key")
    func longScalars() {
        let long = String(repeating: "x", count: 1_000_000)
        expect("lists: {a: [\(long)]}", [])
        expect("lists: {a: ['\(long)']}", [])
        expect("lists:\n  a:\n    - >\n      \(long)\n", [])
        expect("? \(long)\n: b", ["unknown-key"])
    }

    @Test("an unterminated quote around 1 MB")
    func unterminatedQuote() {
        expect("lists: {a: [\"" + String(repeating: "x y\n", count: 250_000), ["yaml-syntax"])
    }

    @Test("many documents, many keys, many anchors, many directives, many tags, many spaces")
    func repetition() {
        let manyKeys = (0..<100_000).map { "k\($0): v\n" }.joined()
        let (ids, seconds) = timed(Array(manyKeys.utf8))
        #expect(ids.count == 1_001 && ids.contains("too-many-diagnostics"))
        #expect(seconds < 4, "\(seconds) s")
        expect(String(repeating: "---\n", count: 300_000), [], within: 4)
        expect((0..<50_000).map { "- &a\($0) x\n" }.joined(), ["not-a-document"], within: 4)
        expect((0..<50_000).map { "%TAG !a\($0)! b\n" }.joined(), ["too-large"])
        expect("lists:" + String(repeating: " ", count: 8_000_000) + "{}", [], within: 4)
    }

    @Test("the same key 50,000 times is an error each time, up to the limit")
    func duplicateKeys() {
        let (ids, seconds) = timed(Array(String(repeating: "lists: {}\n", count: 50_000).utf8))
        #expect(ids.count == 1_001 && ids.contains("duplicate-key"))
        #expect(seconds < 2, "\(seconds) s")
    }

    @Test("conditions that name all selections again and again")
    func selectionBomb() {
        let selections = (0..<2_000).map { "  s\($0): {type: x}\n" }.joined()
        let condition = Array(repeating: "all of them", count: 2_000).joined(separator: " or ")
        expect("title: T\ndetection:\n\(selections)  condition: \(condition)\n", ["too-many-tests"])
    }

    @Test("conditions with a million parentheses, and with a million names")
    func longConditions() {
        let selection = "title: T\ndetection:\n  s: {type: x}\n  condition: "
        expect(selection + "'" + String(repeating: "(", count: 1_000_000), ["yaml-syntax"], within: 3)
        expect(selection + "'" + String(repeating: "(", count: 1_000_000) + "'", ["too-deep"], within: 8)
        expect(selection + String(repeating: "not ", count: 100_000) + "s", ["too-deep"], within: 3)
        expect(selection + "s" + String(repeating: " and s", count: 90_000), [], within: 3)
    }

    @Test("placeholders that multiply")
    func placeholderBomb() {
        let list = (0..<100).map(String.init).joined(separator: ", ")
        expect(
            "lists: {a: [\(list)]}\n---\ntitle: T\ndetection:\n  s: {type|expand: '%a%%a%%a%%a%%a%'}\n  condition: s\n",
            ["too-many-tests"])
    }

    @Test("patterns that backtrack without end find nothing, soon")
    func backtracking() throws {
        let expression = try RegularExpression(pattern: "^(a+)+$")
        let clock = ContinuousClock()
        let duration = clock.measure {
            #expect(!expression.isFound(in: String(repeating: "a", count: 5_000) + "!"))
        }
        #expect(duration < .seconds(2))
        let wildcards = WildcardPattern(sigma: String(repeating: "*a", count: 50) + "b")
        #expect(!wildcards.matches(String(repeating: "a", count: 5_000), cased: true))
    }

    @Test("members of each other by the thousand, and correlations in a chain of thousands")
    func longChains() {
        let actors = (0..<3_000).map { "- {id: a\($0), member_of: a\($0 + 1)}\n" }.joined()
        expect("actors:\n\(actors)- {id: a3000}\n", [], within: 4)
        expect("actors:\n\(actors)- {id: a3000, member_of: a0}\n", ["membership-cycle"], within: 4)
        let rules = (0..<3_000).map {
            "title: r\($0)\ncorrelation: {type: absence, rules: r\($0 + 1), timespan: 1d}\n---\n"
        }.joined()
        let last = "title: r3000\ndetection: {s: {type: x}, condition: s}\n"
        expect(rules + last, [], within: 6)
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
