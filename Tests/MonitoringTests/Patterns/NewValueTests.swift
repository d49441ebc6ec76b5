import Events
import Monitoring
import Testing

@Suite("New values")
struct NewValueTests {
    private func rule(_ options: String = "", _ correlation: String = "field: place, memory: 4h") -> String {
        "title: Drawn\nname: drawn\n\(options)\ncorrelation: {type: new_value, rules: [a, b, c], \(correlation)}"
    }

    private func drawn(_ lines: [String], _ rule: String) throws -> Drawing {
        func fields(_ letter: Character) -> [String: Value] { ["place": .text(String(letter))] }
        return lines.count == 1
            ? try Drawing(lines[0], rules: rule, fields: fields)
            : try Drawing(lines[0], lines[1], rules: rule, fields: fields)
    }

    @Test("\"the number of values of `field` not seen in the group within `(t - memory, t)`\"")
    func memory() throws {
        // At 5 `b` is new, and at 9 `a` is again, which came last at 4.
        let drawing = try drawn(["aa.aab..bab.a"], rule())
        #expect(drawing.text == ".....!...!...")
        #expect(drawing.figures.allSatisfy { $0 == 1 })
    }

    @Test("a value that was seen just one memory ago is new")
    func edge() throws {
        #expect(try drawn(["b...ba....a.."], rule()).text == "....!!....!..")
        #expect(try drawn(["b...ba...a..."], rule()).text == "....!!...!...")
        #expect(try drawn(["b...ba..a...."], rule()).text == "....!!.......")
    }

    @Test("\"nothing before one `memory` has passed since the stream's first event\"")
    func begin() throws {
        #expect(try drawn(["a..b........."], rule()).text == ".............")
        #expect(try drawn(["a...b........"], rule()).text == "....!........")
    }

    @Test("\"instantaneous, one alert a group and instant\", whose figure is the number of new values")
    func instants() throws {
        let drawing = try drawn(["a.....b......", "a.....c......"], rule())
        #expect(drawing.text == "......!......")
        #expect(drawing.figures == [2])
        #expect(drawing.counts == [2])
        #expect(drawing.alerts.map(\.end) == drawing.alerts.map(\.onset))
        #expect(drawing.peaks == [nil])
    }

    @Test("two instants a millisecond apart are two alerts")
    func neighbours() throws {
        let rules = rule().replacing("memory: 4h", with: "memory: 1s")
        let drawing = try Drawing(
            String(repeating: ".", count: 1100), "a" + String(repeating: ".", count: 1008) + "bc", rules: rules,
            unit: Timespan(milliseconds: 1)
        ) { ["place": .text(String($0))] }
        #expect(drawing.alerts.count == 2)
    }

    @Test("\"only `cooldown` applies (as with `new_value`)\"")
    func options() throws {
        #expect(try drawn(["a....b.c....."], rule("for: 2h\nkeep_firing_for: 9h")).text == ".....!.!.....")
        #expect(try drawn(["a....b.c....."], rule("cooldown: 3h")).text == ".....!.......")
        #expect(try drawn(["a....b..c...."], rule("cooldown: 3h")).text == ".....!..!....")
    }

    @Test("a chain takes its alerts as those of a detection: with the group, at their instant")
    func chain() throws {
        let rules = """
            title: First
            name: first
            correlation: {type: new_value, rules: [a, b, c], field: place, memory: 4h}
            ---
            title: Drawn
            name: drawn
            correlation: {type: event_count, rules: first, timespan: 3h, condition: {gte: 2}}
            """
        #expect(try drawn(["a....b.c....."], rules).text == ".......#.....")
    }

    @Test("imprecise times: \"`session`, `new_value`, `self_exciting` and `after` take every one\"")
    func imprecise() throws {
        let drawing = try Drawing("a....b.......", rules: rule(), imprecise: ["b": TwinBooks.hours(900)]) {
            ["place": .text(String($0))]
        }
        #expect(drawing.text == ".....!.......")
    }
}
