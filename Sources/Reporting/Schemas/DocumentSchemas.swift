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
        return mapping(
            RulebookVocabulary.ceasefire,
            [
                "id": .reference("text"), "title": .reference("text"),
                "parties": .object([("type", .text("array")), ("items", party)]),
                "effective": .reference("instant"), "until": .reference("instant"),
                "acts": .object([
                    ("description", .text("What became of it, if known beforehand.")), ("type", .text("array")),
                    ("items", act),
                ]),
                "area": .schema("Where it holds; everywhere where it is left out.", "selection"),
                "prohibits": .schema("What it prohibits.", "selection"),
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
        func fields(_ description: String, _ value: JSONTree) -> JSONTree {
            .mapping(
                Dictionary(uniqueKeysWithValues: CanonicalField.all.map { ($0, value) }),
                keys: CanonicalField.all.sorted(),
                description: description)
        }
        let words = JSONTree.object([
            ("type", .text("object")), ("additionalProperties", .reference("text")),
        ])
        return mapping(
            RulebookVocabulary.profile,
            [
                "name": .reference("text"),
                "fields": fields("Canonical field to the source's column.", .reference("text")),
                "values": fields("Canonical field to what the source's words are here.", words),
                "defaults": fields("What a field is where the record has none.", .boolean(true)),
                "time-zone": .reference("text"), "date-format": .reference("text"),
            ], "How the columns of a source become canonical fields.")
    }

    static func mapping(
        _ mapping: RulebookVocabulary.Mapping, _ properties: [String: JSONTree], _ description: String
    ) -> JSONTree {
        .mapping(properties, keys: mapping.keys, required: mapping.required, description: description)
    }
}
