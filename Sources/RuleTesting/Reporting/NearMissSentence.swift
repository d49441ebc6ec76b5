import Events
import Reporting
import Rulebook

/// How near a group came, in one sentence without a full stop.
enum NearMissSentence {
    private static let ordinals = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    ]

    /// `3 of 4 within 24h in Bannu; the fourth came 12 min too late`.
    static func text(_ miss: NearMiss, of correlation: Correlation) -> String {
        sentence(miss, of: correlation) + (miss.note.map { "; \($0)" } ?? "")
    }

    private static func sentence(_ miss: NearMiss, of correlation: Correlation) -> String {
        if !miss.shortfalls.isEmpty {
            let parts = miss.shortfalls.map { ShortfallText.text($0, of: correlation) }
            return "\(parts.joined(separator: "; "))\(span(correlation))\(place(miss, correlation))"
        }
        if case .absence = correlation.pattern {
            let silence = length(Timespan(milliseconds: Int64(miss.figure)))
            return "\(silence) of \(correlation.timespan.ruleText) without any\(place(miss, correlation))"
        }
        let figure = "\(NumberText.shortest(miss.figure)) of \(NumberText.shortest(miss.threshold))"
        let unit = unit(correlation)
        let head =
            "\(figure)\(unit.isEmpty ? "" : " \(unit)") within \(correlation.timespan.ruleText)\(place(miss, correlation))"
        guard let lateness = miss.lateness else { return head }
        let name = name(of: miss, correlation)
        if lateness == .zero { return "\(head); \(name) came just as the first left the window" }
        return "\(head); \(name) came \(length(lateness)) too late"
    }

    private static func span(_ correlation: Correlation) -> String {
        correlation.timespan < .unlimited ? " within \(correlation.timespan.ruleText)" : ""
    }

    private static func name(of miss: NearMiss, _ correlation: Correlation) -> String {
        if case .valueSum = correlation.pattern { return "the next" }
        let number = Int(miss.threshold)
        return "the \(number <= ordinals.count && number > 0 ? ordinals[number - 1] : "\(number)th")"
    }

    /// ` in Bannu, Pakistan` and whatever else makes the group.
    private static func place(_ miss: NearMiss, _ correlation: Correlation) -> String {
        let group = zip(correlation.groupBy.map(\.name), miss.group)
        let places = ["place", "admin2", "admin1", "country"]
        let names = places.flatMap { place in group.filter { $0.0 == place }.map { AlertLine.text($0.1) } }
        let others = group.filter { !places.contains($0.0) }.map { "\($0.0) \(AlertLine.text($0.1))" }
        return (names.isEmpty ? "" : " in \(names.joined(separator: ", "))")
            + (others.isEmpty ? "" : " with \(others.joined(separator: ", "))")
    }

    private static func unit(_ correlation: Correlation) -> String {
        switch correlation.pattern {
        case .valueCount(let fields): "values of \(fields.joined(separator: ", "))"
        case .valueSum(let field): FieldNames.plain(field)
        case .temporal: "rules"
        case .temporalOrdered: "steps"
        default: ""
        }
    }

    /// A length in its two largest units: `12 min`, `1 d 6 h`.
    static func length(_ span: Timespan) -> String {
        let units: [(name: String, length: Int64)] = [
            ("d", 86_400_000), ("h", 3_600_000), ("min", 60_000), ("s", 1000), ("ms", 1),
        ]
        var rest = span.milliseconds
        var parts: [String] = []
        for unit in units where rest >= unit.length && parts.count < 2 {
            parts.append("\(rest / unit.length) \(unit.name)")
            rest %= unit.length
        }
        return parts.isEmpty ? "0 s" : parts.joined(separator: " ")
    }
}

/// Names of fields as words.
private enum FieldNames {
    static func plain(_ field: String) -> String { String(field.map { $0 == "_" ? " " : $0 }) }
}

/// What was asked for and what came: `ratio 1.6 of 2`, `p-value 0.08, not below 0.05`.
enum ShortfallText {
    static func text(_ shortfall: Shortfall, of correlation: Correlation) -> String {
        if shortfall.requirement == .duration {
            let (held, asked) = (length(shortfall.value), length(shortfall.threshold))
            return "held for \(held), not for more than \(asked)"
        }
        let value = PeopleNumber.text(shortfall.value, apartFrom: [shortfall.threshold])
        let threshold = PeopleNumber.text(shortfall.threshold)
        let name = name(shortfall.requirement, correlation)
        switch shortfall.comparison {
        case .less: return "\(name) \(value), not below \(threshold)"
        case .lessOrEqual: return "\(name) \(value), above \(threshold)"
        case .greater: return "\(name) \(value), not above \(threshold)"
        case .greaterOrEqual, .equal, .notEqual: return "\(name) \(value) of \(threshold)"
        }
    }

    /// The name of what is asked for, as a rule writes it.
    static func key(_ requirement: Requirement, _ correlation: Correlation) -> String {
        switch requirement {
        case .bound: correlation.typeName
        case .ratio: "ratio"
        case .pValue: "p_value"
        case .minimumCount: "min_count"
        case .minimumBaseline: "min_baseline"
        case .floor: "floor"
        case .limit: if case .controlChart(let chart) = correlation.pattern, chart.method == .cusum { "h" } else { "z" }
        case .duration: "for"
        }
    }

    private static func name(_ requirement: Requirement, _ correlation: Correlation) -> String {
        switch requirement {
        case .bound: figure(correlation)
        case .ratio: "ratio"
        case .pValue: "p-value"
        case .minimumCount: "contributions"
        case .minimumBaseline: "contributions in the baseline"
        case .floor: "record"
        case .limit: "statistic"
        case .duration: "time"
        }
    }

    private static func figure(_ correlation: Correlation) -> String {
        switch correlation.pattern {
        case .valueAverage(let field): "average of \(field)"
        case .valuePercentile(let field, let percentile):
            percentile.numerator * 2 == percentile.denominator ? "median of \(field)" : "percentile of \(field)"
        case .valueSum(let field): "sum of \(field)"
        case .valueCount(let fields): "values of \(fields.joined(separator: ", "))"
        case .effectiveNumber(let field): "effective number of \(field)"
        case .newValue(let field): "new values of \(field)"
        case .share: "share"
        case .reciprocity: "answers"
        case .selfExciting: "intensity"
        case .temporal: "rules"
        default: "contributions"
        }
    }

    private static func length(_ milliseconds: Double) -> String {
        NearMissSentence.length(Timespan(milliseconds: Int64(milliseconds)))
    }
}
