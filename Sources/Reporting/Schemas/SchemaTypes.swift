import Rulebook

/// The types that the keys of a rule book share, and short ways to write a schema.
enum SchemaTypes {
    /// The ways to write a day: `2014-03-01`, `1 March 2014`, `March 1, 2014`.
    private static let days = [
        "[0-9]{4}[-/](0?[1-9]|1[0-2])[-/](0?[1-9]|[12][0-9]|3[01])", "[0-9]{1,2}[ ,-]*[A-Za-z]{3,}[ ,-]*[0-9]{4}",
        "[A-Za-z]{3,}[ ,-]*[0-9]{1,2}[ ,-]*[0-9]{4}",
    ]

    static let definitions: [(key: String, value: JSONTree?)] = [
        ("text", .object([("type", .texts(["string", "number"]))])),
        (
            "texts",
            .object([
                (
                    "anyOf",
                    .list([.reference("text"), .object([("type", .text("array")), ("items", .reference("text"))])])
                )
            ])
        ),
        (
            "names",
            .object([
                (
                    "anyOf",
                    .list([
                        .reference("text"),
                        .object([("type", .text("array")), ("minItems", .number(1)), ("items", .reference("text"))]),
                    ])
                )
            ])
        ),
        (
            "timespan",
            .object([
                ("description", .text("Such as 90s, 15m, 24h, 7d or 4w.")), ("type", .text("string")),
                ("pattern", .text("^[0-9]+[smhdw]$")),
            ])
        ),
        (
            "instant",
            .object([
                ("description", .text("Such as 2014-03-01 or 2014-03-01T09:00:00+05:00.")),
                ("type", .texts(["string", "number"])),
                ("pattern", .text("^(\(days.joined(separator: "|")))([Tt _].*)?$|^-?[0-9]+(\\.[0-9]+)?$")),
            ])
        ),
        ("count", .object([("type", .text("integer")), ("minimum", .number(0))])),
        (
            "value",
            .object([("type", .texts(["string", "number", "boolean", "null"]))])
        ),
    ]
}

extension JSONTree {
    /// A reference to a definition.
    static func reference(_ name: String) -> JSONTree { .object([("$ref", .text("#/$defs/\(name)"))]) }

    /// A definition, with what it means here.
    static func schema(_ description: String, _ name: String) -> JSONTree {
        .object([("description", .text(description)), ("$ref", .text("#/$defs/\(name)"))])
    }

    /// A list of things of a definition, with what it means here.
    static func schema(_ description: String, listOf name: String) -> JSONTree {
        .object([
            ("description", .text(description)), ("type", .text("array")), ("items", .reference(name)),
        ])
    }

    /// One thing of a definition, or a list of them.
    static func oneOrMore(_ name: String) -> JSONTree {
        .object([
            ("anyOf", .list([.reference(name), .object([("type", .text("array")), ("items", .reference(name))])]))
        ])
    }

    /// What is valid by one of several schemas.
    static func anyOf(_ schemas: [JSONTree]) -> JSONTree { .object([("anyOf", .list(schemas))]) }

    /// One of a few words.
    static func words(_ words: [String]) -> JSONTree { .object([("enum", .texts(words))]) }

    /// A list of texts.
    static func texts(_ texts: [String]) -> JSONTree { .list(texts.map { .text($0) }) }

    /// A document of its own: the schema of a record of the output.
    static func record(
        _ title: String, _ properties: [String: JSONTree], keys: [String], required: [String]
    ) -> JSONTree {
        .object([
            ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
            ("title", .text("TruceWatch \(title)")),
            ("type", .text("object")),
            ("properties", .object(keys.map { ($0, properties[$0] ?? .boolean(true)) })),
            ("required", .texts(required)),
            ("additionalProperties", .boolean(false)),
        ])
    }

    /// A mapping with these keys and no others; what is not described may be anything.
    static func mapping(
        _ properties: [String: JSONTree], keys: [String], required: [String] = [], description: String? = nil
    ) -> JSONTree {
        .object([
            ("description", description.map { .text($0) }),
            ("type", .text("object")),
            ("properties", .object(keys.map { ($0, properties[$0] ?? .boolean(true)) })),
            ("required", required.isEmpty ? nil : .texts(required)),
            ("additionalProperties", .boolean(false)),
        ])
    }
}
