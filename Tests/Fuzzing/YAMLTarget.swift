import Diagnostics
import Rulebook

/// Rule books: each loads, or at least one error says why; every place lies in the file, and what is said is always the same.
struct YAMLTarget: FuzzTarget {
    mutating func run(_ input: [UInt8]) { YAMLTarget.check(input) }

    /// Loads a rule book and traps where something does not hold.
    static func check(_ bytes: [UInt8]) {
        let sources = [RulebookSource(file: "input.yml", bytes: bytes)]
        let (rulebook, _, diagnostics) = Rulebook.loadWithTests(sources)
        let (again, alone) = Rulebook.load(sources)
        expect((rulebook == nil) == (again == nil), "tests keep a rule book from loading")
        expect((again == nil) == alone.contains { $0.severity == .error }, "\(alone)")
        expectSame(Rulebook.load(sources).diagnostics, alone, "loaded again")
        let doubts = rulebook?.lint(sources: sources, loading: diagnostics) ?? []
        let lines = lengths(of: bytes)
        for diagnostic in diagnostics + doubts { check(diagnostic, lines) }
    }

    private static func check(_ diagnostic: Diagnostic, _ lines: [Int]) {
        let place = diagnostic.location
        expect(!diagnostic.id.isEmpty && !diagnostic.message.isEmpty && place.file == "input.yml")
        if place.line == 0 { return }
        expect(place.line <= lines.count, "\(diagnostic) in \(lines.count) lines")
        expect(place.column <= lines[place.line - 1] + 1, "\(diagnostic) in a line of \(lines[place.line - 1])")
        expect(place.column >= 1 && place.length >= 1, "\(diagnostic)")
        if let fix = diagnostic.fix { expect(!"\(fix)".isEmpty) }
        _ = DiagnosticRenderer(.plain).render(diagnostic)
    }

    /// How many code points each line has; lines end at LF, CRLF and CR.
    private static func lengths(of bytes: [UInt8]) -> [Int] {
        var lengths = [0]
        var last: Unicode.Scalar = " "
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            if scalar == "\n" || scalar == "\r" {
                if !(scalar == "\n" && last == "\r") { lengths.append(0) }
            } else {
                lengths[lengths.count - 1] += 1
            }
            last = scalar
        }
        return lengths
    }
}
