import Events
import Rulebook

/// Writes a rule book as its user would: YAML in which every rule, actor, ceasefire, silence and risk stands.
///
/// What is drawn is evaluated by the twin, what is read of this text by the program.
struct SimulatedBookText {
    private let book: Rulebook
    private(set) var documents: [String] = []

    init(_ book: Rulebook) {
        self.book = book
        documents = book.rules.map(rule)
        if !book.actors.isEmpty { documents.append("actors: [\(book.actors.map(actor).joined(separator: ", "))]") }
        if !book.unidentified.isEmpty { documents.append("unidentified: \(list(book.unidentified.map(pattern)))") }
        documents += book.ceasefires.map { "ceasefire: \(ceasefire($0))" }
        documents += book.silences.map { silence in
            let edges = [("from", silence.from), ("until", silence.until)].compactMap { name, edge in
                edge.map { "\(name): \(quoted($0))" }
            }
            return "silence: {\((["matchers: \(matchers(silence.matchers))"] + edges).joined(separator: ", "))}"
        }
        documents += book.inhibitions.map { inhibition in
            """
            inhibit: {source: \(matchers(inhibition.source)), target: \(matchers(inhibition.target)), \
            equal: \(list(inhibition.equal.map(\.name)))}
            """
        }
        documents += book.risks.map { "risk: \(risk($0))" }
    }

    var text: String { documents.joined(separator: "\n---\n") + "\n" }

    // MARK: - Texts

    private func quoted(_ text: String) -> String { SimulatedRecord.json(.text(text)) }

    private func quoted(_ instant: Instant) -> String { quoted(InstantText.utc(instant)) }

    private func list(_ texts: [String]) -> String { "[\(texts.map(quoted).joined(separator: ", "))]" }

    private func number(_ number: Double) -> String { NumberText.shortest(number) }

    private func span(_ span: Timespan) -> String {
        let seconds = span.milliseconds / 1000
        return seconds % 86_400 == 0 && seconds > 0
            ? "\(seconds / 86_400)d" : seconds % 3600 == 0 ? "\(seconds / 3600)h" : "\(seconds)s"
    }

    private func pattern(_ pattern: WildcardPattern) -> String {
        pattern.pieces.map { if case .literal(let text) = $0 { text } else { "*" } }.joined()
    }

    private func bounds(_ condition: NumericCondition) -> [String] {
        condition.terms.map { "\($0.comparison.rawValue): \(number($0.value))" }
    }

    // MARK: - Rules

    private func rule(_ rule: Rule) -> String {
        let options = rule.options
        var lines = ["title: \(quoted(rule.title))", "id: \(rule.name)", "level: \(rule.level.rawValue)"]
        if !rule.tags.isEmpty { lines.append("tags: \(list(rule.tags))") }
        let lengths = [
            ("for", options.for), ("keep_firing_for", options.keepFiringFor), ("cooldown", options.cooldown),
        ]
        for (name, length) in lengths where length > .zero { lines.append("\(name): \(span(length))") }
        lines.append("limit: \(options.limit)")
        switch rule.body {
        case .detection(let condition):
            if !rule.groupBy.isEmpty { lines.append("group-by: \(list(rule.groupBy))") }
            lines += detection(condition)
        case .correlation(let correlation): lines.append("correlation: {\(self.correlation(correlation))}")
        }
        return lines.joined(separator: "\n")
    }

    private func detection(_ condition: Condition) -> [String] {
        var selections: [String] = []
        func select(_ field: String, _ value: String) -> String {
            selections.append("  s\(selections.count): {\(quoted(field)): \(value)}")
            return "s\(selections.count - 1)"
        }
        func expression(_ condition: Condition) -> String {
            switch condition {
            case .all(let parts): return "(\(parts.map(expression).joined(separator: " and ")))"
            case .any(let parts): return "(\(parts.map(expression).joined(separator: " or ")))"
            case .not(let part): return "not \(expression(part))"
            case .test(let test):
                // Here a number that is not there is not another number; in a rule it is.
                if case .compareNumber(.notEqual, let bound) = test.test {
                    return "(\(select("\(test.field)|exists", "true")) and not \(select(test.field, number(bound))))"
                }
                let (modifier, value) = self.value(test.test)
                return select(test.field + modifier, value)
            }
        }
        let whole = expression(condition)
        return ["detection:"] + selections + ["  condition: \(whole)"]
    }

    private func value(_ test: ValueTest) -> (modifier: String, value: String) {
        switch test {
        case .like(let pattern, _): ("", quoted(self.pattern(pattern)))
        case .equalsNumber(let number), .compareNumber(.equal, let number): ("", self.number(number))
        case .compareNumber(let comparison, let number): ("|\(comparison.rawValue)", self.number(number))
        case .equalsBoolean(let boolean): ("", "\(boolean)")
        case .exists(let exists): ("|exists", "\(exists)")
        case .equalsField(let field, _): ("|fieldref", quoted(field))
        default: ("", "null")
        }
    }

    private func names(_ rules: some Sequence<RuleReference>) -> String { list(rules.map { book.rules[$0].name }) }

    private func correlation(_ correlation: Correlation) -> String {
        var parts: [String] = []
        var rules = correlation.rules.isEmpty ? [] : ["rules: \(names(correlation.rules))"]
        var length = "timespan"
        var condition = bounds(correlation.condition)
        switch correlation.pattern {
        case .eventCount: parts = ["type: event_count"]
        case .valueCount(let fields):
            parts = ["type: value_count"]
            condition.append("field: \(list(fields))")
        case .valueSum(let field):
            parts = ["type: value_sum"]
            condition.append("field: \(field)")
        case .valueAverage(let field):
            parts = ["type: value_avg"]
            condition.append("field: \(field)")
        case .valuePercentile(let field, let percentile):
            parts = ["type: value_percentile"]
            let hundredth = Double(percentile.numerator) * 100 / Double(percentile.denominator)
            condition += ["field: \(field)", "percentile: \(number(hundredth))"]
        case .temporal:
            parts = ["type: temporal"]
            if condition == ["gte: \(correlation.rules.count)"] { condition = [] }
        case .temporalOrdered(let ties): parts = ["type: temporal_ordered"] + (ties ? ["ties: allow"] : [])
        case .rateChange(let change):
            parts = ["type: rate_change"] + rateChange(change)
            condition = change.ratio.map { ["ratio: {\(bounds($0).joined(separator: ", "))}"] } ?? []
            condition += change.pValue.map { ["p_value: {\(bounds($0).joined(separator: ", "))}"] } ?? []
        case .absence(let after):
            parts = ["type: absence"] + (after.map { ["after: \(book.rules[$0].name)"] } ?? [])
        case .share(let share):
            parts = ["type: share", "min_count: \(share.minimumCount)"] + (share.field.map { ["field: \($0)"] } ?? [])
            rules = [("of", share.of), ("among", share.among)].map { key, positions in
                "\(key): \(names(positions.sorted().map { correlation.rules[$0] }))"
            }
        case .effectiveNumber(let field): parts = ["type: effective_number", "field: \(field)"]
        case .newValue(let field):
            parts = ["type: new_value", "field: \(field)"]
            length = "memory"
        case .record(let record):
            parts = ["type: record", "baseline: \(span(record.baseline))", "floor: \(number(record.floor))"]
            parts += record.field.map { ["measure: sum", "field: \($0)"] } ?? []
            condition = []
        case .deadline(let ceasefire):
            parts = ["type: deadline", "ceasefire: \(ceasefire.map { book.ceasefires[$0].id } ?? "any")"]
            length = "before"
        case .controlChart(let chart):
            parts = ["type: control_chart"] + controlChart(chart)
            length = "bin"
            condition = []
        case .selfExciting(let parameters):
            parts = [
                "type: self_exciting", "half_life: \(span(parameters.halfLife))",
                "branching: \(number(parameters.branching))",
            ]
            length = "background"
        case .reciprocity(let from, let to): parts = ["type: reciprocity", "from: \(from)", "to: \(to)"]
        }
        parts += rules + group(correlation) + window(correlation, length)
        if !condition.isEmpty { parts.append("condition: {\(condition.joined(separator: ", "))}") }
        if keepsAlerts(correlation) { parts.append("generate: true") }
        return parts.joined(separator: ", ")
    }

    /// Whether the rules that it refers to raise alerts, which they do only where it says so.
    private func keepsAlerts(_ correlation: Correlation) -> Bool {
        var referred = correlation.rules
        if case .absence(.some(let after)) = correlation.pattern { referred.append(after) }
        return !referred.isEmpty && referred.allSatisfy { book.rules[$0].raisesAlerts }
    }

    private func rateChange(_ change: Correlation.RateChange) -> [String] {
        var parts = ["min_count: \(change.minimumCount)", "min_baseline: \(change.minimumBaseline)"]
        parts.append("method: \(change.method.rawValue)")
        guard let anchor = change.anchor else { return parts + ["baseline: \(span(change.baseline))"] }
        let ceasefire = anchor.ceasefire.map { book.ceasefires[$0].id } ?? "any"
        return parts + [
            "baseline: before_ceasefire", "baseline_length: \(span(change.baseline))", "ceasefire: \(ceasefire)",
        ]
    }

    private func controlChart(_ chart: Correlation.ControlChart) -> [String] {
        let limits: [(String, Double)] =
            switch chart.method {
            case .cusum: [("k", chart.k), ("h", chart.h)]
            case .ewma: [("a", chart.a), ("L", chart.l)]
            case .earsC1, .earsC2, .earsC3: [("z", chart.z)]
            }
        return [
            "method: \(chart.method.rawValue)", "baseline: \(chart.baseline)", "guard: \(chart.gap)",
            "sd_min: \(number(chart.minimumDeviation))",
        ] + limits.map { "\($0): \(number($1))" }
    }

    private func group(_ correlation: Correlation) -> [String] {
        if case .deadline = correlation.pattern { return [] }
        if correlation.groupBy.isEmpty { return [] }
        let aliases = correlation.groupBy.compactMap { field in
            field.fieldByRule.map { fields in
                let byRule = zip(correlation.rules, fields).map { "\(book.rules[$0].name): \($1)" }
                return "\(field.name): {\(byRule.joined(separator: ", "))}"
            }
        }
        let group = ["group-by: \(list(correlation.groupBy.map(\.name)))"]
        return group + (aliases.isEmpty ? [] : ["aliases: {\(aliases.joined(separator: ", "))}"])
    }

    private func window(_ correlation: Correlation, _ length: String) -> [String] {
        let timespan = correlation.timespan < .unlimited ? ["\(length): \(span(correlation.timespan))"] : []
        switch correlation.window {
        case .sliding: return timespan
        case .tumbling: return timespan + ["window: tumbling"]
        case .session(let gap): return timespan + ["window: session", "gap: \(span(gap))"]
        }
    }

    // MARK: - Who, what holds, and what is told

    private func actor(_ actor: Actor) -> String {
        let memberships = actor.memberships.map { membership in
            var parts = ["actor: \(book.actors[membership.group].id)"]
            if membership.from > .distantPast { parts.append("from: \(quoted(membership.from))") }
            if membership.until < .distantFuture { parts.append("until: \(quoted(membership.until))") }
            return "{\(parts.joined(separator: ", "))}"
        }
        return """
            {id: \(actor.id), kind: \(actor.kind.rawValue), aliases: \(list(actor.aliases.map(pattern))), \
            member_of: [\(memberships.joined(separator: ", "))]}
            """
    }

    private func ceasefire(_ ceasefire: Ceasefire) -> String {
        let parties = ceasefire.parties.map { party in
            "{side: \(party.side), actors: \(list(party.actors.map { book.actors[$0].id }))}"
        }
        let acts = ceasefire.acts.map { act in
            let until = act.until.map { ", until: \(quoted($0))" } ?? ""
            return "{at: \(quoted(act.at)), act: \(act.act.rawValue)\(until)}"
        }
        var parts = ["id: \(ceasefire.id)", "parties: [\(parties.joined(separator: ", "))]"]
        parts.append("acts: [\(acts.joined(separator: ", "))]")
        if let effective = ceasefire.effective { parts.append("effective: \(quoted(effective))") }
        if let until = ceasefire.until { parts.append("until: \(quoted(until))") }
        if let area = ceasefire.area { parts.append("area: \(map(area))") }
        if let prohibited = ceasefire.prohibits { parts.append("prohibits: \(map(prohibited))") }
        let protected =
            (ceasefire.protectsParties ? ["parties"] : []) + (ceasefire.protectsCivilians ? ["civilians"] : [])
        return "{\((parts + ["protects: \(list(protected))"]).joined(separator: ", "))}"
    }

    /// A detection map, or a list of them.
    private func map(_ condition: Condition) -> String {
        switch condition {
        case .any(let parts): return "[\(parts.map(map).joined(separator: ", "))]"
        case .test(let test):
            let (modifier, value) = self.value(test.test)
            return "{\(quoted(test.field + modifier)): \(value)}"
        default: return "{}"
        }
    }

    private func matchers(_ matchers: [AlertMatcher]) -> String {
        let texts = matchers.flatMap { matcher in
            let mark = matcher.isNegated ? "!" : ""
            switch matcher.test {
            case .matches(let expression):
                let inner = expression.pattern.dropFirst("\\A(?:".count).dropLast(")\\z".count)
                return ["\(matcher.property.name)\(mark)\(matcher.isNegated ? "" : "=")~\"\(inner)\""]
            // None of several is each of them not.
            case .isOne(let values) where matcher.isNegated || values.count == 1:
                return values.map { "\(matcher.property.name)\(mark)=\"\($0)\"" }
            case .isOne(let values): return ["\(matcher.property.name)=~\"\(values.joined(separator: "|"))\""]
            }
        }
        return list(texts)
    }

    private func risk(_ risk: Risk) -> String {
        let points = book.rules.indices.filter { book.rules[$0].raisesAlerts }.map {
            "\(book.rules[$0].name): \(number(risk.points[$0]))"
        }
        let thresholds = risk.thresholds.map {
            "\($0.name): {score: \(number($0.score)), level: \($0.level.rawValue)}"
        }
        return """
            {title: \(quoted(risk.title)), id: \(risk.name), tags: \(list(risk.tags)), entity: \(risk.entity), \
            half_life: \(span(risk.halfLife)), points: {\(points.joined(separator: ", "))}, \
            thresholds: {\(thresholds.joined(separator: ", "))}, limit: \(risk.limit)}
            """
    }
}
