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
                        .schema("Such as: selection and not 1 of filter_*", "names")
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

    private static var fields: JSONTree {
        let names = CanonicalField.all.union(CanonicalField.derived).sorted()
        let modifiers = RulebookVocabulary.modifiers.joined(separator: "|")
        return .object([
            ("type", .text("object")), ("minProperties", .number(1)),
            ("properties", .object(names.map { ($0, values) })),
            ("patternProperties", .object([("^[^|]*(\\|(\(modifiers)))*$", values)])),
            ("additionalProperties", .boolean(false)),
        ])
    }

    private static var values: JSONTree {
        .object([
            (
                "anyOf",
                .list([
                    .reference("value"),
                    .object([("type", .text("array")), ("minItems", .number(1)), ("items", .reference("value"))]),
                ])
            )
        ])
    }
}
