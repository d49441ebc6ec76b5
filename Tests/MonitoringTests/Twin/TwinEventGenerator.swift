import Events
import Rulebook

/// Draws records on a coarse grid of time, so that ties and the exact edges of windows are frequent.
struct TwinEventGenerator {
    let base: Instant
    let truces: [String]
    let hasActors: Bool

    static let names = [
        "gov", "GOV", "reb", "The Rebels", "rebels of the north", "spl", "mil", "civ", "Civilian bus", "ngo",
        "Unidentified", "Unknown gunmen", "Masked gunmen", "Rebels unknown", "Strangers", "dep", "reb and/or mil",
        "spl and/or Unidentified", "gov and/or reb", "civ and/or dep",
    ]

    /// All records in an order of arrival: incidents, their corrections, withdrawals and duplicates.
    func records(_ random: inout SplitMix64) -> [TwinEvent] {
        let count = random.chance(70) ? random.number(5...25) : random.number(20...60)
        var records: [TwinEvent] = []
        for number in 0..<count { records += history(of: "e\(number)", &random) }
        return TwinWorld.shuffled(records, &random)
    }

    /// The records of one incident; some are different but of equal revision.
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
                let height = index > first && random.chance(20) ? index : index + 1
                records[index].revision = Revision(kind: kind, value: Double(height))
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
        let party: [Value] = [
            .text("p"), .text("q"), .text("p"), .text("q"), .list([.text("p"), .text("r")]), .absent,
        ]
        event.fields["from"] = random.pick(party)
        event.fields["to"] = random.pick(party)
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
        if random.chance(22) {
            addStatement(&event, by: party(&random), &random)
        } else if random.chance(20) {
            event.fields["initiator"] = .absent
        }
        addAct(&event, &random)
    }

    /// Makes it a statement, about one of the few incidents that most are about.
    private func addStatement(_ event: inout TwinEvent, by speaker: Value, _ random: inout SplitMix64) {
        event.fields["about"] = random.pick([
            .text("e\(random.number(0...4))"), .text("e\(random.number(0...4))"), .text("e\(random.number(0...60))"),
            .list([.text("e0"), .text("e\(random.number(1...4))")]), .absent,
        ])
        if random.chance(60) { event.fields["target"] = .absent }
        event.fields["claim"] = .text(
            random.pick(["claimed", "claimed", "denied", "denied", "accused", "accused", "condemned", "other"]))
        event.fields["by"] = speaker
    }

    private func addAct(_ event: inout TwinEvent, _ random: inout SplitMix64) {
        guard !truces.isEmpty else { return }
        let named = random.chance(85) ? random.pick(truces) : "elsewhere"
        if random.chance(15) {
            let act = random.pick(CeasefireAct.allCases)
            event.fields["ceasefire"] = .text(named)
            event.fields["ceasefire_act"] = .text(act.rawValue)
            if act == .declared || act == .extended, random.chance(70) {
                event.until = event.time + TwinBooks.hours(Double(6 * random.number(-1...14)))
            }
        } else if random.chance(5) {
            // Without an act an input value counts for nothing.
            event.fields["ceasefire"] = .text(named)
        }
    }
}
