import Rulebook

/// The schema of `statistics:` documents.
enum StatisticDocumentSchema {
    static var statistic: JSONTree {
        let whole = DocumentSchemas.mapping(
            RulebookVocabulary.statistic,
            [
                "title": .schema("What the statistic is called.", "text"),
                "id": .schema("Its name in the output; else 'name', else the title.", "text"),
                "name": .reference("text"), "description": .reference("text"),
                "measure": .words(RulebookVocabulary.measures),
                "field": .schema("The field that is summed, or whose values are told apart.", "names"),
                "rules": .schema("The detections whose events count.", "names"),
                "detection": .schema("The events that count, where no rule says so.", "detection"),
                "of": .schema("The detections whose events are the part.", "names"),
                "among": .schema("The detections whose events are the whole.", "names"),
                "group-by": .schema("The fields that make the groups.", "texts"),
                "windows": .object([
                    ("description", .text("How far back is counted: 24h, 7d and 28d unless given.")),
                    (
                        "anyOf",
                        .list([
                            .reference("timespan"),
                            .object([
                                ("type", .text("array")), ("minItems", .number(1)), ("uniqueItems", .boolean(true)),
                                ("items", .reference("timespan")),
                            ]),
                        ])
                    ),
                ]),
                "every": .schema("How often a line is written; 1d unless given.", "timespan"),
                "unit": .schema("What one of them is one of, such as incidents.", "text"),
                "area": .schema("The area it is about, as a reader is told.", "text"),
                "ceasefire": .schema("The ceasefire since which the total is counted.", "text"),
            ], "What is counted at the end of each day.")
        return .object([("allOf", .list([whole] + RulebookVocabulary.measures.map { keys(of: $0) }))])
    }

    /// Which keys go with a measure.
    private static func keys(of measure: String) -> JSONTree {
        func given(_ key: String) -> JSONTree { .object([("required", .texts([key]))]) }
        func refused(_ keys: [String]) -> (key: String, value: JSONTree?) {
            ("not", .anyOf(keys.map { given($0) }))
        }
        let then: [(key: String, value: JSONTree?)]
        switch measure {
        case "share": then = [("required", .texts(["of", "among"])), refused(["rules", "detection"])]
        case "count":
            then = [("oneOf", .list([given("rules"), given("detection")])), refused(["of", "among", "field"])]
        default:
            then = [
                ("required", .texts(["field"])), ("oneOf", .list([given("rules"), given("detection")])),
                refused(["of", "among"]),
            ]
        }
        return .object([
            (
                "if",
                .object([
                    ("properties", .object([("measure", .object([("const", .text(measure))]))])),
                    ("required", .texts(["measure"])),
                ])
            ),
            ("then", .object(then)),
        ])
    }
}
