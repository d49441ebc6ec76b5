import Events
import Rulebook

/// What an incident records of itself, as far as statements about it matter.
struct RecordedIncident {
    /// The parties of the initiator that is recorded, at the incident's time; none where it is not known.
    var initiator: Set<Party>
    /// The attribution that is recorded; empty where there is none.
    var attribution: String
}

/// A statement with whom it is by and against, at the time of the incident that it is about.
struct HeardStatement {
    /// The statement.
    var statement: Statement
    /// The parties of the speaker; never empty.
    var by: Set<Party>
    /// The parties that it is against; empty where it names none.
    var against: Set<Party>
}

/// The attribution of an incident that follows from the statements about it.
///
/// Names can mean several parties. Two of them are taken to be one party where they share one, so that a claim by "A and/or B"
/// and one by A are no rivals.
enum AttributionRules {
    /// The first that applies of: disputed, claimed, denied, alleged, the incident's own.
    ///
    /// - Complexity: O(n) in the number of statements, times that of the parties who claim it.
    static func attribution(of incident: RecordedIncident, heard: [HeardStatement]) -> ClaimedAttribution {
        let claims = heard.filter { $0.statement.claim == .claimed }
        let denials = heard.filter { $0.statement.claim == .denied }
        if isDisputed(claims, denials, incident) { return ClaimedAttribution(attribution: "disputed") }
        if let first = claims.min(by: { $0.statement.precedes($1.statement) }) {
            let names = incident.initiator.isEmpty
            return ClaimedAttribution(attribution: "claimed", initiator: names ? first.statement.by : nil)
        }
        if denials.contains(where: { isOne($0.by, incident.initiator) }) {
            return ClaimedAttribution(attribution: "denied")
        }
        if isOpen(incident.attribution), heard.contains(where: { accuses($0, incident.initiator) }) {
            return ClaimedAttribution(attribution: "alleged")
        }
        return .own
    }

    private static func isDisputed(
        _ claims: [HeardStatement], _ denials: [HeardStatement], _ incident: RecordedIncident
    ) -> Bool {
        let claimants = Set(claims.map(\.by))
        let deniers = Set(denials.map(\.by))
        return claimants.contains { claimant in
            claimants.contains { !isOne($0, claimant) }
                || (!incident.initiator.isEmpty && !isOne(claimant, incident.initiator))
                || deniers.contains { isOne($0, claimant) }
        }
    }

    private static func accuses(_ heard: HeardStatement, _ initiator: Set<Party>) -> Bool {
        guard heard.statement.claim == .accused, !initiator.isEmpty else { return false }
        return heard.against.isEmpty || isOne(heard.against, initiator)
    }

    private static func isOpen(_ attribution: String) -> Bool {
        attribution.isEmpty || CaseFolding.fold(attribution) == "unknown"
    }

    private static func isOne(_ left: Set<Party>, _ right: Set<Party>) -> Bool { !left.isDisjoint(with: right) }
}
