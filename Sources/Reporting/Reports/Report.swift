import Diagnostics

/// What a command found, for people and systems of continuous integration: the same content in every format.
public struct Report: Sendable {
    /// One thing that was found.
    public struct Finding: Sendable {
        /// What it is, how grave, where, and what to do. Its `id` is that of one of the report's kinds; a location without
        /// a file is none.
        public var diagnostic: Diagnostic
        /// Whether the command fails because of it.
        public var isFailure: Bool
        /// The same in every run, where there is such a name: the id of an alert.
        public var identity: String?

        /// Creates a finding.
        public init(_ diagnostic: Diagnostic, isFailure: Bool, identity: String? = nil) {
            self.diagnostic = diagnostic
            self.isFailure = isFailure
            self.identity = identity
        }
    }

    /// One thing that was examined: a file of the rule book, a rule, a test.
    public struct Case: Sendable {
        /// What it belongs to, such as the file a test stands in.
        public var group: String
        /// Its name, unique within the group.
        public var name: String
        /// Where it is written.
        public var location: Location?
        /// What was found of it, in the order of telling.
        public var findings: [Finding]
        /// Why it was not examined; nil if it was.
        public var skipped: String?

        /// Creates a case.
        public init(
            group: String, name: String, location: Location? = nil, findings: [Finding] = [], skipped: String? = nil
        ) {
            self.group = group
            self.name = name
            self.location = location
            self.findings = findings
            self.skipped = skipped
        }

        /// Whether the command fails because of it.
        public var isFailed: Bool { findings.contains(where: \.isFailure) }
    }

    /// A kind of finding.
    public struct Kind: Sendable {
        /// The id that diagnostics carry.
        public var id: String
        /// What it is called.
        public var title: String
        /// What it means.
        public var description: String?
        /// What to do about it.
        public var help: String?
        /// How grave its findings are, as a rule.
        public var severity: Severity

        /// Creates a kind of finding.
        public init(id: String, title: String, description: String? = nil, help: String? = nil, severity: Severity) {
            self.id = id
            self.title = title
            self.description = description
            self.help = help
            self.severity = severity
        }
    }

    /// The command: `check`, `lint` or `test`.
    public var command: String
    /// The version of the program.
    public var version: String
    /// What came of it, in one sentence without a full stop.
    public var summary: String
    /// The kinds of findings, at least those that occur; each id once.
    public var kinds: [Kind]
    /// What was examined.
    public var cases: [Case]
    /// Whether everything could be examined.
    public var isComplete: Bool

    /// Creates a report.
    public init(
        command: String, version: String, summary: String, kinds: [Kind], cases: [Case], isComplete: Bool = true
    ) {
        self.command = command
        self.version = version
        self.summary = summary
        self.kinds = kinds
        self.cases = cases
        self.isComplete = isComplete
    }

    /// All findings, in the order of the cases.
    public var findings: [Finding] { cases.flatMap(\.findings) }

    /// What the findings are of, the title of their kind.
    func title(of finding: Finding) -> String {
        kinds.first { $0.id == finding.diagnostic.id }?.title ?? finding.diagnostic.id
    }
}

extension Location {
    /// The file without a `./` before it: as other programs name it from the root of the checkout.
    var plainFile: String {
        var path = file[...]
        while path.hasPrefix("./") { path = path.dropFirst(2) }
        return String(path)
    }
}

extension Diagnostic {
    /// Its message, the things it lies in, and what to do: a line each.
    var paragraphs: [String] { [message] + (context.isEmpty ? [] : ["in \(context.joined(separator: " > "))"]) + help }
}
