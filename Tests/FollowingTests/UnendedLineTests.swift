import Events
import Following
import Testing

@Suite("A last line without an end")
struct UnendedLineTests {
    private let lines = RecordLayout(kind: .lines, profile: "native", header: "")
    private let rows = RecordLayout(kind: .rows, profile: "native", header: "id,time")

    @Test(
        "An object that is closed may be whole, and no other",
        arguments: [
            (#"{"id":1}"#, true), (#"{"id":1} "#, true), (#" {"a":{"b":[1]}}"#, true), (#"{"a":"}"}"#, true),
            (#"{"a":"\"}"}"#, true), (#"{"id":1"#, false), (#"{"a":{"b":1}"#, false), (#"{"a":"}"#, false),
            (#"{"a":"\"}"#, false), (#"{"id":1}{"#, false), ("", false), (#"{"id""#, false),
        ])
    func object(line: String, isWhole: Bool) {
        #expect(UnendedLine.isWhole(Array(line.utf8), in: lines) == isWhole)
    }

    @Test(
        "A row may be whole unless it ends within quotes",
        arguments: [("a,b", true), (#"a,"b"#, false), (#""a""b",c"#, true)])
    func row(line: String, isWhole: Bool) {
        #expect(UnendedLine.isWhole(Array(line.utf8), in: rows) == isWhole)
    }

    @Test("Items of an array end by themselves")
    func item() {
        let items = RecordLayout(kind: .items, profile: "native", header: "")
        #expect(!UnendedLine.isWhole(Array(#"{"id":1}"#.utf8), in: items))
    }

    @Test("Only a line end ends it")
    func goesOn() {
        #expect(!UnendedLine.goesOn(0x0a))
        #expect(!UnendedLine.goesOn(0x0d))
        #expect(UnendedLine.goesOn(0x20))
    }
}
