import Monitoring
import Rulebook

/// The JSON Schema (2020-12) of an alert, a line of the output.
public enum AlertSchema {
    /// The schema as a document.
    public static var bytes: [UInt8] { tree.bytes }

    static let instant: JSONTree = .object([
        ("type", .text("string")), ("format", .text("date-time")),
        ("pattern", .text("^-?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{3})?Z$")),
    ])
    static let text: JSONTree = .object([("type", .text("string"))])
    static let count: JSONTree = .object([("type", .text("integer")), ("minimum", .number(0))])
    static let identifier: JSONTree = .object([
        ("type", .text("string")), ("pattern", .text("^[0-9a-f]{16}$")),
    ])

    static var tree: JSONTree {
        .object([
            ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
            ("title", .text("TruceWatch alert")),
            ("type", .text("object")),
            ("properties", .object(properties)),
            (
                "required",
                .texts([
                    "kind", "status", "id", "rule", "title", "level", "group", "onset", "end", "ceasefire", "evidence",
                    "explanation", "known_at",
                ])
            ),
            ("additionalProperties", .boolean(false)),
        ])
    }

    private static var properties: [(key: String, value: JSONTree?)] {
        [
            ("kind", .object([("const", .text("alert"))])),
            ("status", .words(RulebookVocabulary.statuses)),
            ("id", identifier), ("replaces", identifier), ("rule", text), ("title", text),
            ("level", .words(Level.allCases.map(\.rawValue))),
            ("tags", .object([("type", .text("array")), ("items", text)])),
            ("runbook", text),
            ("group", group),
            ("onset", instant), ("end", nullable(instant)), ("figure", figure), ("condition", condition),
            ("timespan", .object([("type", .text("string")), ("pattern", .text("^[0-9]+(ms|[smhd])$"))])),
            ("peak", figure), ("ceasefire", nullable(ceasefire)), ("evidence", evidence), ("explanation", text),
            ("known_at", instant),
        ]
    }

    static func nullable(_ schema: JSONTree) -> JSONTree {
        .object([("anyOf", .list([schema, .object([("type", .text("null"))])]))])
    }

    private static var figure: JSONTree {
        let number = JSONTree.object([("type", .text("number"))])
        // Without an upper limit it is null.
        let interval = JSONTree.object([
            ("type", .text("array")), ("items", nullable(number)), ("minItems", .number(2)), ("maxItems", .number(2)),
        ])
        let rate = JSONTree.mapping(
            ["ratio": number, "p_value": number, "interval": interval], keys: ["ratio", "p_value", "interval"])
        return .object([("anyOf", .list([.object([("type", .text("number"))]), rate]))])
    }

    /// The bounds of the rule, with the parameters of its pattern.
    private static var condition: JSONTree { .object([("type", .text("object")), ("minProperties", .number(1))]) }

    static var group: JSONTree {
        .object([
            ("type", .text("object")),
            ("additionalProperties", .object([("type", .texts(["string", "number", "boolean"]))])),
        ])
    }

    private static var ceasefire: JSONTree {
        .mapping(
            [
                "id": text, "phase": .words(["before", "in_force", "suspended", "after"]),
                "day": .object([("type", .text("integer"))]),
            ], keys: ["id", "phase", "day"], required: ["id", "phase"])
    }

    private static var evidence: JSONTree {
        let event = JSONTree.mapping(
            [
                "id": text, "time": instant, "time_end": instant, "place": text,
                "fatalities": .object([("type", .text("number")), ("minimum", .number(0))]),
            ], keys: ["id", "time", "time_end", "place", "fatalities"], required: ["id", "time"])
        let alert = JSONTree.mapping(
            ["id": identifier, "rule": text, "time": instant], keys: ["id", "rule", "time"],
            required: ["id", "rule", "time"])
        return .mapping(
            [
                "count": count, "events": .object([("type", .text("array")), ("items", event)]),
                "alerts": .object([("type", .text("array")), ("items", alert)]),
            ], keys: ["count", "events", "alerts"], required: ["count", "events"])
    }
}
