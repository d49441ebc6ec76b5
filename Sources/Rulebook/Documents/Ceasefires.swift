import Diagnostics
import Events

/// Reads `ceasefire:` and `ceasefires:`.
struct CeasefireReader {
    static let keys = [
        "id", "title", "parties", "effective", "until", "acts", "area", "prohibits", "protects",
    ]

    let actors: [String: Int]
    let detections: DetectionCompiler
    let timeZone: TimeZoneRules

    /// The ceasefires of all files.
    func read(_ nodes: [Node], _ scope: Scope) -> [Ceasefire] {
        var places: [String: Location] = [:]
        return nodes.compactMap { node in
            guard let section = Section(node, "a ceasefire", keys: CeasefireReader.keys, scope),
                let id = section.requiredText("id"), let place = section["id"]?.location
            else { return nil }
            if let first = places[id] {
                scope.error(
                    .duplicateCeasefire, "the ceasefire '\(id)' is already at \(first.file):\(first.line)", at: place)
            }
            places[id] = places[id] ?? place
            return ceasefire(id, section.moved(to: scope.within("ceasefire '\(id)'")), at: place)
        }
    }

    private func ceasefire(_ id: String, _ section: Section, at place: Location) -> Ceasefire {
        let parties = parties(section)
        let effective = section.instant("effective", timeZone)
        let until = section.instant("until", timeZone)
        if let effective, let until, until <= effective, let node = section["until"] {
            section.scope.error(.emptyPeriod, "the ceasefire ends before it takes effect", at: node.location)
        }
        let protected = protects(section)
        var ceasefire = Ceasefire(
            id: id, title: section.text("title"), parties: parties, effective: effective, until: until,
            acts: acts(section, parties), area: condition("area", section), prohibits: condition("prohibits", section),
            protectsParties: protected.contains(.parties), protectsCivilians: protected.contains(.civilians),
            location: place)
        ceasefire.protectsPlace = section["protects"]?.location
        return ceasefire
    }

    private func condition(_ key: String, _ section: Section) -> Condition? {
        guard let node = section[key] else { return nil }
        let items = node.items ?? [node]
        if let text = items.first(where: { $0.entries == nil }) {
            section.scope.error(
                .wrongType, "'\(key)' asks for fields of the incident, not for \(text.description)", at: text.location,
                help: ["write such as \(key): {\(key == "area" ? "country: Pakistan" : "type: [attack, bombing]")}"])
            return nil
        }
        return detections.selection(node, named: key, section.scope.within(key))
    }

    // MARK: Parties

    private func parties(_ section: Section) -> [Ceasefire.Party] {
        let scope = section.scope.within("parties")
        guard let node = section["parties"] else { return [] }
        guard let items = node.items else {
            scope.error(
                .wrongType, "'parties' is a list of sides, not \(node.description)", at: node.location,
                help: ["write such as parties: [{side: state, actors: [army]}]"])
            return []
        }
        var sides: Set<String> = []
        var sideOfActor: [Int: String] = [:]
        return items.compactMap { item -> Ceasefire.Party? in
            guard let party = Section(item, "a side", keys: ["side", "actors"], scope),
                let side = party.requiredText("side")
            else { return nil }
            if !sides.insert(side).inserted {
                scope.error(.duplicateSide, "the side '\(side)' stands twice", at: party.location)
            }
            let actors = party.required("actors").map { members($0, of: side, &sideOfActor, scope) } ?? []
            return Ceasefire.Party(side: side, actors: actors)
        }
    }

    private func members(
        _ node: Node, of side: String, _ sideOfActor: inout [Int: String], _ scope: Scope
    ) -> [Int] {
        if let items = node.items, items.isEmpty {
            scope.error(.emptyList, "the side '\(side)' has no actors", at: node.location)
        }
        var members: [Int] = []
        for (id, item) in scope.texts(node, "actors") {
            guard let index = actors[id] else {
                scope.unknownActor(id, among: actors, at: item.location)
                continue
            }
            if let other = sideOfActor[index], other != side {
                scope.error(
                    .actorOnTwoSides, "'\(id)' is already on the side '\(other)'", at: item.location,
                    help: ["leave it on one of them"])
            } else if sideOfActor.updateValue(side, forKey: index) == nil {
                members.append(index)
            }
        }
        return members
    }

    // MARK: Acts

    private func acts(_ section: Section, _ parties: [Ceasefire.Party]) -> [Ceasefire.Act] {
        let scope = section.scope.within("acts")
        guard let node = section["acts"] else { return [] }
        guard let items = node.items else {
            scope.error(.wrongType, "'acts' is a list of acts, not \(node.description)", at: node.location)
            return []
        }
        let ranks = Dictionary(uniqueKeysWithValues: CeasefireAct.allCases.enumerated().map { ($1, $0) })
        let sides = Set(parties.map(\.side))
        return items.compactMap { act($0, sides, scope) }
            .enumerated()
            .sorted { left, right in
                let (one, other) = (left.element, right.element)
                return (one.at, ranks[one.act] ?? 0, left.offset) < (other.at, ranks[other.act] ?? 0, right.offset)
            }
            .map(\.element)
    }

    private func act(_ node: Node, _ sides: Set<String>, _ scope: Scope) -> Ceasefire.Act? {
        guard let section = Section(node, "an act", keys: ["at", "act", "until", "by"], scope) else { return nil }
        let instant = section.required("at").flatMap { scope.instant($0, "at", timeZone) }
        let kind: CeasefireAct? = section.required("act").flatMap { scope.choice($0, "act") }
        let by = section.text("by")
        if let by, !sides.contains(by), actors[by] == nil, let place = section["by"] {
            scope.unknownActor(by, among: actors, at: place.location)
        }
        guard let instant, let kind else { return nil }
        switch kind {
        case .declared: break
        case .extended: _ = section.required("until", help: "until: 2014-04-11, the new end")
        case .resumed, .suspended, .ended:
            section.refuse(["until"], because: "only a declaration or an extension has a new end")
        }
        return Ceasefire.Act(
            at: instant, act: kind, until: section.instant("until", timeZone), by: by, location: section.location)
    }

    // MARK: Protection

    private enum Protected: String, CaseIterable { case parties, civilians }

    private func protects(_ section: Section) -> Set<Protected> {
        guard let node = section["protects"] else { return Set(Protected.allCases) }
        return Set((node.items ?? [node]).compactMap { section.scope.choice($0, "protects") as Protected? })
    }
}
