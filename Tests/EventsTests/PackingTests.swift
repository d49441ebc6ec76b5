import Diagnostics
import Testing

@testable import Events

@Suite struct PackingTests {
    private static let lines = Array(
        "{\"id\":\"a\",\"time\":\"2014-03-01\"}\n{\"id\":\"b\",\"time\":\"2014-03-02\"}\n".utf8)

    @Test("Read without complaint: .gz, several members one after the other, zeros behind them")
    func members() {
        let packed = Gzip.stored(Array(Self.lines[..<20])) + Gzip.stored(Array(Self.lines[20...])) + [0, 0, 0]
        #expect(read(sources: [[packed]]).ids == ["a", "b"])
        #expect(read(sources: [[packed]]).problems.isEmpty)
        #expect(cutEverywhere(packed).isEmpty)
    }

    @Test("A gzip file that is cut off is said so, wherever it is cut, and what is whole is read")
    func truncated() {
        let packed = Gzip.stored(Self.lines)
        for length in 2..<packed.count {
            let reading = read(sources: [[Array(packed[..<length])]])
            #expect(reading.rejections.map(\.diagnostic.id) == ["truncated-gzip"])
        }
        #expect(read(sources: [[Array(packed[..<(packed.count - 1)])]]).ids == ["a", "b"])
        #expect(cutEverywhere(Array(packed.dropLast(20))).isEmpty)
    }

    @Test("What packed data unpack to beyond a limit is refused, and what came before is read")
    func unpackLimit() {
        var options = Reader.Options()
        options.unpackLimit = 50
        let packed = Gzip.stored(Array(Self.lines[..<40])) + Gzip.stored(Array(Self.lines[40...]))
        let reading = read(sources: [[packed], [Self.lines]], options: options)
        #expect(reading.ids == ["a", "a", "b"])
        #expect(reading.rejections.map(\.diagnostic.id) == ["too-much-unpacked"])
        #expect(reading.rejections.map(\.endsSource) == [true])
    }

    @Test("Damaged gzip data are said so")
    func corrupt() {
        var packed = Gzip.stored(Self.lines)
        packed[packed.count - 6] ^= 1
        let reading = read(sources: [[packed]])
        #expect(reading.ids == ["a", "b"] && reading.rejections.map(\.diagnostic.id) == ["corrupt-gzip"])
        #expect(cutEverywhere(packed).isEmpty)
        #expect(read(sources: [[packed + Array("trailing".utf8)]]).rejections.count == 1)
    }

    @Test(
        "What is no text is one clear rejection",
        arguments: [
            [0xff, 0xfe, 0x7b, 0, 0x22, 0, 0x0a, 0], [0x7b, 0, 0x22, 0, 0x0a, 0, 0x7b, 0, 0x0a, 0],
            [0x50, 0x4b, 3, 4, 0x0a, 0x0a],
            [1, 2, 3, 4, 5, 6, 0x0a, 7, 8, 0x0a], [0x41, 0, 0x42, 0x43, 0x44, 0x0a], [0xfe, 0xff, 0, 0x7b],
        ] as [[UInt8]])
    func noText(_ bytes: [UInt8]) {
        #expect(read(sources: [[bytes]]).rejections.map(\.diagnostic.id) == ["not-text"])
        #expect(cutEverywhere(bytes).isEmpty)
    }

    @Test("A source after a broken one is read as ever")
    func after() {
        let reading = read(sources: [[[0x1f, 0x8b, 9]], [[0xff, 0xfe]], [Self.lines]])
        #expect(reading.ids == ["a", "b"] && reading.rejections.count == 2)
    }
}

/// Makes gzip data without packing anything.
enum Gzip {
    static func stored(_ bytes: [UInt8]) -> [UInt8] {
        let count = UInt16(bytes.count)
        let lengths = [UInt8(count & 0xff), UInt8(count >> 8), UInt8(~count & 0xff), UInt8(~count >> 8)]
        return [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 1] + lengths + bytes + little(checksum(bytes))
            + little(UInt32(count))
    }

    private static func little(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var state: UInt32 = .max
        for byte in bytes {
            state ^= UInt32(byte)
            for _ in 0..<8 { state = state & 1 == 1 ? state >> 1 ^ 0xedb8_8320 : state >> 1 }
        }
        return ~state
    }
}
