/// A place in a text: a file, a line and a column, both counted from 1; the column in code points.
public struct Location: Hashable, Sendable {
    /// The file as the user named it; `<stdin>` for standard input.
    public var file: String
    /// The line, from 1; 0 where there is none.
    public var line: Int
    /// The column, from 1; 0 where there is none.
    public var column: Int
    /// How many code points the place spans, at least 1.
    public var length: Int

    /// Creates a place.
    public init(file: String, line: Int = 0, column: Int = 0, length: Int = 1) {
        self.file = file
        self.line = line
        self.column = column
        self.length = length
    }
}

/// How grave a diagnostic is.
public enum Severity: String, Sendable, Comparable, CaseIterable {
    case note, warning, error

    /// A note is less grave than a warning, a warning less than an error.
    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .note: 0
        case .warning: 1
        case .error: 2
        }
    }
}

/// One thing that is wrong: where, what, in which context, and what to do about it.
public struct Diagnostic: Hashable, Sendable {
    /// How grave it is.
    public var severity: Severity
    /// Its stable name, such as `unknown-key`.
    public var id: String
    /// What is wrong, in one sentence without a full stop.
    public var message: String
    /// Where it is.
    public var location: Location
    /// The text of the line it is on, if known.
    public var sourceLine: String?
    /// The things it lies in, outermost first, such as `rule 'breach-cluster'`, `correlation`.
    public var context: [String]
    /// What to do, such as `did you mean 'timespan'?`.
    public var help: [String]
    /// What mends it, where that is known.
    public var fix: Fix?

    /// Creates a diagnostic.
    public init(
        _ severity: Severity, id: String, _ message: String, at location: Location, sourceLine: String? = nil,
        context: [String] = [], help: [String] = [], fix: Fix? = nil
    ) {
        self.severity = severity
        self.id = id
        self.message = message
        self.location = location
        self.sourceLine = sourceLine
        self.context = context
        self.help = help
        self.fix = fix
    }
}
