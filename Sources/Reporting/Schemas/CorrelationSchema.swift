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

    /// Bounds of a figure, and the field it is over.
    static var numericCondition: JSONTree {
        let bounds = Comparison.allCases.map { ($0.rawValue, JSONTree.object([("type", .text("number"))])) }
        return .object([
            ("description", .text("Bounds that the figure must all meet, such as {gte: 3}.")),
            ("type", .text("object")),
            (
                "properties",
                .object(
                    bounds.map { (key: $0.0, value: $0.1) } + [
                        (key: "field", value: .reference("names")),
                        (
                            key: "percentile",
                            value: .object([
                                ("type", .text("number")), ("minimum", .number(0)), ("maximum", .number(100)),
                            ])
                        ),
                        (key: "ratio", value: figure), (key: "p_value", value: figure),
                    ])
            ),
            ("minProperties", .number(1)),
            ("additionalProperties", .boolean(false)),
        ])
    }

    /// A number, which is compared as is usual for it, or bounds.
    private static var figure: JSONTree {
        .object([
            (
                "anyOf",
                .list([.object([("type", .text("number")), ("minimum", .number(0))]), .reference("numericCondition")])
            )
        ])
    }

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
                ("description", .text("How long the time is that it is compared with; of a chart in bins.")),
                (
                    "anyOf",
                    .list([.reference("timespan"), .reference("count"), .words(["before_ceasefire"])])
                ),
            ]),
            "aliases": .object([
                ("type", .text("object")), ("additionalProperties", .object([("type", .text("object"))])),
            ]),
            "condition": .reference("numericCondition"),
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
            "method": .words(
                Correlation.ControlChart.Method.allCases.map(\.rawValue)
                    + Correlation.RateChange.Method.allCases.map(\.rawValue)),
            "ceasefire": .schema(
                "The ceasefire whose end, or beginning, it is about; any where it is left out.", "text"),
        ]
    }

    private static func keysOf(_ kind: RulebookVocabulary.CorrelationKind) -> JSONTree {
        .object([
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
                ])
            ),
        ])
    }
}
