import Diagnostics
import Testing

@testable import Rulebook

@Suite("Tests of rules that are written wrongly")
struct BrokenTests {
    /// A test, the place of the error marked by «.
    private static func test(_ id: Problem, _ text: String, help: String? = nil) -> BrokenBook {
        let rules = """
            title: A
            id: a
            group-by: [country]
            detection: {s: {type: x}, condition: s}
            ---
            risk: {title: R, id: r, entity: country, half_life: 1d, points: {medium: 1}, thresholds: {far: 2}}
            ---
            title: F
            id: feeder
            detection: {s: {type: x}, condition: s}
            ---
            title: C
            id: c
            correlation: {type: event_count, rules: [feeder], timespan: 1d, condition: {gte: 2}}
            ---
            tests:
              -
            """
        var indent = "    "
        let lines = text.split(separator: "\n").map { line in
            if line == "---" { indent = "" }
            return indent + line
        }.joined(separator: "\n")
        return BrokenBook(id, rules + "\n" + lines, help: help)
    }

    private static let all: [BrokenBook] = [
        test(.missingKey, "name: «t\nevents: []"),
        test(.missingKey, "«events: []\nexpect: []"),
        test(.missingKey, "«name: t\nexpect: []"),
        test(.unknownKey, "name: t\nevents: []\n«expects: []\nexpect: []", help: "did you mean 'expect'?"),
        test(.unknownRule, "name: t\nevents: []\nexpect_none: [«aa]", help: "did you mean 'a'?"),
        test(.unknownRule, "name: t\nevents: []\nrules: «b*\nexpect: []"),
        test(.emptyList, "name: t\nevents: []\nexpect: []\nrules: «[]"),
        test(.ruleWithoutAlerts, "name: t\nevents: []\nexpect: [{rule: «feeder}]"),
        test(.wrongType, "name: t\nevents: «{id: a}\nexpect: []"),
        test(.wrongType, "name: t\nevents: [«a]\nexpect: []"),
        test(
            .unknownEvent, "name: t\nevents: [{id: alfa, time: 2014-01-01}, {id: b, like: «alfb}]\nexpect: []",
            help: "did you mean 'alfa'?"),
        test(.invalidValue, "name: t\nevents: [{id: a, time: «+2d}]\nexpect: []"),
        test(.invalidValue, "name: t\nevents: [{id: a, time: 2014-01-01}, {id: b, time: «+2x}]\nexpect: []"),
        test(.invalidValue, "name: t\nevents: [{id: a, time: 2014-01-01}, {id: b, time: «-9999999w}]\nexpect: []"),
        test(.invalidValue, "name: t\nevents: [{id: a, time: 2014-01-01, reported: «+h}]\nexpect: []"),
        test(.wrongType, "name: t\nevents: [{id: a, type: [«[b]]}]\nexpect: []"),
        test(.missingKey, "name: t\nevents: []\nexpect: [{«group: {country: x}}]"),
        test(
            .unknownKey, "name: t\nevents: []\nexpect: [{rule: a, «onsett: 2014-01-01}]", help: "did you mean 'onset'?"),
        test(.unknownKey, "name: t\nevents: []\nexpect: [{rule: a, «status: firing}]"),
        test(
            .unknownField, "name: t\nevents: []\nexpect: [{rule: a, group: {«contry: x}}]",
            help: "did you mean 'country'?"),
        test(
            .unknownField, "name: t\nevents: []\nexpect: [{rule: c, group: {«country: x}}]",
            help: "its alerts have no group"),
        test(.unknownRule, "name: t\nevents: []\nexpect: [{rule: «r}]", help: "'r' is a risk: write 'risk: r'"),
        test(.unknownRule, "name: t\nevents: []\nexpect: [{risk: «a}]", help: "'a' is a rule: write 'rule: a'"),
        test(.misplacedKey, "name: t\nevents: []\nexpect: [{«rule: a, risk: r}]"),
        test(.misplacedKey, "name: t\nevents: []\nexpect: [{rule: a, «threshold: far}]"),
        test(.misplacedKey, "name: t\nevents: []\nexpect: [{risk: r, «events: [e]}]"),
        test(
            .invalidValue, "name: t\nevents: []\nexpect: [{risk: r, threshold: «fra}]", help: "did you mean 'far'?"),
        test(.unknownField, "name: t\nevents: []\nexpect: [{risk: r, group: {«contry: x}}]"),
        test(.invalidValue, "name: t\nevents: []\nexpect: [{rule: a, onset: «soon}]"),
        test(.wrongType, "name: t\nevents: []\nexpect: [{rule: a, figure: «three}]"),
        test(.invalidValue, "name: t\nevents: []\nprofile: «acleda\nexpect: []", help: "did you mean 'acled'?"),
        test(.unknownEvent, "name: t\nevents: [{id: a, time: 2014-01-01}]\narrive: [a, «b]\nexpect: []"),
        test(.missingArrival, "name: t\nevents: [{id: a, time: 2014-01-01}]\narrive: [a, «a]\nexpect: []"),
        test(.missingArrival, "name: t\nevents: [{id: a, time: 2014-01-01}]\narrive: «[]\nexpect: []"),
        test(
            .invalidValue,
            "name: t\nevents: [{id: a, time: 2014-01-01}]\narrive: [a, {end: true}, «{end: true}]\nexpect: []"),
        test(.missingKey, "name: t\nevents: [{id: a, time: 2014-01-01}]\narrive: [{event: a, emitted: [{«rule: a}]}]"),
        test(
            .invalidValue,
            "name: t\nevents: [{id: a, time: 2014-01-01}]\narrive: [{event: a, emitted: [{status: «fireing, rule: a}]}]",
            help: "did you mean 'firing'?"),
        test(.duplicateTest, "name: t\nevents: []\nexpect: []\n---\ntests: [{name: «t, events: [], expect: []}]"),
    ]

    @Test("one error, at its line and column; the rule book loads and the test comes as broken", arguments: all)
    func diagnostics(_ book: BrokenBook) throws {
        let (text, line, column) = book.marked
        let source = RulebookSource(file: "rules.yml", bytes: Array(text.utf8))
        let (rulebook, tests, diagnostics) = Rulebook.loadWithTests([source])
        let found = diagnostics.map { "\($0.location.line):\($0.location.column) \($0.id)" }
        #expect(found == ["\(line):\(column) \(book.id.rawValue)"])
        #expect(rulebook != nil)
        #expect(tests.last?.isBroken == true)
        if let help = book.help { #expect(diagnostics.first?.help == [help]) }
        #expect(Rulebook.load([source]).diagnostics.isEmpty, "a broken test does not disturb a run")
    }

    @Test("a field of an event that is probably misspelt is a warning; any other column may be a source's own")
    func misspelt() {
        let text = """
            title: A
            id: a
            detection: {s: {type: x}, condition: s}
            ---
            tests:
              - {name: t, events: [{id: a, time: 2014-01-01, fatalites: 3, Sub-district: x, breach: y}], expect: []}
            """
        let loaded = Rulebook.loadWithTests([RulebookSource(file: "rules.yml", bytes: Array(text.utf8))])
        #expect(
            loaded.diagnostics.map { "\($0.location.column) \($0.id)" } == [
                "50 field-of-no-profile", "81 field-of-no-profile",
            ])
        #expect(loaded.diagnostics.map(\.help) == [["did you mean 'fatalities'?"], []])
        #expect(loaded.tests.first?.isBroken == false)
    }
}
