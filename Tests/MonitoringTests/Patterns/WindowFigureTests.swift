import Events
import Monitoring
import Testing

@Suite("Shares, effective numbers and reciprocity")
struct WindowFigureTests {
    private static let share = """
        title: Drawn
        name: drawn
        correlation: {type: share, of: a, among: [a, b], timespan: 4h, min_count: 2, condition: {gte: 0.5}}
        """

    @Test("\"contributions of `of` over those of `among` (of which there must be `min_count`)\"")
    func share() throws {
        let drawing = try Drawing("a.bab....", rules: Self.share)
        // At 3 two of three, at 4 one of three, and one of two again once the first `b` has left.
        #expect(drawing.text == "..##..#..")
        #expect(drawing.figures == [0.5, 0.5])
        #expect(drawing.peaks == [2.0 / 3, 0.5])
    }

    @Test("evidence: \"for `share` those of `of`\"")
    func shareEvidence() throws {
        let drawing = try Drawing("b..a.....", rules: Self.share)
        #expect(drawing.counts == [1])
        #expect(drawing.alerts.first?.events.map(\.id) == ["a3-0"])
    }

    @Test("`field` (optional, sums it): contributions without a value are no part of the sum")
    func shareOfSums() throws {
        let rule = """
            title: Drawn
            name: drawn
            correlation:
              {type: share, of: a, among: [a, b, c], field: fatalities, timespan: 9h, min_count: 2, condition: {gte: 0.1}}
            """
        let toll: [Character: Double] = ["a": 1, "b": 3]
        let drawing = try Drawing("bca......", rules: rule) { letter in
            toll[letter].map { ["fatalities": .number($0)] } ?? [:]
        }
        #expect(drawing.text == "..#######")
        #expect(drawing.figures == [0.25])
    }

    @Test("effective number: \"1 / sum of squared shares of the values\"; shares .5, .25, .25 give 2.6667")
    func effectiveNumber() throws {
        let rule = """
            title: Drawn
            name: drawn
            correlation: {type: effective_number, rules: [a, b, c], field: type, timespan: 9h, condition: {gt: 2}}
            """
        let drawing = try Drawing("abac....", rules: rule)
        #expect(drawing.text == "...#####")
        let figure = try #require(drawing.figures.first ?? nil)
        #expect((figure - 2.6667).magnitude < 0.00005)
        #expect(figure == 16.0 / 6)
    }

    /// `a` is a blow by P against Q, `b` its answer; `c` one by P against R.
    private func reciprocity(_ lines: String, atLeast answers: Int, imprecise: [Character: Timespan] = [:]) throws
        -> Drawing
    {
        let rule = """
            title: Drawn
            name: drawn
            correlation:
              {type: reciprocity, rules: [a, b, c], from: who, to: whom, timespan: 5h, condition: {gte: \(answers)}}
            """
        let sides: [Character: (String, String)] = ["a": ("P", "Q"), "b": ("Q", "P"), "c": ("P", "R")]
        return try Drawing(lines, rules: rule, imprecise: imprecise) { letter in
            let (from, to) = sides[letter] ?? ("", "")
            return ["who": .text(from), "whom": .text(to)]
        }
    }

    @Test("reciprocity: \"a blow and its answer are 1\", \"counted in changes\"")
    func answers() throws {
        #expect(try reciprocity("a.b......", atLeast: 1).text == "..###....")
        #expect(try reciprocity("aabba....", atLeast: 2).text == "....##...")
        #expect(try reciprocity("aabba....", atLeast: 3).text == ".........")
    }

    @Test("reciprocity: \"within each unordered pair of different parties\"")
    func pairs() throws {
        #expect(try reciprocity("c.b......", atLeast: 1).text == ".........")
        #expect(try reciprocity("acb......", atLeast: 1).text == "..###....")
    }

    @Test("reciprocity: \"in order\": of two blows that tie neither answers the other")
    func ties() throws {
        let hours = TwinBooks.hours(3)
        #expect(try reciprocity("a.b......", atLeast: 1, imprecise: ["a": hours]).text == ".........")
        #expect(try reciprocity("a..b.....", atLeast: 1, imprecise: ["a": hours]).text == "...##....")
    }
}
