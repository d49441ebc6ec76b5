import Diagnostics
import Testing

@testable import Rulebook

@Suite("A damaged rule book never stops the program")
struct MutationTests {
    /// A generator that draws the same numbers for the same seed (SplitMix64).
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var z = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
            z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
            return z ^ (z >> 31)
        }
    }

    private static let pieces = [
        "[", "]", "{", "}", ":", "- ", "\n", "  ", "'", "\"", "&a ", "*a", "<<: ", "!x ", "|", "null", "true", "1e999",
        "%", "---\n", "\t", "é", "?", "*", "\\", "\0", "detection", "correlation", "all of them", "not (", "7d", "#",
    ]

    @Test("bytes changed, removed, put in and moved, by seed", arguments: 0..<40)
    func mutations(_ seed: Int) {
        var generator = Generator(state: UInt64(seed))
        let books = BrokenBook.documents + BrokenBook.rules + BrokenBook.detections + BrokenBook.correlations
        for _ in 0..<25 {
            var bytes = Array((books.randomElement(using: &generator)?.marked.text ?? "").utf8)
            for _ in 0..<Int.random(in: 1...6, using: &generator) { mutate(&bytes, &generator) }
            let source = RulebookSource(file: "a.yml", bytes: bytes)
            let (book, diagnostics) = Rulebook.load([source])
            #expect((book == nil) == diagnostics.contains { $0.severity == .error }, "seed \(seed)")
            let all = diagnostics + (book?.lint(sources: [source]) ?? [])
            #expect(DiagnosticRenderer().render(all).isEmpty == all.isEmpty)
        }
    }

    private func mutate(_ bytes: inout [UInt8], _ generator: inout Generator) {
        let place = Int.random(in: 0...bytes.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes.insert(contentsOf: (Self.pieces.randomElement(using: &generator) ?? "").utf8, at: place)
        case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 0...8, using: &generator)))
        case 2 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        default: bytes.insert(contentsOf: bytes[..<place].suffix(20), at: place)
        }
    }
}
