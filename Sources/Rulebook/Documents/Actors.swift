import Diagnostics
import Events

/// Reads `actors:` and `unidentified:`.
struct ActorReader {
    static let keys = ["id", "name", "kind", "aliases", "member_of"]

    private let timeZone: TimeZoneRules
    private var actors: [Actor] = []
    /// Id to index, for references.
    private var indices: [String: Int] = [:]
    /// Folded id, name or alias to the actor that has it.
    private var owners: [String: Int] = [:]

    private init(timeZone: TimeZoneRules) { self.timeZone = timeZone }

    /// The actors of all files, and the index of each id.
    static func read(
        _ nodes: [Node], _ scope: Scope, _ timeZone: TimeZoneRules
    ) -> (actors: [Actor], indices: [String: Int]) {
        var reader = ActorReader(timeZone: timeZone)
        let sections = nodes.compactMap { Section($0, "an actor", keys: keys, scope) }
        let named = sections.compactMap { section in section.requiredText("id").map { (id: $0, section: section) } }
        var accepted: [Section] = []
        for (id, section) in named {
            let inside = section.moved(to: scope.within("actor '\(id)'"))
            if reader.addActor(id, inside) { accepted.append(inside) }
        }
        for (index, section) in accepted.enumerated() { reader.addMemberships(of: index, section) }
        MembershipCycles(actors: reader.actors).report(scope)
        return (reader.actors, reader.indices)
    }

    /// The names that count as none, and where they are written.
    static func readUnidentified(_ nodes: [Node], _ scope: Scope) -> (names: [WildcardPattern], places: [Location]) {
        let texts = nodes.flatMap { scope.texts($0, "unidentified") }
        return (texts.map { WildcardPattern(name: $0.text) }, texts.map(\.node.location))
    }

    private mutating func addActor(_ id: String, _ section: Section) -> Bool {
        let scope = section.scope
        let place = section["id"]?.location ?? section.location
        let index = actors.count
        if let owner = owners[CaseFolding.fold(id)] {
            let problem: Problem = indices[id] == nil ? .ambiguousAlias : .duplicateActor
            let first = actors[owner].location
            let message =
                problem == .duplicateActor
                ? "the actor '\(id)' is already at \(first.file):\(first.line)"
                : "'\(id)' already names \(describe(owner))"
            scope.error(problem, message, at: place)
            return false
        }
        indices[id] = index
        owners[CaseFolding.fold(id)] = index
        let name = section.text("name")
        let aliases = section["aliases"].map { scope.texts($0, "aliases") } ?? []
        var actor = Actor(
            id: id, name: name, kind: section.choice("kind") ?? .other,
            aliases: aliases.map { WildcardPattern(name: $0.text) }, memberships: [], location: place)
        actor.aliasPlaces = aliases.map(\.node.location)
        actors.append(actor)
        if let name, let node = section["name"] { claim(name, at: node.location, index, scope) }
        for alias in aliases { claim(alias.text, at: alias.node.location, index, scope) }
        return true
    }

    /// Gives a name to an actor, unless another has it.
    private mutating func claim(_ name: String, at place: Location, _ index: Int, _ scope: Scope) {
        let folded = CaseFolding.fold(name)
        guard let owner = owners[folded], owner != index else {
            owners[folded] = index
            return
        }
        scope.error(
            .ambiguousAlias, "'\(name)' names both '\(actors[index].id)' and \(describe(owner))", at: place,
            help: ["give it to one of them"])
    }

    private func describe(_ index: Int) -> String {
        let place = actors[index].location
        return "'\(actors[index].id)' (\(place.file):\(place.line))"
    }

    private mutating func addMemberships(of index: Int, _ section: Section) {
        guard let node = section["member_of"] else { return }
        for item in node.items ?? [node] {
            guard let membership = membership(item, section.scope.within("member_of")) else { continue }
            actors[index].memberships.append(membership)
        }
    }

    private func membership(_ node: Node, _ scope: Scope) -> Actor.Membership? {
        if node.scalar != nil {
            return group(node, scope).map { .init(group: $0, from: .distantPast, until: .distantFuture) }
        }
        guard let section = Section(node, "a membership", keys: ["actor", "from", "until"], scope),
            let group = section.required("actor").flatMap({ group($0, scope) })
        else { return nil }
        let from = section.instant("from", timeZone) ?? .distantPast
        let until = section.instant("until", timeZone) ?? .distantFuture
        if from >= until, let place = section["until"] {
            scope.error(.emptyPeriod, "the membership ends before it begins", at: place.location)
        }
        return Actor.Membership(group: group, from: from, until: until)
    }

    private func group(_ node: Node, _ scope: Scope) -> Int? {
        guard let id = scope.text(node, "actor") else { return nil }
        if let index = indices[id] { return index }
        scope.unknownActor(id, among: indices, at: node.location)
        return nil
    }
}

extension Scope {
    /// Says that an id is that of no actor.
    func unknownActor(_ id: String, among indices: [String: Int], at location: Location) {
        error(
            .unknownActor, "there is no actor '\(id)'", at: location,
            help: Suggestion.help(for: id, amongKeysOf: indices),
            fix: Suggestion.fix(for: id, at: location, among: indices.keys.sorted(), isClosed: false))
    }
}
