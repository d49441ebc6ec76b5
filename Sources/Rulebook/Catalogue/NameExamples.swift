extension ProblemExample {
    /// Actors, lists, ceasefires and profiles by their names.
    static let ofNames: [ProblemExample] = [
        ProblemExample(
            .duplicateActor, "Two actors have one id.", "actors:\n  - {id: ttp, kind: armed_group}\n  - {id: «ttp}"),
        ProblemExample(
            .ambiguousAlias, "A name means two actors: no incident could be told whose it is.",
            "actors:\n  - {id: ttp, aliases: [Taliban]}\n  - {id: afghan-taliban, aliases: [«Taliban]}"),
        ProblemExample(
            .aliasNeverResolves,
            "Names under `unidentified` count as none, before any actor: the alias is never found.",
            "actors:\n  - {id: un-mission, aliases: [«\"UN*\"]}\n---\nunidentified: [\"UN*\"]"),
        ProblemExample(
            .overlappingAliases,
            "Two wildcards of two actors fit the same names, and are equally long: which one means it is not said.",
            "actors:\n  - {id: a, aliases: [\"Lashkar*\"]}\n  - {id: b, aliases: [«\"*e-Islam\"]}"),
        ProblemExample(
            .unknownActor, "There is no actor of that id in the registry.",
            "actors:\n  - {id: ttp, kind: armed_group}\n  - {id: jua, member_of: [{actor: «tpp}]}"),
        ProblemExample(
            .membershipCycle, "Actors belong to each other at one time.",
            "actors:\n  - {id: «ttp, member_of: jua}\n  - {id: jua, member_of: ttp}"),
        ProblemExample(
            .duplicateList, "Two lists have one name.", "lists:\n  towns: [Bannu]\n---\nlists:\n  «towns: [Tank]"),
        ProblemExample(
            .unknownList, "A placeholder such as `%towns%` names a list in a document `lists:`.",
            "title: An attack\ndetection:\n  attack: {place|expand: «\"%towns%\"}\n  condition: attack"),
        ProblemExample(
            .duplicateCeasefire, "Two ceasefires have one id.", "ceasefires:\n  - {id: eid}\n  - {id: «eid}"),
        ProblemExample(
            .unknownCeasefire, "There is no ceasefire of that id.",
            "ceasefire: {id: eid-2013}\n---\ntitle: It runs out\n"
                + "correlation: {type: deadline, before: 7d, ceasefire: «eid-2014}"),
        ProblemExample(
            .duplicateSide, "Two sides of a ceasefire have one name.",
            """
            actors: [{id: army}, {id: ttp}]
            ceasefire:
              id: eid
              parties:
                - {side: state, actors: [army]}
                - {«side: state, actors: [ttp]}
            """),
        ProblemExample(
            .actorOnTwoSides, "An actor is on two sides: whom it attacks would be no matter.",
            """
            actors: [{id: army}, {id: ttp}]
            ceasefire:
              id: eid
              parties:
                - {side: state, actors: [army]}
                - {side: ttp, actors: [ttp, «army]}
            """),
        ProblemExample(
            .duplicateProfile, "Two profiles have one name, or one has that of a profile built in.",
            "profile: {name: «acled, fields: {time: event_date}}"),
        ProblemExample(
            .unknownField, "A profile says which columns become canonical fields; this is none.",
            "profile: {name: office, fields: {«tiem: Date of incident}}"),
        ProblemExample(
            .invalidMatcher, "A silence or an inhibition names alerts by matchers, as Alertmanager does.",
            "silence: {matchers: [«\"level high\"], from: 2014-03-01, until: 2014-04-01, reason: Exercise}"),
        ProblemExample(
            .duplicateStatistic, "Two statistics have one name.",
            """
            statistics:
              - {title: Attacks, id: attacks, measure: count, detection: {s: {type: attack}, condition: s}}
              - {title: Bombings, id: «attacks, measure: count, detection: {s: {type: bombing}, condition: s}}
            """),
    ]

    /// Terms of ceasefires that are unclear.
    static let ofCeasefires: [ProblemExample] = [
        ProblemExample(
            .ceasefireWithoutEnd, "Nobody can say when an indefinite ceasefire is over unless somebody ends it.",
            clear("«eid", "effective: 2022-04-29")),
        ProblemExample(
            .ceasefireWithoutStart,
            "It holds from when an event of the stream declares it; before that there are no breaches.",
            clear("«eid", "title: A ceasefire to come")),
        ProblemExample(
            .ceasefireWithoutParty, "It binds nobody, so nothing breaks it.",
            clear("«eid", "effective: 2022-04-29", without: "parties")),
        ProblemExample(
            .ceasefireWithoutArea, "It holds everywhere: an attack abroad would break it.",
            clear("«eid", "effective: 2022-04-29", without: "area")),
        ProblemExample(
            .ceasefireWithoutProhibition, "Any incident that names somebody breaks it, a protest as well.",
            clear("«eid", "effective: 2022-04-29", without: "prohibits")),
        ProblemExample(
            .ceasefireWithoutProtection, "`protects` is empty: only attacks on unknown targets would break it.",
            clear("eid", "effective: 2022-04-29\n  protects: «[]")),
        ProblemExample(
            .ceasefireOverlap, "Two ceasefires between the same sides are in force at once: the later one judges.",
            clear("one", "effective: 2022-04-29\n  until: 2022-05-10") + "\n---\n"
                + clear("«two", "effective: 2022-05-01\n  until: 2022-06-01", without: "actors")),
        ProblemExample(
            .ceasefireGap,
            "Between two ceasefires of the same sides there is a time without one: attacks in it are no breaches.",
            clear("one", "effective: 2022-04-29\n  until: 2022-05-10") + "\n---\n"
                + clear("«two", "effective: 2022-05-18\n  until: 2022-06-01", without: "actors")),
        ProblemExample(
            .ceasefireLapse, "It runs out, and it is not said whether it was extended, ended or followed by another.",
            clear("«eid", "effective: 2022-04-29\n  until: 2022-05-10")),
        ProblemExample(
            .actWithoutEffect, "An act that does not fit how things stood does nothing.",
            clear("eid", "effective: 2022-04-29\n  acts:\n    - {«at: 2022-05-01, act: resumed}")),
    ]

    /// A ceasefire with clear terms, but for what is left out and what the further lines say.
    private static func clear(_ id: String, _ lines: String, without left: String = "") -> String {
        let terms = [
            ("actors", "actors: [{id: army, kind: state}, {id: ttp, kind: armed_group}]"),
            ("id", "ceasefire:\n  id: \(id)"),
            ("parties", "  parties: [{side: state, actors: [army]}, {side: ttp, actors: [ttp]}]"),
            ("area", "  area: {country: Pakistan}"), ("prohibits", "  prohibits: {type: [attack, bombing]}"),
        ]
        return (terms.filter { $0.0 != left }.map(\.1) + ["  \(lines)"]).joined(separator: "\n")
    }
}
