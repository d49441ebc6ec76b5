/// Makes records that are mostly alike and now and then are not: what a source does to a reader that predicts.
struct GeneratedRecords {
    private var state: UInt64
    // Whether the keys vary too, in their order, their spaces and what they are.
    private let hasVaryingKeys: Bool

    init(seed: UInt64) {
        state = seed
        hasVaryingKeys = seed % 3 == 0
    }

    private mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    private mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }
    private mutating func isOneIn(_ count: Int) -> Bool { below(count) == 0 }

    /// So many lines of JSON, each but for its line end.
    mutating func lines(_ count: Int) -> [String] {
        (0..<count).map { number in line(number) }
    }

    /// The header of `rows`.
    static let header = [
        "id", "time", "reported", "type", "initiator", "attribution", "place", "admin1", "latitude",
        "fatalities", "mutual",
        "note", "extra", "unused",
    ]

    /// So many rows of cells, each but for its line end.
    mutating func rows(_ count: Int, separator: Character = ",") -> [String] {
        (0..<count).map { number in row(number, String(separator)) }
    }

    private mutating func row(_ number: Int, _ separator: String) -> String {
        var cells = [
            isOneIn(20) ? cell() : "e-\(number % 300)", cellTime(), cellTime(), cell(), cell(), "alleged",
            cell(), cell(),
            cellNumber(90), cellNumber(50), pick(["true", "false", "", "TRUE"]), cell(), cell(), cell(),
        ]
        if isOneIn(10) { cells[below(cells.count)] = "" }
        if isOneIn(40) { cells[below(cells.count)] = "\"a\nb\"" }
        if hasVaryingKeys, isOneIn(30) { cells.removeLast() }
        if hasVaryingKeys, isOneIn(30) { cells.append(cell()) }
        return cells.joined(separator: separator) + (isOneIn(10) ? "\r" : "")
    }

    private mutating func cellTime() -> String {
        let text = time()
        return text.filter { $0 != "\"" }
    }

    private mutating func cellNumber(_ bound: Int) -> String {
        isOneIn(20)
            ? pick(["+5", ".5", "007", "1e2", "-1", "x", " 7", "7 ", "1234567890.5"]) : plainNumber(bound)
    }

    private mutating func cell() -> String {
        if isOneIn(30) {
            return pick([
                #""a, b""#, #""a; b""#, #""say ""so"".""#, "5\" gun", " a", "a ", "\"\"", "\" a\"", "a\tb",
                #"a\b"#, "\"a\"b",
                "\"a\tb\"", "\u{1}", #""a\b""#,
            ])
        }
        let text = pick(GeneratedRecords.texts)
        return isOneIn(5) ? "\"\(text)\"" : text
    }

    private mutating func line(_ number: Int) -> String {
        var members = [
            ("id", isOneIn(20) ? id(number) : #""e-\#(number % 300)""#), ("time", time()),
            ("reported", time()),
            ("type", text()), ("initiator", text()),
            ("attribution", isOneIn(60) ? text() : #""alleged""#),
            ("place", text()), ("admin1", text()), ("latitude", number_(90)), ("fatalities", number_(50)),
            ("mutual", isOneIn(20) ? #""yes""# : pick(["true", "false", "null"])), ("note", text()),
            ("extra", plainValue()), ("unused", plainValue()),
        ]
        if isOneIn(6) { members.remove(at: below(members.count)) }
        if !hasVaryingKeys {
            return "{" + members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
        }
        if isOneIn(12) { members.swapAt(below(members.count), below(members.count)) }
        if isOneIn(25) {
            members.append((pick(["type", "id", "unused", "revision", "time_end"]), value()))
        }
        if isOneIn(25) { members.insert(("new\(below(4))", value()), at: below(members.count)) }
        if isOneIn(40) { members.append(("withdrawn", "true")) }
        let space = isOneIn(12) ? " " : ""
        let body = members.map { "\"\($0.0)\":\(space)\($0.1)" }.joined(separator: ",\(space)")
        return "{\(body)}" + (isOneIn(15) ? pick([" ", "\r", "}", ",", " x"]) : "")
    }

    private mutating func id(_ number: Int) -> String {
        pick([
            "\(number)", "1.5", #"" e-\#(number)""#, #""é-\#(number)""#, #""e\u002d\#(number)""#, "true",
            #""""#,
        ])
    }

    private mutating func time() -> String {
        if isOneIn(16) {
            return pick([
                #""2014-03-01""#, #""2014-03-01T09:00""#, #""2014-02-30T09:00:00Z""#,
                #""2014-03-01T24:00:00Z""#,
                #""2014-03-01t09:00:00Z""#, #""2014-03-01T09:00:00Z ""#, "20140301", "1393664400", "null",
                #""soon""#,
                #""2014-03-01T09:00:00+05:00""#, #""2014-03-41T09:00:00Z""#, #""2014-03-01T09:00:00Zx""#,
            ])
        }
        return
            "\"2014-\(pick(["01", "03", "12"]))-\(pick(["01", "17", "28"]))T\(pick(["00", "09", "23"])):30:00Z\""
    }

    private static let texts = [
        "bombing", "attack", "a", "", "bombing", "attack", "Khyber", "Khyber Pakhtunkhwa",
        "Tehrik-i-Taliban Pakistan", "é", "Peshawär",
        "bazaar near the main bus terminal", "bazaar near the main bus stationx", "12345678", "1234567",
        String(repeating: "x", count: 31), String(repeating: "x", count: 32),
        String(repeating: "x", count: 33),
        String(repeating: "x", count: 63), String(repeating: "x", count: 64),
        String(repeating: "x", count: 65),
        String(repeating: "x", count: 70), "true", "5", "5.50",
    ]

    private mutating func text() -> String {
        if isOneIn(30) { return value() }
        if isOneIn(40) {
            return pick([
                #"" bombing""#, #""bombing ""#, #""bomb\u0069ng""#, #""a\"b""#, #""a\\b""#, "\"a\tb\"",
                "\"a\u{1}b\"",
                #""open"#, #""\x""#, "\"\u{a0}b\"", #""a\tb""#, #""\ud83d\ude00""#, #""\ud83d""#,
            ])
        }
        return "\"\(pick(GeneratedRecords.texts))\""
    }

    private mutating func number_(_ bound: Int) -> String {
        if isOneIn(12) { return value() }
        return plainNumber(bound)
    }

    private mutating func plainNumber(_ bound: Int) -> String {
        let whole = "\(below(bound))"
        let signs = isOneIn(30) ? "-" : ""
        return signs
            + (isOneIn(2) ? whole : whole + "." + (0...below(9)).map { _ in "\(below(10))" }.joined())
    }

    private mutating func plainValue() -> String {
        isOneIn(12)
            ? value()
            : pick(["null", "true", "false", "0", "7", "0.1", "1234567.1234567", #""x""#, text()])
    }

    private mutating func value() -> String {
        if isOneIn(40) {
            return pick([
                "007", "1E400", "1.", ".5", "-", "tru", "nul", "nullx", "[1,]", #"{"x"}"#, "?", "", "1e",
                "0x1", "1 2",
            ])
        }
        return pick([
            "null", "true", "false", "0", "-0", "7", "1e2", "12345678901234567890", "0.1",
            "1234567.1234567",
            "123456789.5", "3.14159265358979", "[1,2]", "[]", #"["a",null]"#, #"{"x":1}"#, "{}", #""x""#,
            #""3""#,
            "91", "1.0", "20",
        ])
    }
}
