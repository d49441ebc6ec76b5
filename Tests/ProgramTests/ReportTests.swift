import Foundation
import Testing

extension ProgramTests {
    @Suite("Reports, read by programs that know nothing of ours")
    struct ReportTests {
        /// What `Tests/Validators/reports.py` says that a report holds.
        private struct Seen: Decodable {
            struct Finding: Decodable {
                var id, level, message, file, identity: String
                var line, column: Int
            }

            var complete: Bool?
            var findings: [Finding]?
            var annotations: [[String: String]]?
            var told: Int?
            var failed: [String]?
        }

        private func data(_ format: String, _ name: String, in tool: Tool) throws -> Data {
            let file = tool.folder.appendingPathComponent(name).path
            let validators = Repository.root.appendingPathComponent("Tests/Validators")
            let python = URL(fileURLWithPath: "/usr/bin/python3")
            let script = validators.appendingPathComponent("reports.py").path
            let outcome = try Repository.run(python, [script, format, file], scratch: Tool())
            #expect(outcome.status == 0, "\(format): \(outcome.errors)")
            return Data(outcome.output.utf8)
        }

        private func read(_ format: String, _ name: String, in tool: Tool) throws -> Seen {
            try JSONDecoder().decode(Seen.self, from: data(format, name, in: tool))
        }

        private func checkXML(_ name: String, in tool: Tool) throws {
            let schema = Repository.root.appendingPathComponent("Tests/Validators/junit.xsd").path
            let file = tool.folder.appendingPathComponent(name).path
            let linter = URL(fileURLWithPath: "/usr/bin/xmllint")
            let outcome = try Repository.run(linter, ["--noout", "--schema", schema, file], scratch: Tool())
            #expect(outcome.status == 0, "\(outcome.errors)")
        }

        private func reports(_ tool: Tool) -> [String] {
            ["sarif", "junit", "github", "text"].flatMap {
                ["--report", "\($0)=\(tool.folder.appendingPathComponent("report.\($0)").path)"]
            }
        }

        @Test("The four formats of one run of check are valid, and say the same")
        func check() throws {
            let tool = try Tool()
            let outcome = try Repository.trucewatch(
                ["check", "--quiet", "--time-zone", "Asia/Karachi", "Fixtures/pakistan-2014/events.jsonl"]
                    + reports(tool), scratch: tool)
            #expect(outcome.status == 1)
            let alerts = outcome.lines.count
            let findings = try #require(try read("sarif", "report.sarif", in: tool).findings)
            #expect(findings.count == alerts)
            try checkXML("report.junit", in: tool)
            #expect(try read("junit", "report.junit", in: tool).told == alerts)
            let annotations = try #require(try read("github", "report.github", in: tool).annotations)
            #expect(annotations.count == alerts + 1)
            #expect(annotations[0]["message"]?.hasPrefix("\(alerts) alerts, ") == true)
            let text = try tool.text(of: "report.text")
            // A ceasefire that runs out rests on no line of the input.
            let located = outcome.lines.count { $0.contains("\"events\":[{") }
            #expect(text.split(separator: "\n").count { $0.hasPrefix("Fixtures/") } == located)
        }

        @Test("\"Alerts point at the line of the input file that raised them\"")
        func lines() throws {
            let tool = try Tool()
            let outcome = try Repository.trucewatch(
                ["check", "--quiet", "--time-zone", "Asia/Karachi", "Fixtures/pakistan-2014/events.jsonl"]
                    + reports(tool), scratch: tool)
            let file = Repository.root.appendingPathComponent("Fixtures/pakistan-2014/events.jsonl")
            let input = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            let findings = try #require(try read("sarif", "report.sarif", in: tool).findings)
            #expect(Set(findings.map(\.identity)).count == findings.count)
            for finding in findings {
                let alert = try #require(outcome.lines.first { $0.contains("\"id\":\"\(finding.identity)\"") })
                guard !alert.contains("\"events\":[]") else { continue }
                let event = try #require(alert.firstMatch(of: /"events":\[\{"id":("[^"]*")/)?.1)
                #expect(input[finding.line - 1].replacing(": ", with: ":").contains("\"id\":\(event)"))
            }
        }

        @Test("An alert on alerts of other rules points at the newest event of the newest of them")
        func chains() throws {
            let rules = """
                title: An attack
                name: attack
                detection: {s: {type: attack}, condition: s}
                ---
                title: Two attacks
                name: pair
                correlation: {type: event_count, rules: attack, group-by: place, timespan: 2d, condition: {gte: 2}}
                ---
                title: Two places with two attacks
                name: spread
                correlation: {type: value_count, rules: pair, timespan: 9d, condition: {field: place, gte: 2}}

                """
            let tool = try Tool(rules: rules)
            let days = [(1, "A"), (2, "A"), (3, "B"), (4, "B"), (6, "C")]
            try tool.write(
                days.map { "{\"id\":\"e\($0)\",\"time\":\"2014-03-0\($0)\",\"type\":\"attack\",\"place\":\"\($1)\"}\n" }
                    .joined(), to: "events.jsonl")
            let outcome = try tool.run("check", "events.jsonl", "--report", "sarif=r", "--fail-on", "critical")
            #expect(outcome.status == 0)
            let findings = try #require(try read("sarif", "r", in: tool).findings)
            #expect(findings.map { "\($0.id) \($0.file):\($0.line)" } == ["spread events.jsonl:4"])
        }

        @Test("Lint, and check of a rule book that does not load, point at its lines and columns")
        func rulebook() throws {
            let tool = try Tool(rules: "title: A rule\nlevle: high\ndetection: {s: {type: attack}, condition: s}\n")
            for command in ["lint", "check"] {
                let arguments = ["--report", "sarif=r.sarif", "--report", "junit=r.xml", "--report", "github=r.txt"]
                let process = tool.process([command] + arguments)
                process.standardError = FileHandle.nullDevice
                try Tool.start(process)
                Tool.finish(process)
                #expect(process.terminationStatus == 2)
                let finding = try #require(try read("sarif", "r.sarif", in: tool).findings?.first)
                #expect("\(finding.file):\(finding.line):\(finding.column)" == "Rules/attack.yml:2:1")
                #expect(finding.level == "error")
                try checkXML("r.xml", in: tool)
                #expect(try read("junit", "r.xml", in: tool).failed == ["Rules/attack.yml"])
                #expect(try read("github", "r.txt", in: tool).annotations?.last?["line"] == "2")
            }
        }

        @Test("The tests of rules are cases of their files, and a failure tells what the terminal shows")
        func ruleTests() throws {
            let tool = try Tool()
            try tool.write(
                """
                tests:
                  - {name: one, events: [{id: a, time: 2014-03-03, type: attack}], expect: [{rule: attack, onset: 2014-03-03}]}
                  - {name: two, events: [{id: a, time: 2014-03-03, type: attack}], expect: [{rule: attack, onset: 2014-03-04}]}

                """, to: "Rules/tests.yml")
            let outcome = try tool.run(
                "test", "--report", "sarif=s", "--report", "junit=j", "--report", "github=g", "--report", "text=t")
            #expect(outcome.status == 1)
            try checkXML("j", in: tool)
            #expect(try read("junit", "j", in: tool).failed == ["two"])
            let finding = try #require(try read("sarif", "s", in: tool).findings?.first)
            #expect("\(finding.id) \(finding.file):\(finding.line)" == "test-failed Rules/tests.yml:3")
            #expect(finding.message.contains("- expected"))
            let annotations = try #require(try read("github", "g", in: tool).annotations)
            #expect(
                annotations.map { $0["message"]?.split(separator: "\n").first } == [
                    "2 tests, 1 failed", "the test 'two' failed",
                ])
            #expect(try tool.text(of: "t").hasSuffix("trucewatch test: 2 tests, 1 failed\n"))
            #expect(try tool.run("test", "--report", "github", "--quiet").lines.allSatisfy { $0.hasPrefix("::") })
        }

        @Test("Names and places full of control characters and markup break no format")
        func hostileInput() throws {
            let tool = try Tool()
            let place = "\\u001b[31m%0A,:<&>]]>\\r\\n::error::x\\u0000\\uFFFE"
            try tool.write(
                "{\"id\":\"a\",\"time\":\"2014-03-01\",\"type\":\"attack\",\"place\":\"\(place)\"}\n{\"id\":\n",
                to: "a,b: 50 %.jsonl")
            let outcome = try tool.run(
                "check", "a,b: 50 %.jsonl", "--report", "sarif=s", "--report", "junit=j", "--report", "github=g")
            #expect(outcome.status == 1)
            try checkXML("j", in: tool)
            let finding = try #require(try read("sarif", "s", in: tool).findings?.first)
            #expect(finding.file == "a%2Cb%3A%2050%20%25.jsonl")
            let annotations = try #require(try read("github", "g", in: tool).annotations)
            #expect(annotations.count == 3)
            #expect(annotations[1]["file"] == "a,b: 50 %.jsonl")
        }

        @Test("A report to standard output has it for itself")
        func standardOutput() throws {
            let tool = try Tool()
            try tool.write("{\"id\":\"a\",\"time\":\"2014-03-01\",\"type\":\"attack\"}\n", to: "events.jsonl")
            let outcome = try tool.run("check", "events.jsonl", "--report", "github")
            #expect(outcome.lines.count == 2)
            #expect(outcome.lines.allSatisfy { $0.hasPrefix("::") })
            #expect(try tool.run("check", "events.jsonl", "--report", "github", "--report", "text").status == 3)
        }

        @Test("A report is whole or not there, never in the place of an input, and says if not all could be read")
        func care() throws {
            let tool = try Tool()
            try tool.write("{\"id\":\"a\",\"time\":\"2014-03-01\",\"type\":\"attack\"}\n{\"id\"", to: "events.jsonl")
            #expect(try tool.run("check", "events.jsonl", "--report", "sarif=events.jsonl").status == 3)
            #expect(try tool.run("check", "events.jsonl", "--report", "sarif=missing/r").status == 3)
            #expect(try tool.run("check", "events.jsonl", "--report", "pdf=r").status == 3)
            #expect(try tool.run("check", "events.jsonl", "--report", "sarif=r", "--strict").status == 4)
            let seen = try read("sarif", "r", in: tool)
            #expect(seen.complete == false)
            #expect(seen.findings?.map { "\($0.level) \($0.line)" } == ["error 2"])
        }
    }
}
