import Diagnostics
import Events

extension Rulebook {
    /// A fix that was applied, and what stood there before.
    public struct AppliedFix: Sendable {
        /// What it mends.
        public var id: String
        /// Where, when it was applied, and what is written there now.
        public var fix: Fix
        /// What stood there.
        public var before: String
    }

    /// So often what a fix brings to light is fixed in its turn.
    private static let fixingRounds = 10

    /// Applies the safe fixes to the files of a rule book, until there are none left.
    ///
    /// - Returns: the files, and what was changed, in the order of changing.
    public static func applyingSafeFixes(
        to sources: [RulebookSource], timeZone: TimeZoneRules = .utc
    ) -> (sources: [RulebookSource], applied: [AppliedFix]) {
        var sources = sources
        var applied: [AppliedFix] = []
        for _ in 0..<fixingRounds {
            let (rulebook, loading) = load(sources, timeZone: timeZone)
            let diagnostics = rulebook?.lint(sources: sources, loading: loading) ?? loading
            let safe = diagnostics.filter { $0.fix?.isSafe ?? false }
            if safe.isEmpty { break }
            for index in sources.indices {
                let here = safe.filter { $0.fix?.location.file == sources[index].file }
                let (bytes, fixes) = Fix.apply(here.compactMap(\.fix), to: sources[index].bytes)
                sources[index].bytes = bytes
                applied += fixes.compactMap { fix in
                    here.first { $0.fix == fix }.map { AppliedFix(id: $0.id, fix: fix, before: $0.textOfFix) }
                }
            }
        }
        return (sources, applied)
    }
}

extension Diagnostic {
    /// What stands where its fix would write.
    fileprivate var textOfFix: String {
        guard let fix, let sourceLine, fix.location.line == location.line else { return "" }
        let scalars = sourceLine.unicodeScalars.dropFirst(fix.location.column - 1).prefix(fix.location.length)
        return String(String.UnicodeScalarView(scalars))
    }
}
