import Events
import Rulebook

/// Draws records on a coarse grid of time, so that ties and the exact edges of windows are frequent.
struct TwinEventGenerator {
    let base: Instant
    let truces: [String]
    let hasActors: Bool

    static let names = [
        "gov", "GOV", "reb", "The Rebels", "rebels of the north", "spl", "mil", "civ", "Civilian bus", "ngo",
        "Unidentified", "Unknown gunmen", "Strangers", "reb and/or mil", "spl and/or Unidentified", "gov and/or reb",
    ]

    /// All records in an order of arrival: incidents, their corrections, withdrawals and duplicates.
    func records(_ random: inout SplitMix64) -> [TwinEvent] {
        let count = random.chance(70) ? random.number(5...25) : random.number(20...60)
        var records: [TwinEvent] = []
        for number in 0..<count { records += history(of: "e\(number)", &random) }
        return TwinWorld.shuffled(records, &random)
    }

    /// The records of one incident; revisions of equal height are always equal records.
    private func history(of id: String, _ random: inout SplitMix64) -> [TwinEvent] {
        var records = [event(id, &random)]
        while random.chance(22) {
            var next = random.chance(50) ? event(id, &random) : records[0]
            next.fields["type"] = .text(random.pick(["a", "b", "c"]))
            if random.chance(30) {
                next.withdrawn = true
                next.fields = [:]
                next.reported = nil
                next.until = nil
            }
            records.append(next)
        }
        if random.chance(60) {
            let kind = random.chance(80) ? Revision.Kind.number : .instant
            // With some chance the first has none, which is lower than any given.
            let first = random.chance(20) ? 1 : 0
            for index in records.indices.dropFirst(first) {
                records[index].revision = Revision(kind: kind, value: Double(index + 1))
            }
        }
        if random.chance(12) { records.append(random.pick(records)) }
        return records
    }

    private func event(_ id: String, _ random: inout SplitMix64) -> TwinEvent {
        let time = base + TwinBooks.hours(Double(6 * random.number(0...40)))
        var event = TwinEvent(id: id, time: time)
        if random.chance(22) { blur(&event, &random) }
        if random.chance(50) { event.reported = time + TwinBooks.hours(Double(3 * random.number(0...30))) }
        event.fields["type"] = .text(random.pick(["a", "a", "b", "b", "c", "d"]))
        event.fields["admin2"] = random.pick([
            .text("x"), .text("x"), .text("y"), .list([.text("x"), .text("y")]), .absent,
        ])
        event.fields["tag"] = random.pick([
            .number(1), .text("1"), .text("one"), .boolean(true), .list([.number(1), .text("one")]), .absent,
        ])
        event.fields["fatalities"] = random.chance(70) ? .number(Double(random.number(0...5))) : .absent
        event.fields["score"] = random.pick([
            .number(2), .number(5), .number(-3), .text("2"), .text("many"), .list([.number(1), .text("4")]), .absent,
        ])
        event.fields["place"] = random.chance(30) ? .text("Sarband") : .absent
        if hasActors { addParties(&event, &random) }
        event.fields = event.fields.filter { $0.value != .absent }
        return event
    }

    /// Makes the time an interval: some hours, the day or a week that begins with it.
    private func blur(_ event: inout TwinEvent, _ random: inout SplitMix64) {
        let day: Int64 = 86_400_000
        let length = random.pick([TwinBooks.hours(6), TwinBooks.hours(24), TwinBooks.hours(24), TwinBooks.hours(168)])
        if length.milliseconds >= day {
            let time = event.time.milliseconds
            event.time = Instant(milliseconds: time - ((time % day) + day) % day)
        }
        event.timeEnd = event.time + length
    }

    private func addParties(_ event: inout TwinEvent, _ random: inout SplitMix64) {
        let names = TwinEventGenerator.names
        func party(_ random: inout SplitMix64) -> Value {
            if random.chance(15) { return .absent }
            if random.chance(8) { return .list([.text(random.pick(names)), .text(random.pick(names))]) }
            return .text(random.pick(names))
        }
        event.fields["initiator"] = party(&random)
        event.fields["target"] = party(&random)
        event.fields["country"] = random.pick([.text("North"), .text("North"), .text("South"), .absent])
        event.fields["mutual"] = random.chance(12) ? .boolean(true) : .absent
        event.fields["attribution"] = random.pick([
            .text("confirmed"), .text("claimed"), .text("alleged"), .text("disputed"), .text("denied"),
            .text("unknown"), .absent,
        ])
        if random.chance(12), !truces.isEmpty {
            let act = random.pick(CeasefireAct.allCases)
            event.fields["ceasefire"] = .text(random.pick(truces))
            event.fields["ceasefire_act"] = .text(act.rawValue)
            // A declaration and an extension always say until when: without it the specification is silent.
            if act == .declared || act == .extended {
                event.until =
                    event.time + TwinBooks.hours(Double(6 * random.number(act == .extended ? -1...14 : 1...14)))
            }
        } else if random.chance(5), !truces.isEmpty {
            // Without an act an input value counts for nothing.
            event.fields["ceasefire"] = .text(random.pick(truces))
        }
    }
}

/// Draws the registry of actors and the ceasefires.
enum TwinTruceGenerator {
    static func fill(_ book: inout Rulebook, _ random: inout SplitMix64) {
        let change = TwinBooks.instant(Double(24 * random.number(2...7)))
        book.actors = [
            TwinBooks.actor("gov", .state),
            TwinBooks.actor("reb", .armedGroup, aliases: ["The Rebels", "Rebels*"]),
            TwinBooks.actor(
                "spl", .militia,
                memberships: [
                    .init(group: 1, from: .distantPast, until: change),
                    .init(group: random.pick([1, 3]), from: change + TwinBooks.hours(48), until: .distantFuture),
                ]),
            TwinBooks.actor("mil", .armedGroup), TwinBooks.actor("civ", .civilians, aliases: ["Civil*"]),
            TwinBooks.actor("ngo", .other),
        ]
        book.unidentified = ["Unidentified*", "Unknown*"].map(TwinBooks.pattern)
        for number in 1...random.number(1...3) { book.ceasefires.append(truce("truce-\(number)", &random)) }
    }

    private static func truce(_ id: String, _ random: inout SplitMix64) -> Ceasefire {
        var parties = [Ceasefire.Party(side: "state", actors: [0]), Ceasefire.Party(side: "rebels", actors: [1])]
        if random.chance(25) { parties.append(Ceasefire.Party(side: "militia", actors: [3])) }
        let effective = random.chance(80) ? TwinBooks.instant(Double(6 * random.number(0...25))) : nil
        let until = random.chance(70) ? effective.map { $0 + TwinBooks.hours(Double(6 * random.number(1...20))) } : nil
        let acts = (0..<random.pick([0, 0, 1, 2, 3])).map { _ in
            let at = TwinBooks.instant(Double(6 * random.number(0...40)))
            let act = random.pick(CeasefireAct.allCases)
            let hasUntil = act == .declared || act == .extended
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
