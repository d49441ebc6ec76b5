import Diagnostics
import Events
import Monitoring
import Rulebook

/// What the tests of this room are about: a small rule book and alerts that could come of it.
enum Examples {
    static let day: Int64 = 86_400_000
    static let nowhere = Location(file: "rules.yml", line: 1, column: 1)

    static let breachCondition = Condition.test(
        FieldTest(field: "breach", test: .exists(true), selection: "breach", location: nowhere))
    static let attackCondition = Condition.test(
        FieldTest(
            field: "type", test: .like(WildcardPattern(pieces: [.literal("attack")]), cased: false),
            selection: "attack", location: nowhere))

    static func rule(
        _ title: String, name: String? = nil, level: Level = .high, tags: [String] = [], runbook: String? = nil,
        _ body: Rule.Body
    ) -> Rule {
        Rule(
            name: name ?? title, title: title, level: level, description: nil, tags: tags, runbook: runbook, body: body,
            groupBy: [], options: Rule.Options(), raisesAlerts: true, location: nowhere)
    }

    /// Rules 0 and 1 are detections; rule 2 is the one given.
    static func rulebook(
        _ pattern: Correlation.Pattern, of rules: [RuleReference] = [0], days: Int64 = 7,
        _ condition: [NumericCondition.Term] = [], window: Correlation.Window = .sliding
    ) -> Rulebook {
        var rulebook = Rulebook()
        let correlation = Correlation(
            pattern: pattern, rules: rules, groupBy: [],
            timespan: Timespan(milliseconds: days * day), window: window, condition: NumericCondition(condition))
        rulebook.rules = [
            rule("Breach of a ceasefire", name: "breach", .detection(breachCondition)),
            rule("Attack on police", name: "attack", .detection(attackCondition)),
            rule(
                "Breaches pile up in a district", name: "breach-cluster", tags: ["truce"],
                runbook: "call the joint committee", .correlation(correlation)),
        ]
        rulebook.actors = [
            Actor(
                id: "ttp", name: "Tehrik-i-Taliban Pakistan", kind: .armedGroup, aliases: [], memberships: [],
                location: nowhere)
        ]
        return rulebook
    }

    static let cluster = rulebook(.eventCount, [.init(.greaterOrEqual, 3)])

    /// 14 March 2014, 09:40 UTC.
    static let onset = Instant(milliseconds: 1_394_790_000_000)

    static func event(_ id: String = "sarband", days: Int64 = 0, place: String? = "Sarband") -> Alert.EvidenceEvent {
        let time = Instant(milliseconds: onset.milliseconds - days * day)
        return Alert.EvidenceEvent(id: id, time: time, timeEnd: time, place: place, fatalities: 9)
    }

    static func alert(
        rule: RuleReference = 2, group: [(String, Value)] = [("admin2", .text("Peshawar"))], figure: Double? = 3,
        pValue: Double? = nil, count: Int = 3, ceasefireDay: Int? = 13, events: [Alert.EvidenceEvent] = [event()]
    ) -> Alert {
        Alert(
            status: .firing, id: "5f0c1d6be2a94c77", rule: rule,
            group: group.map { Alert.GroupValue(field: $0.0, value: $0.1) }, onset: onset, end: nil,
            figure: figure.map { Alert.Figure($0, pValue: pValue) }, peak: nil,
            ceasefire: ceasefireDay.map { Alert.CeasefireState(id: "ttp-2014", phase: "in_force", day: $0) },
            evidenceCount: count, events: events, alerts: [],
            knownAt: Instant(milliseconds: onset.milliseconds + 19_200_000))
    }
}
