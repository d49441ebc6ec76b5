import Diagnostics

/// Puts diagnostics in the order of files and lines, each with the line it is on.
struct DiagnosticOrder {
    private let ranks: [String: Int]
    private let texts: [String: SourceText]

    init(files: [String], texts: [SourceText]) {
        ranks = Dictionary(files.enumerated().map { ($1, $0) }, uniquingKeysWith: min)
        self.texts = Dictionary(texts.map { ($0.file, $0) }, uniquingKeysWith: { first, _ in first })
    }

    init(_ sources: [RulebookSource]) {
        self.init(files: sources.map(\.file), texts: sources.compactMap { try? SourceText($0) })
    }

    /// The diagnostics in order; those of one place in the order in which they were found.
    func sorted(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        let ordered = diagnostics.enumerated().sorted { left, right in
            let (one, other) = (left.element.location, right.element.location)
            let (rank, otherRank) = (ranks[one.file] ?? 0, ranks[other.file] ?? 0)
            return (rank, one.line, one.column, left.offset) < (otherRank, other.line, other.column, right.offset)
        }
        // Many diagnostics may stand on one very long line: it is made once and shared.
        var last: (location: Location, text: String?)?
        return ordered.map { _, diagnostic in
            let place = diagnostic.location
            if last?.location.file != place.file || last?.location.line != place.line {
                last = (place, texts[place.file]?.line(place.line))
            }
            var diagnostic = diagnostic
            diagnostic.sourceLine = last?.text
            return diagnostic
        }
    }
}
