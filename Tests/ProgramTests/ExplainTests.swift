import Foundation
import Testing

extension ProgramTests {
    @Suite("trucewatch explain")
    struct ExplainTests {
        private static let rules = """
            title: Attack
            id: attack
            detection:
              selection: {type: [attack, bombing]}
              small: {fatalities|lt: 2}
              condition: selection and not small
            ---
            title: Attacks pile up
            id: pile-up
            level: high
            correlation: {type: event_count, rules: [attack], group-by: [admin2], timespan: 24h, condition: {gte: 4}}
            ---
            title: Blow and answer
            id: answer
            correlation: {type: temporal_ordered, rules: [attack, mass], group-by: [admin2], timespan: 6h, generate: true}
            ---
            title: Silence
            id: silence
            correlation: {type: absence, rules: [attack], timespan: 20d}
            ---
            title: Districts
            id: districts
            correlation: {type: value_count, rules: [attack], timespan: 24h, condition: {field: admin2, gte: 4}}
            ---
            title: Mass casualties
            id: mass
            detection: {deadly: {fatalities|gte: 10}, condition: deadly}

            """

        private static let events = """
            {"id":"b1","time":"2014-03-03T09:00Z","type":"attack","admin2":"Bannu","fatalities":3}
            {"id":"b2","time":"2014-03-03T12:00Z","type":"bombing","admin2":"Bannu","fatalities":9}
            {"id":"b3","time":"2014-03-03T18:00Z","type":"attack","admin2":"Bannu"}
            {"id":"b4","time":"2014-03-04T09:12Z","type":"attack","admin2":"Bannu"}
            {"id":"small","time":"2014-03-04T09:30Z","type":"attack","admin2":"Bannu","fatalities":1}
            {"id":"k1","time":"2014-03-04T10:00Z","type":"attack","admin2":"Kohat"}
            {"id":"k2","time":"2014-03-05T10:00Z","type":"bombing","admin2":"Kohat","fatalities":12}
            {"id":"t1","time":"2014-03-06T10:00Z","type":"attack","admin2":"Tank"}
            {"id":"t2","time":"2014-03-06T11:00Z","type":"attack","admin2":"Tank"}
            {"id":"t3","time":"2014-03-06T12:00Z","type":"attack","admin2":"Tank"}
            {"id":"t4","time":"2014-03-06T13:00Z","type":"attack","admin2":"Tank"}
            {"id":"nowhere","time":"2014-03-06T13:00Z","type":"attack"}

            """

        private func explain(_ arguments: String..., events: String = ExplainTests.events) throws -> Tool.Outcome {
            let tool = try Tool(rules: ExplainTests.rules)
            try tool.write(events, to: "events.jsonl")
            let process = tool.process(["explain"] + arguments + ["events.jsonl"])
            process.standardOutput = try tool.emptyFile("output")
            process.standardError = try tool.emptyFile("errors")
            process.standardInput = FileHandle.nullDevice
            try Tool.start(process)
            Tool.finish(process)
            return Tool.Outcome(
                status: process.terminationStatus, output: try tool.text(of: "output"),
                errors: try tool.text(of: "errors"))
        }

        @Test(
            "the near misses come in order of nearness: \"3 of 4 within 24 h in Bannu; the fourth came 12 min too late\""
        )
        func nearMisses() throws {
            let outcome = try explain("--rule", "pile-up", "--format", "text")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(
                outcome.output == """
                    pile-up  Attacks pile up
                      event_count gte 4 within 1d, over attack
                      10 contributions in all
                      1 left out: it has no 'admin2'

                    fired once
                      2014-03-06 13:00 +00:00 on, admin2 Tank, figure 4, alert \(outcome.output.alertID)
                        Attack: 4 events in Tank within 1 day (threshold 4).
                        1  2014-03-06 10:00 +00:00  t1
                        2  2014-03-06 11:00 +00:00  t2
                        3  2014-03-06 12:00 +00:00  t3
                        4  2014-03-06 13:00 +00:00  t4
                        1-------------------2-------------------3-------------------4
                        <============================1d=============================]

                    near misses, the nearest first
                      3 of 4 within 1d in Bannu; the fourth came 12 min too late
                        1  2014-03-03 09:00 +00:00  b1
                        2  2014-03-03 12:00 +00:00  b2
                        3  2014-03-03 18:00 +00:00  b3
                        4  2014-03-04 09:12 +00:00  b4
                        1------2--------------3-------------------------------------4
                         (============================1d============================]
                      1 of 4 within 1d in Kohat
                        1  2014-03-04 10:00 +00:00  k1

                    """)
        }

        @Test("of every order of arrival the same is said")
        func order() throws {
            let lines = ExplainTests.events.split(separator: "\n")
            let reversed = lines.reversed().joined(separator: "\n")
            for arguments in [("--rule", "pile-up"), ("--rule", "answer"), ("--event", "b4")] {
                let one = try explain(arguments.0, arguments.1)
                #expect(try explain(arguments.0, arguments.1, events: reversed).output == one.output)
            }
        }

        @Test("of a sequence it is said how far apart the steps were, of a silence how long it was, of values how many")
        func otherTypes() throws {
            let answer = try explain("--rule", "answer", "--format", "text").output
            #expect(answer.contains("1 of 2 steps within 6h in Kohat; the second came 18 h too late\n"))
            let silence = try explain("--rule", "silence", "--format", "text").output
            #expect(silence.contains("  1 d of 20d without any\n"))
            let districts = try explain("--rule", "districts", "--format", "text").output
            #expect(districts.contains("  2 of 4 values of admin2 within 1d\n"))
        }

        @Test("of an event: \"each selection with the value it met, the window with its count\"")
        func event() throws {
            let small = try explain("--event", "small", "--format", "text").output
            #expect(small.contains("breach\n  none: it bears on no ceasefire\n"))
            #expect(
                small.contains(
                    """
                    matches no rule

                    does not match, the nearest first
                      attack
                        small: fatalities|lt: 2 is met, fatalities is 1
                      mass
                        deadly: fatalities|gte: 10 is not met, fatalities is 1

                    """))
            let late = try explain("--event", "b4", "--rule", "pile-up", "--format", "text").output
            #expect(late.contains("    selection: type: [attack, bombing] is met, type is attack\n"))
            #expect(
                late.contains(
                    """
                    counts in
                      pile-up, event_count gte 4 within 1d, admin2 Bannu
                        does not hold then: 3 of 4

                    """))
            #expect(
                try explain("--event", "t4", "--format", "text").output.contains("    holds then, since 2014-03-06"))
            let nowhere = try explain("--event", "nowhere", "--format", "text").output
            #expect(nowhere.contains("  pile-up: left out, it has no 'admin2'\n"))
        }

        @Test("of a detection the events that missed its number by least come first")
        func detection() throws {
            let outcome = try explain("--rule", "mass", "--format", "text", "--near", "2")
            #expect(
                outcome.output.hasSuffix(
                    """
                    fired once
                      2014-03-05 10:00 +00:00, event k2

                    near misses, the nearest first
                      2014-03-03 12:00 +00:00  b2: deadly: fatalities|gte: 10 is not met, fatalities is 9
                      2014-03-03 09:00 +00:00  b1: deadly: fatalities|gte: 10 is not met, fatalities is 3

                    """))
        }

        @Test("of an alert id: what it rests on; one that was never raised is a bad argument")
        func alert() throws {
            let id = try explain("--rule", "pile-up", "--format", "text").output.alertID
            let outcome = try explain("--alert", id, "--format", "text")
            #expect(outcome.status == 0 && outcome.output.contains("alert \(id)\n"))
            #expect(!outcome.output.contains("near misses"))
            #expect(try explain("--alert", "0123456789abcdef").status == 3)
        }

        @Test("as JSON: one object a line, with the same content")
        func json() throws {
            struct Rule: Decodable {
                struct Miss: Decodable {
                    var explanation: String
                    var figure, threshold: Double
                    var late_by_seconds: Double?
                    var group: [String: String]
                    var window: [[String: String]]
                }

                var kind, rule: String
                var fired, contributions: Int
                var near_misses: [Miss]
            }
            let outcome = try explain("--rule", "pile-up")
            #expect(outcome.lines.count == 1)
            let rule = try JSONDecoder().decode(Rule.self, from: Data(outcome.output.utf8))
            #expect(rule.kind == "rule" && rule.fired == 1 && rule.contributions == 10)
            let miss = try #require(rule.near_misses.first)
            #expect(miss.figure == 3 && miss.threshold == 4 && miss.late_by_seconds == 720)
            #expect(miss.group == ["admin2": "Bannu"] && miss.window.map { $0["id"] } == ["b1", "b2", "b3"])
            #expect(miss.explanation == "3 of 4 within 1d in Bannu; the fourth came 12 min too late")
            let event = try explain("--event", "small")
            #expect(event.output.hasPrefix("{\"kind\":\"event\",\"id\":\"small\",") && event.lines.count == 1)
            #expect(try JSONSerialization.jsonObject(with: Data(event.output.utf8)) is [String: Any])
        }

        @Test("what cannot be explained is a bad argument: nothing named, an unknown rule or event, a pipe")
        func badArguments() throws {
            #expect(try explain().status == 3)
            #expect(try explain("--event", "nobody").status == 3)
            #expect(try explain("--alert", "x", "--rule", "mass").status == 3)
            let rule = try explain("--rule", "pileup")
            #expect(rule.status == 3 && rule.errors.contains("did you mean 'pile-up'?"))
            let pipe = try Tool(rules: ExplainTests.rules).run("explain", "--rule", "mass", "-")
            #expect(pipe.status == 3 && pipe.errors.contains("more than once"))
        }

        @Test("an event under a ceasefire is told with its verdict and the reason")
        func verdict() throws {
            let outcome = try Repository.trucewatch(
                [
                    "explain", "--event", "2014-03-03-islamabad-court", "--time-zone", "Asia/Karachi", "--format",
                    "text",
                    "--quiet", "Fixtures/pakistan-2014/events.jsonl",
                ], scratch: Tool())
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(
                outcome.output.contains("breach\n  spoiler: Ahrar-ul-Hind is an armed group of no side of ttp-2014"))
        }
    }
}

extension String {
    /// The id of the first alert that an explanation names.
    fileprivate var alertID: String { firstMatch(of: #/alert ([0-9a-f]{16})/#).map { String($0.output.1) } ?? "none" }
}
