import Events
import Rulebook

/// The schemas of actors, ceasefires and profiles.
enum DocumentSchemas {
    static var actor: JSONTree {
        let membership = JSONTree.mapping(
            [
                "actor": .reference("text"), "from": .reference("instant"), "until": .reference("instant"),
            ], keys: ["actor", "from", "until"], required: ["actor"])
        let memberships = JSONTree.object([("anyOf", .list([.reference("text"), membership]))])
        return mapping(
            RulebookVocabulary.actor,
            [
                "id": .reference("text"), "name": .reference("text"),
                "kind": .words(Actor.Kind.allCases.map(\.rawValue)),
                "aliases": .schema("Other names; * and ? are wildcards.", "texts"),
                "member_of": .object([
                    ("description", .text("The groups it belongs to; the first that holds makes its party.")),
                    (
                        "anyOf",
                        .list([memberships, .object([("type", .text("array")), ("items", memberships)])])
                    ),
                ]),
            ], "Who takes part.")
    }

    static var ceasefire: JSONTree {
        let party = JSONTree.mapping(
            ["side": .reference("text"), "actors": .reference("names")], keys: ["side", "actors"],
            required: ["side", "actors"])
        let act = JSONTree.mapping(
            [
                "at": .reference("instant"), "act": .words(CeasefireAct.allCases.map(\.rawValue)),
                "until": .reference("instant"), "by": .reference("text"),
            ], keys: ["at", "act", "until", "by"], required: ["at", "act"])
        let extended = JSONTree.object([
            ("if", .object([("properties", .object([("act", .object([("const", .text("extended"))]))]))])),
            ("then", .object([("required", .texts(["until"]))])),
        ])
        return mapping(
            RulebookVocabulary.ceasefire,
            [
                "id": .reference("text"), "title": .reference("text"),
                "parties": .object([("type", .text("array")), ("items", party)]),
                "effective": .reference("instant"), "until": .reference("instant"),
                "acts": .object([
                    ("description", .text("What became of it, if known beforehand.")), ("type", .text("array")),
                    ("items", .object([("allOf", .list([act, extended]))])),
                ]),
                "area": .schema("Where it holds; everywhere where it is left out.", "fields"),
                "prohibits": .schema("What it prohibits.", "fields"),
                "protects": .object([
                    (
                        "anyOf",
                        .list([
                            .words(["parties", "civilians"]),
                            .object([("type", .text("array")), ("items", .words(["parties", "civilians"]))]),
                        ])
                    )
                ]),
            ], "Who is bound, when, where, and to what.")
    }

    static var profile: JSONTree {
        func fields(_ description: String, _ value: (String) -> JSONTree) -> JSONTree {
            .mapping(
                Dictionary(uniqueKeysWithValues: CanonicalField.all.map { ($0, value($0)) }),
                keys: CanonicalField.all.sorted(),
                description: description)
        }
        func word(_ field: String) -> JSONTree {
            RulebookVocabulary.closedFields[field].map { .words($0) } ?? .reference("text")
        }
        return mapping(
            RulebookVocabulary.profile,
            [
                "name": .reference("text"),
                "fields": fields("Canonical field to the source's column.") { _ in .reference("text") },
                "values": fields("Canonical field to what the source's words are here.") { field in
                    .object([("type", .text("object")), ("additionalProperties", word(field))])
                },
                "defaults": fields("What a field is where the record has none.") { initial($0, word($0)) },
                "time-zone": .reference("text"), "date-format": .reference("text"),
            ], "How the columns of a source become canonical fields.")
    }

    /// The value of a field, or a list of such.
    private static func initial(_ field: String, _ word: JSONTree) -> JSONTree {
        var value = word
        if CanonicalField.booleans.contains(field) { value = .object([("type", .text("boolean"))]) }
        if CanonicalField.numbers.contains(field) { value = .object([("type", .text("number"))]) }
        return .anyOf([value, .object([("type", .text("array")), ("minItems", .number(1)), ("items", value)])])
    }

    static func mapping(
        _ mapping: RulebookVocabulary.Mapping, _ properties: [String: JSONTree], _ description: String
    ) -> JSONTree {
        .mapping(properties, keys: mapping.keys, required: mapping.required, description: description)
    }
}
