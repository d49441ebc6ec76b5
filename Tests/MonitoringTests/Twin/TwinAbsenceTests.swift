import Events
import Rulebook
import Testing

/// What the drawn worlds have found about silences.
struct TwinAbsenceTests {
    @Test("A silence without 'after' is not counted from what is less exact than its timespan", arguments: ["a", "b"])
    func imprecise(type: String) {
        var world = TwinWorld(seed: 1, number: 0)
        world.rulebook = Rulebook()
        let silence = Correlation(
            pattern: .absence(after: nil), rules: [0], groupBy: [], timespan: TwinBooks.hours(6), window: .sliding,
            condition: NumericCondition())
        world.rulebook.rules = [
            TwinBooks.detection("event", type: "a"), TwinBooks.rule("silence", .correlation(silence)),
        ]
        world.records = [
            TwinEvent(
                id: "day", time: TwinBooks.instant(0), timeEnd: TwinBooks.instant(24), fields: ["type": .text("a")]),
            TwinEvent(id: "exact", time: TwinBooks.instant(144), fields: ["type": .text(type)]),
        ]
        world.until = TwinBooks.instant(200)
        let twin = Twin(rulebook: world.rulebook)
        #expect(twin.standingAlerts(events: world.records, until: world.until).count == (type == "a" ? 3 : 1))
        #expect(TwinTrial.faults(in: world, watchesOnTheWay: true).isEmpty)
    }
}
