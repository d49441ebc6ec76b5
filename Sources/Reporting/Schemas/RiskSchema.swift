import Rulebook

/// The JSON Schema (2020-12) of an alert of a risk, a line of the output.
public enum RiskSchema {
    /// The schema as a document.
    public static var bytes: [UInt8] { tree.bytes }

    static var tree: JSONTree {
        let keys = [
            "kind", "status", "id", "replaces", "rule", "title", "level", "tags", "runbook", "group", "onset", "end",
            "threshold", "figure", "condition", "half_life", "peak", "evidence", "explanation", "known_at",
            "by_clock",
        ]
        let optional: Set<String> = ["replaces", "tags", "runbook", "peak", "by_clock"]
        return .record("alert of a risk", properties, keys: keys, required: keys.filter { !optional.contains($0) })
    }

    private static var properties: [String: JSONTree] {
        let number = JSONTree.object([("type", .text("number"))])
        let text = AlertSchema.text
        return [
            "kind": .object([("const", .text("risk"))]), "status": .words(RulebookVocabulary.statuses),
            "id": AlertSchema.identifier, "replaces": AlertSchema.identifier, "rule": text, "title": text,
            "level": .words(Level.allCases.map(\.rawValue)),
            "tags": .object([("type", .text("array")), ("items", text)]), "runbook": text,
            "group": AlertSchema.group, "onset": AlertSchema.instant,
            "end": AlertSchema.nullable(AlertSchema.instant), "threshold": text, "figure": number,
            "condition": .mapping(["gte": number], keys: ["gte"], required: ["gte"]),
            "half_life": AlertSchema.timespan, "peak": number,
            "evidence": evidence, "explanation": text, "known_at": AlertSchema.instant,
            "by_clock": AlertSchema.byClock,
        ]
    }

    private static var evidence: JSONTree {
        let number = JSONTree.object([("type", .text("number")), ("minimum", .number(0))])
        let alert = JSONTree.mapping(
            [
                "id": AlertSchema.identifier, "rule": AlertSchema.text, "time": AlertSchema.instant, "points": number,
                "value": number,
            ], keys: ["id", "rule", "time", "points", "value"], required: ["id", "rule", "time", "points", "value"])
        return .mapping(
            ["count": AlertSchema.count, "alerts": .object([("type", .text("array")), ("items", alert)])],
            keys: ["count", "alerts"], required: ["count", "alerts"])
    }
}
