import Events
import Testing

@testable import Monitoring

@Suite struct PackedColumnTests {
    @Test(
        "Numbers come out of their packing as they went in, to the bit",
        arguments: [
            [], [0, 1, 254, 255, 256], [.nan, .nan], [.nan, 3, .nan, 0], [-1, 1], [65_534, 65_535, 65_536],
            [34.0151, 71.5249, .nan, -34.5], [0.1, 0.2, 0.30000000000000004], [1e-7], [-0.0], [0.0, -0.0],
            [1e15, 1], [9_007_199_254_740_992, 0.5], [.infinity, 1], [4_294_967_294, 0], [4_294_967_296, 0],
            [1.005, 2.675, 1_000_000.000001], [.greatestFiniteMagnitude, .leastNonzeroMagnitude],
        ] as [[Double]])
    func numbers(_ values: [Double]) {
        let packed = PackedColumn(.numbers(values))
        for (index, value) in values.enumerated() {
            #expect(packed.number(index).bitPattern == value.bitPattern || value.isNaN && packed.number(index).isNaN)
            #expect(value.isNaN || packed.equals(at: index, .numbers(values), at: index))
        }
    }

    @Test("Numbers drawn at random, with few decimals and with many, come out as they went in")
    func drawnNumbers() {
        var random = SeededRandom(seed: 2014)
        for round in 0..<500 {
            let digits = [1.0, 10, 100, 1e4, 1e6, 1e9][round % 6]
            let values = (0..<64).map { _ in
                let whole = Double(Int64(truncatingIfNeeded: random.next() >> 30))
                return whole.truncatingRemainder(dividingBy: 1e9) / digits
            }
            let packed = PackedColumn(.numbers(values))
            #expect(values.indices.allSatisfy { packed.number($0).bitPattern == values[$0].bitPattern })
        }
    }

    @Test(
        "Instants come out of their packing as they went in",
        arguments: [
            [], [0, 1000, 86_400_000], [-1000, 1, 0], [-62_135_596_800_000, 253_402_300_799_999],
            [1_393_632_000_000, Instant.distantPast.milliseconds, 1_393_632_001_000],
            [Instant.distantFuture.milliseconds, 7], [Instant.distantPast.milliseconds],
        ] as [[Int64]])
    func instants(_ milliseconds: [Int64]) {
        let values = milliseconds.map { Instant(milliseconds: $0) }
        let packed = PackedColumn(.instants(values))
        #expect(values.indices.map { packed.instant($0) } == values)
        #expect(packed.column(0..<values.count).instantValues == values)
    }

    @Test(
        "Symbols come out of their packing as they went in",
        arguments: [[], [0, 0], [1, 0, 255, 2], [1, 256], [70_000, 0, 5], [.max, 1, 0], [.max]] as [[Int32]])
    func symbols(_ numbers: [Int32]) {
        let values = numbers.map { Symbol(rawValue: $0) }
        let packed = PackedColumn(.symbols(values))
        #expect(values.indices.map { packed.symbol($0) } == values)
        #expect(packed.column(0..<values.count).symbolValues == values)
    }

    @Test("A block that is closed tells of each row what it told before, and so after a row was changed")
    func closedBlock() {
        let columns: [Column] = [.symbols([]), .numbers([]), .instants([])]
        let block = EventBlock(start: 10, columns: columns)
        block.append(Self.batch)
        let before = (0..<3).map { Self.row($0, of: block) }
        block.close()
        #expect((0..<3).map { Self.row($0, of: block) } == before)
        block.setTime(1, Instant(milliseconds: 7))
        block.set(2, from: [.symbols([Symbol(rawValue: 9)]), .numbers([0.25]), .instants([.distantPast])])
        #expect(Self.row(0, of: block) == before[0])
        #expect(block.time(1) == Instant(milliseconds: 7) && block.timeEnd(1) == Instant(milliseconds: 7))
        #expect(block.symbol(0, 2) == Symbol(rawValue: 9) && block.number(1, 2) == 0.25 && block.instant(2, 2) == nil)
        #expect((0..<3).map { String(decoding: block.id($0), as: UTF8.self) } == ["a", "bc", "def"])
    }

    private static func row(_ index: Int, of block: EventBlock) -> [String] {
        [
            String(decoding: block.id(index), as: UTF8.self), "\(block.time(index))", "\(block.timeEnd(index))",
            "\(block.symbol(0, index))", "\(String(describing: block.number(1, index)))",
            "\(String(describing: block.instant(2, index)))", "\(block.revision(index))",
        ]
    }

    private static var batch: Batch {
        var schema = Schema()
        _ = schema.index(of: ColumnRequest("type"))
        _ = schema.index(of: ColumnRequest("fatalities", as: .number))
        _ = schema.index(of: ColumnRequest("reported", as: .instant))
        var batch = Batch(schema: schema, source: "s")
        for (index, id) in ["a", "bc", "def"].enumerated() {
            batch.appendID(Array(id.utf8).span)
            batch.times.append(Instant(milliseconds: Int64(index) * 86_400_000))
            batch.timeEnds.append(Instant(milliseconds: Int64(index + index % 2) * 86_400_000))
            batch.digests.append(UInt64(index))
            batch.revisions.append(index == 1 ? Revision(kind: .number, value: 2) : .none)
            batch.withdrawn.append(false)
            batch.lines.append(index + 1)
        }
        batch.columns = [
            .symbols([Symbol(rawValue: 3), .absent, Symbol(rawValue: 300)]), .numbers([.nan, 59, 101]),
            .instants([.distantPast, Instant(milliseconds: 1), Instant(milliseconds: 2000)]),
        ]
        batch.count = 3
        return batch
    }
}
