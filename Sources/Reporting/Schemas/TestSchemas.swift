import Events
import Rulebook

/// The schemas of tests of rules.
enum TestSchemas {
    static var test: JSONTree {
        let arrival = JSONTree.object([
            (
                "anyOf",
                .list([
                    .reference("text"),
                    .mapping(
                        [
                            "event": .reference("text"), "end": .object([("const", .boolean(true))]),
                            "emitted": .schema("What is emitted then, and nothing else.", listOf: "emittedAlert"),
                        ], keys: ["event", "end", "emitted"]),
                ])
            )
        ])
        return DocumentSchemas.mapping(
            RulebookVocabulary.test,
            [
                "name": .reference("text"), "description": .reference("text"),
                "rules": .schema("The rules under test; * and ? are wildcards.", "names"),
                "events": .schema("The records, with the fields of any input.", listOf: "event"),
                "expect": .schema("The alerts that stand at the end, and no others.", listOf: "expectedAlert"),
                "expect_none": .schema("Rules of which no alert may stand.", "names"),
                "arrive": .object([
                    ("description", .text("The order of arrival, each record once.")), ("type", .text("array")),
                    ("items", arrival),
                ]),
                "lateness": .reference("timespan"), "horizon": .reference("timespan"), "until": .reference("instant"),
                "profile": .reference("text"),
            ], "Events, and the alerts that must follow from them.")
    }

    /// A record: the canonical fields for completion, and any other column.
    static var event: JSONTree {
        let fields = CanonicalField.all.sorted().map { (key: $0, value: Optional(JSONTree.boolean(true))) }
        return .object([
            ("type", .text("object")),
            (
                "properties",
                .object(
                    [
                        ("like", .schema("An earlier event whose fields it takes, but the id.", "text")),
                        ("repeat", .object([("type", .text("integer")), ("minimum", .number(1))])),
                    ] + fields)
            ),
        ])
    }

    static var expectedAlert: JSONTree { alert(RulebookVocabulary.expectation.keys) }

    static var emittedAlert: JSONTree { alert(["status"] + RulebookVocabulary.expectation.keys, required: ["status"]) }

    private static func alert(_ keys: [String], required: [String] = []) -> JSONTree {
        let rate = JSONTree.mapping([:], keys: ["ratio", "p_value"])
        let figure = JSONTree.object([("anyOf", .list([.object([("type", .text("number"))]), rate]))])
        let mapping = JSONTree.mapping(
            [
                "status": .words(RulebookVocabulary.statuses), "rule": .reference("text"),
                "risk": .reference("text"), "threshold": .schema("The threshold of a risk.", "text"),
                "group": .object([("type", .text("object")), ("additionalProperties", .reference("value"))]),
                "onset": .reference("instant"),
                "end": .object([("type", .texts(["string", "number", "null"]))]),
                "figure": figure, "peak": figure, "count": .reference("count"), "events": .reference("texts"),
                "ceasefire": .reference("text"), "known_at": .reference("instant"),
            ], keys: keys, required: required + RulebookVocabulary.expectation.required)
        func excluded(_ key: String, _ others: [String]) -> JSONTree {
            let refused = others.map { JSONTree.object([("required", .texts([$0]))]) }
            return .object([("required", .texts([key])), ("not", .anyOf(refused))])
        }
        let ofOne = JSONTree.object([
            (
                "oneOf",
                .list([excluded("rule", ["risk", "threshold"]), excluded("risk", ["rule", "events", "ceasefire"])])
            )
        ])
        return .object([("allOf", .list([mapping, ofOne]))])
    }
}
