import Events
import Rulebook

/// Draws the registry of actors and the ceasefires.
enum TwinTruceGenerator {
    static func fill(_ book: inout Rulebook, _ random: inout SplitMix64) {
        let change = TwinBooks.instant(Double(24 * random.number(2...7)))
        let beginning = Actor.Membership(group: 1, from: .distantPast, until: change)
        let groups = random.pick([[1], [3], [3, 1]])
        book.actors = [
            TwinBooks.actor("gov", .state),
            TwinBooks.actor("reb", .armedGroup, aliases: ["The Rebels", "Rebels*"]),
            TwinBooks.actor("spl", .militia, memberships: [beginning] + groups.map { later($0, than: change) }),
            TwinBooks.actor(
                "mil", .armedGroup, aliases: ["*gunmen*"],
                memberships: random.chance(20) ? [later(1, than: change)] : []),
            TwinBooks.actor("civ", .civilians, aliases: ["Civil*"]), TwinBooks.actor("ngo", .other),
            TwinBooks.actor(
                "dep", .civilians, memberships: [.init(group: 0, from: .distantPast, until: .distantFuture)]),
        ]
        // Some are as long as an alias that matches too, or longer.
        book.unidentified = ["Unidentified*", "Unknown*", "*unknown"].map(TwinBooks.pattern)
        for number in 1...random.number(1...3) { book.ceasefires.append(truce("truce-\(number)", &random)) }
    }

    private static func later(_ group: Int, than change: Instant) -> Actor.Membership {
        .init(group: group, from: change + TwinBooks.hours(48), until: .distantFuture)
    }

    private static func truce(_ id: String, _ random: inout SplitMix64) -> Ceasefire {
        var parties = [Ceasefire.Party(side: "state", actors: [0]), Ceasefire.Party(side: "rebels", actors: [1])]
        // Some list an actor that another side has listed already.
        let militia = random.chance(80) ? [3] : [1, 3]
        if random.chance(25) { parties.append(Ceasefire.Party(side: "militia", actors: militia)) }
        let effective = random.chance(80) ? TwinBooks.instant(Double(6 * random.number(0...25))) : nil
        let until = random.chance(70) ? effective.map { $0 + TwinBooks.hours(Double(6 * random.number(1...20))) } : nil
        let acts = (0..<random.pick([0, 0, 1, 2, 3])).map { _ in
            let drawn = TwinBooks.instant(Double(6 * random.number(0...40)))
            let at = random.pick([drawn, drawn, effective ?? drawn, until ?? drawn])
            let act = random.pick(CeasefireAct.allCases)
            let hasUntil = act == .extended || (act == .declared && random.chance(60))
            return Ceasefire.Act(
                at: at, act: act, until: hasUntil ? at + TwinBooks.hours(Double(6 * random.number(1...12))) : nil,
                by: nil, location: TwinBooks.nowhere)
        }
        return Ceasefire(
            id: id, title: nil, parties: parties, effective: effective, until: until, acts: acts,
            area: random.chance(40) ? TwinBooks.equals("country", "North") : nil,
            prohibits: random.chance(50)
                ? .any([TwinBooks.equals("type", "a"), TwinBooks.equals("type", "b")]) : nil,
            protectsParties: random.chance(85), protectsCivilians: random.chance(80), location: TwinBooks.nowhere)
    }
}
