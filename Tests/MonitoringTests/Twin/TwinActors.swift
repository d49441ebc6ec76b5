import Events
import Rulebook

/// Resolves names and follows memberships by looking through the whole registry each time (section 3).
struct TwinActors {
    /// Who a reported name may be.
    enum Candidate: Hashable {
        /// No name, or one under `unidentified`.
        case unknown
        /// A name that no actor bears.
        case unresolved
        /// An index into `Rulebook.actors`.
        case actor(Int)
    }

    let rulebook: Rulebook

    /// Everybody whom the value of `initiator`, `target` or `by` may mean; one unknown if it is absent.
    func candidates(of value: Value) -> [Candidate] {
        let names = value.twinMembers.compactMap(\.twinText).flatMap(TwinActors.alternatives)
        return names.isEmpty ? [.unknown] : names.map(resolve)
    }

    /// The actor, and all that it belongs to at a time, itself first.
    func lineage(of actor: Int, at time: Instant) -> [Int] {
        var found = [actor]
        var position = 0
        while position < found.count {
            for group in groups(of: found[position], at: time) where !found.contains(group) { found.append(group) }
            position += 1
        }
        return found
    }

    /// The outermost group, following the first membership listed of those that hold.
    func party(of actor: Int, at time: Instant) -> Int {
        var outermost = actor
        while let next = groups(of: outermost, at: time).first { outermost = next }
        return outermost
    }

    /// The fields that a role (`initiator`, `target`, `by`) gets.
    func derivedFields(role: String, of value: Value, at time: Instant) -> [String: Value] {
        let actors = candidates(of: value).compactMap { if case .actor(let index) = $0 { index } else { nil } }
        return [
            "\(role).actor": list(actors.map { rulebook.actors[$0].id }),
            "\(role).kind": list(actors.map { rulebook.actors[$0].kind.rawValue }),
            "\(role).party": list(actors.map { rulebook.actors[party(of: $0, at: time)].id }),
            "\(role).lineage": list(actors.flatMap { lineage(of: $0, at: time) }.map { rulebook.actors[$0].id }),
        ]
    }

    private func groups(of actor: Int, at time: Instant) -> [Int] {
        rulebook.actors[actor].memberships.filter { $0.from <= time && time < $0.until }.map(\.group)
    }

    /// Without repetition; one value alone is no list.
    private func list(_ texts: [String]) -> Value {
        var members: [Value] = []
        for text in texts where !members.contains(.text(text)) { members.append(.text(text)) }
        return members.count > 1 ? .list(members) : members.first ?? .absent
    }

    static func alternatives(_ name: String) -> [String] {
        let separator = " and/or "
        var parts: [String] = []
        var rest = Substring(name)
        while let range = rest.lowercased().firstRange(of: separator) {
            let length = rest.lowercased().distance(from: rest.lowercased().startIndex, to: range.lowerBound)
            parts.append(String(rest.prefix(length)))
            rest = rest.dropFirst(length + separator.count)
        }
        return parts + [String(rest)]
    }

    /// One way in which a name is known.
    private struct Bearing {
        var isExact: Bool
        var length: Int
        var candidate: Candidate
        var id: String
    }

    private func resolve(_ name: String) -> Candidate {
        var bearings: [Bearing] = []
        func offer(_ pattern: WildcardPattern, _ candidate: Candidate, id: String) {
            guard TwinMatching.matches(pattern, name, isCased: false) else { return }
            bearings.append(
                Bearing(isExact: pattern.isLiteral, length: pattern.twinLength, candidate: candidate, id: id))
        }
        for pattern in rulebook.unidentified { offer(pattern, .unknown, id: "") }
        for (index, actor) in rulebook.actors.enumerated() {
            let names = [actor.id, actor.name].compactMap { $0 }.map { WildcardPattern(pieces: [.literal($0)]) }
            for pattern in names + actor.aliases { offer(pattern, .actor(index), id: actor.id) }
        }
        return bearings.min(by: isMoreSpecific)?.candidate ?? .unresolved
    }

    private func isMoreSpecific(_ left: Bearing, _ right: Bearing) -> Bool {
        if left.isExact != right.isExact { return left.isExact }
        if !left.isExact, left.length != right.length { return left.length > right.length }
        if (left.candidate == .unknown) != (right.candidate == .unknown) { return left.candidate == .unknown }
        return left.id.precedesByCodePoint(right.id)
    }
}

extension WildcardPattern {
    /// How many characters it is written with.
    fileprivate var twinLength: Int {
        pieces.reduce(0) { sum, piece in
            if case .literal(let text) = piece { sum + text.unicodeScalars.count } else { sum + 1 }
        }
    }
}
