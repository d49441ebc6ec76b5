import Events
import Rulebook

/// What follows from a reported name at one time: who it can be, and the fields derived from that.
struct Standing: Sendable {
    /// One of those whom it can mean, with the groups of that time.
    struct Reading: Sendable {
        /// Who it is.
        var candidate: Candidate
        /// The actor and its groups, itself first; empty where there is no actor.
        var lineage: [Int]
    }

    /// Whom it can mean; never empty.
    var readings: [Reading]
    /// The values of `.actor`, `.kind`, `.party` and `.lineage`, in the order of `DerivedActorField`.
    var fields: [Symbol]

    /// Whether it names nobody.
    var isUnknown: Bool { readings.allSatisfy { $0.candidate.resolution == .unknown } }
}

/// A field that is derived from an actor's name.
enum DerivedActorField: String, CaseIterable {
    case actor, kind, party, lineage

    /// The place among all.
    var position: Int {
        switch self {
        case .actor: 0
        case .kind: 1
        case .party: 2
        case .lineage: 3
        }
    }
}

/// Finds what follows from names, and remembers it: for each name once between two changes of memberships.
struct Standings {
    /// Whose names they are.
    let registry: ActorRegistry
    /// All standings found so far; others refer to them by index.
    private(set) var all: [Standing] = []
    // A small number for each symbol that occurs as a name, plus 1; 0 if it has none yet.
    private var nameOfSymbol: [Int32] = []
    private var nameCount: Int32 = 0
    // By epoch (between two changes of memberships) and name: the index of the standing, plus 1; 0 if not known yet.
    private var known: [[Int32]]
    private var knownReleases = 0
    private var epoch = 0
    private var epochStart = Instant.distantFuture
    private var epochEnd = Instant.distantPast

    /// Creates the standings of a registry, of which none is known yet.
    init(_ registry: ActorRegistry) {
        self.registry = registry
        known = [[Int32]](repeating: [], count: registry.changes.count + 1)
    }

    /// Finds the standings of names at times, for the rows of a range.
    mutating func find(
        _ names: [Symbol], times: borrowing [Instant], rows: Range<Int>, symbols: inout SymbolTable,
        into result: inout [Int32]
    ) {
        result.removeAll(keepingCapacity: true)
        forgetReleased(symbols)
        let missing = symbols.count - nameOfSymbol.count
        if missing > 0 { nameOfSymbol.append(contentsOf: repeatElement(0, count: missing)) }
        for row in rows { result.append(index(of: names[row], at: times[row], symbols: &symbols)) }
    }

    /// Forgets all once the table has let go of symbols: those that are kept are found again.
    mutating func forgetReleased(_ symbols: borrowing SymbolTable) {
        if symbols.releases == knownReleases { return }
        knownReleases = symbols.releases
        (all, nameOfSymbol, nameCount) = ([], [], 0)
        known = [[Int32]](repeating: [], count: known.count)
    }

    /// The value of a derived field.
    @inline(__always)
    func value(_ field: DerivedActorField, of standing: Int32) -> Symbol {
        all[Int(standing)].fields[field.position]
    }

    /// The names behind a symbol that no actor bears.
    func unresolvedNames(in symbol: Symbol, symbols: borrowing SymbolTable) -> [String] {
        registry.candidates(for: symbol, symbols: symbols).filter { $0.resolution == .unresolved }.map(\.name)
    }

    @inline(__always)
    private mutating func index(of symbol: Symbol, at instant: Instant, symbols: inout SymbolTable) -> Int32 {
        if instant < epochStart || instant >= epochEnd { seek(instant) }
        let name = Int(nameOfSymbol[Int(symbol.rawValue)]) - 1
        if name >= 0, name < known[epoch].count, known[epoch][name] > 0 { return known[epoch][name] - 1 }
        return learn(symbol, at: instant, symbols: &symbols)
    }

    private mutating func seek(_ instant: Instant) {
        let changes = registry.changes
        epoch = changes.firstIndex { $0 > instant } ?? changes.count
        epochStart = epoch == 0 ? Instant(milliseconds: .min) : changes[epoch - 1]
        epochEnd = epoch == changes.count ? Instant(milliseconds: .max) : changes[epoch]
    }

    private mutating func learn(_ symbol: Symbol, at instant: Instant, symbols: inout SymbolTable) -> Int32 {
        if nameOfSymbol[Int(symbol.rawValue)] == 0 {
            nameCount += 1
            nameOfSymbol[Int(symbol.rawValue)] = nameCount
        }
        let name = Int(nameOfSymbol[Int(symbol.rawValue)]) - 1
        let missing = name + 1 - known[epoch].count
        if missing > 0 { known[epoch].append(contentsOf: repeatElement(0, count: missing)) }
        all.append(standing(of: symbol, at: instant, symbols: &symbols))
        known[epoch][name] = Int32(all.count)
        return Int32(all.count - 1)
    }

    private func standing(of symbol: Symbol, at instant: Instant, symbols: inout SymbolTable) -> Standing {
        let readings = registry.candidates(for: symbol, symbols: symbols).map { candidate in
            guard case .actor(let actor) = candidate.resolution else {
                return Standing.Reading(candidate: candidate, lineage: [])
            }
            return Standing.Reading(candidate: candidate, lineage: registry.lineage(of: actor, at: instant))
        }
        let actors = readings.compactMap(\.lineage.first)
        var fields: [Symbol] = []
        for field in DerivedActorField.allCases {
            let texts: [String] =
                switch field {
                case .actor: actors.map { registry.actors[$0].id }
                case .kind: actors.map { registry.actors[$0].kind.rawValue }
                case .party: actors.map { registry.actors[registry.party(of: $0, at: instant)].id }
                case .lineage: readings.flatMap { $0.lineage.map { registry.actors[$0].id } }
                }
            fields.append(Standings.intern(texts, symbols: &symbols))
        }
        return Standing(readings: readings, fields: fields)
    }

    /// The symbol of some texts, each once: a list only where there are several.
    private static func intern(_ texts: [String], symbols: inout SymbolTable) -> Symbol {
        var distinct: [String] = []
        for text in texts where !distinct.contains(text) { distinct.append(text) }
        var members: [Symbol] = []
        for text in distinct { members.append(symbols.intern(text: text)) }
        return members.count == 1 ? members[0] : symbols.intern(list: members)
    }
}
