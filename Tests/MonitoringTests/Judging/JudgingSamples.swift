import Diagnostics
import Events
import Rulebook

@testable import Monitoring

/// The place of everything that a test makes up.
private let nowhere = Location(file: "test")

/// The instant that a text names, in UTC.
func instant(_ text: String) -> Instant { SampleEvents.instant(text) }

extension Actor {
    static func sample(
        _ id: String, name: String? = nil, _ kind: Kind = .armedGroup, aliases: [String] = [],
        in memberships: [Membership] = []
    ) -> Actor {
        Actor(
            id: id, name: name, kind: kind, aliases: aliases.map { WildcardPattern(name: $0) },
            memberships: memberships, location: nowhere)
    }
}

extension Actor.Membership {
    static func sample(_ group: Int, from: String? = nil, until: String? = nil) -> Actor.Membership {
        Actor.Membership(
            group: group, from: from.map { instant($0) } ?? .distantPast,
            until: until.map { instant($0) } ?? .distantFuture)
    }
}

extension Ceasefire {
    static func sample(
        _ id: String = "truce", effective: String? = "2014-03-01", until: String? = nil, acts: [Act] = [],
        area: Condition? = nil, prohibits: Condition? = .field("type", like: "attack"), parties: [Party] = twoSides,
        protectsParties: Bool = true, protectsCivilians: Bool = true
    ) -> Ceasefire {
        Ceasefire(
            id: id, title: nil, parties: parties, effective: effective.map { instant($0) },
            until: until.map { instant($0) }, acts: acts, area: area, prohibits: prohibits,
            protectsParties: protectsParties, protectsCivilians: protectsCivilians, location: nowhere)
    }

    /// The state against the TTP, as `Rulebook.sample` numbers them.
    static let twoSides = [Party(side: "state", actors: [0]), Party(side: "ttp", actors: [1])]
}

extension Ceasefire.Act {
    static func sample(_ at: String, _ act: CeasefireAct, until: String? = nil) -> Ceasefire.Act {
        Ceasefire.Act(at: instant(at), act: act, until: until.map { instant($0) }, by: nil, location: nowhere)
    }
}

extension Rulebook {
    /// Actors like those of Pakistan, and ceasefires.
    static func sample(_ ceasefires: Ceasefire...) -> Rulebook {
        var rulebook = Rulebook()
        rulebook.actors = [
            .sample("pakistan", name: "Pakistan", .state, aliases: ["Pakistan Army", "Police Forces of Pakistan*"]),
            .sample("ttp", name: "Tehrik-i-Taliban Pakistan", aliases: ["TTP", "Tehreek*Taliban Pakistan"]),
            .sample(
                "jua", name: "Jamaat-ul-Ahrar", aliases: ["JuA"],
                in: [.sample(1, until: "2014-08-26"), .sample(1, from: "2020-08-17")]),
            .sample("auh", name: "Ahrar-ul-Hind"),
            .sample("civilians", name: "Civilians (Pakistan)", .civilians, aliases: ["*pilgrims*"]),
            .sample("protesters", name: "Protesters", .other),
            .sample("wing", name: "Wing of JuA", in: [.sample(2)]),
        ]
        rulebook.unidentified = [WildcardPattern(name: "Unidentified*"), WildcardPattern(name: "Unknown")]
        rulebook.ceasefires = ceasefires
        return rulebook
    }
}

/// Judges events by a rule book, with every derived column asked for.
func judged(_ events: [Fields], by rulebook: Rulebook, acts: [StreamAct] = []) -> [Fields] {
    var schema = Schema()
    let derived = CanonicalField.derived.sorted() + ["ceasefire"]
    for field in derived { _ = schema.index(of: ColumnRequest(field)) }
    var judge = Judge(rulebook: rulebook, timeZone: .utc, schema: &schema)
    for act in acts { judge.add(act) }
    var table = SampleEvents(events, schema: schema)
    // In two pieces, and the second piece twice: neither must matter.
    let middle = events.count / 2
    for rows in [0..<middle, middle..<events.count, middle..<events.count] {
        judge.judge(
            columns: &table.columns, times: table.times, timeEnds: table.timeEnds, rows: rows, symbols: &table.symbols)
    }
    var results: [Fields] = []
    for row in events.indices {
        var fields: Fields = [:]
        for field in derived {
            let value = table.value(field, row: row)
            if value != .absent { fields[field] = value }
        }
        results.append(fields)
    }
    return results
}

/// Judges one event.
func judged(_ event: Fields, by rulebook: Rulebook, acts: [StreamAct] = []) -> Fields {
    judged([event], by: rulebook, acts: acts)[0]
}
