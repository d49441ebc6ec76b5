import Foundation
import Testing

extension ProgramTests {
    @Suite("Standard input and what is told beside alerts, over a restart")
    struct RestartedInputTests {
        private static let rules = """
            title: Event
            id: event
            level: low
            group-by: [place]
            detection:
              selection: {type: x}
              condition: selection
            ---
            title: Many
            id: many
            level: high
            correlation: {type: event_count, rules: event, group-by: [place], timespan: 6h, condition: {gte: 3}, generate: true}
            ---
            risk:
              title: Strain
              id: strain
              entity: place
              half_life: 6h
              points: {low: 1, high: 3}
              thresholds: {strained: 6, breaking: {score: 9, level: critical}}
            ---
            statistics: {title: Events, id: events, measure: count, rules: event, group-by: [place], windows: [24h, 3d]}
            ---
            statistics: {title: Dead, id: dead, measure: sum, field: fatalities, rules: event, windows: [2d], every: 12h}

            """

        /// Events an hour apart or less, some late; every third has no id.
        private static func stream(_ count: Int) -> [String] {
            (0..<count).map { number in
                let id = number % 3 == 0 ? "" : #""id":"e\#(number)","#
                let seconds = 1_400_000_000 + number * 2400 - (number % 10 == 7 ? 90_000 : 0)
                let place = ["p", "p", "q", "r"][number * number % 7 % 4]
                return #"{\#(id)"time":\#(seconds),"type":"x","place":"\#(place)","fatalities":\#(number % 5)}"# + "\n"
            }
        }

        @Test("Standard input has no place to go on from: what comes again is the same again, with an id or without")
        func standardInput() throws {
            let tool = try Tool(rules: RestartedInputTests.rules)
            let lines = RestartedInputTests.stream(90)
            func run(_ ledger: String, _ count: Int) throws -> Tool.Outcome {
                let input = Data(lines[..<count].joined().utf8)
                return try tool.run("watch", "--state", ledger, "-", pieces: [input])
            }
            let first = try run("l.db", 60)
            #expect(first.status == 0 && first.lines.count > 40, "\(first.errors)")
            let again = try run("l.db", 60)
            #expect(again.output.isEmpty)
            #expect(Tool.count("duplicate", in: again.errors) == 60, "\(again.errors)")
            let more = try run("l.db", 90)
            #expect(more.lines.count > 10)
            #expect(try first.output + more.output == run("other.db", 90).output)
        }

        @Test(
            "Wherever a run is interrupted, risks and statistics go on as if it had not been",
            arguments: ["unlimited", "5d"])
        func risksAndStatistics(horizon: String) throws {
            let tool = try Tool(rules: RestartedInputTests.rules)
            let lines = RestartedInputTests.stream(600)
            try tool.write(lines.joined(), to: "in.jsonl")
            let expected = try tool.run("watch", "--stats", "--horizon", horizon, "in.jsonl").output
            #expect(expected.contains(#""kind":"risk""#) && expected.contains(#""kind":"statistic""#))
            try tool.write("", to: "in.jsonl")
            for part in 0..<5 {
                try tool.append(
                    lines[(lines.count * part / 5)..<(lines.count * (part + 1) / 5)].joined(), to: "in.jsonl")
                let outcome = try tool.run(
                    "watch", "--stats", "--state", "l.db", "--output", "out.jsonl", "--horizon", horizon, "in.jsonl")
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(try expected.hasPrefix(tool.text(of: "out.jsonl")), "part \(part)")
            }
            #expect(try tool.text(of: "out.jsonl") == expected)
        }
    }
}
