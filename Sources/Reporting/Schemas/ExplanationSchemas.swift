import Rulebook

/// The JSON Schemas (2020-12) of what `explain` writes: of an event, and of a rule or an alert.
public enum ExplanationSchemas {
    /// The schema of the explanation of an event, as a document.
    public static var eventBytes: [UInt8] { event.bytes }
    /// The schema of the explanation of a rule or an alert, as a document.
    public static var ruleBytes: [UInt8] { rule.bytes }

    // MARK: An event

    static var event: JSONTree {
        let keys = ["kind", "id", "time", "time_end", "fields", "verdict", "detections", "correlations"]
        let value = AlertSchema.anyOfTypes(["string", "number", "boolean"])
        return .record(
            "explanation of an event",
            [
                "kind": .object([("const", .text("event"))]), "id": AlertSchema.text, "time": AlertSchema.instant,
                "time_end": AlertSchema.instant,
                "fields": .object([
                    ("type", .text("object")),
                    ("additionalProperties", .anyOf([value, AlertSchema.list(of: value)])),
                ]), "verdict": AlertSchema.text, "detections": AlertSchema.list(of: verdict),
                "correlations": AlertSchema.list(of: place),
            ], keys: keys, required: keys.filter { $0 != "time_end" })
    }

    private static var verdict: JSONTree {
        whole([
            ("rule", AlertSchema.text), ("matches", .object([("type", .text("boolean"))])),
            ("reasons", AlertSchema.list(of: AlertSchema.text)),
        ])
    }

    private static var place: JSONTree {
        .mapping(
            [
                "rule": AlertSchema.text, "group": group, "left_out": AlertSchema.text,
                "holds": .object([("type", .text("boolean"))]), "alert": AlertSchema.identifier,
                "figure": AlertSchema.number, "threshold": AlertSchema.number, "window": window,
            ], keys: ["rule", "group", "left_out", "holds", "alert", "figure", "threshold", "window"],
            required: ["rule", "group", "holds", "window"])
    }

    // MARK: A rule

    static var rule: JSONTree {
        let leftOut = whole([("reason", AlertSchema.text), ("count", AlertSchema.count)])
        let keys = ["kind", "rule", "fired", "alerts", "contributions", "left_out", "near_misses"]
        let nearMiss = JSONTree.anyOf([nearWindow, nearEvent])
        return .record(
            "explanation of a rule",
            [
                "kind": .object([("const", .text("rule"))]), "rule": AlertSchema.text, "fired": AlertSchema.count,
                "alerts": AlertSchema.list(of: fired), "contributions": AlertSchema.count,
                "left_out": AlertSchema.list(of: leftOut), "near_misses": AlertSchema.list(of: nearMiss),
            ], keys: keys, required: ["kind", "rule", "fired", "alerts", "near_misses"])
    }

    private static var fired: JSONTree {
        .mapping(
            [
                "id": AlertSchema.identifier, "group": group, "onset": AlertSchema.instant,
                "end": AlertSchema.nullable(AlertSchema.instant), "event": AlertSchema.text, "window": window,
            ], keys: ["id", "group", "onset", "end", "event", "window"],
            required: ["id", "group", "onset", "end", "window"])
    }

    /// Of a correlation: the window that came nearest.
    private static var nearWindow: JSONTree {
        let keys = [
            "group", "figure", "threshold", "at", "unmet", "late_by_seconds", "late", "explanation", "window",
        ]
        return .mapping(
            [
                "group": group, "figure": AlertSchema.number, "threshold": AlertSchema.number,
                "at": AlertSchema.instant, "unmet": AlertSchema.list(of: unmet), "late_by_seconds": AlertSchema.number,
                "late": contribution, "explanation": AlertSchema.text, "window": window,
            ], keys: keys, required: ["group", "figure", "threshold", "explanation", "window"])
    }

    /// What was asked for, by the key of the rule, and what came.
    private static var unmet: JSONTree {
        let asked = JSONTree.object([
            ("type", .text("object")), ("minProperties", .number(1)), ("maxProperties", .number(1)),
            ("propertyNames", .words(Comparison.allCases.map(\.rawValue))),
            ("additionalProperties", AlertSchema.number),
        ])
        return whole([("what", AlertSchema.text), ("value", AlertSchema.number), ("asked", asked)])
    }

    /// Of a detection: the event.
    private static var nearEvent: JSONTree {
        whole([("event", AlertSchema.text), ("time", AlertSchema.instant), ("explanation", AlertSchema.text)])
    }

    // MARK: What both have

    private static var window: JSONTree { AlertSchema.list(of: contribution) }

    private static var contribution: JSONTree {
        .mapping(
            ["id": AlertSchema.text, "time": AlertSchema.instant, "value": .boolean(true)],
            keys: ["id", "time", "value"], required: ["id", "time"])
    }

    /// A contribution that is left out may lack a field.
    private static var group: JSONTree {
        .object([
            ("type", .text("object")),
            ("additionalProperties", AlertSchema.anyOfTypes(["string", "number", "boolean", "null"])),
        ])
    }

    /// An object with all of these members and no others.
    private static func whole(_ members: [(key: String, value: JSONTree)]) -> JSONTree {
        .mapping(
            Dictionary(uniqueKeysWithValues: members.map { ($0.key, $0.value) }), keys: members.map(\.key),
            required: members.map(\.key))
    }
}
