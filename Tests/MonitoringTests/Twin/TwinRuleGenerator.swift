import Events
import Rulebook

/// Draws rules: detections, correlations over them, and correlations over correlations.
struct TwinRuleGenerator {
    let hasActors: Bool
    /// How many ceasefires there are.
    let truces: Int

    /// The rules in random order, so that a rule may stand before one it refers to.
    mutating func rules(_ random: inout SplitMix64) -> [Rule] {
        var rules: [Rule] = []
        for number in 0..<random.number(1...3) { rules.append(detection("detection-\(number)", &random)) }
        for number in 0..<random.number(1...4) {
            rules.append(correlation("correlation-\(number)", over: rules, &random))
        }
        hideReferred(&rules, &random)
        return reordered(rules, &random)
    }

    /// Rules that correlations refer to raise no alerts unless one of these asks for it.
    private func hideReferred(_ rules: inout [Rule], _ random: inout SplitMix64) {
        var referred: Set<Int> = []
        var generated: Set<Int> = []
        for rule in rules {
            referred.formUnion(rule.references)
            if random.chance(35) { generated.formUnion(rule.references) }
        }
        for index in rules.indices {
            rules[index].raisesAlerts = !referred.contains(index) || generated.contains(index)
        }
    }

    private func reordered(_ rules: [Rule], _ random: inout SplitMix64) -> [Rule] {
        let order = rules.indices.shuffled(using: &random)
        var place = [Int](repeating: 0, count: rules.count)
        for (new, old) in order.enumerated() { place[old] = new }
        return order.map { rules[$0].referring(to: { place[$0] }) }
    }

    // MARK: Detections

    private func detection(_ name: String, _ random: inout SplitMix64) -> Rule {
        var condition = test(&random)
        switch random.number(0...5) {
        case 0: condition = .all([condition, test(&random)])
        case 1: condition = .any([condition, test(&random)])
        case 2: condition = .not(condition)
        case 3: condition = .all([condition, .not(test(&random))])
        default: break
        }
        var rule = TwinBooks.rule(name, .detection(condition))
        rule.groupBy = groupFields(&random)
        rule.options.limit = random.number(1...10)
        if random.chance(40) { rule.options.cooldown = TwinBooks.hours(Double(6 * random.number(1...8))) }
        return rule
    }

    private func test(_ random: inout SplitMix64) -> Condition {
        if hasActors, random.chance(50) { return actorTest(&random) }
        return switch random.number(0...9) {
        case 0: TwinBooks.test("fatalities", .compareNumber(random.pick(Comparison.allCases), 2))
        case 1: TwinBooks.test("admin2", random.pick([.absent, .exists(true), .exists(false)]))
        case 2: TwinBooks.test("score", .equalsNumber(2))
        case 3: TwinBooks.test("tag", random.pick([.equalsNumber(1), .equalsBoolean(true)]))
        case 4: TwinBooks.equals("admin2", "x")
        case 5: .any([TwinBooks.equals("type", "a"), TwinBooks.equals("type", "b")])
        case 6: TwinBooks.equals("type", "*")
        default: TwinBooks.equals("type", random.pick(["a", "b", "C"]))
        }
    }

    private func actorTest(_ random: inout SplitMix64) -> Condition {
        switch random.number(0...14) {
        case 9, 10:
            TwinBooks.equals(
                "attribution", random.pick(["disputed", "claimed", "claimed", "denied", "alleged", "unknown"]))
        case 11: TwinBooks.equals("initiator", random.pick(["Strangers", "The Rebels", "gov"]))
        case 0: TwinBooks.equals("breach", random.pick(TwinJudge.verdicts))
        case 1: TwinBooks.equals("ceasefire.phase", random.pick(["before", "in_force", "suspended", "after"]))
        case 2: TwinBooks.equals("ceasefire.overlap", random.pick(["inside", "straddles"]))
        case 3: TwinBooks.test("ceasefire.day", .compareNumber(.lessOrEqual, 3))
        case 4: TwinBooks.equals(random.pick(["initiator.party", "target.lineage", "initiator.actor"]), "reb")
        case 5: TwinBooks.test("initiator", .equalsField("target", cased: false))
        case 6: TwinBooks.equals("breach.against", random.pick(["civilians", "state"]))
        case 7: TwinBooks.test("ceasefire.days_after", .exists(true))
        case 8: TwinBooks.test("claim", .exists(random.chance(50)))
        default: TwinBooks.test("breach", .exists(true))
        }
    }

    private func groupFields(_ random: inout SplitMix64) -> [String] {
        let plain = [[], [], ["admin2"], ["admin2"], ["tag"], ["admin2", "tag"]]
        let withActors = [
            ["ceasefire"], ["breach.side"], ["initiator.party"], ["by.party"], ["initiator.lineage", "admin2"],
        ]
        return random.pick(hasActors && random.chance(50) ? withActors : plain)
    }

    // MARK: Correlations

    private func correlation(_ name: String, over rules: [Rule], _ random: inout SplitMix64) -> Rule {
        let timespan = TwinBooks.hours(Double(6 * random.pick([1, 2, 4, 4, 8, 12])))
        let (pattern, condition) = pattern(over: rules, &random)
        var referred = references(pattern, in: rules, &random)
        var window = Correlation.Window.sliding
        var length = timespan
        switch pattern {
        case .rateChange, .absence, .newValue, .record, .selfExciting, .controlChart, .deadline: break
        default:
            if random.chance(20) { window = .tumbling }
            if random.chance(20) {
                window = .session(gap: TwinBooks.hours(Double(6 * random.number(1...5))))
                length = random.chance(50) ? .unlimited : TwinBooks.hours(Double(12 * random.number(1...6)))
            }
        }
        if case .absence(.some(let after)) = pattern, random.chance(80) { referred = referred.filter { $0 != after } }
        if referred.isEmpty { referred = [0] }
        if case .deadline = pattern { referred = [] }
        let correlation = Correlation(
            pattern: pattern, rules: referred, groupBy: groupBy(pattern, referred, rules, &random), timespan: length,
            window: window, condition: condition)
        var rule = TwinBooks.rule(name, .correlation(correlation))
        rule.options = options(&random)
        return rule
    }

    private func references(
        _ pattern: Correlation.Pattern, in rules: [Rule], _ random: inout SplitMix64
    ) -> [RuleReference] {
        if case .temporalOrdered = pattern {
            return (0..<random.number(2...3)).map { _ in random.number(0...(rules.count - 1)) }
        }
        let count = random.number(1...min(3, rules.count))
        return Array(rules.indices.shuffled(using: &random).prefix(count))
    }

    private func pattern(
        over rules: [Rule], _ random: inout SplitMix64
    ) -> (Correlation.Pattern, NumericCondition) {
        let number = random.pick(["fatalities", "score"])
        if truces > 0, random.chance(12) {
            let ceasefire = random.chance(60) ? nil : random.number(0...(truces - 1))
            if random.chance(50) { return (.deadline(ceasefire: ceasefire), NumericCondition()) }
            var change = rateChange(&random)
            change.anchor = .init(ceasefire: ceasefire)
            return (.rateChange(change), NumericCondition())
        }
        switch random.number(0...22) {
        case 16, 17:
            return (.newValue(field: random.pick(["tag", "type", "admin2", "initiator"])), bounds([1, 1, 2], &random))
        case 18: return record(&random)
        case 20, 21, 22: return (.controlChart(controlChart(&random)), NumericCondition([.init(.greater, 0)]))
        case 19:
            let parameters = Correlation.SelfExciting(
                halfLife: TwinBooks.hours(random.pick([2, 6, 31, 100])), branching: random.pick([0.3, 0.8, 1.3]))
            let bound = NumericCondition.Term(
                random.pick([.greater, .greaterOrEqual]), random.pick([1.0717, 1.317, 2.171, 3.917]))
            return (.selfExciting(parameters), NumericCondition([bound]))
        case 12: return (.share(share(&random)), bounds([0.25, 0.5, 1], &random))
        case 13:
            return (.effectiveNumber(field: random.pick(["tag", "type", "initiator"])), bounds([1, 1.5, 2], &random))
        case 14, 15: return (reciprocity(&random), bounds([1, 1, 2, 3], &random))
        case 0, 1, 2: return (.eventCount, bounds([1, 2, 3, 4], &random))
        case 3:
            let fields = random.pick([["tag"], ["score"], ["admin2"], ["type", "tag"], ["initiator"]])
            return (.valueCount(fields: fields), bounds([1, 2, 3], &random))
        case 4: return (.valueSum(field: number), bounds([0, 2, 5, 8], &random))
        case 5: return (.valueAverage(field: number), bounds([1, 1.5, 2, 2.5], &random))
        case 6:
            let percentile = random.pick([(50, 100), (95, 100), (25, 100), (999, 1000)] as [(Int64, Int64)])
            return (
                .valuePercentile(field: number, .init(numerator: percentile.0, denominator: percentile.1)),
                bounds([1, 2, 2.5, 4], &random)
            )
        case 7: return (.temporal, random.chance(50) ? NumericCondition() : bounds([1, 2], &random))
        case 8: return (.temporalOrdered(tiesAllowed: random.chance(50)), NumericCondition())
        case 9, 10: return (.rateChange(rateChange(&random)), NumericCondition())
        default:
            let after = random.chance(50) ? random.number(0...(rules.count - 1)) : nil
            return (.absence(after: after), NumericCondition())
        }
    }

    /// Such limits no statistic meets exactly, so that its last digit decides nothing.
    private func controlChart(_ random: inout SplitMix64) -> Correlation.ControlChart {
        var chart = Correlation.ControlChart(
            method: random.pick(Correlation.ControlChart.Method.allCases), baseline: random.number(2...6),
            gap: random.number(0...2))
        chart.minimumDeviation = random.pick([0.5, 0.5, 1.1])
        chart.k = random.pick([0.1317, 0.5171])
        chart.h = random.pick([0.7173, 1.9137])
        chart.a = random.pick([0.2, 0.5])
        chart.l = random.pick([0.3171, 1.0371])
        chart.z = random.pick([0.3719, 1.2173])
        return chart
    }

    private func record(_ random: inout SplitMix64) -> (Correlation.Pattern, NumericCondition) {
        let floor = random.pick([1, 1, 2, 3]) as Double
        let record = Correlation.Record(
            field: random.pick([nil, nil, "fatalities", "score"]),
            baseline: TwinBooks.hours(Double(6 * random.number(1...20))), floor: floor)
        return (.record(record), NumericCondition([.init(.greaterOrEqual, floor)]))
    }

    private func share(_ random: inout SplitMix64) -> Correlation.Share {
        Correlation.Share(
            of: random.pick([[0], [0], [1], [0, 1]]), among: random.pick([[0], [1], [0, 1], [0, 1, 2]]),
            field: random.pick([nil, nil, "fatalities", "score"]), minimumCount: random.number(0...3))
    }

    private func reciprocity(_ random: inout SplitMix64) -> Correlation.Pattern {
        if hasActors, random.chance(80) { return .reciprocity(from: "initiator.party", to: "target.party") }
        return .reciprocity(from: "from", to: "to")
    }

    private func rateChange(_ random: inout SplitMix64) -> Correlation.RateChange {
        let ratio = NumericCondition.Term(
            random.pick([.greaterOrEqual, .greater, .lessOrEqual, .less]), random.pick([0.5, 1, 2]))
        // Such a bound no p-value meets exactly, so that its last digit decides nothing.
        let pValue = NumericCondition.Term(.less, random.pick([0.2117, 0.4713, 0.7719]))
        let hasRatio = random.chance(80)
        return Correlation.RateChange(
            baseline: TwinBooks.hours(Double(6 * random.number(1...12))), minimumCount: random.number(0...3),
            ratio: hasRatio ? NumericCondition([ratio]) : nil,
            pValue: !hasRatio || random.chance(50) ? NumericCondition([pValue]) : nil,
            method: random.pick([.exact, .exact, .gammaPoisson]), minimumBaseline: random.pick([0, 0, 0, 1, 2]))
    }

    private func bounds(_ values: [Double], _ random: inout SplitMix64) -> NumericCondition {
        let comparisons: [Comparison] = [
            .greaterOrEqual, .greaterOrEqual, .greaterOrEqual, .greater, .less, .lessOrEqual, .equal, .notEqual,
        ]
        let first = NumericCondition.Term(random.pick(comparisons), random.pick(values))
        if random.chance(80) { return NumericCondition([first]) }
        return NumericCondition([first, .init(random.pick(comparisons), random.pick(values))])
    }

    /// Mostly fields that the alerts referred to have in their group.
    private func groupBy(
        _ pattern: Correlation.Pattern, _ referred: [RuleReference], _ rules: [Rule], _ random: inout SplitMix64
    ) -> [Correlation.GroupField] {
        if case .deadline = pattern { return [.init(name: "ceasefire", fieldByRule: nil)] }
        let chained = referred.compactMap { rules[$0].correlation?.groupBy.map(\.name) }.first
        if let chained, random.chance(85) {
            let kept = random.chance(60) ? chained : Array(chained.prefix(1))
            return kept.map { .init(name: $0, fieldByRule: nil) }
        }
        var isAliasPossible = Set(referred).count == referred.count
        if case .absence(.some) = pattern { isAliasPossible = false }
        if isAliasPossible, random.chance(15) {
            let fields = referred.map { _ in random.pick(["admin2", "tag", "type"]) }
            return [.init(name: "zone", fieldByRule: fields)]
        }
        return groupFields(&random).map { .init(name: $0, fieldByRule: nil) }
    }

    private func options(_ random: inout SplitMix64) -> Rule.Options {
        var options = Rule.Options()
        options.limit = random.number(1...10)
        if random.chance(25) { options.for = TwinBooks.hours(Double(3 * random.number(1...5))) }
        if random.chance(25) { options.keepFiringFor = TwinBooks.hours(Double(6 * random.number(1...5))) }
        if random.chance(25) { options.cooldown = TwinBooks.hours(Double(6 * random.number(1...12))) }
        return options
    }
}

extension Rule {
    var correlation: Correlation? { if case .correlation(let correlation) = body { correlation } else { nil } }

    /// The rules it refers to.
    var references: Set<RuleReference> {
        guard let correlation else { return [] }
        if case .absence(.some(let after)) = correlation.pattern { return Set(correlation.rules + [after]) }
        return Set(correlation.rules)
    }

    /// The same rule where the rules it refers to have moved.
    func referring(to place: (RuleReference) -> RuleReference) -> Rule {
        guard var correlation else { return self }
        correlation.rules = correlation.rules.map(place)
        if case .absence(.some(let after)) = correlation.pattern { correlation.pattern = .absence(after: place(after)) }
        var moved = self
        moved.body = .correlation(correlation)
        return moved
    }
}
