import Diagnostics
import Testing

@testable import Rulebook

@Suite("\"lint examines the ceasefires too\", and the rules")
struct LintTests {
    /// What lint finds, as `line:column id`.
    private func lint(_ text: String, knownFields: Set<String> = []) throws -> [String] {
        let source = RulebookSource(file: "rules.yml", bytes: Array(text.utf8))
        let book = try #require(Rulebook.load([source]).rulebook)
        return book.lint(knownFields: knownFields, sources: [source]).map {
            "\($0.location.line):\($0.location.column) \($0.id)"
        }
    }

    private let actors = "actors: [{id: a}, {id: b}]\nceasefires:\n"

    private func ceasefire(_ id: String, _ rest: String) -> String {
        "- {id: \(id), parties: [{side: x, actors: a}, {side: y, actors: b}], area: {country: C}, "
            + "prohibits: {type: t}, \(rest)}\n"
    }

    @Test("\"no end, no party, no area, no prohibited act\"")
    func openTerms() throws {
        #expect(
            try lint("ceasefire:\n  id: c\n  effective: 2014-03-01") == [
                "2:7 ceasefire-without-end", "2:7 ceasefire-without-party", "2:7 ceasefire-without-area",
                "2:7 ceasefire-without-prohibition",
            ])
        #expect(try lint("ceasefire: {id: c}").contains("1:17 ceasefire-without-start"))
    }

    @Test(
        "\"overlapping or gapped periods between the same sides\"",
        arguments: [
            ("2014-03-15", ["4:8 ceasefire-overlap"]), ("2014-05-01", ["4:8 ceasefire-gap"]), ("2014-04-01", []),
        ])
    func succession(_ start: String, _ expected: [String]) throws {
        let text =
            actors + ceasefire("one", "effective: 2014-03-01, until: 2014-04-01")
            + ceasefire("two", "effective: \(start), acts: [{at: 2014-06-01, act: ended}]")
        #expect(try lint(text) == expected)
    }

    @Test("\"an end with neither extension nor successor\"")
    func lapse() throws {
        #expect(
            try lint(actors + ceasefire("one", "effective: 2014-03-01, until: 2014-04-01")) == ["3:8 ceasefire-lapse"])
        let extended = "acts: [{at: 2014-04-01, act: extended, until: 2014-05-01}]"
        #expect(try lint(actors + ceasefire("one", "effective: 2014-03-01, until: 2014-04-01, \(extended)")) == [])
    }

    @Test(
        "acts that do not fit the phase",
        arguments: [
            ("{at: 2014-03-10, act: suspended}, {at: 2014-03-12, act: resumed}", 0),
            ("{at: 2014-03-10, act: resumed}", 1), ("{at: 2014-02-10, act: ended}", 1),
            ("{at: 2014-03-10, act: declared}", 1), ("{at: 2014-04-02, act: suspended}", 1),
            ("{at: 2014-04-01, act: extended, until: 2014-05-01}, {at: 2014-04-20, act: suspended}", 0),
            ("{at: 2014-04-02, act: extended, until: 2014-04-02}", 1),
            ("{at: 2014-04-05, act: extended, until: 2014-05-02}, {at: 2014-04-06, act: ended}", 0),
            ("{at: 2014-03-10, act: suspended}, {at: 2014-03-11, act: suspended}", 1),
            ("{at: 2014-04-05, act: declared, until: 2014-05-02}", 0),
        ])
    func acts(_ acts: String, _ expected: Int) throws {
        let text = actors + ceasefire("one", "effective: 2014-03-01, until: 2014-04-01, acts: [\(acts)]")
        #expect(try lint(text).filter { $0.hasSuffix("act-without-effect") }.count == expected)
    }

    @Test("rules without description or level, options and conditions without effect, rates without a minimum")
    func rules() throws {
        let detection = "name: a\nfor: 1h\ndetection: {s: {type: x}, condition: s}\n---\n"
        #expect(
            try lint("title: T\n" + detection) == [
                "1:1 rule-without-description", "1:1 rule-without-level", "1:1 option-without-effect",
            ])
        let head = "title: A\n" + detection.replacing("for: 1h\n", with: "") + "title: B\ndescription: d\nlevel: low\n"
        func correlation(_ text: String) throws -> [String] { try lint(head + "correlation: {rules: a, \(text)}") }
        #expect(
            try correlation("type: event_count, timespan: 1d, condition: {gte: 3, lt: 3}") == [
                "5:1 condition-never-met"
            ])
        #expect(try correlation("type: temporal, timespan: 1d, condition: {gte: 2}") == ["5:1 condition-never-met"])
        #expect(try correlation("type: event_count, timespan: 1d, condition: {gte: 3, lt: 4}") == [])
        #expect(
            try correlation("type: rate_change, timespan: 1d, baseline: 7d, condition: {ratio: 2}") == [
                "5:1 rate-without-minimum"
            ])
    }

    @Test("\"a field that no profile and no event has ever had is a warning\"")
    func fields() throws {
        let head = "title: T\ndescription: d\nlevel: low\n"
        let text = head + "detection: {s: {typ: [x, y], breach: '*', type|fieldref: Column}, condition: s}"
        #expect(try lint(text) == ["4:17 field-of-no-profile", "4:43 field-of-no-profile"])
        #expect(try lint(text, knownFields: ["typ", "Column"]) == [])
        #expect(try lint(head + "detection: {s: {location|within_km: [1, 2, 3]}, condition: s}") == [])
        #expect(try lint(head + "detection: {s: word, condition: s}") == [])
        #expect(try lint(head + "group-by: zone\ndetection: {s: word, condition: s}") == ["1:1 field-of-no-profile"])
    }
}
