import Diagnostics
import Events
import Rulebook

/// A rule with one change, to see whether a test notices.
struct Mutation {
    /// The change in words, as a reason beside the rule names it: `condition gte 3 to 4`.
    var change: String
    /// The rule with the change.
    var rule: Rule
    /// What was changed.
    var location: Location
}

/// A kind of change.
struct MutationOperator: Sendable {
    let mutations: @Sendable (Rule) -> [Mutation]

    /// The kinds: a new one is a line here and a file, or a part of one, beside this one.
    static let all: [MutationOperator] = [
        .detectionThresholds, .selections, .selectionFields, .figureThresholds, .parameters, .spans, .options, .steps,
    ]

    /// All changes of a rule, each once.
    static func mutations(of rule: Rule) -> [Mutation] {
        var seen: Set<String> = []
        return all.flatMap { $0.mutations(rule) }.filter { seen.insert("\($0.change) \($0.location)").inserted }
    }
}

/// Numbers and lengths of time on either side of another.
enum Neighbours {
    /// The numbers one step away: one for a whole number, else one in its last decimal.
    static func of(_ number: Double) -> [Double] {
        guard number.isFinite, number.magnitude < 1e12 else { return [] }
        var scale = 1.0
        while scale < 1e9, (number * scale - (number * scale).rounded()).magnitude > 1e-6 { scale *= 10 }
        let digits = (number * scale).rounded()
        return [(digits - 1) / scale, (digits + 1) / scale]
    }

    /// The lengths one step away: one of the largest unit that the length is a multiple of, at least twice.
    static func of(_ span: Timespan) -> [Timespan] {
        guard span > .zero, span < .unlimited else { return [] }
        let units: [Int64] = [86_400_000, 3_600_000, 60_000, 1000, 1]
        let unit = units.first { span.milliseconds % $0 == 0 && span.milliseconds / $0 > 1 } ?? 1
        return [-unit, unit].map { Timespan(milliseconds: span.milliseconds + $0) }.filter { $0 > .zero }
    }
}
