import Events
import Rulebook

/// Follows the statements about incidents, and writes the attribution that follows into the rows of these: `attribution`, and
/// `initiator` where a claim names it.
///
/// A pure function of the incident and the statements known about it. Where no record is a statement it does nothing.
struct ClaimsJudge {
    private let claim, by, target, about, initiator, mutual: Int
    private let attribution: Int?
    private let horizon: Timespan
    private var parties: Parties
    private var table = StatementTable()
    private var hasStatements = false
    // The incidents whose statements have changed since they were last judged.
    private var touched: [[UInt8]] = []

    /// Asks for the columns it needs. Call it after every other has asked for its own.
    init(_ registry: ActorRegistry, horizon: Timespan, schema: inout Schema) {
        claim = schema.index(of: ColumnRequest("claim"))
        by = schema.index(of: ColumnRequest("by"))
        target = schema.index(of: ColumnRequest("target"))
        about = schema.index(of: ColumnRequest("about"))
        initiator = schema.index(of: ColumnRequest("initiator"))
        mutual = schema.index(of: ColumnRequest("mutual"))
        attribution = schema.existingIndex(of: ColumnRequest("attribution"))
        self.horizon = horizon
        parties = Parties(registry)
    }

    /// Whether there is anything to do: some statement is known, or comes with the batch last looked at.
    var isAwake: Bool { hasStatements || !table.isEmpty }

    /// Looks for statements in a batch.
    mutating func look(at batch: borrowing Batch) {
        hasStatements = batch.columns[claim].symbolValues.contains { !$0.isAbsent }
    }

    /// Adds a row that comes into force to the statements, or takes one out, if it is one.
    mutating func count(_ row: Row, in events: EventTable, isRemoval: Bool, symbols: borrowing SymbolTable) {
        guard let statement = statement(row, in: events, symbols: symbols) else { return }
        for member in symbols.members(of: events.symbol(about, of: row)) {
            let id = Array(symbols.text(of: member).utf8)
            if isRemoval { table.remove(statement, about: id) } else { table.add(statement, about: id) }
            touched.append(id)
        }
    }

    /// Takes the incidents whose statements have changed.
    mutating func takeTouched() -> [[UInt8]] {
        defer { touched.removeAll(keepingCapacity: true) }
        return touched
    }

    /// Whether a row is a statement.
    func isStatement(_ row: Row, in events: EventTable) -> Bool {
        !events.symbol(claim, of: row).isAbsent
    }

    /// Whether there may be statements about a row.
    func mayConcern(_ row: Row, in events: EventTable) -> Bool { table.mayKnow(idHash: events.idHash(row)) }

    /// Writes what follows from the statements about an incident.
    ///
    /// - Parameters:
    ///   - columns: those of the row, or of a copy of it.
    ///   - index: where the row is in them.
    ///   - isNew: whether they hold what the record says, and not what followed from statements before.
    /// - Returns: whether they are others than they were.
    mutating func attribute(
        id: [UInt8], at time: Instant, columns: inout [Column], index: Int, isNew: Bool, symbols: inout SymbolTable
    ) -> Bool {
        guard let statements = table.statements(about: id) else { return false }
        let present = StatementTable.Record(
            initiator: columns[initiator].symbol(at: index),
            attribution: attribution.map { columns[$0].symbol(at: index) } ?? .absent)
        let record = isNew ? present : table.record(of: id) ?? present
        table.setRecord(record, of: id)
        var new = record
        if columns[claim].symbol(at: index).isAbsent, columns[mutual].symbol(at: index) != symbols.intern(boolean: true)
        {
            let found = finding(record, statements, at: time, symbols: symbols)
            if let text = found.attribution { new.attribution = symbols.intern(text: text) }
            if let name = found.initiator { new.initiator = name }
        }
        let isChanged =
            new.initiator != present.initiator || (attribution != nil && new.attribution != present.attribution)
        guard isChanged else { return false }
        columns[initiator].changeSymbols { $0[index] = new.initiator }
        if let attribution { columns[attribution].changeSymbols { $0[index] = new.attribution } }
        return true
    }

    /// Lets go of the statements that can bear on no incident that may still change.
    mutating func release(horizonStart: Instant) {
        if !table.isEmpty { table.release(before: horizonStart - horizon) }
    }

    /// Calls a body with each symbol that is remembered.
    func forEachSymbol(_ body: (Symbol) -> Void) { table.forEachSymbol(body) }

    /// How many statements are about an incident that is not known.
    func unmet(isKnown: ([UInt8]) -> Bool) -> Int { table.unmet(isKnown: isKnown) }

    private func statement(_ row: Row, in events: EventTable, symbols: borrowing SymbolTable) -> Statement? {
        let said = events.symbol(claim, of: row)
        guard !said.isAbsent, let claim = Claim(rawValue: CaseFolding.fold(symbols.text(of: said))) else { return nil }
        return Statement(
            id: Array(events.id(row).utf8), at: events.time(row), claim: claim,
            by: events.symbol(by, of: row), target: events.symbol(target, of: row))
    }

    private mutating func finding(
        _ record: StatementTable.Record, _ statements: [Statement], at time: Instant, symbols: borrowing SymbolTable
    ) -> ClaimedAttribution {
        var heard: [HeardStatement] = []
        // One made more than a horizon before the incident says nothing, or it would have to be kept for ever.
        for statement in statements where horizon >= .unlimited || statement.at >= time - horizon {
            let by = parties.parties(of: statement.by, at: time, symbols: symbols)
            if by.isEmpty { continue }
            let against = parties.parties(of: statement.target, at: time, symbols: symbols)
            heard.append(HeardStatement(statement: statement, by: by, against: against))
        }
        let incident = RecordedIncident(
            initiator: parties.parties(of: record.initiator, at: time, symbols: symbols),
            attribution: symbols.text(of: record.attribution))
        return AttributionRules.attribution(of: incident, heard: heard)
    }
}
