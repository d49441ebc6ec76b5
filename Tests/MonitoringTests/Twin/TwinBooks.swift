import Diagnostics
import Events
import Rulebook

/// Short ways to build rule books without files.
enum TwinBooks {
    static let nowhere = Location(file: "generated", line: 1, column: 1)

    static func hours(_ hours: Double) -> Timespan { Timespan(milliseconds: Int64(hours * 3_600_000)) }

    static func instant(_ hours: Double) -> Instant { Instant(milliseconds: Int64(hours * 3_600_000)) }

    /// A pattern in which only `*` is special.
    static func pattern(_ text: String) -> WildcardPattern {
        let literals = text.split(separator: "*", omittingEmptySubsequences: false).map {
            WildcardPattern.Piece.literal(String($0))
        }
        let joined = literals.flatMap { [$0, .any] }.dropLast()
        return WildcardPattern(pieces: joined.filter { $0 != .literal("") })
    }

    static func test(_ field: String, _ test: ValueTest) -> Condition {
        .test(FieldTest(field: field, test: test, selection: "selection", location: nowhere))
    }

    static func equals(_ field: String, _ text: String) -> Condition {
        test(field, .like(pattern(text), cased: false))
    }

    static func rule(_ name: String, _ body: Rule.Body, groupBy: [String] = []) -> Rule {
        Rule(
            name: name, title: name, level: .medium, description: nil, tags: [], runbook: nil, body: body,
            groupBy: groupBy, options: Rule.Options(), raisesAlerts: true, location: nowhere)
    }

    static func detection(_ name: String, type: String) -> Rule {
        rule(name, .detection(equals("type", type)))
    }

    static func actor(
        _ id: String, _ kind: Actor.Kind, aliases: [String] = [], memberships: [Actor.Membership] = []
    ) -> Actor {
        Actor(
            id: id, name: nil, kind: kind, aliases: aliases.map(pattern), memberships: memberships, location: nowhere)
    }
}
