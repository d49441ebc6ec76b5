import Events
import Rulebook

/// The JSON Schema (2020-12) of a document of a rule book, for editors: the keys and words come from the tables by which rule
/// books are read.
public enum RulebookSchema {
    /// The schema as a document.
    public static var bytes: [UInt8] { tree.bytes }

    static var tree: JSONTree {
        .object([
            ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
            ("title", .text("TruceWatch rule book")),
            (
                "description",
                .text("A document of a rule book: a rule, or actors, ceasefires, lists, a profile, tests.")
            ),
            ("type", .text("object")),
            ("properties", .object(documents + rule)),
            ("additionalProperties", .boolean(false)),
            ("minProperties", .number(1)),
            ("allOf", .list([ruleIsWhole])),
            ("$defs", .object(SchemaTypes.definitions + RulebookSchema.definitions)),
        ])
    }

    private static let definitions: [(key: String, value: JSONTree?)] = [
        ("detection", DetectionSchema.detection), ("selection", DetectionSchema.selection),
        ("correlation", CorrelationSchema.correlation), ("bounds", CorrelationSchema.bounds),
        ("fields", DetectionSchema.oneOrMoreFields), ("statistic", StatisticDocumentSchema.statistic),
        ("actor", DocumentSchemas.actor), ("ceasefire", DocumentSchemas.ceasefire),
        ("profile", DocumentSchemas.profile),
        (
            "untested",
            .object([
                ("description", .text("What its tests leave out, and why that is right.")), ("type", .text("array")),
                (
                    "items",
                    .mapping(
                        ["what": .reference("text"), "reason": .reference("text")], keys: ["what", "reason"],
                        required: ["what", "reason"])
                ),
            ])
        ),
        (
            "related",
            .mapping(
                ["id": .reference("text"), "type": .reference("text")], keys: ["id", "type"],
                required: ["id", "type"])
        ),
        ("matchers", AftermathSchemas.matchers), ("silence", AftermathSchemas.silence),
        ("inhibition", AftermathSchemas.inhibition), ("risk", AftermathSchemas.risk), ("test", TestSchemas.test),
        ("event", TestSchemas.event), ("expectedAlert", TestSchemas.expectedAlert),
        ("emittedAlert", TestSchemas.emittedAlert),
    ]

    /// The keys of documents that are no rules; what is not described here may be anything.
    private static var documents: [(key: String, value: JSONTree?)] {
        let known: [String: JSONTree] = [
            "actors": .schema("Who takes part, under which names, and who belongs to whom when.", listOf: "actor"),
            "unidentified": .schema("Names that count as none.", "texts"),
            "lists": .object([
                ("description", .text("Lists of values, for the modifier expand.")), ("type", .text("object")),
                (
                    "additionalProperties",
                    .object([
                        ("type", .text("array")), ("minItems", .number(1)), ("items", .reference("value")),
                    ])
                ),
            ]),
            "ceasefire": .reference("ceasefire"), "profile": .reference("profile"),
            "ceasefires": .schema("What has been agreed.", listOf: "ceasefire"),
            "statistics": .oneOrMore("statistic"),
            "silence": .oneOrMore("silence"), "inhibit": .oneOrMore("inhibition"), "risk": .oneOrMore("risk"),
            "tests": .schema("Tests of rules.", listOf: "test"),
        ]
        return RulebookVocabulary.documents.map { ($0, known[$0] ?? .boolean(true)) }
    }

    private static var rule: [(key: String, value: JSONTree?)] {
        let known: [String: JSONTree] = [
            "title": .schema("What an alert of the rule is called.", "text"),
            "id": .schema("Its name in the output; else 'name', else the title.", "text"),
            "name": .schema("A name by which correlations may refer to it.", "text"),
            "description": .schema("What an alert means, its unit and its limits.", "text"),
            "status": .words(["stable", "test", "experimental", "deprecated", "unsupported"]),
            "references": .reference("texts"), "author": .reference("text"), "date": .reference("instant"),
            "modified": .reference("instant"), "tags": .schema("What it is filed under.", "texts"),
            "level": .words(Level.allCases.map(\.rawValue)), "fields": .reference("texts"),
            "falsepositives": .reference("texts"), "taxonomy": .reference("text"), "license": .reference("text"),
            "scope": .reference("texts"), "logsource": .object([("type", .text("object"))]),
            "related": .oneOrMore("related"), "generate": .object([("type", .text("boolean"))]),
            "runbook": .schema("What to do when it fires: a link or a text.", "text"),
            "group-by": .schema("For a detection, the fields that make the groups of its alerts.", "texts"),
            "for": .schema("How long it must hold before it is alerted.", "timespan"),
            "keep_firing_for": .schema("Episodes less than this apart are one.", "timespan"),
            "cooldown": .schema("An onset less than this after the last alerted one is not alerted.", "timespan"),
            "limit": .schema("How many pieces of evidence are listed.", "count"),
            "detection": .reference("detection"), "correlation": .reference("correlation"),
            "untested": .reference("untested"),
        ]
        return RulebookVocabulary.rule.keys.map { ($0, known[$0] ?? .boolean(true)) }
    }

    /// What has a key of a rule is one: it has a title, and either a detection or a correlation.
    private static var ruleIsWhole: JSONTree {
        .object([
            (
                "if",
                .object([("anyOf", .list(RulebookVocabulary.rule.keys.map { .object([("required", .texts([$0]))]) }))])
            ),
            (
                "then",
                .object([
                    ("required", .texts(RulebookVocabulary.rule.required)),
                    ("oneOf", .list(["detection", "correlation"].map { .object([("required", .texts([$0]))]) })),
                ])
            ),
        ])
    }
}
