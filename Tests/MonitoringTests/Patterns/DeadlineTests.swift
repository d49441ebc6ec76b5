import Events
import Monitoring
import Testing

@Suite("Deadlines, and baselines before a ceasefire")
struct DeadlineTests {
    /// In force from 2 h on, until 8 h.
    private static let ceasefire = """
        ceasefire:
          id: truce
          parties: [{side: one, actors: [p]}, {side: two, actors: [q]}]
          effective: 1970-01-01T02:00:00Z
          until: 1970-01-01T08:00:00Z
        ---
        actors: [{id: p, kind: state}, {id: q, kind: armed_group}]
        ---

        """

    private func drawn(_ lines: String..., deadline: String = "before: 3h") throws -> Drawing {
        let rules = Self.ceasefire + "title: Drawn\nname: drawn\ncorrelation: {type: deadline, \(deadline)}"
        func fields(_ letter: Character) -> [String: Value] {
            let acts: [Character: String] = ["e": "ended", "s": "suspended", "r": "resumed"]
            return acts[letter].map { ["ceasefire": .text("truce"), "ceasefire_act": .text($0)] } ?? [:]
        }
        return lines.count == 1
            ? try Drawing(lines[0], rules: rules, fields: fields)
            : try Drawing(lines[0], lines[1], rules: rules, fields: fields)
    }

    @Test(
        "\"holds while it is in force or suspended and the `until` that stands at `t` is no more than `before` away\"")
    func endings() throws {
        let drawing = try drawn("a...........")
        #expect(drawing.text == ".....###....")
        let alert = try #require(drawing.alerts.first)
        #expect(alert.group == [.init(field: "ceasefire", value: .text("truce"))])
        #expect(alert.ceasefire == .init(id: "truce", phase: "in_force", day: 0))
        #expect(alert.figure == nil)
        #expect(drawing.counts == [0])
        #expect(try drawn("a...s.......").text == ".....###....")
    }

    @Test("\"until an act extends or ends it, at the latest until it runs out\"")
    func acts() throws {
        #expect(try drawn("a.....e.....").text == ".....#......")
        #expect(try drawn("a...e.......").text == "............")
    }

    @Test("a `before` longer than the ceasefire holds from the beginning, and no time is invented past the last event")
    func edges() throws {
        #expect(try drawn("a...........", deadline: "before: 9d").text == "..######....")
        #expect(try drawn("a....", deadline: "before: 3h").text == ".....")
        #expect(try drawn("a.....", deadline: "before: 3h, ceasefire: truce").text == ".....#")
    }

    @Test("a chain counts deadlines by ceasefire")
    func chain() throws {
        let rules =
            Self.ceasefire + """
                title: Soon
                name: soon
                correlation: {type: deadline, before: 3h}
                ---
                title: Drawn
                name: drawn
                correlation: {type: temporal, rules: [soon, a], timespan: 2h, group-by: [ceasefire]}
                """
        let drawing = try Drawing("......a.....", rules: rules) { _ in
            ["ceasefire": .text("truce"), "ceasefire_act": .text("resumed")]
        }
        #expect(drawing.text == "......#.....")
    }

    private func surge(_ line: String, _ parameters: String) throws -> Drawing {
        let rules =
            Self.ceasefire.replacing("T02", with: "T06").replacing("T08", with: "T12") + """
                title: Drawn
                name: drawn
                correlation:
                  {type: rate_change, rules: a, timespan: 2h, \(parameters), min_count: 2, condition: {ratio: 2}}
                """
        return try Drawing(line, rules: rules)
    }

    @Test("a surge after the collapse is measured against the time before the truce, and not against the lull")
    func anchor() throws {
        // In force from 6 to 12, with nothing in it; after it two in two hours. Before it two in four hours.
        let anchored = try surge("b.a.a...........aa...", "baseline: before_ceasefire, baseline_length: 4h")
        #expect(anchored.text == ".................#...")
        #expect(anchored.figures == [2])
        #expect(try surge("b.a.a...........aa...", "baseline: 4h").figures == [8])
        let interval = try #require(anchored.alerts.first?.figure?.interval)
        #expect(interval.low > 0.1 && interval.high < 30)
        // Measured against the lull three before it make no difference, against the time before they do.
        #expect(try surge("b.aaa...........aa...", "baseline: 4h").figures == [8])
        #expect(try surge("b.aaa...........aa...", "baseline: before_ceasefire, baseline_length: 4h").figures == [])
    }

    @Test("the baseline is four times the window where no length is given, and lies wholly in the stream")
    func length() throws {
        #expect(
            try surge("....b..........aa....", "baseline: before_ceasefire, baseline_length: 2h").text.contains("#"))
        #expect(!(try surge("....b..........aa....", "baseline: before_ceasefire").text.contains("#")))
    }
}
