import Events
import Rulebook

/// Derives the fields of events that follow from the ceasefires, once their actors are known.
struct CeasefireJudge: ~Copyable {
    /// How many cases are remembered before all are forgotten, so that memory stays bounded.
    private static let capacity = 1 << 18
    private static let day: Int64 = 86_400_000

    /// A judgement with the values it writes.
    private struct Remembered {
        var judged: JudgedCase
        var judgement: Judgement
        var ceasefire, phase, breach, side, against: Symbol
    }

    private struct Reasoned: Hashable {
        var index: Int32
        var day: Int
    }

    /// The ceasefires and what became of them.
    private var bench: CeasefireBench
    private var terms: CeasefireTerms
    private let columns: CeasefireColumns
    // What is known of each case: an index into `remembered`; -1 where it bears on no ceasefire.
    private var known: [JudgedCase: Int32] = [:]
    private var remembered: [Remembered] = []
    private var reasons: [Reasoned: Symbol] = [:]
    // By row of the range: an index into `remembered`, or -1.
    private var judgements: [Int32] = []
    private var knownReleases = 0

    /// Creates the judge of a rule book's ceasefires, and asks for the columns it needs.
    init(_ rulebook: Rulebook, registry: ActorRegistry, timeZone: TimeZoneRules, schema: inout Schema) {
        bench = CeasefireBench(rulebook, registry: registry)
        terms = CeasefireTerms(rulebook.ceasefires, timeZone: timeZone, schema: &schema)
        columns = CeasefireColumns(schema: &schema)
    }

    /// Adds an act of the stream (1) or takes one out (-1).
    mutating func count(_ act: StreamAct, by change: Int) {
        bench.count(act, by: change)
        forget()
    }

    /// Writes the derived columns of the rows of a range.
    ///
    /// - Parameters:
    ///   - initiators, targets: the standings of the names, from the range's first row on.
    mutating func judge(
        columns table: inout [Column], times: borrowing [Instant], timeEnds: borrowing [Instant], rows: Range<Int>,
        initiators: [Int32], targets: [Int32], standings: borrowing Standings, symbols: inout SymbolTable
    ) {
        if known.count > CeasefireJudge.capacity || symbols.releases != knownReleases { forget() }
        knownReleases = symbols.releases
        terms.evaluate(columns: table, rows: rows, symbols: symbols)
        nameActs(in: &table, rows: rows, symbols: &symbols)
        judgements.removeAll(keepingCapacity: true)
        let (attributions, mutuals) = (table[columns.attribution].symbolValues, table[columns.mutual].symbolValues)
        let (claims, acts) = (table[columns.claim].symbolValues, table[columns.named].symbolValues)
        let yes = symbols.intern(boolean: true)
        for row in rows {
            let judged = JudgedCase(
                initiator: initiators[row - rows.lowerBound], target: targets[row - rows.lowerBound],
                attribution: attributions[row].rawValue, isMutual: mutuals[row] == yes,
                isStatement: !claims[row].isAbsent, act: Int32(ceasefire(namedBy: acts[row], symbols: symbols)),
                moment: bench.moment(at: times[row]), outcome: terms.number(row: row))
            judgements.append(known[judged] ?? learn(judged, row, times[row], standings, &symbols))
        }
        for (field, column) in columns.outputs {
            table[column].changeSymbols { values in
                for row in rows {
                    let index = judgements[row - rows.lowerBound]
                    values[row] =
                        index < 0
                        ? .absent
                        : value(field, index, times[row]...max(times[row], timeEnds[row]), standings, &symbols)
                }
            }
        }
    }

    /// The act that a row is, if it names a ceasefire of the rule book.
    func act(
        columns table: borrowing [Column], times: borrowing [Instant], row: Int, symbols: borrowing SymbolTable
    ) -> StreamAct? {
        guard let act = kind(ofAct: table[columns.act].symbolValues[row], symbols: symbols) else { return nil }
        let named = table[columns.named].symbolValues[row]
        let name = named.isAbsent ? table[columns.ceasefire].symbolValues[row] : named
        let ceasefire = ceasefire(namedBy: name, symbols: symbols)
        if ceasefire < 0 { return nil }
        let until = table[columns.until].instantValues[row]
        return StreamAct(ceasefire: ceasefire, at: times[row], act: act, until: until == .distantPast ? nil : until)
    }

    /// The acts that did not fit, as sentences, in order of time.
    func warnings() -> [String] { bench.warnings() }

    /// The spans of a ceasefire's timeline.
    func phases(of ceasefire: Int) -> [PhaseSpan] { bench.timelines[ceasefire].spans }

    // MARK: - Acts

    /// Notes beside each act which ceasefire it names, or that it names none, before the field is written over.
    private func nameActs(in table: inout [Column], rows: Range<Int>, symbols: inout SymbolTable) {
        let (acts, names) = (table[columns.act].symbolValues, table[columns.ceasefire].symbolValues)
        for row in rows where !acts[row].isAbsent && table[columns.named].symbolValues[row].isAbsent {
            let isAct = kind(ofAct: acts[row], symbols: symbols) != nil
            let index = isAct ? ceasefire(namedBy: names[row], symbols: symbols) : -1
            let name = index < 0 ? symbols.intern(boolean: false) : symbols.intern(text: bench.ceasefires[index].id)
            table[columns.named].changeSymbols { $0[row] = name }
        }
    }

    /// The index of the ceasefire with a name; -1 if there is none.
    private func ceasefire(namedBy name: Symbol, symbols: borrowing SymbolTable) -> Int {
        if name.isAbsent { return -1 }
        guard case .text(let text) = symbols.value(of: name) else { return -1 }
        return bench.ceasefires.firstIndex { $0.id == text } ?? -1
    }

    private func kind(ofAct symbol: Symbol, symbols: borrowing SymbolTable) -> CeasefireAct? {
        symbol.isAbsent ? nil : CeasefireAct(rawValue: CaseFolding.fold(symbols.text(of: symbol)))
    }

    // MARK: - Cases

    private mutating func learn(
        _ judged: JudgedCase, _ row: Int, _ time: Instant, _ standings: borrowing Standings,
        _ symbols: inout SymbolTable
    ) -> Int32 {
        let attribution = AttributionClass(symbols.text(of: Symbol(rawValue: judged.attribution)))
        let judgement = bench.judge(
            judged, at: time, standings: standings, attribution: attribution, terms: terms.outcomes(row: row))
        guard let judgement else {
            known[judged] = -1
            return -1
        }
        let ceasefire = bench.ceasefires[judgement.ceasefire]
        let verdict = judgement.verdict
        let side = verdict?.side.map { symbols.intern(text: ceasefire.parties[$0].side) }
        var against = Symbol.absent
        switch verdict?.against {
        case .side(let party): against = symbols.intern(text: ceasefire.parties[party].side)
        case .civilians: against = symbols.intern(text: "civilians")
        case nil: break
        }
        remembered.append(
            Remembered(
                judged: judged, judgement: judgement, ceasefire: symbols.intern(text: ceasefire.id),
                phase: symbols.intern(text: judgement.span.phase.rawValue),
                breach: verdict.map { symbols.intern(text: $0.breach.rawValue) } ?? .absent,
                side: side ?? .absent, against: against))
        known[judged] = Int32(remembered.count - 1)
        return Int32(remembered.count - 1)
    }

    private mutating func forget() {
        known.removeAll(keepingCapacity: true)
        remembered.removeAll(keepingCapacity: true)
        reasons.removeAll(keepingCapacity: true)
    }

    // MARK: - Values

    private mutating func value(
        _ field: CeasefireField, _ index: Int32, _ time: ClosedRange<Instant>, _ standings: borrowing Standings,
        _ symbols: inout SymbolTable
    ) -> Symbol {
        let position = Int(index)
        switch field {
        case .ceasefire: return remembered[position].ceasefire
        case .phase: return remembered[position].phase
        case .breach: return remembered[position].breach
        case .side: return remembered[position].side
        case .against: return remembered[position].against
        case .overlap: return overlap(remembered[position].judgement.ceasefire, time, &symbols)
        case .day:
            guard let day = day(position, time.lowerBound) else { return .absent }
            return symbols.intern(number: Double(day))
        case .daysAfter:
            let span = remembered[position].judgement.span
            guard span.phase == .after, let ended = span.ended else { return .absent }
            return symbols.intern(number: Double((time.lowerBound - ended).milliseconds / CeasefireJudge.day))
        case .reason: return reason(index, time.lowerBound, standings, &symbols)
        }
    }

    /// Whole days since the ceasefire took effect.
    private func day(_ position: Int, _ time: Instant) -> Int? {
        remembered[position].judgement.span.effective.map { Int((time - $0).milliseconds / CeasefireJudge.day) }
    }

    private mutating func reason(
        _ index: Int32, _ time: Instant, _ standings: borrowing Standings, _ symbols: inout SymbolTable
    ) -> Symbol {
        let position = Int(index)
        guard remembered[position].judgement.verdict != nil, let day = day(position, time) else { return .absent }
        if let reason = reasons[Reasoned(index: index, day: day)] { return reason }
        let judged = remembered[position].judged
        let text = bench.reason(
            remembered[position].judgement, of: judged, day: day, standings: standings,
            attribution: symbols.text(of: Symbol(rawValue: judged.attribution)))
        let symbol = text.map { symbols.intern(text: $0) } ?? .absent
        reasons[Reasoned(index: index, day: day)] = symbol
        return symbol
    }

    /// How much of an event's interval lies in force: all of it, a part, or (absent) nothing.
    private func overlap(_ ceasefire: Int, _ time: ClosedRange<Instant>, _ symbols: inout SymbolTable) -> Symbol {
        let timeline = bench.timelines[ceasefire]
        var span = timeline.index(at: time.lowerBound)
        var (hasInside, hasOutside) = (false, false)
        // The first span counts even for an event without length; a later one if the interval reaches into it.
        repeat {
            if timeline.spans[span].phase == .inForce { hasInside = true } else { hasOutside = true }
            span += 1
        } while span < timeline.spans.count && timeline.spans[span].start < time.upperBound
        if !hasInside { return .absent }
        return symbols.intern(text: hasOutside ? "straddles" : "inside")
    }
}
