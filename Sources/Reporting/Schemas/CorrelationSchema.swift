import Rulebook

/// The schema of correlations: their keys depend on the type.
enum CorrelationSchema {
    static var correlation: JSONTree {
        let kinds = RulebookVocabulary.correlations
        var keys: [String] = []
        for key in kinds.flatMap(\.keys) where !keys.contains(key) { keys.append(key) }
        return .object([
            ("description", .text("What is asked of the contributions of rules over time.")),
            ("type", .text("object")),
            ("properties", .object(keys.map { ($0, properties[$0] ?? .boolean(true)) })),
            ("required", .texts(["type"])),
            ("allOf", .list(kinds.map { keysOf($0) })),
        ])
    }

    /// Bounds of a figure.
    static var bounds: JSONTree { condition(with: []) }

    /// Bounds of a figure, and further keys, which must be there.
    private static func condition(with keys: [String]) -> JSONTree {
        let bounds = Comparison.allCases.map { (key: $0.rawValue, value: Optional(number)) }
        return .object([
            ("description", .text("Bounds that the figure must all meet, such as {gte: 3}.")),
            ("type", .text("object")),
            ("properties", .object(bounds + keys.map { (key: $0, value: conditionKeys[$0] ?? .boolean(true)) })),
            ("anyOf", .list(Comparison.allCases.map { .object([("required", .texts([$0.rawValue]))]) })),
            ("required", keys.isEmpty ? nil : .texts(keys)),
            ("additionalProperties", .boolean(false)),
        ])
    }

    private static var conditionKeys: [String: JSONTree] {
        [
            "field": .reference("names"),
            "percentile": .object([
                ("type", .text("number")), ("minimum", .number(0)), ("maximum", .number(100)),
            ]),
        ]
    }

    /// Bounds of some figures, each a number, which is compared as is usual for it, or bounds; one of them must be there.
    private static func condition(of figures: [String]) -> JSONTree {
        let figure = JSONTree.anyOf([
            .object([("type", .text("number")), ("minimum", .number(0))]), .reference("bounds"),
        ])
        return .object([
            ("description", .text("What the figures must meet, such as {ratio: 2, p_value: 0.05}.")),
            ("type", .text("object")),
            ("properties", .object(figures.map { (key: $0, value: Optional(figure)) })),
            ("minProperties", .number(1)),
            ("additionalProperties", .boolean(false)),
        ])
    }

    private static let number = JSONTree.object([("type", .text("number"))])
    private static var positive: JSONTree { .object([("type", .text("number")), ("exclusiveMinimum", .number(0))]) }

    private static var properties: [String: JSONTree] {
        [
            "type": .words(RulebookVocabulary.correlations.map(\.name)),
            "rules": .schema("The rules whose contributions count.", "names"),
            "of": .schema("The rules whose contributions are the part.", "names"),
            "among": .schema("The rules whose contributions are the whole.", "names"),
            "after": .schema("The rule after whose events the silence is counted.", "text"),
            "group-by": .schema("The fields that make the groups.", "texts"),
            "timespan": .schema("How long the window is.", "timespan"),
            "before": .schema("How long before the end.", "timespan"),
            "gap": .schema("How long nothing comes until a session is over.", "timespan"),
            "baseline": .object([
                ("description", .text("How long the time is that it is compared with; of a chart in bins."))
            ]),
            "aliases": .object([
                ("type", .text("object")), ("additionalProperties", .object([("type", .text("object"))])),
            ]),
            "generate": .object([
                ("description", .text("Whether the rules that it refers to keep their own alerts.")),
                ("type", .text("boolean")),
            ]),
            "window": .words(["sliding", "tumbling", "session"]),
            "ties": .words(["allow"]),
            "min_count": .schema("How many contributions there must be.", "count"),
            "min_baseline": .schema("How many contributions the baseline of a rate_change must have.", "count"),
            "field": .reference("text"), "from": .reference("text"), "to": .reference("text"),
            "half_life": .reference("timespan"), "background": .reference("timespan"), "memory": .reference("timespan"),
            "bin": .reference("timespan"), "baseline_length": .reference("timespan"),
            "branching": positive, "floor": positive, "sd_min": positive, "k": positive, "h": positive, "a": positive,
            "L": positive, "z": positive, "guard": .reference("count"), "measure": .words(["count", "sum"]),
            "ceasefire": .schema(
                "The ceasefire whose end, or beginning, it is about; any where it is left out.", "text"),
        ]
    }

    /// What depends on the type: which keys there are, which must be there, and how the condition looks.
    private static func keysOf(_ kind: RulebookVocabulary.CorrelationKind) -> JSONTree {
        var properties = own[kind.name] ?? []
        switch kind.condition {
        case .bounds(let keys): properties.append((key: "condition", value: condition(with: keys)))
        case .optionalBounds: properties.append((key: "condition", value: .reference("bounds")))
        case .figures(let figures): properties.append((key: "condition", value: condition(of: figures)))
        case .none: break
        }
        let choice = kind.alternatives.map { JSONTree.object([("required", .texts([$0]))]) }
        return .object([
            (
                "if",
                .object([
                    ("properties", .object([("type", .object([("const", .text(kind.name))]))])),
                    ("required", .texts(["type"])),
                ])
            ),
            (
                "then",
                .object([
                    ("propertyNames", .words(kind.keys)),
                    ("required", .texts(kind.required)),
                    ("properties", properties.isEmpty ? nil : .object(properties)),
                    ("oneOf", choice.isEmpty ? nil : .list(choice)),
                    ("allOf", kind.hasWindow ? .list([window]) : nil),
                ])
            ),
        ])
    }

    /// Keys whose values differ by type.
    private static var own: [String: [(key: String, value: JSONTree?)]] {
        let baseline = JSONTree.anyOf([.reference("timespan"), .words(["before_ceasefire"])])
        return [
            "rate_change": [
                ("baseline", baseline), ("method", .words(Correlation.RateChange.Method.allCases.map(\.rawValue))),
            ],
            "record": [("baseline", .reference("timespan"))],
            "control_chart": [
                ("baseline", .reference("count")),
                ("method", .words(Correlation.ControlChart.Method.allCases.map(\.rawValue))),
            ],
        ]
    }

    /// A session has a gap and perhaps a greatest length, any other window a length.
    private static var window: JSONTree {
        let gap = JSONTree.object([("required", .texts(["gap"]))])
        return .object([
            (
                "if",
                .object([
                    ("properties", .object([("window", .object([("const", .text("session"))]))])),
                    ("required", .texts(["window"])),
                ])
            ),
            ("then", gap),
            ("else", .object([("required", .texts(["timespan"])), ("not", gap)])),
        ])
    }
}
