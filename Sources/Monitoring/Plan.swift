import Events
import Rulebook

/// What a rule book asks of events, compiled: the columns, the conditions, and who takes an interest in which.
struct Plan: ~Copyable {
    let schema: Schema
    let table: EventTable
    let network: Network
    let interests: [Interest]
    /// What each interest is of: the alerts of a detection, or a stream or a statistic by index.
    let consumers: [Consumer]
    /// The interest of each stream in events, nil where it takes only alerts.
    let interestOfStream: [Int?]
    let interestIndex: InterestIndex
    /// The columns of symbols, and those among them that groups and what is counted are told apart by.
    let symbolColumns, rememberedColumns: [Int]
    var matcher: Matcher
    var judge: Judge
    var claims: ClaimsJudge

    /// Who takes events.
    enum Consumer {
        case detection(DetectionAlerter)
        case stream(Int)
        case statistic(Int)
    }

    init(rulebook: Rulebook, options: Monitor.Options) {
        var schema = Schema()
        var matcher = Matcher(timeZone: options.timeZone)
        let evidence = EvidenceColumns(rulebook: rulebook, schema: &schema)
        var blueprint = Blueprint(rulebook: rulebook)
        for index in rulebook.rules.indices { blueprint.addInterests(of: index, matcher: &matcher, schema: &schema) }
        let statistics = StatisticsPlan(
            options.followsStatistics ? rulebook.statistics : [], matcher: &matcher, schema: &schema)
        if options.tellsEvents { EventChange.requestColumns(of: rulebook, schema: &schema) }
        judge = Judge(rulebook: rulebook, timeZone: options.timeZone, schema: &schema)
        claims = ClaimsJudge(judge.registry, horizon: options.horizon, schema: &schema)
        self.matcher = matcher
        self.schema = schema
        table = EventTable(schema: schema, keepsPlaces: options.keepsPlaces)
        network = Network(rulebook: rulebook, options: options, table: table, columns: evidence)
        symbolColumns = schema.columns.indices.filter { schema.columns[$0].representation == .symbol }
        let remembered = Set(blueprint.rememberedColumns + statistics.rememberedColumns)
        rememberedColumns = symbolColumns.filter { remembered.contains($0) }
        for rule in blueprint.order { blueprint.addCorrelator(of: rule, to: network) }
        var interests: [Interest] = []
        var consumers: [Consumer] = []
        for (rule, interest) in blueprint.interests.enumerated() {
            guard let interest, network.correlatorOfRule[rule] == nil else { continue }
            let columns = blueprint.detectionGroups[rule]
            consumers.append(.detection(DetectionAlerter(rule: rule, groupColumns: columns, network: network)))
            interests.append(interest)
        }
        var interestOfStream = [Int?](repeating: nil, count: network.streams.count)
        for (index, stream) in network.streams.enumerated() {
            guard let interest = stream.stream.setup.interest else { continue }
            interestOfStream[index] = interests.count
            consumers.append(.stream(index))
            interests.append(interest)
        }
        self.interestOfStream = interestOfStream
        network.statistics = statistics.statistics(rulebook: rulebook, judge: judge, options: options)
        self.interests = interests + statistics.interests
        interestIndex = InterestIndex(self.interests, nodes: self.matcher.nodeCount)
        consumers += statistics.interests.indices.map { .statistic($0) }
        self.consumers = consumers
    }
}

/// The plan while it is being made.
private struct Blueprint {
    let rulebook: Rulebook
    /// The interest of each rule in events; nil for a detection that does not alert and a correlation of alerts only.
    var interests: [Interest?]
    var detectionGroups: [[Int]]
    private var intakes: [Intake?]

    init(rulebook: Rulebook) {
        self.rulebook = rulebook
        interests = [Interest?](repeating: nil, count: rulebook.rules.count)
        detectionGroups = [[Int]](repeating: [], count: rulebook.rules.count)
        intakes = [Intake?](repeating: nil, count: rulebook.rules.count)
    }

    /// The columns whose symbols correlations and the groups of detections remember.
    var rememberedColumns: [Int] {
        detectionGroups.flatMap { $0 }
            + intakes.compactMap { $0 }.flatMap { $0.groupColumns.joined() + $0.valueColumns }
    }

    /// The correlations, each after those that it refers to.
    var order: [RuleReference] {
        var order: [RuleReference] = []
        var visited = Set<RuleReference>()
        func visit(_ rule: RuleReference) {
            guard case .correlation(let correlation) = rulebook.rules[rule].body, visited.insert(rule).inserted else {
                return
            }
            for other in correlation.contributors { visit(other) }
            order.append(rule)
        }
        for rule in rulebook.rules.indices { visit(rule) }
        return order
    }

    mutating func addInterests(of rule: RuleReference, matcher: inout Matcher, schema: inout Schema) {
        let definition = rulebook.rules[rule]
        switch definition.body {
        case .detection(let condition):
            guard definition.raisesAlerts else { return }
            interests[rule] = Interest(steps: [matcher.compile(condition, schema: &schema)])
            detectionGroups[rule] = definition.groupBy.map { schema.index(of: ColumnRequest($0)) }
        case .correlation(let correlation):
            let intake = makeIntake(correlation, schema: &schema)
            intakes[rule] = intake
            interests[rule] = makeInterest(correlation, intake, matcher: &matcher, schema: &schema)
        }
    }

    private func makeInterest(
        _ correlation: Correlation, _ intake: Intake, matcher: inout Matcher, schema: inout Schema
    ) -> Interest? {
        let conditions = correlation.contributors.map { rule -> Condition? in
            if case .detection(let condition) = rulebook.rules[rule].body { condition } else { nil }
        }
        let known = conditions.compactMap { $0 }
        if known.isEmpty { return nil }
        switch correlation.pattern {
        case .temporal, .temporalOrdered, .absence, .share: break
        default:
            // Which of the rules an event matches makes no difference.
            if intake.isUniform { return Interest(steps: [matcher.compile(.any(known), schema: &schema)]) }
        }
        var steps: [Int] = []
        for condition in conditions { steps.append(matcher.compile(condition ?? .any([]), schema: &schema)) }
        return Interest(steps: steps)
    }

    private func makeIntake(_ correlation: Correlation, schema: inout Schema) -> Intake {
        var columns: [[Int]] = []
        var positions: [[Int?]] = []
        for (step, rule) in correlation.contributors.enumerated() {
            let fields = correlation.groupBy.map { field in
                field.fieldByRule.flatMap { step < $0.count ? $0[step] : nil } ?? field.name
            }
            var stepColumns: [Int] = []
            for field in fields { stepColumns.append(schema.index(of: ColumnRequest(field))) }
            columns.append(stepColumns)
            if case .correlation(let other) = rulebook.rules[rule].body {
                positions.append(fields.map { field in other.groupBy.firstIndex { $0.name == field } })
            } else {
                positions.append([])
            }
        }
        let fields = Blueprint.valueFields(correlation)
        var values: [Int] = []
        for field in fields.names {
            let isNumber = fields.areNumbers && CanonicalField.numbers.contains(field)
            values.append(schema.index(of: ColumnRequest(field, as: isNumber ? .number : .symbol)))
        }
        return Intake(groupColumns: columns, groupPositions: positions, valueColumns: values, valueFields: fields.names)
    }

    private static func valueFields(_ correlation: Correlation) -> (names: [String], areNumbers: Bool) {
        switch correlation.pattern {
        case .valueCount(let fields): (fields, false)
        case .valueSum(let field), .valueAverage(let field), .valuePercentile(let field, _): ([field], true)
        case .effectiveNumber(let field), .newValue(let field): ([field], false)
        case .record(let record): (record.field.map { [$0] } ?? [], true)
        case .reciprocity(let from, let to): ([from, to], false)
        case .share(let share): (share.field.map { [$0] } ?? [], true)
        case .eventCount, .temporal, .temporalOrdered, .rateChange, .absence, .selfExciting, .controlChart, .deadline:
            ([], false)
        }
    }

    func addCorrelator(of rule: RuleReference, to network: Network) {
        guard case .correlation(let correlation) = rulebook.rules[rule].body, let intake = intakes[rule] else { return }
        let setup = CorrelatorSetup(
            rule: rule, index: network.correlators.count, definition: rulebook.rules[rule], correlation: correlation,
            network: network, intake: intake, interest: interests[rule])
        let correlator = makeCorrelator(setup, origin: network.origin)
        var sources: [Int] = []
        for other in correlation.contributors {
            if let source = network.correlatorOfRule[other], !sources.contains(source) { sources.append(source) }
        }
        network.add(correlator, reading: correlator.stream)
        for source in sources { network.connect(source, to: setup.index) }
    }
}

extension Correlation {
    /// The rules whose contributions it takes; that of `after` is the last.
    var contributors: [RuleReference] {
        if case .absence(.some(let after)) = pattern { return rules + [after] }
        return rules
    }
}
