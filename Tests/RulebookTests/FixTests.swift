import Diagnostics
import Testing

@testable import Rulebook

@Suite("\"lint --fix applies the safe ones\"")
struct FixTests {
    private func fixed(_ text: String) -> (text: String, changes: [String]) {
        let source = RulebookSource(file: "rules.yml", bytes: Array(text.utf8))
        let (sources, applied) = Rulebook.applyingSafeFixes(to: [source])
        return (
            String(decoding: sources[0].bytes, as: UTF8.self),
            applied.map { "\($0.fix.location.line):\($0.fix.location.column) \($0.before) -> \($0.fix.replacement)" }
        )
    }

    private static let rest = "\ndetection: {s: {type: attack}, condition: s}\n"

    @Test(
        "A key or a word of a closed list with one letter wrong, and a number or a boolean in quotes",
        arguments: [
            ("title: T\nlevle: high" + rest, "2:1 levle -> level"),
            ("title: T\nlevel: hihg" + rest, "2:8 hihg -> high"),
            ("title: T\nlevel: High" + rest, "2:8 High -> high"),
            ("titel: T" + rest, "1:1 titel -> title"),
            ("actors: [{id: a, kind: milita}]", "1:24 milita -> militia"),
            ("actor: [{id: a}]", "1:1 actor -> actors"),
            ("title: T\ndetection: {s: {target|contain: x}, condition: s}", "2:24 contain -> contains"),
            ("title: T\ndetection: {s: {fatalities|gte: '5'}, condition: s}", "2:33 '5' -> 5"),
            ("title: T\ndetection: {s: {place|exists: \"true\"}, condition: s}", "2:31 \"true\" -> true"),
            ("title: T\ndetection: {s: {attribution: claimd}, condition: s}", "2:30 claimd -> claimed"),
            ("profile: {name: p, fields: {tiem: T}}", "1:29 tiem -> time"),
            ("title: ÄÖ\nlevel: hihg # für später" + rest, "2:8 hihg -> high"),
        ])
    func safe(_ text: String, _ change: String) {
        let (after, changes) = fixed(text)
        #expect(changes == [change])
        #expect(load(after).rulebook != nil)
        // What is not changed stays byte for byte.
        let words = change.split(separator: " ")
        let undone = after.replacing(words[3], with: words[1], maxReplacements: 1)
        #expect(after.count - text.count == words[3].count - words[1].count)
        #expect(undone == text || text.contains("contain"))
    }

    @Test(
        "Nothing that may be meant otherwise: names of the user, two near words, a key that is there or meant twice",
        arguments: [
            "title: T\nname: attack" + rest + "---\ntitle: U\ncorrelation: {type: absence, rules: atack, timespan: 1d}",
            "actors: [{id: ttp}, {id: jua, member_of: tpp}]",
            "title: T\ndetection: {sel: {type: attack}, condition: sle}",
            "title: T\ndetection: {s: {fatalities|gtt: 5}, condition: s}",
            "title: T\nlevel: high\nlevle: low" + rest,
            "title: T\nlevle: high\nleve: low" + rest,
            "title: T\ndetection: {s: {targt: police}, condition: s}",
            "title: T\ndetection: {s: {type: bombng}, condition: s}",
            "title: T\nlevel: 'hihg'" + rest,
            "title: T\nstatus: something" + rest,
        ])
    func unsafe(_ text: String) {
        let (after, changes) = fixed(text)
        #expect(after == text)
        #expect(changes == [])
    }

    @Test("What a fix brings to light is fixed in its turn")
    func rounds() {
        let (after, changes) = fixed("title: T\ndetecton: {s: {type|contain: attack}, condition: s}\nlevle: hihg\n")
        #expect(after == "title: T\ndetection: {s: {type|contains: attack}, condition: s}\nlevel: high\n")
        #expect(changes.count == 4)
    }

    @Test(
        "Fixes are applied at lines that end in LF, CRLF or CR, behind a byte order mark, and never twice at one place")
    func edits() {
        let bytes = Array("\u{FEFF}ä: x\r\nb: yy\rc: z\n".utf8)
        func fix(_ line: Int, _ column: Int, _ length: Int, _ text: String) -> Fix {
            Fix(at: Location(file: "f", line: line, column: column, length: length), write: text, isSafe: true)
        }
        let fixes = [
            fix(3, 4, 1, "Z"), fix(1, 4, 1, "X"), fix(2, 4, 2, ""), fix(2, 5, 1, "no"), fix(9, 1, 1, "no"),
            fix(1, 9, 1, "no"),
        ]
        let (after, applied) = Fix.apply(fixes, to: bytes)
        #expect(String(decoding: after, as: UTF8.self) == "\u{FEFF}ä: X\r\nb: \rc: Z\n")
        #expect(applied.count == 3)
    }
}
