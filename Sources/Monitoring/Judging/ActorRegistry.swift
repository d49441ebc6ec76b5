import Events
import Rulebook

/// Who a reported name is.
enum Resolution: Hashable, Sendable {
    /// Nobody: there is no name, or one that counts as none.
    case unknown
    /// A name that no actor of the registry bears.
    case unresolved
    /// An actor, by index into the rule book's.
    case actor(Int)
}

/// One of those whom a reported name can mean.
struct Candidate: Hashable, Sendable {
    /// Who it is.
    var resolution: Resolution
    /// The name as reported; empty where there is none.
    var name: String
}

/// The actors of a rule book by their names, and their groups over time.
struct ActorRegistry: Sendable {
    private struct Wildcard: Sendable {
        var matcher: WildcardMatcher
        var length: Int
        var resolution: Resolution
        var id: String
    }

    /// The actors.
    let actors: [Actor]
    // By the UTF-8 of the name without regard to case.
    private var exact: [[UInt8]: Resolution] = [:]
    // The most specific first.
    private var wildcards: [Wildcard] = []
    /// When some membership begins or ends, in order: between two of these instants nobody's groups change.
    let changes: [Instant]

    /// Takes in the names of a rule book.
    init(_ rulebook: Rulebook) {
        actors = rulebook.actors
        let instants = actors.flatMap { $0.memberships.flatMap { [$0.from, $0.until] } }
        changes = Set(instants).filter { $0 != .distantPast && $0 != .distantFuture }.sorted()
        // The first to take an exact name keeps it: names that count as none, then actors by their ids.
        for pattern in rulebook.unidentified { add(pattern, .unknown, id: "") }
        let order = actors.indices.sorted { actors[$0].id.utf8.lexicographicallyPrecedes(actors[$1].id.utf8) }
        for index in order {
            let actor = actors[index]
            addExact(actor.id, .actor(index))
            if let name = actor.name { addExact(name, .actor(index)) }
            for alias in actor.aliases { add(alias, .actor(index), id: actor.id) }
        }
        wildcards.sort { left, right in
            if left.length != right.length { return left.length > right.length }
            if (left.resolution == .unknown) != (right.resolution == .unknown) { return left.resolution == .unknown }
            return left.id.utf8.lexicographicallyPrecedes(right.id.utf8)
        }
    }

    /// Whom a symbol can mean: one for each member of a list and for each side of "and/or", each once.
    func candidates(for symbol: Symbol, symbols: borrowing SymbolTable) -> [Candidate] {
        if symbol.isAbsent { return [Candidate(resolution: .unknown, name: "")] }
        var candidates: [Candidate] = []
        for member in symbols.members(of: symbol) {
            for candidate in self.candidates(for: symbols.text(of: member))
            where !candidates.contains(where: { ActorRegistry.isSame($0, candidate) }) {
                candidates.append(candidate)
            }
        }
        return candidates
    }

    /// An actor and all groups that it belongs to at an instant, by any membership: itself first, the outermost last.
    func lineage(of actor: Int, at instant: Instant) -> [Int] {
        var order: [Int] = []
        var depths: [Int: Int] = [:]
        follow(actor, at: instant, path: [], order: &order, depths: &depths)
        // An actor stands behind all that belong to it, so its longest way counts; those equally far keep their order.
        let ranked = order.enumerated().sorted {
            let (left, right) = (depths[$0.element] ?? 0, depths[$1.element] ?? 0)
            return left != right ? left < right : $0.offset < $1.offset
        }
        return ranked.map(\.element)
    }

    /// The outermost group that an actor belongs to at an instant, by the first membership that holds each time.
    func party(of actor: Int, at instant: Instant) -> Int {
        var (party, passed) = (actor, Set([actor]))
        while let group = groups(of: party, at: instant).first, passed.insert(group).inserted { party = group }
        return party
    }

    // MARK: - Names

    private static func isSame(_ left: Candidate, _ right: Candidate) -> Bool {
        left.resolution == right.resolution && (left.resolution != .unresolved || left.name == right.name)
    }

    private func candidates(for text: String) -> [Candidate] {
        // A name that contains "and/or" and is known as a whole is one name.
        if let resolution = exact[ActorRegistry.key(text)] { return [Candidate(resolution: resolution, name: text)] }
        return ActorRegistry.alternatives(in: text).map { Candidate(resolution: resolve($0), name: $0) }
    }

    private func resolve(_ name: String) -> Resolution {
        if let resolution = exact[ActorRegistry.key(name)] { return resolution }
        return wildcards.first { $0.matcher.matches(name) }?.resolution ?? .unresolved
    }

    /// The names that "and/or" joins, without the blanks around them.
    private static func alternatives(in text: String) -> [String] {
        var words = text.split(separator: " ", omittingEmptySubsequences: true)[...]
        var names: [String] = []
        guard words.contains(where: isAlternative) else { return [text] }
        while !words.isEmpty {
            let name = words.prefix { !isAlternative($0) }
            if !name.isEmpty { names.append(name.joined(separator: " ")) }
            words = words.dropFirst(name.count + 1)
        }
        return names.isEmpty ? [text] : names
    }

    private static func isAlternative(_ word: Substring) -> Bool { CaseFolding.fold(String(word)) == "and/or" }

    private static func key(_ text: String) -> [UInt8] { Array(CaseFolding.fold(text).utf8) }

    private mutating func add(_ pattern: WildcardPattern, _ resolution: Resolution, id: String) {
        if let text = pattern.literalText { return addExact(text, resolution) }
        wildcards.append(
            Wildcard(
                matcher: WildcardMatcher(pattern, cased: false), length: pattern.length, resolution: resolution, id: id))
    }

    private mutating func addExact(_ text: String, _ resolution: Resolution) {
        let key = ActorRegistry.key(text)
        if exact[key] == nil { exact[key] = resolution }
    }

    // MARK: - Groups

    private func groups(of actor: Int, at instant: Instant) -> [Int] {
        actors[actor].memberships.filter { $0.from <= instant && instant < $0.until }.map(\.group)
    }

    private func follow(
        _ actor: Int, at instant: Instant, path: [Int], order: inout [Int], depths: inout [Int: Int]
    ) {
        if depths[actor] == nil { order.append(actor) }
        depths[actor] = max(depths[actor] ?? 0, path.count)
        for group in groups(of: actor, at: instant) where group != actor && !path.contains(group) {
            follow(group, at: instant, path: path + [actor], order: &order, depths: &depths)
        }
    }
}

extension WildcardPattern {
    /// How many characters it is written with, wildcards included.
    fileprivate var length: Int {
        pieces.reduce(0) { total, piece in
            if case .literal(let text) = piece { total + text.unicodeScalars.count } else { total + 1 }
        }
    }
}
