import Events
import Monitoring
import Testing

@Suite("A change within the horizon has the same outcome as without a horizon")
struct HorizonWorldTests {
    private static let seeds: [UInt64] = [1, 2]
    private static let streams = seeds.map { HorizonWorld.lines(1600, seed: $0) }

    @Test(
        "Alerts, risks, what silences hold back, statistics and claims: all is told as if everything were kept",
        arguments: [(0, 4), (0, 9), (1, 6), (1, 40)] as [(Int, Int64)])
    func sameOutcome(stream: Int, days: Int64) throws {
        let lines = HorizonWorldTests.streams[stream]
        let all = try HorizonWorld(lines, horizon: nil)
        let some = try HorizonWorld(lines, horizon: days)
        #expect(HorizonWorldTests.rules(of: all.standing).count >= 20)
        #expect(all.summary.corrected > 60 && all.summary.withdrawn > 20)
        #expect(some.summary.beyondHorizon == 0)
        HorizonWorldTests.expectSame(some.told, all.told)
        HorizonWorldTests.expectSame(some.standing, all.standing)
    }

    private static let wordy = """
        {title: Market, name: market, level: low, detection: {s: {notes|contains: market}, condition: s}}
        ---
        {title: Word, name: word, level: low, detection: {keywords: [bazaar, "* at noon*"], condition: keywords}}
        ---
        {title: Same, name: same, level: low, detection: {s: {notes|fieldref: place}, condition: s}}
        ---
        title: Many
        name: many
        correlation: {type: event_count, rules: [market, word], group-by: [type], timespan: 1d, condition: {gte: 8}, generate: true}
        """

    /// Events each with words of its own; every third has no id.
    private static func wordyLines(_ count: Int) -> [String] {
        (0..<count).map { number in
            let id = number % 3 == 0 ? "" : #""id":"e\#(number)","#
            let place = number % 7 == 0 ? "note \(number)" : "village \(number)"
            let notes =
                number % 5 == 0
                ? "to the market by way \(number)" : number % 7 == 0 ? place : "bazaar \(number)"
            return
                #"{\#(id)"time":\#(1_400_000_000 + number * 600),"type":"t\#(number % 3)","place":"\#(place)","notes":"\#(notes)"}"#
        }
    }

    @Test("Values that occur in no event within the horizon are let go of, and rules see the same")
    func newWords() throws {
        let lines = HorizonWorldTests.wordyLines(6000)
        let all = try HorizonWorld(lines, rules: HorizonWorldTests.wordy, horizon: nil)
        let some = try HorizonWorld(lines, rules: HorizonWorldTests.wordy, horizon: 2)
        HorizonWorldTests.expectSame(some.told, all.told)
        HorizonWorldTests.expectSame(some.standing, all.standing)
        #expect(all.told.count > 5000)
        // Two days and one of the window are 432 events.
        #expect(some.mostRows < 700)
        #expect(all.mostSymbols > 15_000)
        #expect(some.mostSymbols < 5000)
    }

    /// Compares messages, and tells of the first that differs alone.
    private static func expectSame(_ some: [Message], _ all: [Message]) {
        #expect(some.count == all.count)
        guard
            let index = zip(some, all).enumerated().first(where: { $0.element.0 != $0.element.1 })?.offset
        else {
            return
        }
        Issue.record("message \(index) is \(some[index]) and not \(all[index])")
    }

    private static func rules(of messages: [Message]) -> Set<String> {
        Set(
            messages.map { message in
                switch message {
                case .notice(.alert(let alert)): "rule \(alert.rule)"
                case .notice(.risk(let risk)): "risk \(risk.threshold)"
                case .statistic(let line): "statistic \(line.definition)"
                }
            })
    }
}
