import Foundation
import Testing

extension ProgramTests {
    @Suite("Schemas, checked by a validator that knows nothing of ours")
    struct SchemaTests {
        private static let validator = Repository.root.appendingPathComponent("Tests/Validators/schemas.py").path

        /// What the validator says of files: what is wrong, a line each, and how many documents there were.
        private func validate(_ kind: String, _ schema: String, _ files: [String], in tool: Tool) throws -> [Substring]
        {
            let outcome = try Repository.trucewatch(["schema", schema], scratch: tool)
            #expect(outcome.status == 0 && outcome.errors.isEmpty)
            try tool.write(outcome.output, to: "schema.json")
            let python = URL(fileURLWithPath: "/usr/bin/python3")
            let path = tool.folder.appendingPathComponent("schema.json").path
            let result = try Repository.run(python, [SchemaTests.validator, kind, path] + files, scratch: Tool())
            try #require(
                result.status == 0,
                "the packages python3-jsonschema and python3-yaml are needed; without them: \(result.errors.suffix(300))"
            )
            return result.lines
        }

        private static func files(in folder: String, named suffix: String) -> [String] {
            let root = Repository.root.appendingPathComponent(folder)
            let paths = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
            return paths.filter { $0.hasSuffix(suffix) }.sorted().map { root.appendingPathComponent($0).path }
        }

        @Test("every file of Rules, and every rule book of the fixtures, is valid")
        func rulebooks() throws {
            let files = SchemaTests.files(in: "Rules", named: ".yml") + SchemaTests.files(in: "Fixtures", named: ".yml")
            #expect(files.count > 40)
            let said = try validate("rulebook", "rulebook", files, in: Tool())
            #expect(said.count == 1, "\(said.prefix(10).joined(separator: "\n"))")
        }

        @Test("every line of expected output is valid")
        func alerts() throws {
            let files = SchemaTests.files(in: "Fixtures", named: "expected.jsonl")
            #expect(files.count >= 5)
            let said = try validate("lines", "alert", files, in: Tool())
            #expect(said.count == 1, "\(said.prefix(10).joined(separator: "\n"))")
        }

        @Test(
            "mistakes are marked",
            arguments: [
                "title: T\nlevl: high\ndetection: {s: {a: b}, condition: s}", "title: T",
                "detection: {s: {a: b}, condition: s}",
                "title: T\nlevel: hihg\ndetection: {s: {a: b}, condition: s}", "title: T\ndetection: {s: {a: b}}",
                "title: T\ndetection: {s: {a|containz: b}, condition: s}", "title: T\ndetection: {s: {}, condition: s}",
                "title: T\nfor: 6 hours\ndetection: {s: {a: b}, condition: s}",
                "title: T\ncorrelation: {type: event_cuont, rules: [a], timespan: 1d, condition: {gte: 2}}",
                "title: T\ncorrelation: {type: event_count, timespan: 1d, condition: {gte: 2}}",
                "title: T\ncorrelation: {type: event_count, rules: [a], timspan: 1d, condition: {gte: 2}}",
                "title: T\ncorrelation: {type: event_count, rules: [a], timespan: 1d, condition: {gtee: 2}}",
                "title: T\ncorrelation: {type: event_count, rules: [a], timespan: 1d, min_count: 2, condition: {gte: 2}}",
                "title: T\ncorrelation: {type: absence, rules: [a], timespan: 1d, window: session}",
                "actors: [{id: a, kind: amry}]", "actors: [{name: a}]", "actors: {id: a}", "actor: [{id: a}]",
                "ceasefire: {id: c, acts: [{at: 2014-01-01, act: endde}]}", "ceasefire: {id: c, protects: civilian}",
                "profile: {name: p, fields: {tiem: T}}", "lists: {a: []}",
                "tests: [{name: t, events: [], expekt: []}]", "tests: [{name: t}]",
                "tests: [{name: t, events: [], expect: [{rule: a, onst: 2014-01-01}]}]",
                "tests: [{name: t, events: [], arrive: [{event: a, emitted: [{rule: a}]}]}]", "just a text", "- a list",
            ])
        func mistakes(text: String) throws {
            let tool = try Tool()
            try tool.write(text, to: "mistake.yml")
            let file = tool.folder.appendingPathComponent("mistake.yml").path
            #expect(try validate("rulebook", "rulebook", [file], in: tool).count > 1)
        }

        @Test("what the reader takes, the schema takes: one rule of each kind and each key")
        func everything() throws {
            let tool = try Tool()
            try tool.write(
                """
                title: T
                id: a
                date: 2024-05-31
                related: [{id: x, type: derived}]
                untested: [{what: drop *, reason: none}]
                limit: 3
                detection:
                  keywords: [one, two]
                  other: {"|all": [a, b], "field|re|i": x, time|hour|gte: 6, place: null, n: 3, b: true}
                  condition: [keywords and other, 1 of them]
                ---
                title: C
                cooldown: 1d
                correlation:
                  {type: value_percentile, rules: a, timespan: 7d, condition: {field: n, percentile: 95, gt: 1, lt: 9}}
                ---
                title: S
                correlation: {type: event_count, rules: [a], window: session, gap: 1h, condition: {gte: 2}}
                ---
                title: R
                correlation: {type: rate_change, rules: [a], timespan: 7d, baseline: 28d, condition: {ratio: 2, p_value: {lt: 0.1}}}
                """, to: "Rules/attack.yml")
            let file = tool.folder.appendingPathComponent("Rules/attack.yml").path
            #expect(try tool.run("watch").status == 0)
            let said = try validate("rulebook", "rulebook", [file], in: tool)
            #expect(said == ["4 validated"], "\(said)")
        }
    }
}
