@testable import Rulebook

extension BrokenBook {
    /// Documents of every kind but rules.
    static let documents: [BrokenBook] = [
        BrokenBook(.yamlSyntax, "actors:\n\t«- id: a\n".replacing("\t«", with: "«\t")),
        BrokenBook(.yamlSyntax, "title: «'never closed\nlevel: high\n"),
        BrokenBook(.yamlSyntax, "title: a«: b"),
        BrokenBook(.duplicateKey, "actors: []\n«actors: []"),
        BrokenBook(.unknownAlias, "actors: «*nobody"),
        BrokenBook(.aliasCycle, "lists: &l {a: [«*l]}"),
        BrokenBook(.unknownTag, "actors: «!python/object []"),
        BrokenBook(.complexKey, "lists: {? «[a] : [b]}"),
        BrokenBook(.invalidMerge, "lists: {<<: «5, a: [b]}"),
        BrokenBook(.notADocument, "«- a\n- b"),
        BrokenBook(.notADocument, "«just a text"),
        BrokenBook(.unknownKey, "«actor: []", help: "did you mean 'actors'?"),
        BrokenBook(.unsupported, "«action: global\ntitle: x"),
        BrokenBook(.wrongType, "actors: «{id: a}"),
        BrokenBook(.wrongType, "actors: [«a]"),
        BrokenBook(.missingKey, "actors: [{«name: a}]"),
        BrokenBook(.wrongType, "actors: [{id: «true}]"),
        BrokenBook(.invalidValue, "actors: [{id: «''}]"),
        BrokenBook(.invalidValue, "actors: [{id: a, kind: «milita}]", help: "did you mean 'militia'?"),
        BrokenBook(.duplicateActor, "actors: [{id: a}, {id: «a}]"),
        BrokenBook(.ambiguousAlias, "actors: [{id: a, aliases: [TTP]}, {id: b, aliases: [x, «ttp]}]"),
        BrokenBook(.ambiguousAlias, "actors: [{id: a, name: Army}, {id: «army}]"),
        BrokenBook(.unknownActor, "actors: [{id: army}, {id: b, member_of: «amry}]", help: "did you mean 'army'?"),
        BrokenBook(.membershipCycle, "actors: [{id: «a, member_of: b}, {id: b, member_of: a}]"),
        BrokenBook(
            .membershipCycle,
            "actors: [{id: «a, member_of: {actor: b, from: 2012-01-01}}, {id: b, member_of: {actor: a, until: 2013-01-01}}]"
        ),
        BrokenBook(
            .emptyPeriod, "actors: [{id: b}, {id: a, member_of: {actor: b, from: 2014-01-01, until: «2013-01-01}}]"),
        BrokenBook(.invalidValue, "actors: [{id: b}, {id: a, member_of: {actor: b, from: «2014-02-30}}]"),
        BrokenBook(.wrongType, "unidentified: «{a: b}"),
        BrokenBook(.duplicateList, "lists: {a: [1]}\n---\nlists: {«a: [2]}"),
        BrokenBook(.emptyList, "lists: {a: «[]}"),
        BrokenBook(.wrongType, "lists: {a: «b}"),
        BrokenBook(.wrongType, "lists: {a: [«[b]]}"),
        BrokenBook(.missingKey, "ceasefire: {«title: t}"),
        BrokenBook(.duplicateCeasefire, "ceasefires: [{id: c}, {id: «c}]"),
        BrokenBook(
            .duplicateSide,
            "ceasefire: {id: c, parties: [{side: s, actors: a}, {«side: s, actors: a}]}\n---\nactors: [{id: a}]"),
        BrokenBook(
            .actorOnTwoSides,
            "actors: [{id: a}]\nceasefire: {id: c, parties: [{side: s, actors: a}, {side: t, actors: «a}]}"),
        BrokenBook(.emptyList, "ceasefire: {id: c, parties: [{side: s, actors: «[]}]}"),
        BrokenBook(.emptyPeriod, "ceasefire: {id: c, effective: 2014-03-01, until: «2014-03-01}"),
        BrokenBook(.invalidValue, "ceasefire: {id: c, effective: «soon}"),
        BrokenBook(
            .invalidValue, "ceasefire: {id: c, acts: [{at: 2014-03-01, act: «endde}]}", help: "did you mean 'ended'?"),
        BrokenBook(.missingKey, "ceasefire: {id: c, acts: [{«at: 2014-03-01, act: extended}]}"),
        BrokenBook(.misplacedKey, "ceasefire: {id: c, acts: [{at: 2014-03-01, act: ended, «until: 2014-04-01}]}"),
        BrokenBook(.unknownActor, "ceasefire: {id: c, acts: [{at: 2014-03-01, act: ended, by: «who}]}"),
        BrokenBook(
            .invalidValue, "ceasefire: {id: c, protects: [parties, «civilian]}", help: "did you mean 'civilians'?"),
        BrokenBook(.emptyList, "ceasefire: {id: c, area: «{}}"),
        BrokenBook(.unknownField, "profile: {name: p, fields: {«tiem: T}}", help: "did you mean 'time'?"),
        BrokenBook(.duplicateProfile, "profile: {name: «acled}"),
        BrokenBook(.duplicateProfile, "profile: {name: p}\n---\nprofile: {name: «p}"),
        BrokenBook(
            .invalidValue, "profile: {name: p, values: {attribution: {Sure: «confirm}}}",
            help: "did you mean 'confirmed'?"),
        BrokenBook(.wrongType, "profile: {name: p, defaults: {fatalities: «none}}"),
        BrokenBook(.unknownKey, "profile: {name: p, «timezone: UTC}", help: "did you mean 'time-zone'?"),
    ]
}
