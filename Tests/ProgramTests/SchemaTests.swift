import Foundation
import Testing

extension ProgramTests {
    @Suite("The schema of rule books, checked by a validator that knows nothing of ours")
    struct SchemaTests {
        static let validator = Repository.root.appendingPathComponent("Tests/Validators/schemas.py").path

        /// What the validator says of files: what is wrong, a line each, and how many documents there were.
        static func validate(
            _ kind: String, _ schema: String, _ files: [String], in tool: Tool
        ) throws -> [Substring] {
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

        static func files(in folder: String, named suffix: String) -> [String] {
            let root = Repository.root.appendingPathComponent(folder)
            let paths = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
            return paths.filter { $0.hasSuffix(suffix) }.sorted().map { root.appendingPathComponent($0).path }
        }

        @Test("every file of Rules, and every rule book of the fixtures, is valid")
        func rulebooks() throws {
            let files = SchemaTests.files(in: "Rules", named: ".yml") + SchemaTests.files(in: "Fixtures", named: ".yml")
            #expect(files.count > 40)
            let said = try SchemaTests.validate("rulebook", "rulebook", files, in: Tool())
            #expect(said.count == 1, "\(said.prefix(10).joined(separator: "\n"))")
        }

        @Test("silences, inhibitions and risks are valid as they are read, and so is what a risk writes")
        func aftermath() throws {
            let tool = try Tool()
            try tool.write(
                """
                risk:
                  title: A strained truce
                  id: strain
                  entity: country
                  half_life: 7d
                  points: {high: 4}
                  thresholds: {strained: 4, collapsing: {score: 9, level: critical}}
                ---
                silence: {matchers: ['level="low"', 'rule=~"a.*"'], from: 2014-01-01, until: 2014-02-01, reason: a test}
                ---
                inhibit: {source: {level: critical}, target: {level: [high]}, equal: [country]}
                ---
                title: An attack in a country
                id: attack-in-country
                level: high
                group-by: [country]
                detection: {selection: {type: attack}, condition: selection}
                """, to: "Rules/risk.yml")
            try tool.write(
                "{\"id\":\"a\",\"time\":\"2014-03-03T09:00Z\",\"type\":\"attack\",\"country\":\"Pakistan\"}\n",
                to: "events.jsonl")
            let outcome = try tool.run("watch", "--final", "events.jsonl")
            #expect(outcome.status == 0, "\(outcome.errors)")
            try tool.write(outcome.output, to: "output.jsonl")
            let folder = tool.folder
            let (book, output) = ("Rules/risk.yml", "output.jsonl")
            #expect(
                try SchemaTests.validate("rulebook", "rulebook", [folder.appendingPathComponent(book).path], in: tool)
                    == [
                        "4 validated"
                    ])
            #expect(
                try SchemaTests.validate("lines", "risk", [folder.appendingPathComponent(output).path], in: tool) == [
                    "1 validated"
                ]
            )
            #expect(
                try SchemaTests.validate("lines", "alert", [folder.appendingPathComponent(output).path], in: tool) == [
                    "2 validated"
                ])
            let explained = try tool.run("explain", "--event", "a", "events.jsonl")
            #expect(explained.status == 0, "\(explained.errors)")
        }

        private static let mistakes = [
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
            "title: T\ncorrelation: {type: value_sum, rules: [a], timespan: 1d, condition: {gte: 2}}",
            "title: T\ncorrelation: {type: event_count, rules: [a], timespan: 1d, condition: {field: f, gte: 2}}",
            "title: T\ncorrelation: {type: event_count, rules: [a], timespan: 1d}",
            "title: T\ncorrelation: {type: event_count, rules: [a], timespan: 1d, gap: 1h, condition: {gte: 2}}",
            "title: T\ncorrelation: {type: share, of: [a], timespan: 1d, condition: {gte: 0.5}}",
            "title: T\ncorrelation: {type: control_chart, rules: [a], bin: 1d, baseline: 7d, method: cusum}",
            "title: T\ncorrelation: {type: rate_change, rules: [a], timespan: 1d, baseline: 7d, condition: {gte: 2}}",
            "title: T\ncorrelation: {type: self_exciting, rules: [a], background: 9d, condition: {gte: 2}}",
            "statistics: {title: S}", "statistics: {title: S, measure: median, rules: [a]}",
            "statistics: {title: S, measure: count}", "statistics: {title: S, measure: sum, rules: [a]}",
            "statistics: {title: S, measure: count, rules: [a], field: fatalities}",
            "statistics: {title: S, measure: count, rules: [a], windows: [24h, 24h]}",
            "statistics: {title: S, measure: count, rules: [a], windows: 24 hours}",
            "statistics: {title: S, measure: share, rules: [a]}", "statistics: [{title: S, measures: count, rules: a}]",
            "silence: {matcher: []}", "silence: {matchers: {level: hihg}}", "inhibit: {source: {level: high}}",
            "risk: {title: R, entity: country}",
            "tests: [{name: t, events: [], expekt: []}]", "tests: [{name: t}]",
            "tests: [{name: t, events: [], expect: [{rule: a, onst: 2014-01-01}]}]",
            "tests: [{name: t, events: [], expect: [{rule: a, risk: r}]}]",
            "tests: [{name: t, events: [], expect: [{risk: r, events: [a]}]}]",
            "tests: [{name: t, events: [], expect: [{figure: 3}]}]",
            "tests: [{name: t, events: [], arrive: [{event: a, emitted: [{rule: a}]}]}]", "just a text", "- a list",
        ]

        @Test("mistakes are marked")
        func mistakesAreMarked() throws {
            let tool = try Tool()
            var files: [String] = []
            for (number, text) in SchemaTests.mistakes.enumerated() {
                try tool.write(text, to: "mistake-\(number).yml")
                files.append(tool.folder.appendingPathComponent("mistake-\(number).yml").path)
            }
            let said = try SchemaTests.validate("rulebook", "rulebook", files, in: tool)
            for (file, text) in zip(files, SchemaTests.mistakes) {
                #expect(said.contains { $0.hasPrefix("\(file):") }, "\(text)")
            }
        }

        /// What a schema cannot see: what names refer to, what values mean, and what is doubtful but right.
        private static let unseen: Set<String> = [
            "actor-mistyped", "actor-on-both-sides", "alert-without-the-field", "alias-twice", "bracket-missing",
            "broken-expression", "comparison-in-the-value", "condition-mistyped", "condition-unfinished",
            "condition-without-and", "correlation-of-itself", "date-of-a-test", "ends-before-it-begins",
            "excluding-selections", "fewer-than", "field-by-another-name", "field-mistyped", "field-of-an-alias",
            "field-of-another-schema", "filter-unused", "group-outside", "hour-25",
            "more-rules-than-there-are", "one-event-for-both", "no-such-day", "number-in-quotes",
            "pattern-of-no-selection",
            "placeholder-without-list", "rate-without-minimum", "resumed-though-in-force", "rule-mistyped",
            "test-without-its-rule", "threshold-of-zero", "two-modifiers", "two-rules-without-separator",
            "type-mistyped", "value-mistyped",
        ]

        @Test("of the rule books with one mistake each, those whose form is wrong are marked")
        func mistakenBooks() throws {
            let tool = try Tool()
            var names: [String] = []
            for file in SchemaTests.files(in: "Tests/Mistakes", named: ".yml") {
                let url = URL(fileURLWithPath: file)
                names.append(url.deletingPathExtension().lastPathComponent)
                try tool.write(
                    try String(contentsOf: url, encoding: .utf8).replacing("«", with: ""), to: url.lastPathComponent)
            }
            #expect(names.count >= 50)
            let files = names.map { tool.folder.appendingPathComponent("\($0).yml").path }
            let said = try SchemaTests.validate("rulebook", "rulebook", files, in: tool)
            let marked = zip(names, files).filter { _, file in said.contains { $0.hasPrefix("\(file):") } }.map(\.0)
            #expect(Set(names).subtracting(marked) == SchemaTests.unseen)
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
                title: K
                correlation: {type: control_chart, rules: [a], method: ewma, bin: 1d, baseline: 28, a: 0.3, L: 2.5}
                ---
                title: E
                correlation:
                  {type: self_exciting, rules: [a], half_life: 2d, branching: 0.5, background: 90d, condition: {gte: 2}}
                ---
                title: M
                correlation: {type: record, measure: sum, field: fatalities, rules: [a], timespan: 7d, baseline: 365d, floor: 2}
                ---
                title: R
                correlation: {type: rate_change, rules: [a], timespan: 7d, baseline: 28d, condition: {ratio: 2, p_value: {lt: 0.1}}}
                ---
                statistics:
                  - {title: N, measure: count, rules: a, windows: 7d, group-by: [country]}
                  - {title: D, measure: distinct, field: [country, type], detection: {s: {type: attack}, condition: s}}
                  - {title: P, measure: share, of: a, among: [a], field: fatalities, every: 7d, unit: dead}
                """, to: "Rules/attack.yml")
            let file = tool.folder.appendingPathComponent("Rules/attack.yml").path
            #expect(try tool.run("watch").status == 0)
            let said = try SchemaTests.validate("rulebook", "rulebook", [file], in: tool)
            #expect(said == ["8 validated"], "\(said)")
        }
    }
}
