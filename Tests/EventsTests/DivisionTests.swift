import Testing

@testable import Events

@Suite struct DivisionTests {
    private static let columns = [
        ColumnRequest("type"), ColumnRequest("note"), ColumnRequest("extra"), ColumnRequest("fatalities", as: .number),
        ColumnRequest("reported", as: .instant),
    ]

    @Test("The parts of a source, read side by side, give what it gives in order", arguments: [1, 2, 3] as [UInt64])
    func records(seed: UInt64) {
        var records = GeneratedRecords(seed: seed)
        let text = records.lines(400).joined(separator: "\n")
        let header = GeneratedRecords.header.joined(separator: ",") + "\n"
        let rows = header + records.rows(400).joined(separator: "\n") + "\n"
        var wholes = 0
        for bytes in [Array(text.utf8), Array(rows.utf8)] {
            let whole = read(sources: [[bytes]], columns: Self.columns)
            for size in [700, 2500, 30_000] {
                let (reading, parts) = Self.divided(bytes, beginning: 3000, size: size)
                #expect(difference(reading.summary, whole.summary) == "", "seed \(seed), parts of \(size)")
                wholes += parts
            }
        }
        #expect(wholes > 10)
    }

    @Test("Records without an id and line breaks in cells are read in order, wherever they come")
    func inOrder() {
        let record = #"{"id":"a","time":"2014-03-01T09:00:00Z","type":"bombing"}"#
        let nameless = #"{"time":"2014-03-01T09:00:00Z","type":"bombing"}"#
        let lines = [String](repeating: record, count: 40) + [nameless, record, nameless]
        let row = "a,2014-03-01T09:00:00Z,bombing"
        let broken = "b,2014-03-01T09:00:00Z,\"bomb\ning\""
        let rows = ["id,time,type"] + [String](repeating: row, count: 40) + [broken, row]
        for text in [lines, rows].map({ $0.joined(separator: "\n") }) {
            let bytes = Array(text.utf8)
            let whole = read(sources: [[bytes]], columns: Self.columns)
            let sizes = 80...200
            let wholes = sizes.map { size in
                let (reading, parts) = Self.divided(bytes, beginning: 200, size: size)
                #expect(difference(reading.summary, whole.summary) == "", "parts of \(size)")
                return parts
            }
            #expect(wholes.allSatisfy { $0 > 3 })
        }
        #expect(
            Self.divided(Array(lines.joined(separator: "\n").utf8), beginning: 200, size: 100).0.ids.last?.hasSuffix(
                "-2") == true)
    }

    @Test("What is no sequence of lines, and the text of all fields, is not divided")
    func indivisible() {
        let record = #"{"id":"a","time":"2014-03-01T09:00:00Z"}"#
        let sources: [([UInt8], [ColumnRequest])] = [
            (Array("[\(record),\n\(record)]".utf8), []), (Gzip.stored(Array("\(record)\n\(record)\n".utf8)), []),
            (Array("id,time\n".utf8), []), (Array("\(record)\n\(record)\n".utf8), [ColumnRequest("*")]),
        ]
        for (bytes, columns) in sources { #expect(!Self.isDivisible(bytes, columns)) }
        #expect(Self.isDivisible(Array("\(record)\n\(record)\n".utf8), []))
        #expect(Self.isDivisible(Array("id,time\na,2014-03-01\nb,2014-03-01\n".utf8), []))
    }

    private static func isDivisible(_ bytes: [UInt8], _ columns: [ColumnRequest]) -> Bool {
        var schema = Schema()
        for column in columns { _ = schema.index(of: column) }
        var reader = Reader(schema: schema, options: .init())
        var symbols = SymbolTable()
        var batch = Batch(schema: schema, source: "test")
        var rejections: [Rejection] = []
        reader.open(source: "test")
        reader.read(bytes.span, symbols: &symbols, into: &batch, rejections: &rejections)
        return reader.isDivisible
    }

    /// Reads the beginning of a source in order, and the rest in parts, by two readers in turn; also how many parts were whole.
    private static func divided(_ bytes: [UInt8], beginning: Int, size: Int) -> (Reading, Int) {
        var schema = Schema()
        for column in columns { _ = schema.index(of: column) }
        var reader = Reader(schema: schema, options: .init())
        var symbols = SymbolTable()
        var batch = Batch(schema: schema, source: "test")
        var rejections: [Rejection] = []
        reader.open(source: "test")
        let first = Array(bytes[..<beginning])
        reader.read(first.span, symbols: &symbols, into: &batch, rejections: &rejections)
        var reading = Reading.empty(columns: columns.count)
        reading.append(Reading(batch: batch, rejections: rejections, symbols: symbols), linesBefore: 0)
        var start = beginning
        let before = reader.line - 1
        var (lines, parts) = (before, 0)
        if var own = reader.makePartReader(), var other = reader.makePartReader() {
            start -= reader.giveBack()
            var ownSymbols = SymbolTable()
            var otherSymbols = SymbolTable()
            while let end = bytes[start..<min(start + size, bytes.count)].lastIndex(of: 0x0a) {
                let part = Array(bytes[start...end])
                let (found, outcome) =
                    parts.isMultiple(of: 2)
                    ? Self.readPart(part, by: &own, &ownSymbols, schema)
                    : Self.readPart(part, by: &other, &otherSymbols, schema)
                if !outcome.isWhole { break }
                reading.append(found, linesBefore: lines)
                (start, lines, parts) = (end + 1, lines + outcome.lineCount, parts + 1)
            }
        }
        batch = Batch(schema: schema, source: "test")
        rejections = []
        reader.line += lines - before
        let rest = Array(bytes[start...])
        reader.read(rest.span, symbols: &symbols, into: &batch, rejections: &rejections)
        reader.close(symbols: &symbols, into: &batch, rejections: &rejections)
        reading.append(Reading(batch: batch, rejections: rejections, symbols: symbols), linesBefore: 0)
        return (reading, parts)
    }

    private static func readPart(
        _ part: [UInt8], by reader: inout Reader, _ symbols: inout SymbolTable, _ schema: Schema
    ) -> (Reading, PartOutcome) {
        var batch = Batch(schema: schema, source: "test")
        var rejections: [Rejection] = []
        let outcome = reader.readPart(upTo: part.count, symbols: &symbols, into: &batch, rejections: &rejections) {
            room in
            for index in part.indices { room.storeBytes(of: part[index], toByteOffset: index, as: UInt8.self) }
            return part.count
        }
        return (Reading(batch: batch, rejections: rejections, symbols: symbols), outcome)
    }
}
