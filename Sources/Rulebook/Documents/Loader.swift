import Diagnostics
import Events

/// One file of a rule book, as bytes.
public struct RulebookSource: Sendable {
    /// How many bytes a file may have: of a larger one no more than one byte beyond this need be read.
    public static let sizeLimit = 4 << 20

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
        var loader = Loader(files: sources.map(\.file), timeZone: timeZone)
        for source in sources { loader.collect(source) }
        let rulebook = loader.resolve()
        let diagnostics = loader.diagnostics
        return (diagnostics.contains { $0.severity == .error } ? nil : rulebook, diagnostics)
    }

    /// Reads a rule book and the tests in its files.
    ///
    /// A test that is wrong does not keep the rule book from loading: it is told among the diagnostics, and comes as broken.
    ///
    /// - Returns: the rule book and its tests, nil if something else than a test is wrong; and all diagnostics.
    public static func loadWithTests(
        _ sources: [RulebookSource], timeZone: TimeZoneRules = .utc
    ) -> (rulebook: Rulebook?, tests: [RuleTest], diagnostics: [Diagnostic]) {
        var loader = Loader(files: sources.map(\.file), timeZone: timeZone)
        for source in sources { loader.collect(source) }
        let rulebook = loader.resolve()
        if loader.hasErrors { return (nil, [], loader.diagnostics) }
        let tests = loader.tests(of: rulebook)
        return (rulebook, tests, loader.diagnostics)
    }
}

/// Loads in two passes: collect the parts of all files, then resolve what they say of each other.
private struct Loader {
    private let timeZone: TimeZoneRules
    private let scope = Scope(sink: Sink())
    private var parts = Parts()
    private var texts: [SourceText] = []
    private let files: [String]

    init(files: [String], timeZone: TimeZoneRules) {
        self.files = files
        self.timeZone = timeZone
    }

    /// What was found, in the order of files and lines.
    var diagnostics: [Diagnostic] { DiagnosticOrder(files: files, texts: texts).sorted(scope.sink.diagnostics) }

    /// Whether the rule book does not load.
    var hasErrors: Bool { scope.sink.errorCount > 0 }

    mutating func collect(_ source: RulebookSource) {
        do throws(SourceText.Fault) {
            let text = try SourceText(source)
            texts.append(text)
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
        scope.sink.quiet = [.unknownActor, .unknownRule, .unknownList, .unknownCeasefire]
    }

    func resolve() -> Rulebook {
        var rulebook = Rulebook()
        let actors = ActorReader.read(parts.actors, scope, timeZone)
        rulebook.actors = actors.actors
        (rulebook.unidentified, rulebook.unidentifiedPlaces) = ActorReader.readUnidentified(parts.unidentified, scope)
        let lists = ListReader.read(parts.lists, scope)
        let detections = DetectionCompiler(lists: lists, timeZone: timeZone)
        rulebook.ceasefires = CeasefireReader(actors: actors.indices, detections: detections, timeZone: timeZone)
            .read(parts.ceasefires, scope)
        rulebook.profiles = ProfileReader.read(parts.profiles, scope)
        let rules = RuleReader(detections: detections, ceasefires: rulebook.ceasefires.map(\.id))
            .read(parts.rules, scope)
        rulebook.rules = rules.rules
        rulebook.risks = RiskReader(rules: rules.rules, names: rules.names).read(parts.risks, scope)
        let names = AlertNames(rules: rules.names, in: rules.rules, risks: rulebook.risks)
        let silences = SilenceReader(names: names, timeZone: timeZone)
        rulebook.silences = silences.silences(parts.silences, scope)
        rulebook.inhibitions = silences.inhibitions(parts.inhibitions, scope)
        rulebook.statistics = StatisticReader(
            rules: rules.rules, names: rules.names, ceasefires: rulebook.ceasefires, detections: detections
        ).read(parts.statistics, scope)
        return rulebook
    }

    /// The tests, once the rules are known.
    func tests(of rulebook: Rulebook) -> [RuleTest] {
        TestReader(rulebook: rulebook, timeZone: timeZone).read(parts.tests, scope)
    }
}
