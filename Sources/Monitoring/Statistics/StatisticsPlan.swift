import Events
import Rulebook

/// What the statistics of a rule book ask of events, while the plan is being made.
struct StatisticsPlan {
    private let definitions: [StatisticDefinition]
    private(set) var interests: [Interest] = []
    private var intakes: [Intake] = []

    init(_ definitions: [StatisticDefinition], matcher: inout Matcher, schema: inout Schema) {
        self.definitions = definitions
        for definition in definitions {
            let conditions = definition.part.map { [$0, definition.events] } ?? [definition.events]
            var steps: [Int] = []
            for condition in conditions { steps.append(matcher.compile(condition, schema: &schema)) }
            interests.append(Interest(steps: steps))
            intakes.append(StatisticsPlan.intake(of: definition, schema: &schema))
        }
    }

    private static func intake(of definition: StatisticDefinition, schema: inout Schema) -> Intake {
        let isNumeric: Bool
        switch definition.measure {
        case .sum, .share: isNumeric = true
        case .count, .distinct, .effectiveNumber: isNumeric = false
        }
        var groups: [Int] = []
        for field in definition.groupBy { groups.append(schema.index(of: ColumnRequest(field))) }
        var values: [Int] = []
        for field in definition.measure.fields {
            let isNumber = isNumeric && CanonicalField.numbers.contains(field)
            values.append(schema.index(of: ColumnRequest(field, as: isNumber ? .number : .symbol)))
        }
        return Intake(
            groupColumns: [groups], groupPositions: [[]], valueColumns: values,
            valueFields: definition.measure.fields)
    }

    /// The columns whose symbols they remember.
    var rememberedColumns: [Int] { intakes.flatMap { $0.groupColumns.joined() + $0.valueColumns } }

    /// The statistics at work; nil where there are none.
    func statistics(rulebook: Rulebook, judge: borrowing Judge, options: Monitor.Options) -> Statistics? {
        if definitions.isEmpty { return nil }
        let clock = StatisticClock(
            timeZone: options.timeZone, ceasefires: rulebook.ceasefires, spans: judge.allPhases(rulebook))
        return Statistics(definitions: definitions, intakes: intakes, clock: clock, tells: options.emitsChanges)
    }
}

extension Judge {
    /// What became of each ceasefire, as far as the acts are known.
    func allPhases(_ rulebook: Rulebook) -> [[PhaseSpan]] { rulebook.ceasefires.indices.map { phases(of: $0) } }
}
