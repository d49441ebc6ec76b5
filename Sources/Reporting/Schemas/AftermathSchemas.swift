import Rulebook

/// The schemas of what is made of alerts: silences, inhibitions and risks.
enum AftermathSchemas {
    /// A list of texts such as `level=~"high|critical"`, or a mapping of properties to values.
    static var matchers: JSONTree {
        .object([
            ("description", .text("Such as [level=\"high\", admin2!=\"Swat\"], or {rule: [breach-cluster]}.")),
            (
                "anyOf",
                .list([
                    .object([("type", .text("string"))]),
                    .object([("type", .text("array")), ("minItems", .number(1)), ("items", .reference("text"))]),
                    .object([
                        ("type", .text("object")), ("minProperties", .number(1)),
                        ("properties", .object([("level", levels)])),
                        ("additionalProperties", .anyOf([.reference("names"), .object([("type", .text("null"))])])),
                    ]),
                ])
            ),
        ])
    }

    private static var levels: JSONTree {
        let level = JSONTree.words(Level.allCases.map(\.rawValue))
        return .anyOf([level, .object([("type", .text("array")), ("minItems", .number(1)), ("items", level)])])
    }

    static var silence: JSONTree {
        DocumentSchemas.mapping(
            RulebookVocabulary.silence,
            [
                "matchers": .reference("matchers"), "from": .reference("instant"), "until": .reference("instant"),
                "reason": .reference("text"),
            ], "Alerts that nobody is to be told of for a time.")
    }

    static var inhibition: JSONTree {
        DocumentSchemas.mapping(
            RulebookVocabulary.inhibition,
            [
                "source": .reference("matchers"), "target": .reference("matchers"),
                "equal": .schema("What both must have alike: rule, level or fields of the group.", "texts"),
            ], "Alerts that nobody need be told of while another one says more.")
    }

    static var risk: JSONTree {
        let number = JSONTree.object([("type", .text("number")), ("minimum", .number(0))])
        let level = JSONTree.words(Level.allCases.map(\.rawValue))
        let threshold = JSONTree.object([
            (
                "anyOf",
                .list([
                    number,
                    .mapping(["score": number, "level": level], keys: ["score", "level"], required: ["score"]),
                ])
            )
        ])
        func named(_ description: String, _ value: JSONTree) -> JSONTree {
            .object([
                ("description", .text(description)), ("type", .text("object")), ("minProperties", .number(1)),
                ("additionalProperties", value),
            ])
        }
        return DocumentSchemas.mapping(
            RulebookVocabulary.risk,
            [
                "title": .reference("text"), "id": .reference("text"), "name": .reference("text"),
                "description": .reference("text"), "tags": .reference("texts"), "runbook": .reference("text"),
                "level": level, "entity": .schema("The field whose values are scored.", "text"),
                "half_life": .reference("timespan"), "points": named("Points by level or rule.", number),
                "thresholds": named("Scores by name.", threshold), "limit": .reference("count"),
                "untested": .reference("untested"),
            ], "A score of entities, by the alerts about them.")
    }
}
