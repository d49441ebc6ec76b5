import Diagnostics
import Events

/// One file of a rule book, as bytes.
public struct RulebookSource: Sendable {
    /// Its name, as diagnostics show it.
    public var file: String
    /// Its bytes.
    public var bytes: [UInt8]

    /// Creates a source.
    public init(file: String, bytes: [UInt8]) {
        self.file = file
        self.bytes = bytes
    }
}

extension Rulebook {
    /// Reads a rule book from its files.
    ///
    /// - Returns: the rule book, nil if a diagnostic is an error; and all diagnostics, in the order of files and lines.
    public static func load(
        _ sources: [RulebookSource], timeZone: TimeZoneRules = .utc
    ) -> (rulebook: Rulebook?, diagnostics: [Diagnostic]) {
        var loader = Loader(timeZone: timeZone)
        for source in sources { loader.collect(source) }
        let rulebook = loader.resolve()
        let diagnostics = loader.sortedDiagnostics(files: sources.map(\.file))
        return (diagnostics.contains { $0.severity == .error } ? nil : rulebook, diagnostics)
    }
}

/// Loads in two passes: collect the parts of all files, then resolve what they say of each other.
private struct Loader {
    private let timeZone: TimeZoneRules
    private let scope = Scope(sink: Sink())
    private var parts = Parts()
    private var texts: [String: SourceText] = [:]

    init(timeZone: TimeZoneRules) { self.timeZone = timeZone }

    mutating func collect(_ source: RulebookSource) {
        do throws(SourceText.Fault) {
            let text = try SourceText(source)
            texts[source.file] = text
            var composer = Composer(text, scope)
            let (documents, isComplete) = composer.documents()
            for document in documents { parts.add(document, scope) }
            if !isComplete { expectUnknownNames() }
        } catch {
            scope.error(error.problem, error.message, at: error.location, help: error.help)
            expectUnknownNames()
        }
    }

    /// A file that could not be read to its end may define what others refer to: that it is missing is no news.
    private func expectUnknownNames() {
        scope.sink.quiet = [.unknownActor, .unknownRule, .unknownList]
    }

    func resolve() -> Rulebook {
        var rulebook = Rulebook()
        let actors = ActorReader.read(parts.actors, scope, timeZone)
        rulebook.actors = actors.actors
        rulebook.unidentified = ActorReader.readUnidentified(parts.unidentified, scope)
        let lists = ListReader.read(parts.lists, scope)
        let detections = DetectionCompiler(lists: lists, timeZone: timeZone)
        rulebook.ceasefires = CeasefireReader(actors: actors.indices, detections: detections, timeZone: timeZone)
            .read(parts.ceasefires, scope)
        rulebook.profiles = ProfileReader.read(parts.profiles, scope)
        rulebook.rules = RuleReader(detections: detections).read(parts.rules, scope)
        return rulebook
    }

    func sortedDiagnostics(files: [String]) -> [Diagnostic] {
        let ranks = Dictionary(files.enumerated().map { ($1, $0) }, uniquingKeysWith: min)
        let sorted = scope.sink.diagnostics.enumerated().sorted { left, right in
            let (one, other) = (left.element.location, right.element.location)
            let (rank, otherRank) = (ranks[one.file] ?? 0, ranks[other.file] ?? 0)
            return (rank, one.line, one.column, left.offset) < (otherRank, other.line, other.column, right.offset)
        }
        var lines = LineCache(texts: texts)
        return sorted.map { _, diagnostic in
            var diagnostic = diagnostic
            diagnostic.sourceLine = lines.line(at: diagnostic.location)
            return diagnostic
        }
    }
}

/// Shows lines, each made once: many diagnostics may stand on one long line.
private struct LineCache {
    let texts: [String: SourceText]
    private var last: (file: String, number: Int, text: String?)?

    init(texts: [String: SourceText]) { self.texts = texts }

    mutating func line(at location: Location) -> String? {
        if let last, last.file == location.file, last.number == location.line { return last.text }
        let text = texts[location.file]?.line(location.line)
        last = (location.file, location.line, text)
        return text
    }
}
