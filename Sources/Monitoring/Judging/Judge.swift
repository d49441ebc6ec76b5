import Events
import Rulebook

/// Derives the fields that follow from the registry of actors and from the ceasefires: `CanonicalField.derived` and
/// `ceasefire`. A pure function of the event, the rule book and the acts known; judging again what was judged changes nothing.
struct Judge: ~Copyable {
    private var standings: Standings
    private var ceasefireJudge: CeasefireJudge?
    private let initiator, target, by: NameColumn?
    // Where there are no ceasefires: the column of `ceasefire`, of which no input value counts then.
    private var uselessColumn: Int?
    private var initiators: [Int32] = []
    private var targets: [Int32] = []
    private var speakers: [Int32] = []

    /// Decides from the schema which derived columns are asked for, and adds the columns that they are derived from.
    /// Call it after every rule has asked for its columns.
    init(rulebook: Rulebook, timeZone: TimeZoneRules, schema: inout Schema) {
        let registry = ActorRegistry(rulebook)
        standings = Standings(registry)
        let hasCeasefires = !rulebook.ceasefires.isEmpty
        if hasCeasefires {
            // First, as areas and prohibitions may ask for fields of actors.
            ceasefireJudge = CeasefireJudge(rulebook, registry: registry, timeZone: timeZone, schema: &schema)
        } else {
            ceasefireJudge = nil
            uselessColumn = schema.existingIndex(of: ColumnRequest("ceasefire"))
        }
        initiator = NameColumn("initiator", isNeeded: hasCeasefires, schema: &schema)
        target = NameColumn("target", isNeeded: hasCeasefires, schema: &schema)
        by = NameColumn("by", isNeeded: false, schema: &schema)
    }

    /// The actors.
    var registry: ActorRegistry { standings.registry }

    /// Whether nothing has to be derived.
    var isIdle: Bool { initiator == nil && target == nil && by == nil && uselessColumn == nil }

    /// Writes the derived columns of the rows of a range. (The reader fills them with absent values.) An input value of
    /// `ceasefire` stays only where the row has a `ceasefire_act` and names a ceasefire of the rule book.
    mutating func judge(
        columns: inout [Column], times: borrowing [Instant], timeEnds: borrowing [Instant], rows: Range<Int>,
        symbols: inout SymbolTable
    ) {
        if let uselessColumn {
            columns[uselessColumn].changeSymbols { values in for row in rows { values[row] = .absent } }
        }
        Judge.resolve(initiator, &standings, &columns, times, rows, &symbols, into: &initiators)
        Judge.resolve(target, &standings, &columns, times, rows, &symbols, into: &targets)
        Judge.resolve(by, &standings, &columns, times, rows, &symbols, into: &speakers)
        ceasefireJudge?.judge(
            columns: &columns, times: times, timeEnds: timeEnds, rows: rows, initiators: initiators, targets: targets,
            standings: standings, symbols: &symbols)
    }

    /// Whether a row, judged already or not, is an act about a ceasefire of the rule book.
    func act(
        columns: borrowing [Column], times: borrowing [Instant], row: Int, symbols: borrowing SymbolTable
    ) -> StreamAct? {
        ceasefireJudge?.act(columns: columns, times: times, row: row, symbols: symbols)
    }

    /// Adds an act of the stream. Events judged before may now be judged differently.
    mutating func add(_ act: StreamAct) { ceasefireJudge?.count(act, by: 1) }

    /// Takes an act of the stream out. Events judged before may now be judged differently.
    mutating func remove(_ act: StreamAct) { ceasefireJudge?.count(act, by: -1) }

    /// Acts (of the rule book and the stream) that did not fit the phase, as sentences, in order of time.
    func actWarnings() -> [String] { ceasefireJudge?.warnings() ?? [] }

    /// What became of a ceasefire (an index into the rule book's) over time, as far as the acts are known.
    func phases(of ceasefire: Int) -> [PhaseSpan] { ceasefireJudge?.phases(of: ceasefire) ?? [] }

    /// Whether one of the names behind a symbol is one that no actor bears. For the summary.
    func isUnresolved(name: Symbol, symbols: borrowing SymbolTable) -> Bool {
        !unresolvedNames(in: name, symbols: symbols).isEmpty
    }

    /// The names behind a symbol (one, a list, or several joined by "and/or") that no actor bears. For the summary.
    func unresolvedNames(in name: Symbol, symbols: borrowing SymbolTable) -> [String] {
        standings.unresolvedNames(in: name, symbols: symbols)
    }

    /// Finds the standings of the names in a column, and writes what is derived from them.
    private static func resolve(
        _ column: NameColumn?, _ standings: inout Standings, _ columns: inout [Column], _ times: borrowing [Instant],
        _ rows: Range<Int>, _ symbols: inout SymbolTable, into found: inout [Int32]
    ) {
        guard let column else { return }
        standings.find(columns[column.names].symbolValues, times: times, rows: rows, symbols: &symbols, into: &found)
        for (field, output) in column.outputs {
            columns[output].changeSymbols { values in
                for row in rows {
                    values[row] = standings.value(field, of: found[row - rows.lowerBound])
                }
            }
        }
    }
}

/// An act about a ceasefire that came in the stream.
struct StreamAct: Hashable {
    /// The ceasefire, by index into the rule book's.
    var ceasefire: Int
    /// When it took place.
    var at: Instant
    /// What it did.
    var act: CeasefireAct
    /// The new end.
    var until: Instant?
}
