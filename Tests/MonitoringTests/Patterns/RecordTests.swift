import Events
import Testing

@Suite("Records")
struct RecordTests {
    private func drawn(_ line: String, _ parameters: String, tolls: [Character: Double] = [:]) throws -> Drawing {
        let rule = """
            title: Drawn
            name: drawn
            correlation: {type: record, rules: [a, b, c], timespan: 2h, baseline: 5h, \(parameters)}
            """
        return try Drawing(line, rules: rule) { letter in tolls[letter].map { ["fatalities": .number($0)] } ?? [:] }
    }

    @Test("\"no smaller than at any moment in `[t - baseline, t)`\": as high is enough, for as long as it stays so")
    func records() throws {
        // Two within two hours at 1, from 1 to 2: the next two are at 7, three at 8.
        #expect(try drawn("aa.....aa....", "floor: 2").text == "........#....")
        // Five hours after the first pair is over it is forgotten, and one is a record.
        #expect(try drawn("aa.....a.....", "floor: 1").text == ".......##....")
        #expect(try drawn("aa....a......", "floor: 1").text == ".......#.....")
    }

    @Test("\"at least `floor`\", 1 where none is given")
    func floor() throws {
        #expect(try drawn("a......a.....", "measure: count").text == ".......##....")
        #expect(try drawn("a......a.....", "floor: 2").text == ".............")
    }

    @Test("\"nothing before one `baseline` has passed since the stream's first event\"")
    func begin() throws {
        #expect(try drawn("a..aaa.......", "floor: 1").text == ".....#.......")
    }

    @Test("\"`sum` with `field`\": the figure is the sum, and the peak the largest")
    func sums() throws {
        let drawing = try drawn(
            "a.....abc....", "measure: sum, field: fatalities, floor: 2", tolls: ["a": 1, "b": 2])
        // `c` has no value.
        #expect(drawing.text == ".......#.....")
        #expect(drawing.figures == [3])
        #expect(drawing.peaks == [3])
        #expect(drawing.counts == [2])
    }

    @Test("a sum of decimal fractions is exact, so that the same tolls in another order are as high")
    func exactness() throws {
        let drawing = try drawn(
            "abc...cba....", "measure: sum, field: fatalities, floor: 0.1", tolls: ["a": 0.1, "b": 0.2, "c": 0.3])
        #expect(drawing.text == ".......#.....")
        #expect(drawing.figures == [0.5])
    }
}
