import Diagnostics
import Events
import Testing

@testable import Rulebook

@Suite("\"A Sigma rule whose fields exist in the events runs unchanged\"")
struct DetectionTests {
    /// The condition of a rule with this detection, in one line; or what is wrong.
    private func sketch(_ detection: String, before: String = "") -> String {
        let lines = detection.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
        let (book, diagnostics) = load(before + "title: T\ndetection:\n" + lines)
        guard let book, case .detection(let condition) = book.rules[0].body else {
            return diagnostics.map { "\($0.id): \($0.message)" }.joined(separator: "; ")
        }
        return condition.sketch
    }

    @Test(
        "\"lists as or, maps as and, * and ? in values, null and '', keyword lists\"",
        arguments: [
            ("{type: attack, admin1: x}", "(type like '[attack]' & admin1 like '[x]')"),
            ("{type: [attack, bombing]}", "(type like '[attack]' | type like '[bombing]')"),
            ("[{type: attack}, {type: bombing}]", "(type like '[attack]' | type like '[bombing]')"),
            ("[{a: b, c: d}, word]", "((a like '[b]' & c like '[d]') | * like '*[word]*')"),
            ("[one, 2]", "(* like '*[one]*' | * like '*[2]*')"), ("word", "* like '*[word]*'"),
            ("{'|all': [one, two]}", "(* like '*[one]*' & * like '*[two]*')"),
            ("{type: 'a*b?'}", "type like '[a]*[b]?'"), ("{type: '**'}", "type like '*'"),
            ("{type: null}", "type absent"), ("{type: }", "type absent"), ("{type: ''}", "type like ''"),
            ("{type: [null, '']}", "(type absent | type like '')"), ("{n: 5}", "n = 5.0"), ("{n: '5'}", "n like '[5]'"),
            ("{n: -1.5e3}", "n = -1500.0"), ("{n: 0x1F}", "n = 31.0"), ("{n: +.5}", "n = 0.5"), ("{n: 5.}", "n = 5.0"),
            ("{n: 007}", "n = 7.0"), ("{n: 1_000}", "n like '[1_000]'"), ("{n: 12:30}", "n like '[12:30]'"),
            ("{b: true}", "b = true"), ("{b: False}", "b = false"), ("{b: 'true'}", "b like '[true]'"),
            ("{b: yes}", "b like '[yes]'"), ("{b: no}", "b like '[no]'"), ("{b: !!str 5}", "b like '[5]'"),
        ])
    func values(_ selection: String, _ expected: String) {
        #expect(sketch("s: \(selection)\ncondition: s") == expected)
    }

    @Test(
        "the escapes of Sigma",
        arguments: [
            (#"a\*b"#, "'[a*b]'"), (#"a\?b"#, "'[a?b]'"), (#"a\b"#, #"'[a\b]'"#), (#"a\\b"#, #"'[a\b]'"#),
            (#"a\\*"#, #"'[a\]*'"#), (#"a\\\*"#, #"'[a\*]'"#), (#"a\"#, #"'[a\]'"#), (#"\\\\a"#, #"'[\\a]'"#),
            ("a?*?b", "'[a]?*?[b]'"), ("***", "'*'"), ("", "''"),
        ])
    func escapes(_ text: String, _ expected: String) {
        #expect(WildcardPattern(sigma: text).sketch == expected)
    }

    @Test(
        "every modifier, and their combinations",
        arguments: [
            ("{f|contains: a}", "f like '*[a]*'"), ("{f|startswith: a}", "f like '[a]*'"),
            ("{f|endswith: a}", "f like '*[a]'"), ("{f|contains: '*a'}", "f like '*[a]*'"),
            ("{f|contains|all: [a, b]}", "(f like '*[a]*' & f like '*[b]*')"),
            ("{f|all|contains: [a, b]}", "(f like '*[a]*' & f like '*[b]*')"),
            ("{f|cased: A}", "f like cased '[A]'"), ("{f|cased|contains: A}", "f like cased '*[A]*'"),
            ("{f|contains: 5}", "f like '*[5]*'"), ("{f|re: a.b}", "f matches /a.b/0"),
            ("{f|re|i|m|s: a.b}", "f matches /a.b/7"), ("{f|re|i: a}", "f matches /a/1"),
            ("{f|exists: true}", "f exists true"), ("{f|exists: false}", "f exists false"),
            ("{f|lt: 5}", "f lt 5.0"), ("{f|lte: 5}", "f lte 5.0"), ("{f|gt: 5}", "f gt 5.0"),
            ("{f|gte: 1970-01-02}", "f gte @86400000"), ("{f|lt: 1970-01-01T00:00:01.5+01:00}", "f lt @-3598500"),
            ("{f|lt: '1970-01-01 00:01Z'}", "f lt @60000"),
            ("{f|neq: a}", "!f like '[a]'"), ("{f|neq: [a, b]}", "!(f like '[a]' | f like '[b]')"),
            ("{f|neq|contains|all: [a, b]}", "!(f like '*[a]*' & f like '*[b]*')"), ("{f|neq: 5}", "!f = 5.0"),
            ("{f|neq: null}", "!f absent"), ("{f|re|neq: a}", "!f matches /a/0"),
            ("{f|fieldref: g}", "f = field g"), ("{f|fieldref|cased: g}", "f = field g cased"),
            ("{f|fieldref|startswith: g}", "f prefix field g"), ("{f|fieldref|endswith: g}", "f suffix field g"),
            ("{f|fieldref|contains: g}", "f contains field g"), ("{f|fieldref|gt: g}", "f gt field g"),
            ("{f|gt|fieldref: g}", "f gt field g"), ("{f|neq|fieldref: g}", "!f = field g"),
            ("{f|hour: 5}", "f hour = 5.0"), ("{f|month: [1, 2]}", "(f month = 1.0 | f month = 2.0)"),
            ("{f|hour|gte: 22}", "f hour gte 22.0"), ("{f|week|neq: 53}", "!f week = 53.0"),
            ("{f|minute: 0, f|day: 31, f|year: 2014}", "(f minute = 0.0 & f day = 31.0 & f year = 2014.0)"),
            ("{location|within_km: [34.01, 71.58, 25]}", "location within 34.01,71.58,25.0"),
            (
                "{location|within_km|neq: [[1, 2, 3], [4, 5, 6]]}",
                "!(location within 1.0,2.0,3.0 | location within 4.0,5.0,6.0)"
            ),
        ])
    func modifiers(_ selection: String, _ expected: String) {
        #expect(sketch("s: \(selection)\ncondition: s") == expected)
    }

    @Test(
        "\"expand (values from a document lists: {name: [values]})\"",
        arguments: [
            ("{f|expand: '%kinds%'}", "(f like '[a]*' | f = 5.0)"),
            ("{f|expand: 'x%kinds%y'}", "(f like '[xa]*[y]' | f like '[x5y]')"),
            ("{f|contains|expand: '%kinds%'}", "(f like '*[a]*' | f like '*[5]*')"),
            (
                "{f|expand|all: ['%kinds%', 'z%kinds%']}",
                "((f like '[a]*' | f = 5.0) & (f like '[za]*' | f like '[z5]'))"
            ),
        ])
    func expand(_ selection: String, _ expected: String) {
        #expect(sketch("s: \(selection)\ncondition: s", before: "lists: {kinds: ['a*', 5]}\n---\n") == expected)
    }

    @Test(
        "\"and or not ( ) 1 of all of them and wildcards\": not binds before and, and before or",
        arguments: [
            ("a1", "1"), ("not a1", "!1"), ("a1 or a2 and b", "(1 | (2 & 3))"), ("(a1 or a2) and b", "((1 | 2) & 3)"),
            ("not a1 and a2", "(!1 & 2)"), ("not (a1 and a2)", "!(1 & 2)"), ("not not a1", "!!1"),
            ("1 of a*", "(1 | 2)"), ("any of a*", "(1 | 2)"), ("all of a*", "(1 & 2)"), ("all of them", "(1 & 2 & 3)"),
            ("1 of them", "(1 | 2 | 3)"), ("1 of _*", "4"), ("not 1 of a* and b", "(!(1 | 2) & 3)"),
            ("A1 OR b", "unknown-selection: there is no selection 'A1'"), ("a1 AND b Or a2", "((1 & 3) | 2)"),
            ("[a1, a2 and b]", "(1 | (2 & 3))"), ("(a1)and(b)", "(1 & 3)"), ("1 of b", "3"),
            ("all of *", "(1 & 2 & 3)"),
        ])
    func conditions(_ condition: String, _ expected: String) {
        let selections = "a1: {f: 1}\na2: {f: 2}\nb: {f: 3}\n_c: {f: 4}\n"
        let bare = sketch(selections + "condition: \(condition)").replacing("f = ", with: "").replacing(".0", with: "")
        #expect(bare == expected)
    }

    @Test("a selection that the condition does not use is a warning, and the rule loads")
    func unusedSelection() {
        let text = "title: T\ndetection:\n  a: {f: 1}\n  b: {f: 1}\n  condition: a"
        #expect(findings(text) == ["4:3 unused-selection"])
        #expect(load(text).rulebook != nil)
    }

    @Test("a field test knows its selection and its place")
    func places() throws {
        let book = try #require(load("title: T\ndetection:\n  s:\n    type: [a, b]\n  condition: s").rulebook)
        guard case .detection(let condition) = book.rules[0].body else { return }
        #expect(condition.tests.map(\.selection) == ["s", "s"])
        #expect(
            condition.tests.allSatisfy { $0.location == Location(file: "rules.yml", line: 4, column: 5, length: 4) })
    }

    @Test("every key of a Sigma rule is accepted")
    func sigmaKeys() {
        let text = """
            title: T
            id: 5f0c1d6b-e2a9-4c77-8a4f-2c1f0a7d3b11
            name: t
            status: test
            description: >
              Several
              lines.
            references: [https://example.org/a, b]
            author: A, B
            date: 2024-05-31
            modified: 2024/06/01
            tags: [attack.t1059, cve.2021-44228]
            level: informational
            fields: [type]
            falsepositives: [Unknown]
            related: [{id: other, type: derived}]
            taxonomy: sigma
            license: MIT
            scope: [server]
            custom_attributes: {anything: [goes, {here: 1}]}
            logsource: {category: conflict, product: acled, service: x, definition: y}
            runbook: https://example.org/plan
            group-by: admin2
            for: 6h
            keep_firing_for: 1d
            cooldown: 2w
            limit: 0
            detection: {s: {type: x}, condition: s}
            """
        let (book, diagnostics) = load(text)
        #expect(diagnostics == [])
        let rule = book?.rules.first
        #expect(rule?.name == "5f0c1d6b-e2a9-4c77-8a4f-2c1f0a7d3b11")
        #expect(rule?.level == .informational)
        #expect(rule?.groupBy == ["admin2"])
        #expect(rule?.options.limit == 0)
        #expect(rule?.options.for.milliseconds == 21_600_000)
    }
}

@Suite("\"Strings without regard to case (Unicode) unless cased or re\"")
struct PatternTests {
    @Test(
        "wildcards",
        arguments: [
            ("attack", "ATTACK", true), ("attack", "attacks", false), ("a*k", "attack", true),
            ("a?tack", "attack", true),
            ("*", "", true), ("?", "", false), ("?", "é", true), ("", "", true), ("", "a", false),
            ("*a*b", "xaxbxb", true),
            ("STRASSE", "strasse", true), ("ΟΔΟΣ", "οδος", true), ("Ålesund", "åLESUND", true), ("*st", "testst", true),
        ])
    func matching(_ pattern: String, _ text: String, _ expected: Bool) {
        #expect(WildcardPattern(sigma: pattern).matches(text, cased: false) == expected)
    }

    @Test("with regard to case")
    func cased() {
        #expect(!WildcardPattern(sigma: "a*").matches("Abc", cased: true))
        #expect(WildcardPattern(sigma: "A*").matches("Abc", cased: true))
    }

    @Test("a backslash in an actor's name is itself")
    func names() {
        #expect(WildcardPattern(name: #"a\*"#).sketch == #"'[a\]*'"#)
    }

    @Test(
        "regular expressions: found anywhere, Unicode, options",
        arguments: [
            ("b", "abc", [], true), ("^b", "abc", [], false), ("B", "abc", [], false),
            ("B", "abc", .caseless, true), ("É", "é", .caseless, true), ("^b", "a\nb", [], false),
            ("^b", "a\nb", .multiline, true), ("a.b", "a\nb", [], false), ("a.b", "a\nb", .dotMatchesLineEnds, true),
            ("^$", "", [], true), (#"^\w+$"#, "Пешавар", [], true), ("^.$", "🕊", [], true),
            ("a\\x00b", "a\0b", [], true),
        ] as [(String, String, RegularExpression.Options, Bool)])
    func expressions(_ pattern: String, _ text: String, _ options: RegularExpression.Options, _ expected: Bool) throws {
        #expect(try RegularExpression(pattern: pattern, options: options).isFound(in: text) == expected)
    }

    @Test("an invalid expression says where, in code points")
    func invalidExpression() {
        let error = #expect(throws: RegularExpressionError.self) { try RegularExpression(pattern: "é(b") }
        #expect(error?.offset == 3)
    }

    @Test("one expression asked by several tasks at once")
    func sharing() async throws {
        let expression = try RegularExpression(pattern: "(a|b)*c$")
        let found = await withTaskGroup(of: Bool.self) { group in
            for index in 0..<50 {
                group.addTask { expression.isFound(in: String(repeating: "ab", count: index) + "c") }
            }
            return await group.reduce(true) { $0 && $1 }
        }
        #expect(found)
    }
}
