import Foundation
import Testing

extension ProgramTests {
    @Suite("The alerts of a ledger")
    struct AlertsTests {
        private static let rules =
            Tool.rules + """
                ---
                title: Many attacks
                id: many
                level: low
                group-by: [place]
                correlation:
                  {type: event_count, rules: attack, group-by: [place], timespan: 1h, condition: {gte: 2}, generate: true}

                """

        private let tool: Tool

        init() throws {
            tool = try Tool(rules: AlertsTests.rules.replacingOccurrences(of: "group-by: [place]\ncorr", with: "corr"))
            let events = [
                Tool.attack(1, more: #","place":"Bannu""#), Tool.attack(2, more: #","place":"Bannu""#),
                Tool.attack(300, more: #","place":"Tank""#),
                // The second moves: the onset of the cluster moves with it.
                #"{"id":"e2","time":\#(1_394_000_000 + 180),"type":"attack","place":"Bannu"}"#,
                #"{"id":"e300","withdrawn":true}"#,
            ]
            try tool.write(events.joined(separator: "\n") + "\n", to: "a.jsonl")
            #expect(try tool.run("watch", "--state", "l.db", "a.jsonl").status == 0)
        }

        private func rows(_ arguments: String...) throws -> [String] {
            let process = tool.process(["alerts", "--state", "l.db", "--format", "text"] + arguments)
            let output = Pipe()
            process.standardOutput = output
            try Tool.start(process)
            let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            Tool.finish(process)
            #expect(process.terminationStatus == 0)
            return text.split(separator: "\n").map(String.init)
        }

        @Test("It lists those that stand, as JSON Lines as they were last emitted")
        func lists() throws {
            #expect(try rows().count == 4)
            let lines = try tool.run("alerts", "--state", "l.db").lines
            #expect(lines.count == 3)
            #expect(lines.allSatisfy { $0.hasPrefix(#"{"kind":"alert","status":""#) })
        }

        @Test("It filters by status, rule, level, group and time")
        func filters() throws {
            #expect(try rows("--status", "retracted").count == 2)
            #expect(try rows("--status", "all").count == 7)
            #expect(try rows("--rule", "many").count == 2)
            #expect(try rows("--level", "high").count == 3)
            #expect(try rows("--group", "place=Bannu").count == 2)
            #expect(try rows("--group", "place=Nowhere").count == 1)
            // The cluster ends an hour after its last attack, or is not known to have ended.
            #expect(try rows("--since", "2014-03-07", "--rule", "attack").count == 1)
            #expect(try rows("--until", "2014-03-05T06:15").count == 2)
        }

        @Test("It shows one with all that was said of it, also under the id that it had before")
        func history() throws {
            let row = try rows("--rule", "many")[1]
            let id = try #require(row.split(separator: " ").last.map(String.init))
            let shown = try rows(String(id.prefix(10)))
            #expect(shown[0] == "Many attacks [many], low, resolved" || shown[0] == "Many attacks [many], low, firing")
            #expect(shown.contains("  group  place:Bannu"))
            let lines = try tool.run("alerts", "--state", "l.db", id).lines
            #expect(lines.count >= 3)
            #expect(lines[0].contains(#""status":"firing""#) && !lines[0].contains(id))
            #expect(lines.contains { $0.contains(#""replaces":""#) && $0.contains(id) })
        }

        @Test("An id that is unknown, and a ledger that is none, are errors that say so")
        func errors() throws {
            #expect(try tool.run("alerts", "--state", "l.db", "ffffff").errors.contains("no alert whose id begins"))
            #expect(try tool.run("alerts", "--state", "a.jsonl").status == 3)
            #expect(try tool.run("alerts", "--state", "missing.db").status == 3)
            #expect(try tool.run("alerts", "--state", "l.db", "--group", "place").status == 3)
        }

        @Test("Its views read well: what stands, and the breaches of each day")
        func views() throws {
            try tool.write(
                """
                actors:
                  - {id: state, name: State, kind: state}
                  - {id: rebels, name: Rebels, kind: armed_group}
                ---
                ceasefire:
                  id: truce
                  parties: [{side: state, actors: [state]}, {side: rebels, actors: [rebels]}]
                  effective: 2014-03-01T00:00:00Z

                """, to: "Rules/truce.yml")
            let more = #","initiator":"Rebels","target":"State","attribution":"claimed","fatalities":2"#
            let events = [Tool.attack(1, more: more), Tool.attack(2, more: more), Tool.attack(3)]
            try tool.write(events.joined(separator: "\n") + "\n", to: "b.jsonl")
            #expect(try tool.run("watch", "--state", "b.db", "b.jsonl").status == 0)
            #expect(
                try tool.sqlite("b.db", "SELECT * FROM breaches_by_day")
                    == "2014-03-05|truce|confirmed|rebels|2|4.0\n2014-03-05|truce|unattributed||1|\n"
                    || tool.sqlite("b.db", "SELECT * FROM breaches_by_day")
                        == "2014-03-05|truce|confirmed|rebels|2|4.0\n"
            )
            let stands = try tool.sqlite("b.db", "SELECT onset, level, rule, explanation FROM alerts_in_force LIMIT 1")
            #expect(stands.hasPrefix("2014-03-05T06:14:20Z|high|attack|"))
        }
    }
}
