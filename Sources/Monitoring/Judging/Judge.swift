import Events
import Rulebook

/// Derives the fields that follow from the registry of actors and from the ceasefires: `CanonicalField.derived` and
/// `ceasefire`. A pure function of the event, the rule book and the acts known.
struct Judge: ~Copyable {
    /// Decides from the schema which derived columns are asked for, and adds the columns that they are derived from.
    /// Call it after every rule has asked for its columns.
    init(rulebook: Rulebook, timeZone: TimeZoneRules, schema: inout Schema) {}

    /// Whether nothing has to be derived.
    var isIdle: Bool { true }

    /// Writes the derived columns of the rows of a range. (The reader fills them with absent values.) An input value of
    /// `ceasefire` stays only where the row has a `ceasefire_act`.
    mutating func judge(
        columns: inout [Column], times: borrowing [Instant], timeEnds: borrowing [Instant], rows: Range<Int>,
        symbols: inout SymbolTable
    ) {}

    /// Whether a row is an act about a ceasefire of the rule book.
    func act(columns: borrowing [Column], times: borrowing [Instant], row: Int, symbols: borrowing SymbolTable) -> StreamAct? { nil }

    /// Adds an act of the stream, or takes one out. Events judged before may now be judged differently.
    mutating func add(_ act: StreamAct) {}
    mutating func remove(_ act: StreamAct) {}

    /// Acts (of the rule book and the stream) that did not fit the phase, as sentences, in order of time.
    func actWarnings() -> [String] { [] }

    /// Names met that no actor bears: whether one is unresolved. For the summary.
    mutating func isUnresolved(name: Symbol, symbols: borrowing SymbolTable) -> Bool { false }
}

/// An act about a ceasefire that came in the stream.
struct StreamAct: Hashable {
    var ceasefire: Int
    var at: Instant
    var act: CeasefireAct
    var until: Instant?
}
