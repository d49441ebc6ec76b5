import Events
import Rulebook

/// Says what attribution an incident has by the statements about it (section 2, "Claims"), going through all of them each
/// time.
///
/// Two names are of one party if some candidate of the one has the party of some candidate of the other.
struct TwinClaims {
    let actors: TwinActors
    /// The statements in force.
    private let statements: [TwinEvent]

    init(actors: TwinActors, events: [TwinEvent]) {
        self.actors = actors
        statements = events.filter { $0.fields["claim"] != nil && $0.fields["about"] != nil }
    }

    /// The incident with the attribution, and where a claim names it the initiator, that rules see.
    func seen(_ incident: TwinEvent) -> TwinEvent {
        // A statement is no incident, and of a mutual record nobody asks who did it.
        if incident.fields["claim"] != nil || incident.fields["mutual"] == .boolean(true) { return incident }
        let said = statements.filter { about($0).contains(incident.id) && !parties($0, "by", incident).isEmpty }
        let own = parties(incident, "initiator", incident)
        let claims = said.filter { word("claim", $0) == "claimed" }
        let denials = said.filter { word("claim", $0) == "denied" }
        var seen = incident
        if isDisputed(claims, denials, own, incident) {
            seen.fields["attribution"] = .text("disputed")
        } else if let first = claims.min(by: isEarlier) {
            seen.fields["attribution"] = .text("claimed")
            if own.isEmpty { seen.fields["initiator"] = first.fields["by"] }
        } else if denials.contains(where: { !parties($0, "by", incident).isDisjoint(with: own) }) {
            seen.fields["attribution"] = .text("denied")
        } else if ["", "unknown"].contains(word("attribution", incident)),
            said.contains(where: { accuses($0, own, incident) })
        {
            seen.fields["attribution"] = .text("alleged")
        }
        return seen
    }

    private func isDisputed(
        _ claims: [TwinEvent], _ denials: [TwinEvent], _ own: Set<String>, _ incident: TwinEvent
    ) -> Bool {
        for claim in claims {
            let party = parties(claim, "by", incident)
            for other in claims where parties(other, "by", incident).isDisjoint(with: party) { return true }
            if !own.isEmpty, own.isDisjoint(with: party) { return true }
            for denial in denials where !parties(denial, "by", incident).isDisjoint(with: party) { return true }
        }
        return false
    }

    private func accuses(_ statement: TwinEvent, _ own: Set<String>, _ incident: TwinEvent) -> Bool {
        guard word("claim", statement) == "accused", !own.isEmpty else { return false }
        let accused = parties(statement, "target", incident)
        return accused.isEmpty || !accused.isDisjoint(with: own)
    }

    private func isEarlier(_ left: TwinEvent, _ right: TwinEvent) -> Bool {
        left.time != right.time ? left.time < right.time : left.id.precedesByCodePoint(right.id)
    }

    private func about(_ statement: TwinEvent) -> [String] {
        (statement.fields["about"] ?? .absent).twinMembers.compactMap(\.twinText)
    }

    private func word(_ field: String, _ event: TwinEvent) -> String {
        (event.fields[field]?.twinText ?? "").lowercased()
    }

    /// The parties that a field of a record may mean, as of the incident's time; a name in no registry is one of its own.
    private func parties(_ record: TwinEvent, _ field: String, _ incident: TwinEvent) -> Set<String> {
        var parties: Set<String> = []
        for name in (record.fields[field] ?? .absent).twinMembers.compactMap(\.twinText) {
            for part in TwinActors.alternatives(name) {
                switch actors.candidates(of: .text(part))[0] {
                case .unknown: break
                case .unresolved: parties.insert("name \(part.lowercased())")
                case .actor(let index): parties.insert("actor \(actors.party(of: index, at: incident.time))")
                }
            }
        }
        return parties
    }
}
