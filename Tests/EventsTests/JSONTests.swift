import Diagnostics
import Testing

@testable import Events

@Suite struct JSONTests {
    private static let a = #"{"id":"a","time":"2014-03-01T09:00Z","type":"bombing"}"#
    private static let b = #"{"id":"b","time":"2014-03-02T09:00Z","type":"ambush"}"#
    private static let type = [ColumnRequest("type")]

    @Test(
        "A JSON array or {\"data\": [..]} instead of JSON Lines, a byte order mark, CRLF, blank lines",
        arguments: [
            "\(a)\n\(b)\n", "\(a)\n\(b)", "\u{feff}\(a)\r\n\r\n\(b)\r\n", "\n \n\(a)\n\n\(b)\n\n", "[\(a),\(b)]",
            " [ \(a) ,\n\(b)\n]\n", #"{"status":200,"count":2,"data":[\#(a),\#(b)],"messages":["x]"]}"#,
            "{\n  \"data\" : [\n\(a),\n\(b)\n  ]\n}\n", #"{"meta":{"data":[1,{"x":"]"}]},"data":[\#(a),\#(b)]}"#,
        ])
    func framings(_ text: String) {
        let reading = read(text, Self.type)
        #expect(reading.ids == ["a", "b"])
        #expect(reading.columns == [[.text("bombing"), .text("ambush")]])
        #expect(reading.problems.isEmpty)
        #expect(cutEverywhere(Array(text.utf8), Self.type).isEmpty)
    }

    @Test(
        "A key with which another record began begins none within a record, however often it was met", arguments: 1...4)
    func braceWithin(_ count: Int) {
        let first = #"{"id":"a","time":"2014-03-01T09:00Z"}"#
        let second = #"{"kind":"k","id":"b","time":"2014-03-01T09:00Z"}"#
        let broken = #"{"kind":"k"{"id":"c","time":"2014-03-01T09:00Z"}"#
        for beginning in [[first], [second, first], [first, second], [second]] {
            let lines = [[String]](repeating: beginning, count: count).flatMap { $0 } + [broken, first]
            let text = lines.joined(separator: "\n")
            let reading = read(text)
            #expect(reading.problems == ["bad-json \(lines.count - 1):12"])
            #expect(!reading.ids.contains("c"))
            #expect(cutEverywhere(Array(text.utf8)).isEmpty)
        }
    }

    @Test("Spaces may stand wherever JSON allows them, in some records and not in others")
    func spaces() {
        let lines = [
            Self.a, #"{"id": "b","time": "2014-03-02T09:00Z","type": "ambush"}"#, Self.a,
            "{ \"id\"\t:\t\"b\" , \"time\":  \"2014-03-02T09:00Z\", \"type\" : \"ambush\" } ", Self.a,
        ]
        let reading = read(lines.joined(separator: "\n"), Self.type)
        #expect(reading.ids == ["a", "b", "a", "b", "a"] && reading.problems.isEmpty)
    }

    @Test("A record with a list called data is a record")
    func ownData() {
        #expect(read(#"{"id":"a","time":"2014-03-01","data":[{"x":1}]}"#).ids == ["a"])
        #expect(read(#"{"data":[1,2],"id":"a","time":"2014-03-01"}"#).ids == ["a"])
        #expect(read("[]").problems.isEmpty && read(#"{"data":[]}"#).problems.isEmpty && read("").problems.isEmpty)
    }

    @Test(
        "A line that does not parse is rejected with file, line and reason",
        arguments: [
            (#"{"id":"x","time":"2014-03-01","n":01}"#, "bad-json 2:35"),
            (#"{"id":"x","time":"2014-03-01","n":1.}"#, "bad-json 2:35"),
            (#"{"id":"x","time":"2014-03-01","n":+1}"#, "bad-json 2:35"),
            (#"{"id":"x","time":"2014-03-01","n":1e}"#, "bad-json 2:35"),
            (#"{"id":"x","time":"2014-03-01","n":1e999}"#, "bad-json 2:35"),
            (#"{"id":"x","time":"2014-03-01","n":tru}"#, "bad-json 2:35"),
            (#"{"id":"x","time":"2014-03-01","n":"\x"}"#, "bad-json 2:36"),
            (#"{"id":"x","time":"2014-03-01","n":"\u12g4"}"#, "bad-json 2:36"),
            (#"{"id":"x","time":"2014-03-01","n":"\ud800"}"#, "bad-json 2:36"),
            (#"{"id":"x","time":"2014-03-01","n":"\udc00\ud800"}"#, "bad-json 2:36"),
            ("{\"id\":\"x\",\"n\":\"a\tb\"}", "bad-json 2:17"),
            (#"{"id":"x","n":"open}"#, "bad-json 2:21"),
            (#"{"id":"x","n":1} {"id":"y"}"#, "bad-json 2:18"),
            (#"{"id":"x","n":1}}"#, "bad-json 2:17"),
            (#"{"id":"x","n":1,}"#, "bad-json 2:17"),
            (#"{"id":"x" "n":1}"#, "bad-json 2:11"),
            (#"{"id" "x"}"#, "bad-json 2:7"),
            (#"{"id":"x","n":[1,]}"#, "bad-json 2:18"),
            (#"{"id":"x","n":[1 2]}"#, "bad-json 2:18"),
            (#"{"id":"x","n":{"a":}}"#, "bad-json 2:20"),
            (#"{id:"x"}"#, "bad-json 2:2"), ("{", "bad-json 2:2"), ("nonsense", "bad-json 2:1"),
            ("[1]", "bad-json 2:1"),
            (#"{"é":"ü","n":?}"#, "bad-json 2:14"),
        ])
    func brokenLines(_ line: String, _ problem: String) {
        let text = "\(Self.a)\n\(line)\n\(Self.b)\n"
        let reading = read(text)
        #expect(reading.ids == ["a", "b"])
        #expect(reading.problems == [problem])
        #expect(reading.rejections.map { String(decoding: $0.bytes, as: UTF8.self) } == [line])
        #expect(reading.batch.lines == [1, 3])
        #expect(cutEverywhere(Array(text.utf8)).isEmpty)
    }

    @Test(
        "Invalid UTF-8 is a rejection",
        arguments: [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x82], [0x80]]
            as [[UInt8]])
    func brokenCharacters(_ bytes: [UInt8]) {
        let line = Array(#"{"id":"x","time":"2014-03-01","notes":"a"#.utf8) + bytes + Array("\"}\n".utf8)
        #expect(read(sources: [[line]]).problems == ["bad-utf8 1:41"])
        #expect(cutEverywhere(line).isEmpty)
    }

    @Test(
        "Inside an array the reader goes on at the matching end of the item",
        arguments: [
            (#"{"id":"x","n":tru}"#, "bad-json 2:16"), ("{\n\"id\":\n01}", "bad-json 4:1"), ("7", "bad-json 2:2"),
            (#"["x"]"#, "bad-json 2:2"), (#"{"id":"open}"# + "\n}", "bad-json 2:14"), ("\"x, ]\"", "bad-json 2:2"),
        ])
    func brokenItems(_ item: String, _ problem: String) {
        let text = "[\(Self.a),\n \(item),\n\(Self.b)]"
        let reading = read(text)
        #expect(reading.ids == ["a", "b"])
        #expect(reading.problems == [problem])
        #expect(cutEverywhere(Array(text.utf8)).isEmpty)
    }

    @Test(
        "What is not an array to its end is said so",
        arguments: [
            ("[\(a)", ["a"], "bad-json 1:0"), ("[\(a),", ["a"], "bad-json 1:0"), ("[\(a)] x", ["a"], "bad-json 1:0"),
            (#"{"data":[\#(a)]"#, ["a"], "bad-json 1:0"), (#"{"data":[\#(a)],}"#, ["a"], "bad-json 1:0"),
            ("[\(a) \(b)]", ["a"], "bad-json 1:57"), ("[\(a),,\(b)]", ["a", "b"], "bad-json 1:57"),
        ])
    func brokenArrays(_ text: String, _ ids: [String], _ problem: String) {
        let reading = read(text)
        #expect(reading.ids == ids)
        #expect(reading.problems == [problem])
        #expect(cutEverywhere(Array(text.utf8)).isEmpty)
    }

    @Test(
        "Members of nested objects are joined by dots, lists are values, null is absent, the last of equal keys counts")
    func values() {
        let line =
            #"{"id":"a","time":"2014-03-01","where":{"geo":{"lat":1.5},"none":null,"empty":{}},"who":["A","B\n",3,true,"#
            + #"null,["C"],{"k":[1]}],"nothing":[null],"twice":1,"twice":"two","gone":1,"gone":null,"text":"\u00e9\ud83d\ude00\/"}"#
        let names = ["where.geo.lat", "where.none", "who", "nothing", "twice", "gone", "text", "where", "missing"]
        let reading = read(line, names.map { ColumnRequest($0) })
        #expect(reading.problems.isEmpty)
        #expect(
            reading.columns.map { $0.first } == [
                .number(1.5), .absent,
                .list([.text("A"), .text("B\n"), .number(3), .boolean(true), .text("C"), .text(#"{"k":[1]}"#)]),
                .absent,
                .text("two"), .absent, .text("é😀/"), .absent, .absent,
            ])
    }

    @Test("Keys in ever other orders, left out and new ones, give the same as read one by one")
    func orders() {
        var lines: [String] = []
        var state: UInt64 = 7
        for index in 0..<300 {
            var members = [
                #""id":"\#(index)""#, #""time":"2014-03-01""#, #""type":"t\#(index % 5)""#, #""n":\#(index)"#,
            ]
            for extra in 0..<6 where (index >> extra) & 1 == 1 { members.append("\"k\(extra)\" :  \(index)") }
            for at in stride(from: members.count - 1, to: 0, by: -1) {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                members.swapAt(at, Int(state >> 33) % (at + 1))
            }
            lines.append("{" + members.joined(separator: index % 3 == 0 ? ", " : ",") + (index % 7 == 0 ? " }" : "}"))
        }
        let columns = ["type", "n", "k0", "k3", "k5"].map { ColumnRequest($0) }
        let all = read(lines.joined(separator: "\n"), columns)
        #expect(all.batch.count == 300 && all.problems.isEmpty)
        for (index, line) in lines.enumerated() {
            let single = read(line, columns)
            #expect(single.columns.map { $0.first } == all.columns.map { $0[index] })
            #expect(single.batch.digests.first == all.batch.digests[index])
        }
    }

    @Test(
        "Numbers are read exactly",
        arguments: [
            ("0", 0), ("-0", 0), ("12.5", 12.5), ("0.1", 0.1), ("123456789012345678", 123456789012345680),
            ("1e3", 1000),
            ("2.2250738585072014e-308", 2.2250738585072014e-308), ("9007199254740993", 9007199254740992),
            ("0.30000000000000004", 0.30000000000000004), ("1E-2", 0.01), ("179.99999999999999999999", 180),
        ])
    func numbers(_ text: String, _ number: Double) {
        let reading = read(#"{"id":"a","time":"2014-03-01","n":\#(text)}"#, [ColumnRequest("n")])
        #expect(reading.columns[0] == [.number(number)])
    }

    @Test("Too deep and too long are clear rejections")
    func limits() {
        func nested(_ open: String, _ close: String, _ depth: Int) -> String {
            #"{"id":"a","time":"2014-03-01","x":"#
                + String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth) + "}"
        }
        #expect(read(nested("[", "]", 63)).problems.isEmpty)
        #expect(read(nested(#"{"a":"#, "}", 63)).problems.isEmpty)
        for text in [nested("[", "]", 64), nested(#"{"a":"#, "}", 64), nested(#"[{"a":"#, "}]", 5000)] {
            #expect(read(text).rejections.map(\.diagnostic.id) == ["too-deep"])
        }
        let long = #"{"id":"x","notes":""# + String(repeating: "x", count: 17 << 20) + "\"}\n\(Self.a)\n"
        let bytes = Array(long.utf8)
        let whole = read(sources: [[bytes]])
        #expect(whole.problems == ["too-long 1:0"] && whole.ids == ["a"] && whole.batch.lines == [2])
        let pieces = stride(from: 0, to: bytes.count, by: 1_000_003).map {
            Array(bytes[$0..<min(bytes.count, $0 + 1_000_003)])
        }
        #expect(read(sources: [pieces]).summary == whole.summary)
    }
}
