import Diagnostics
import Testing

@testable import Events

@Suite struct PredictionTests {
    private static let columns = [
        ColumnRequest("type"), ColumnRequest("initiator"), ColumnRequest("place"),
        ColumnRequest("note"),
        ColumnRequest("attribution"), ColumnRequest("extra"), ColumnRequest("fatalities", as: .number),
        ColumnRequest("latitude", as: .number), ColumnRequest("reported", as: .instant),
        ColumnRequest("mutual"),
        ColumnRequest("time", as: .instant), ColumnRequest("time_end", as: .instant),
        ColumnRequest("country"),
        ColumnRequest("injured", as: .number), ColumnRequest("until", as: .instant),
    ]

    @Test(
        "A record is read the same behind hundreds of others as alone",
        arguments: 1...6 as ClosedRange<UInt64>)
    func alone(seed: UInt64) {
        var records = GeneratedRecords(seed: seed)
        let lines = records.lines(500)
        let whole = read(lines.joined(separator: "\n") + "\n", Self.columns)
        var alone = Reading.empty(columns: Self.columns.count)
        for (index, line) in lines.enumerated() {
            alone.append(read(line + "\n", Self.columns), linesBefore: index)
        }
        #expect(difference(whole.summary, alone.summary) == "", "seed \(seed)")
        #expect(whole.batch.idHashes == alone.batch.idHashes && whole.batch.count > 200)
    }

    @Test(
        "A row is read the same behind hundreds of others as alone",
        arguments: [(1, ","), (2, ";"), (3, "\t"), (4, ",")] as [(UInt64, Character)])
    func rowsAlone(seed: UInt64, separator: Character) {
        var records = GeneratedRecords(seed: seed)
        let lines = records.rows(500, separator: separator)
        let header = GeneratedRecords.header.joined(separator: String(separator)) + "\n"
        let whole = read(header + lines.joined(separator: "\n") + "\n", Self.columns)
        var alone = Reading.empty(columns: Self.columns.count)
        var number = 2
        for line in lines {
            // Without a line end behind it nothing is foreseen of it.
            alone.append(read(header + line, Self.columns), linesBefore: number - 2)
            number += line.utf8.count { $0 == 0x0a } + 1
        }
        #expect(difference(whole.summary, alone.summary) == "", "seed \(seed)")
        #expect(whole.batch.idHashes == alone.batch.idHashes && whole.batch.count > 200)
        let pieces = Array((header + lines.joined(separator: "\n")).utf8).chunks(of: 401)
        #expect(difference(read(sources: [pieces], columns: Self.columns).summary, whole.summary) == "")
    }

    @Test("The items of an array are read as the lines that they could be", arguments: ["", " ", "\n  "])
    func items(space: String) {
        var records = GeneratedRecords(seed: 5)
        let lines = records.lines(500).filter { line in
            !read(line + "\n", Self.columns).problems.contains { $0.hasPrefix("bad-json") }
        }
        let items = lines.map { space.isEmpty ? $0 : $0.replacing(",\"", with: ",\(space)\"") }
        let text = "{\"data\":[\n" + items.joined(separator: ",\n") + "]}"
        let whole = read(text, Self.columns)
        var alone = Reading.empty(columns: Self.columns.count)
        var before = 1
        for item in items {
            alone.append(read("[\(item)]", Self.columns), linesBefore: before)
            before += item.utf8.count { $0 == 0x0a } + 1
        }
        #expect(difference(whole.summary, alone.summary) == "")
        #expect(whole.batch.idHashes == alone.batch.idHashes && whole.batch.count > 200)
        let pieces = Array(text.utf8).chunks(of: 333)
        #expect(difference(read(sources: [pieces], columns: Self.columns).summary, whole.summary) == "")
    }

    @Test("Places of what is wrong count characters, also behind long items")
    func places() {
        let good = #"{"id":"é","time":"2014-03-01T09:00:00Z","notes":"\#(String(repeating: "ü", count: 40))"}"#
        let line = [String](repeating: good, count: 5).joined(separator: ", ")
        let reading = read("[\(line),\n \(good), \(line), nonsense]")
        #expect(reading.batch.count == 11)
        #expect(reading.problems == ["bad-json 2:\(2 + 6 * (good.count + 2))"])
    }

    @Test("Where a source is cut makes no difference to records that were predicted")
    func cuts() {
        var records = GeneratedRecords(seed: 99)
        let bytes = Array(records.lines(200).joined(separator: "\n").utf8)
        let whole = read(sources: [[bytes]], columns: Self.columns).summary
        for size in [1, 7, 64, 401, 5000] {
            let found = read(sources: [bytes.chunks(of: size)], columns: Self.columns).summary
            #expect(difference(found, whole) == "", "pieces of \(size)")
        }
    }

    @Test("Bytes that are put into the reader's memory are read as those that are handed over")
    func putBytes() {
        var records = GeneratedRecords(seed: 7)
        let bytes = Array(records.lines(100).joined(separator: "\n").utf8)
        let whole = read(sources: [[bytes]], columns: Self.columns).summary
        for size in [1, 300, 4096] {
            let found = Reading.ofPut(bytes, upTo: size, columns: Self.columns).summary
            #expect(difference(found, whole) == "", "pieces of \(size)")
            let packed = Gzip.stored(bytes)
            let unpacked = Reading.ofPut(packed, upTo: size, columns: Self.columns).summary
            #expect(difference(unpacked, whole) == "", "packed, pieces of \(size)")
        }
    }

    @Test("A text that is not UTF-8 is rejected also where the same place held good ones before")
    func brokenCharacters() {
        let good = Array(#"{"id":"a","time":"2014-03-01T09:00:00Z","place":"é","note":"é"}"#.utf8)
        let places = good.indices.filter { good[$0] == 0xc3 }
        #expect(places.count == 2)
        for (place, byte) in [(0, 0xff), (0, 0x80), (0, 0x22), (1, 0xff)] as [(Int, UInt8)] {
            for start in places {
                var bad = good
                bad[start + place] = byte
                let lines = [[UInt8]](repeating: good, count: 5) + [bad, good]
                let reading = read(
                    sources: [[Array(lines.joined(separator: [0x0a]))]], columns: Self.columns)
                #expect(
                    reading.batch.count == 6 && reading.rejections.count == 1, "\(start + place) \(byte)")
            }
        }
    }
}

extension Reading {
    /// Reads a source that puts up to so many bytes at a time into the reader's memory.
    fileprivate static func ofPut(_ bytes: [UInt8], upTo size: Int, columns: [ColumnRequest])
        -> Reading
    {
        var schema = Schema()
        for column in columns { _ = schema.index(of: column) }
        var reader = Reader(schema: schema, options: .init())
        var symbols = SymbolTable()
        var batch = Batch(schema: schema, source: "test")
        var rejections: [Rejection] = []
        reader.open(source: "test")
        var start = 0
        while start <= bytes.count {
            let filled = reader.read(upTo: size, symbols: &symbols, into: &batch, rejections: &rejections) { room in
                let count = min(room.byteCount, bytes.count - start)
                for index in 0..<count {
                    room.storeBytes(of: bytes[start + index], toByteOffset: index, as: UInt8.self)
                }
                return count
            }
            if filled == 0 { break }
            start += filled
        }
        reader.close(symbols: &symbols, into: &batch, rejections: &rejections)
        return Reading(batch: batch, rejections: rejections, symbols: symbols)
    }
}
