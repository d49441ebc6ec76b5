import Foundation
import Testing

extension ProgramTests {
    @Suite("The schemas of what is written, checked by a validator that knows nothing of ours")
    struct OutputSchemaTests {
        private static let goldens = SchemaTests.files(in: "Fixtures", named: "expected.jsonl")

        @Test("every line of expected output is valid", arguments: ["alert", "risk", "statistic"])
        func goldens(kind: String) throws {
            #expect(OutputSchemaTests.goldens.count >= 5)
            let said = try SchemaTests.validate("lines", kind, OutputSchemaTests.goldens, in: Tool())
            #expect(said.count == 1 && said != ["0 validated"], "\(said.prefix(10).joined(separator: "\n"))")
        }

        /// What `explain` says of some events and rules, a line each.
        private func explanations(_ option: String, _ names: [String], in tool: Tool) throws {
            var lines = ""
            for name in names {
                let outcome = try Repository.trucewatch(
                    [
                        "explain", option, name, "--time-zone", "Asia/Karachi", "--format", "jsonl", "--quiet",
                        "Fixtures/pakistan-2014/events.jsonl",
                    ], scratch: tool)
                try #require(outcome.status == 0, "\(outcome.errors)")
                lines += outcome.output
            }
            try tool.write(lines, to: "explained.jsonl")
        }

        @Test(
            "what explain says is valid",
            arguments: [
                ("explained-event", "--event", ["2014-03-03-islamabad-court", "2014-11-02-wagah"]),
                (
                    "explained-rule", "--rule",
                    [
                        "breach-by-signatory", "repeated-attacks", "retaliation-spiral", "acled-surge", "spread",
                        "share-of-civilians", "silence-after-a-breach", "ceasefire-runs-out", "breaches-spread",
                    ]
                ),
            ])
        func explanations(schema: String, option: String, names: [String]) throws {
            let tool = try Tool()
            try explanations(option, names, in: tool)
            let path = tool.folder.appendingPathComponent("explained.jsonl").path
            let said = try SchemaTests.validate("lines", schema, [path], in: tool)
            #expect(said == ["\(names.count) validated"], "\(said.prefix(10).joined(separator: "\n"))")
        }

        /// What may be left out of a line of each kind.
        private static let optional: [(schema: String, keys: Set<String>)] = [
            (
                "alert",
                [
                    "replaces", "runbook", "tags", "figure", "figure: ratio", "figure: p_value", "figure: interval",
                    "peak: ratio", "peak: p_value", "condition", "timespan", "peak", "ceasefire: day",
                    "evidence: alerts",
                    "evidence: events: time_end", "evidence: events: place", "evidence: events: fatalities",
                ]
            ), ("risk", ["runbook", "tags", "peak"]), ("statistic", ["field", "ratio", "since", "imprecise"]),
        ]

        @Test("a line with a key too few, a key too many or a value of another type is refused", arguments: optional)
        func mistakes(schema: String, keys: Set<String>) throws {
            let lines = try OutputSchemaTests.goldens.flatMap {
                try String(contentsOfFile: $0, encoding: .utf8).split(separator: "\n")
            }
            let tool = try Tool()
            let ofKind = lines.filter { $0.hasPrefix("{\"kind\":\"\(schema)\"") }.prefix(200)
            try #require(!ofKind.isEmpty)
            try tool.write(ofKind.joined(separator: "\n") + "\n", to: "lines.jsonl")
            let path = tool.folder.appendingPathComponent("lines.jsonl").path
            let taken = try SchemaTests.validate("changes", schema, [path], in: tool)
            let unexpected = taken.filter { what in
                // A group has whatever fields the rule gives it.
                !what.hasPrefix("group: ")
                    && !keys.contains { what == "\($0) left out" || what.hasPrefix("condition: ") }
            }
            #expect(unexpected.isEmpty, "\(unexpected.joined(separator: "\n"))")
        }
    }
}
