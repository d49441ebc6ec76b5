import Glibc

/// Something that reads bytes from outside, and what must hold whatever they are.
protocol FuzzTarget {
    /// Prepares what all inputs need.
    init()

    /// Reads an input, and traps where something does not hold.
    mutating func run(_ input: [UInt8])
}

/// The targets by their names: a new one is a line here and a file beside this one.
private let targets: [(name: String, make: @Sendable () -> any FuzzTarget)] = [
    ("json", { JSONTarget() }), ("csv", { CSVTarget() }), ("gzip", { GzipTarget() }), ("time", { TimeTarget() }),
    ("yaml", { YAMLTarget() }), ("condition", { ConditionTarget() }), ("pattern", { PatternTarget() }),
    ("ledger", { LedgerTarget() }),
]

// libFuzzer calls from one thread, and has no place to hand over what is kept between calls.
nonisolated(unsafe) private var target: any FuzzTarget = {
    let name = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? ""
    guard let found = targets.first(where: { $0.name == name }) else {
        fatalError("FUZZ_TARGET is '\(name)', which is none of \(targets.map(\.name))")
    }
    return found.make()
}()

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    target.run(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

/// Traps where something does not hold.
func expect(_ holds: Bool, _ what: @autoclosure () -> String = "") {
    if !holds { fatalError("this does not hold: \(what())") }
}

/// Traps, with both sides, where two things that must be the same are not.
func expectSame<Value: Equatable>(_ found: Value, _ expected: Value, _ what: @autoclosure () -> String) {
    if found != expected { fatalError("\(what()):\n\(found)\ninstead of\n\(expected)") }
}

/// Draws numbers from the input itself, so that an input says all there is to repeat it.
struct Draw {
    private var state: UInt64

    init(from input: [UInt8]) {
        state = input.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    /// A number from 0 up to, not including, a limit.
    mutating func number(below limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(limit))
    }

    /// The input cut into pieces of drawn lengths.
    mutating func pieces(of input: [UInt8]) -> [ArraySlice<UInt8>] {
        let longest = [1, 2, 7, 64, 4096][number(below: 5)]
        var pieces: [ArraySlice<UInt8>] = []
        var start = 0
        while start < input.count {
            let end = min(input.count, start + 1 + number(below: longest))
            pieces.append(input[start..<end])
            start = end
        }
        return pieces
    }
}
