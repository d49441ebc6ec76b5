import Diagnostics
import Testing

@testable import Rulebook

@Suite("Silences, inhibitions and risks that do nothing are found")
struct AftermathLintTests {
    private static let rules = """
        title: Attack
        id: attack
        description: d
        level: high
        runbook: r
        tags: [truce]
        group-by: [admin2]
        detection: {s: {type: attack}, condition: s}
        ---
        title: Talks
        id: talks
        description: d
        level: low
        runbook: r
        detection: {s: {type: talks}, condition: s}
        ---

        """

    /// What lint says of a document beside two rules: what is marked by `«`, and the message.
    private func lint(_ text: String) throws -> [String] {
        let lines = (Self.rules + text.replacing("«", with: "")).split(
            separator: "\n", omittingEmptySubsequences: false)
        let (book, loading) = load(lines.joined(separator: "\n"))
        let rulebook = try #require(book, "\(loading)")
        let marked = (Self.rules + text).prefix { $0 != "«" }.split(separator: "\n", omittingEmptySubsequences: false)
        let place = "\(marked.count):\((marked.last?.count ?? 0) + 1)"
        return rulebook.lint(loading: loading).map { said in
            let found = "\(said.location.line):\(said.location.column)"
            return "\(found == place ? "" : found + " ")\(said.id): \(said.message)"
        }
    }

    @Test(
        "A matcher on a field that no alert it may mean has in its group, or that no alert passes",
        arguments: [
            ("silence: {matchers: {admin2: Swat}}", []),
            ("silence: {matchers: ['rule=attack', 'admin2=\"Swat\"']}", []),
            ("silence: {matchers: {rule: attack, level: high, tags: truce}}", []),
            (
                "silence: {matchers: {«admn2: Swat}}",
                ["matcher-of-no-group: no alert that is meant here has a 'admn2' in its group"]
            ),
            (
                "silence: {matchers: ['rule=talks', «'admin2!=\"Swat\"']}",
                ["matcher-of-no-group: the alerts of 'talks' have no 'admin2' in their group"]
            ),
            ("silence: {matchers: {«level: critical}}", ["matcher-of-no-alert: no alert passes this matcher"]),
            (
                "silence: {matchers: {«rule: talks, tags: truce}}",
                ["matcher-of-no-alert: no alert passes all of these matchers"]
            ),
            ("silence: {matchers: [«'tags=~\"x.*\"']}", ["matcher-of-no-alert: no alert passes this matcher"]),
            ("inhibit: {source: {rule: attack}, target: {level: high}, equal: [admin2]}", []),
            (
                "inhibit: {source: {rule: attack}, target: {rule: talks}, equal: [«admin2]}",
                ["matcher-of-no-group: the alerts of 'talks' have no 'admin2' in their group"]
            ),
            (
                "inhibit: {source: {rule: attack}, target: {«rule: talks, level: high}}",
                ["matcher-of-no-alert: no alert passes all of these matchers"]
            ),
        ])
    func matchers(_ text: String, _ expected: [String]) throws {
        let found = try lint(text)
        #expect(found == expected)
    }

    @Test("An alert of a risk has its entity in its group, and its own levels")
    func matchersOfRisks() throws {
        let risk =
            "risk: {title: R, id: strain, entity: admin2, half_life: 2d, points: {high: 1}, thresholds: {far: {score: 3, level: critical}}}\n---\n"
        #expect(try lint(risk + "silence: {matchers: {rule: strain, admin2: Swat, level: critical}}") == [])
        let found = try lint(risk + "silence: {matchers: {rule: strain, «admin1: Swat}}")
        #expect(found == ["matcher-of-no-group: the alerts of 'strain' have no 'admin1' in their group"])
    }

    @Test(
        "A risk's entity field that no alert carries which counts for it",
        arguments: [
            ("entity: admin2, points: {high: 1}", []),
            (
                "entity: «admn2, points: {high: 1}",
                ["entity-of-no-alert: no alert that counts has a 'admn2' in its group"]
            ),
            (
                "entity: «admin2, points: {low: 1}",
                ["entity-of-no-alert: no alert that counts has a 'admin2' in its group"]
            ),
            (
                "entity: «ceasefire, points: {high: 1}",
                ["entity-of-no-alert: no alert that counts has a 'ceasefire' in its group"]
            ),
            (
                "entity: admin2, points: {high: 1, «talks: 2}",
                ["entity-of-no-alert: 'talks' never counts: its alerts have no 'admin2' in their group"]
            ),
            // By level a risk takes what there is: those without the field are left out on purpose.
            ("entity: admin2, points: {high: 1, low: 2}", []),
        ])
    func entities(_ entries: String, _ expected: [String]) throws {
        let found = try lint("risk: {title: R, half_life: 2d, thresholds: {far: 3}, \(entries)}")
        #expect(found == expected)
    }

    @Test("Every alert may have a ceasefire, where there is one")
    func ceasefireAsEntity() throws {
        let truce = "ceasefire: {id: one}\n---\n"
        let found = try lint(
            truce + "risk: {title: R, entity: ceasefire, half_life: 2d, points: {high: 1}, thresholds: {far: 3}}")
        #expect(!found.contains { $0.contains("entity-of-no-alert") })
    }

    @Test(
        "A rule that can never fire names the field that stands in the way",
        arguments: [
            (
                "{a: {fatalities|lt: 5}, b: {fatalities|gte: 20}, condition: a and b}",
                "no value of 'fatalities' meets all that is asked of it"
            ),
            (
                "{a: {type: x, place: [p, q]}, b: {place: r, type: x}, condition: a and b}",
                "no value of 'place' meets all that is asked of it"
            ),
            (
                "{a: {type: x}, b: {type: y}, c: {place: p}, d: {place: q}, condition: (a and b) or (c and d)}",
                "no value of 'type' meets all that is asked of it; no value of 'place' meets all that is asked of it"
            ),
            (
                "{a: {breach: alleged}, b: {claim: claimed}, condition: a and b}",
                "what is asked of 'breach' excludes what is asked of 'claim'"
            ),
            (
                "{a: {breach: spoiler, breach.side: state}, condition: a}",
                "what is asked of 'breach' excludes what is asked of 'breach.side'"
            ),
        ])
    func obstacles(_ detection: String, _ reason: String) throws {
        let truce =
            "ceasefire: {id: one, parties: [{side: state, actors: [x]}]}\n---\nactors: [{id: x, kind: state}]\n---\n"
        let found = try lint(truce + "title: T\ndescription: d\nlevel: low\nrunbook: r\ndetection: \(detection)")
        let never = found.filter { $0.contains("rule-never-fires") }
        #expect(never.count == 1 && never[0].hasSuffix("rule-never-fires: no event can match: \(reason)"), "\(found)")
    }
}
