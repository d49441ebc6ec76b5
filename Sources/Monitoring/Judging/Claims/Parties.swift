import Events
import Rulebook

/// A party as statements are told apart by it.
enum Party: Hashable {
    /// The outermost group that an actor belongs to, by index into the rule book's actors.
    case actor(Int)
    /// A name that no actor bears, without regard to case.
    case name([UInt8])
}

/// Finds the parties that a reported name can mean.
struct Parties {
    private let registry: ActorRegistry
    private var known: [Symbol: [Candidate]] = [:]
    private var knownReleases = 0

    /// Takes parties from a registry.
    init(_ registry: ActorRegistry) { self.registry = registry }

    /// The parties of a name at an instant: one for each of those whom it can mean; none where that is nobody.
    mutating func parties(of name: Symbol, at instant: Instant, symbols: borrowing SymbolTable) -> Set<Party> {
        var parties: Set<Party> = []
        for candidate in candidates(of: name, symbols: symbols) {
            switch candidate.resolution {
            case .unknown: break
            case .unresolved: parties.insert(.name(Array(CaseFolding.fold(candidate.name).utf8)))
            case .actor(let actor): parties.insert(.actor(registry.party(of: actor, at: instant)))
            }
        }
        return parties
    }

    private mutating func candidates(of name: Symbol, symbols: borrowing SymbolTable) -> [Candidate] {
        if symbols.releases != knownReleases {
            known = [:]
            knownReleases = symbols.releases
        }
        if let candidates = known[name] { return candidates }
        let candidates = registry.candidates(for: name, symbols: symbols)
        known[name] = candidates
        return candidates
    }
}
