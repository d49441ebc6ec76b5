import Events
import Rulebook

/// The schema of detections.
enum DetectionSchema {
    static var detection: JSONTree {
        .object([
            ("description", .text("Named selections, and the condition that joins them.")),
            ("type", .text("object")),
            (
                "properties",
                .object([
                    (
                        "condition",
                        .object([
                            ("description", .text("Such as: selection and not 1 of filter_*")),
                            // What Sigma wrote behind a pipe are correlations here.
                            ("anyOf", .list([words, .object([("type", .text("array")), ("items", words)])])),
                        ])
                    )
                ])
            ),
            ("required", .texts(["condition"])),
            ("additionalProperties", .reference("selection")),
        ])
    }

    /// A mapping of fields to values, a list of them, or keywords.
    static var selection: JSONTree {
        .object([
            (
                "anyOf",
                .list([
                    fields,
                    .object([
                        ("type", .text("array")), ("minItems", .number(1)),
                        ("items", .object([("anyOf", .list([fields, .reference("value")]))])),
                    ]),
                    .object([("type", .texts(["string", "number"]))]),
                ])
            )
        ])
    }

    private static var words: JSONTree { .object([("type", .text("string")), ("pattern", .text("^[^|]+$"))]) }

    /// A mapping of fields to values, or a list of such.
    static var oneOrMoreFields: JSONTree {
        .anyOf([fields, .object([("type", .text("array")), ("minItems", .number(1)), ("items", fields)])])
    }

    private static var fields: JSONTree {
        let names = CanonicalField.all.union(CanonicalField.derived).sorted()
        let all = "(\\|(\(RulebookVocabulary.modifiers.joined(separator: "|"))))*"
        let usual = RulebookVocabulary.modifiers.filter { !["exists", "within_km"].contains($0) }
        return .object([
            ("type", .text("object")), ("minProperties", .number(1)),
            ("properties", .object(names.map { ($0, values) })),
            (
                "patternProperties",
                .object([
                    ("^[^|]*(\\|(\(usual.joined(separator: "|"))))*$", values),
                    ("^[^|]*\(all)\\|exists\(all)$", .object([("type", .text("boolean"))])),
                    ("^[^|]*\(all)\\|within_km\(all)$", circles),
                ])
            ),
            ("additionalProperties", .boolean(false)),
        ])
    }

    /// A latitude, a longitude and a distance, or a list of such.
    private static var circles: JSONTree {
        let number = JSONTree.object([("type", .text("number"))])
        let circle = JSONTree.object([
            ("type", .text("array")), ("items", number), ("minItems", .number(3)), ("maxItems", .number(3)),
        ])
        return .anyOf([circle, .object([("type", .text("array")), ("minItems", .number(1)), ("items", circle)])])
    }

    private static var values: JSONTree {
        .anyOf([
            .reference("value"),
            .object([("type", .text("array")), ("minItems", .number(1)), ("items", .reference("value"))]),
        ])
    }
}
