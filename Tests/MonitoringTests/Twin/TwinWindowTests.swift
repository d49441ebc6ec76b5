import Events
import Rulebook
import Testing

/// The twin's windows, drawn: one character an hour, a letter is an event of that type, `#` is where an alert holds.
struct TwinWindowTests {
    /// Draws where the alerts of a correlation over the types `a`, `b`, `c` hold, up to the last hour of the timeline.
    private func draw(
        _ timeline: String, _ pattern: Correlation.Pattern, rules: [RuleReference] = [0],
        after: Double = 3, window: Correlation.Window = .sliding, condition: [NumericCondition.Term] = [],
        options: (inout Rule.Options) -> Void = { _ in }
    ) -> String {
        var book = Rulebook()
        book.rules = ["a", "b", "c"].map { TwinBooks.detection($0, type: $0) }
        for index in book.rules.indices { book.rules[index].raisesAlerts = false }
        let correlation = Correlation(
            pattern: pattern, rules: rules, groupBy: [], timespan: TwinBooks.hours(after), window: window,
            condition: NumericCondition(condition))
        var rule = TwinBooks.rule("drawn", .correlation(correlation))
        options(&rule.options)
        book.rules.append(rule)
        let events = timeline.enumerated().flatMap { hour, letter in
            letter == "."
                ? []
                : [
                    TwinEvent(
                        id: "\(hour)", time: TwinBooks.instant(Double(hour)),
                        fields: ["type": .text(String(letter).lowercased()), "score": .number(Double(hour))])
                ]
        }
        let until = TwinBooks.instant(Double(timeline.count - 1))
        let alerts = Twin(rulebook: book).standingAlerts(events: events, until: until)
        return timeline.indices.enumerated().map { hour, _ in
            let time = TwinBooks.instant(Double(hour))
            return alerts.contains { $0.onset <= time && time < $0.end ?? .distantFuture } ? "#" : "."
        }.joined()
    }

    @Test func aSlidingWindowIsHalfOpen() {
        #expect(draw("a.a.....", .eventCount, condition: [.init(.greaterOrEqual, 2)]) == "..#.....")
        #expect(draw("a..a....", .eventCount, condition: [.init(.greaterOrEqual, 2)]) == "........")
        #expect(draw("aa.a....", .eventCount, condition: [.init(.greaterOrEqual, 2)]) == ".###....")
    }

    @Test func aConditionMetByNothingBeginsWithTheFirstContribution() {
        #expect(draw("..aa......", .eventCount, condition: [.init(.lessOrEqual, 1)]) == "..#..#####")
        #expect(draw("..a.....", .valueSum(field: "score"), condition: [.init(.less, 9)]) == "..###...")
    }

    @Test func tumblingBucketsAreAlignedToTheEpoch() {
        #expect(
            draw(".aa.a.aa.", .eventCount, window: .tumbling, condition: [.init(.greaterOrEqual, 2)]) == "..#....##")
    }

    @Test func aSessionEndsAtTheGapOrTheTimespan() {
        let gap = Correlation.Window.session(gap: TwinBooks.hours(2))
        let two: [NumericCondition.Term] = [.init(.greaterOrEqual, 2)]
        #expect(draw("aa......", .eventCount, after: 24, window: gap, condition: two) == ".##.....")
        #expect(draw("a.a.....", .eventCount, after: 24, window: gap, condition: two) == "........")
        #expect(draw("aaaaaaaa", .eventCount, after: 4, window: gap, condition: two) == ".###.###")
    }

    @Test func temporalAsksForEveryRuleOrAsManyAsTheConditionSays() {
        #expect(draw("a.b.....", .temporal, rules: [0, 1]) == "..#.....")
        #expect(draw("ab..c...", .temporal, rules: [0, 1, 2], condition: [.init(.greaterOrEqual, 2)]) == ".##.....")
    }

    @Test func orderIsAskedForOfDistinctContributions() {
        #expect(draw("b.a.b...", .temporalOrdered(tiesAllowed: false), rules: [0, 1]) == "....#...")
        #expect(draw("a.a.....", .temporalOrdered(tiesAllowed: false), rules: [0, 0]) == "..#.....")
        #expect(draw("a.......", .temporalOrdered(tiesAllowed: true), rules: [0, 0]) == "........")
    }

    @Test func absenceIsFromTheTimespanAfterTheLastUntilTheNext() {
        #expect(draw("a......a..", .absence(after: nil)) == "...####...")
        #expect(draw("a..a......", .absence(after: nil)) == "......####")
        #expect(draw("b.b..a....", .absence(after: 1)) == "...##.....")
        #expect(draw("b.a.....", .absence(after: 1)) == "........")
    }

    @Test func optionsAreFunctionsOfTheEpisodes() {
        let one: [NumericCondition.Term] = [.init(.greaterOrEqual, 1)]
        #expect(draw("a......", .eventCount, condition: one) { $0.for = TwinBooks.hours(2) } == "..#....")
        #expect(draw("a......", .eventCount, condition: one) { $0.for = TwinBooks.hours(3) } == ".......")
        #expect(
            draw("a....a......", .eventCount, condition: one) { $0.keepFiringFor = TwinBooks.hours(3) }
                == "########....")
        #expect(
            draw("a.....a......", .eventCount, condition: one) { $0.keepFiringFor = TwinBooks.hours(3) }
                == "###...###....")
        #expect(
            draw("a...a...a...", .eventCount, condition: one) { $0.cooldown = TwinBooks.hours(8) } == "###.....###.")
    }

    @Test func anAlertKeptFiringIsOpenUntilItsTimeIsUp() {
        let one: [NumericCondition.Term] = [.init(.greaterOrEqual, 1)]
        // It ended at hour 3, but until hour 6 another episode would prolong it.
        #expect(draw("a....", .eventCount, condition: one) { $0.keepFiringFor = TwinBooks.hours(3) } == "#####")
        #expect(draw("a.....", .eventCount, condition: one) { $0.keepFiringFor = TwinBooks.hours(3) } == "######")
        #expect(draw("a......", .eventCount, condition: one) { $0.keepFiringFor = TwinBooks.hours(3) } == "###....")
    }

    @Test func percentilesAreLinearBetweenRanks() {
        let median = Correlation.Pattern.valuePercentile(field: "score", .init(numerator: 50, denominator: 100))
        #expect(draw("aa.a....", median, after: 24, condition: [.init(.equal, 0.5)]) == ".##.....")
        #expect(draw("aa.a....", median, after: 24, condition: [.init(.equal, 1)]) == "...#####")
    }

    @Test func rateChangeBeginsWhenBothWindowsLieInTheStream() {
        let rise = Correlation.RateChange(
            baseline: TwinBooks.hours(4), minimumCount: 2, ratio: NumericCondition([.init(.greaterOrEqual, 2)]),
            pValue: nil)
        // From hour 6 on; n1 = 2 and n0 = 1 give (2 x 4) / (1 x 2) = 4.
        #expect(draw("a...aaa..a", .rateChange(rise), after: 2) == "......#...")
        #expect(draw("a..aa.....", .rateChange(rise), after: 2) == "..........")
    }

    @Test(arguments: [(271, 151, 0.5, false, 2.75e-9), (115, 195, 31.0 / 59, true, 6.5e-8 / 2)])
    func theExactRateRatioMeetsItsReference(
        window: Int, baseline: Int, share: Double, isFall: Bool, expected: Double
    ) {
        let tail = TwinBinomial.tail(window, of: window + baseline, share: share, isLower: isFall)
        #expect(abs(tail / expected - 1) < 0.01)
    }
}
