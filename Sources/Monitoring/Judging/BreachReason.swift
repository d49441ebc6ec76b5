import Events
import Rulebook

/// Says why an event is judged a breach, so that a reader can contest it: who belongs to which side, what is not known, and
/// how far into which ceasefire.
struct BreachReason {
    /// The ceasefire.
    let ceasefire: Ceasefire
    /// Its table.
    let table: BreachTable
    /// The actors.
    let actors: [Actor]

    /// The sentence for a verdict, without a full stop.
    ///
    /// - Parameters:
    ///   - day: whole days since the ceasefire took effect.
    ///   - attribution: the attribution as given; empty if there is none.
    func sentence(
        _ verdict: Verdict, initiator: Standing, target: Standing, day: Int, attribution: String
    ) -> String {
        let initiator = initiator.readings[verdict.initiator]
        let target = target.readings[verdict.target]
        var clauses: [String] = []
        switch verdict.breach {
        case .confirmed, .disputed, .alleged:
            clauses.append(belonging(initiator) + " of " + terms(day))
            clauses.append(object(target))
            clauses.append(attribution.isEmpty ? "no attribution given" : "attribution " + attribution)
        case .clash:
            clauses.append(belonging(initiator) + " of " + terms(day))
            clauses.append(belonging(target))
            clauses.append("it is not recorded who began")
        case .unattributed:
            clauses = ["The initiator is unknown", object(target), inForce(day)]
        case .unresolved:
            clauses = [
                "The initiator's name '\(initiator.candidate.name)' is in no registry", object(target),
                inForce(day),
            ]
        case .spoiler:
            clauses.append("\(name(initiator)) is \(kind(initiator)) of no side of " + terms(day))
            clauses.append(object(target))
        }
        if verdict.readings > 1 { clauses.append("the weakest of \(verdict.readings) readings of the names") }
        return clauses.joined(separator: ", ")
    }

    private func terms(_ day: Int) -> String { "\(ceasefire.id) (in force, day \(day))" }

    private func inForce(_ day: Int) -> String { "\(ceasefire.id) is in force (day \(day))" }

    /// That an actor belongs to a side, and through which group.
    private func belonging(_ reading: Standing.Reading) -> String {
        guard let (party, through) = table.side(of: reading.lineage) else { return name(reading) }
        let way = through == reading.lineage.first ? "" : " through \(name(through))"
        return "\(name(reading)) belongs to side \(ceasefire.parties[party].side)\(way)"
    }

    private func object(_ reading: Standing.Reading) -> String {
        switch reading.candidate.resolution {
        case .unknown: return "the target is unknown"
        case .unresolved: return "the target's name '\(reading.candidate.name)' is in no registry and counts as unknown"
        case .actor(let actor):
            if ceasefire.protectsParties, table.side(of: reading.lineage) != nil {
                return "the target " + belonging(reading)
            }
            return "the target \(name(actor)) is civilian"
        }
    }

    private func kind(_ reading: Standing.Reading) -> String {
        guard let actor = reading.lineage.first else { return "an actor" }
        switch actors[actor].kind {
        case .state: return "a state"
        case .armedGroup: return "an armed group"
        case .militia: return "a militia"
        case .civilians, .other: return "an actor"
        }
    }

    private func name(_ reading: Standing.Reading) -> String {
        reading.lineage.first.map(name) ?? reading.candidate.name
    }

    private func name(_ actor: Int) -> String { actors[actor].name ?? actors[actor].id }
}
