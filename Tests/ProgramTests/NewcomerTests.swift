import Testing

extension ProgramTests {
    /// What somebody meets who has not seen the program before.
    @Suite("A newcomer")
    struct NewcomerTests {
        private static let rules = """
            title: Two bombings
            id: two
            level: high
            correlation: {type: event_count, rules: [bombing], group-by: [admin2], timespan: 5d, condition: {gte: 3}}
            ---
            title: Bombing
            id: bombing
            detection: {selection: {type: bombing}, condition: selection}

            """

        private func outcome(_ arguments: [String], events: String) throws -> Tool.Outcome {
            let tool = try Tool(rules: Self.rules)
            try tool.write(events, to: "events.jsonl")
            return try tool.run(arguments)
        }

        @Test(
            "An event without an id of its own is explained by the id that it was given, and by its file and line",
            arguments: ["004b656d7730b193", "events.jsonl:1"])
        func eventWithoutID(named name: String) throws {
            let events = """
                {"time":"2024-06-03","type":"bombing","admin2":"Kurram"}
                {"time":"2024-06-04","type":"bombing","admin2":"Kurram"}

                """
            let outcome = try outcome(["explain", "--event", name, "--format", "text", "events.jsonl"], events: events)
            #expect(outcome.status == 0)
            #expect(outcome.output.hasPrefix("004b656d7730b193 (events.jsonl:1)"))
        }

        @Test("An input of which no record can be used could not be read; an empty one was")
        func unusable() throws {
            let unusable = try outcome(["check", "--quiet", "events.jsonl"], events: "{\"type\":\"bombing\"}\n")
            #expect(unusable.status == 4)
            #expect(unusable.errors.contains("events.jsonl: not one of its records could be used"))
            #expect(try outcome(["check", "--quiet", "events.jsonl"], events: "").status == 0)
        }

        @Test("A command that there is not is told, with the one that was meant")
        func unknownCommand() throws {
            let outcome = try outcome(["chekc", "events.jsonl"], events: "")
            #expect(outcome.status == 3)
            #expect(outcome.errors == "trucewatch: 'chekc' is not a command\ntrucewatch: did you mean 'check'?\n")
        }

        @Test("A profile that cannot be read is called one")
        func missingProfile() throws {
            let outcome = try outcome(["check", "--profile", "mine.yml", "events.jsonl"], events: "")
            #expect(outcome.status == 3)
            #expect(outcome.errors.contains("--profile mine.yml: the profile cannot be read"))
        }
    }
}
