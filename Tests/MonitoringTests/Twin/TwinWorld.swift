import Events
import Rulebook

/// A rule book, records and what the run is given: all that decides what the alerts are.
struct TwinWorld {
    var rulebook = Rulebook()
    /// In one order of arrival.
    var records: [TwinEvent] = []
    var until: Instant?
    var lateness = Timespan.zero
    /// By how much the clocks of the zone are ahead, of which statistics make their days.
    var clockOffset = Timespan.zero
    /// What cuts the records into batches.
    var batchSeed: UInt64 = 0

    /// The world of a number under a seed.
    init(seed: UInt64, number: Int) {
        var random = SplitMix64(seed: seed &+ UInt64(number) &* 0x1000_0000_01b3)
        let hasActors = random.chance(45)
        if hasActors { TwinTruceGenerator.fill(&rulebook, &random) }
        var rules = TwinRuleGenerator(hasActors: hasActors, truces: rulebook.ceasefires.count)
        rulebook.rules = rules.rules(&random)
        let events = TwinEventGenerator(
            base: TwinBooks.instant(random.pick([0, 0, -72, 420_768])), truces: rulebook.ceasefires.map(\.id),
            hasActors: hasActors)
        records = events.records(&random)
        for index in rulebook.ceasefires.indices { rulebook.ceasefires[index].move(by: events.base) }
        for index in rulebook.actors.indices { rulebook.actors[index].move(by: events.base) }
        if random.chance(30), let latest = records.map(\.time).max() {
            until = latest + TwinBooks.hours(Double(6 * random.number(-4...16)))
        }
        // Drawn apart, so that the rest of a world does not depend on it.
        var aside = SplitMix64(seed: ~seed &+ UInt64(number) &* 0x1000_0000_01b3)
        if aside.chance(60) { TwinAftermathGenerator(base: events.base).fill(&rulebook, &aside) }
        if aside.chance(40) { TwinStatisticGenerator.fill(&rulebook, &aside) }
        clockOffset = TwinBooks.hours(aside.pick([0, 0, 5, -3.5]))
    }

    /// The same world with another order of arrival, cut and lateness.
    func rearranged(_ random: inout SplitMix64) -> TwinWorld {
        var other = self
        other.records = TwinWorld.shuffled(records, &random)
        other.lateness = random.pick([.zero, TwinBooks.hours(6), TwinBooks.hours(36), TwinBooks.hours(10_000)])
        other.batchSeed = random.next()
        return other
    }

    /// Another order that keeps the order of one id's records where they have no revision: there it is the revision.
    static func shuffled(_ records: [TwinEvent], _ random: inout SplitMix64) -> [TwinEvent] {
        var shuffled = records.shuffled(using: &random)
        for id in Set(records.filter { $0.revision == .none }.map(\.id)) {
            let inOrder = records.filter { $0.id == id && $0.revision == .none }
            let places = shuffled.indices.filter { shuffled[$0].id == id && shuffled[$0].revision == .none }
            for (place, record) in zip(places, inOrder) { shuffled[place] = record }
        }
        return shuffled
    }
}

extension Ceasefire {
    /// Moves what was drawn around the epoch to where the events are.
    fileprivate mutating func move(by base: Instant) {
        let offset = base - Instant(milliseconds: 0)
        effective = effective.map { $0 + offset }
        until = until.map { $0 + offset }
        acts = acts.map { act in
            var act = act
            act.at = act.at + offset
            act.until = act.until.map { $0 + offset }
            return act
        }
    }
}

extension Actor {
    fileprivate mutating func move(by base: Instant) {
        let offset = base - Instant(milliseconds: 0)
        for index in memberships.indices {
            if memberships[index].from != .distantPast { memberships[index].from = memberships[index].from + offset }
            if memberships[index].until != .distantFuture {
                memberships[index].until = memberships[index].until + offset
            }
        }
    }
}
