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

    static let number: JSONTree = .object([("type", .text("number"))])
    static let timespan: JSONTree = .object([
        ("type", .text("string")), ("pattern", .text("^[0-9]+(ms|[smhd])$")),
    ])
    /// Whether it was the wall clock that took stream time so far.
    static let byClock: JSONTree = .object([("const", .boolean(true))])

    static func list(of items: JSONTree) -> JSONTree {
        .object([("type", .text("array")), ("items", items)])
    }

    static var textOrTexts: JSONTree { .anyOf([text, list(of: text)]) }

    static func anyOfTypes(_ types: [String]) -> JSONTree { .object([("type", .texts(types))]) }

    static var tree: JSONTree {
        let keys = [
            "kind", "status", "id", "replaces", "rule", "title", "level", "tags", "runbook", "group", "onset", "end",
            "figure", "condition", "timespan", "peak", "ceasefire", "evidence", "explanation", "known_at", "by_clock",
        ]
        let optional: Set<String> = [
            "replaces", "tags", "runbook", "figure", "condition", "timespan", "peak", "by_clock",
        ]
        return .record("alert", properties, keys: keys, required: keys.filter { !optional.contains($0) })
    }

    private static var properties: [String: JSONTree] {
        [
            "kind": .object([("const", .text("alert"))]), "status": .words(RulebookVocabulary.statuses),
            "id": identifier, "replaces": identifier, "rule": text, "title": text,
            "level": .words(Level.allCases.map(\.rawValue)), "tags": list(of: text), "runbook": text, "group": group,
            "onset": instant, "end": nullable(instant), "figure": figure, "condition": condition, "timespan": timespan,
            "peak": figure, "ceasefire": nullable(ceasefire), "evidence": evidence, "explanation": text,
            "known_at": instant, "by_clock": byClock,
        ]
    }

    static func nullable(_ schema: JSONTree) -> JSONTree { .anyOf([schema, .object([("type", .text("null"))])]) }

    private static var figure: JSONTree {
        // Without an upper limit it is null.
        let interval = JSONTree.object([
            ("type", .text("array")), ("items", nullable(number)), ("minItems", .number(2)), ("maxItems", .number(2)),
        ])
        let rate = JSONTree.mapping(
            ["ratio": number, "p_value": number, "interval": interval], keys: ["ratio", "p_value", "interval"])
        return .anyOf([number, rate])
    }

    /// The bounds of the rule, with the parameters of its pattern.
    private static var condition: JSONTree {
        let bounds = Comparison.allCases.map { (key: $0.rawValue, value: number) }
        let figure = JSONTree.mapping(
            Dictionary(uniqueKeysWithValues: bounds.map { ($0.key, $0.value) }), keys: bounds.map(\.key))
        let others: [(key: String, value: JSONTree)] = [
            ("field", textOrTexts), ("percentile", number),
            ("method", .words(Correlation.ControlChart.Method.allCases.map(\.rawValue))), ("L", number),
            ("ratio", figure), ("p_value", figure),
        ]
        let all = bounds + others
        return .mapping(Dictionary(uniqueKeysWithValues: all.map { ($0.key, $0.value) }), keys: all.map(\.key))
    }

    static var group: JSONTree {
        .object([
            ("type", .text("object")),
            ("additionalProperties", anyOfTypes(["string", "number", "boolean"])),
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
