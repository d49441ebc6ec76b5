import Events
import Rulebook
import Testing

/// The worlds that the comparison draws are worth comparing, and the twin keeps the one law on them.
struct TwinWorldTests {
    @Test func theTwinDoesNotDependOnTheOrderOfArrival() {
        for number in 0..<100 {
            let world = TwinWorld(seed: 1, number: number)
            var random = SplitMix64(seed: UInt64(number))
            let twin = Twin(rulebook: world.rulebook)
            let expected = twin.standingAlerts(events: world.records, until: world.until)
            let other = world.rearranged(&random)
            #expect(twin.standingAlerts(events: other.records, until: other.until) == expected)
        }
    }

    @Test func theWorldsHaveAllThatIsToBeCompared() {
        var seen: Set<String> = []
        var alerts = 0
        for number in 0..<300 {
            let world = TwinWorld(seed: 2014, number: number)
            let standing = Twin(rulebook: world.rulebook).standingAlerts(events: world.records, until: world.until)
            alerts += standing.count
            for alert in standing {
                seen.insert(alert.end == nil ? "open" : "ended")
                if alert.peak != nil { seen.insert("peak") }
                if alert.ceasefire != nil { seen.insert("ceasefire") }
                if !alert.evidenceAlerts.isEmpty { seen.insert("chain") }
                if alert.knownAt == nil { seen.insert("nothing known") }
                guard let correlation = world.rulebook.rules[alert.rule].correlation else { continue }
                seen.insert(String("\(correlation.pattern)".prefix { $0 != "(" }))
                seen.insert(String("\(correlation.window)".prefix { $0 != "(" }))
            }
        }
        let wanted: Set<String> = [
            "open", "ended", "peak", "ceasefire", "chain", "nothing known", "eventCount", "valueCount", "valueSum",
            "valueAverage", "valuePercentile", "temporal", "temporalOrdered", "rateChange", "absence", "share",
            "effectiveNumber", "reciprocity", "newValue", "record", "selfExciting", "controlChart", "deadline",
            "sliding", "tumbling", "session",
        ]
        #expect(wanted.subtracting(seen).isEmpty)
        #expect(alerts > 3000)
    }

    /// Between two breakpoints nothing changes: the truth at any hour is that of the last breakpoint.
    @Test func theBreakpointsAreAllThatMatters() {
        for number in 0..<60 {
            let world = TwinWorld(seed: 7, number: number)
            let events = Twin.inForce(world.records)
            var run = TwinRun(
                rulebook: world.rulebook, events: events, streamTime: events.map(\.time).max() ?? .distantPast)
            for case .correlation(let correlation) in world.rulebook.rules.map(\.body) where correlation.isByBreakpoints
            {
                for history in run.groups(of: correlation) {
                    let episodes = history.episodes()
                    let first = events.map(\.time).min() ?? .distantPast
                    for step in 0..<150 {
                        let time = first + TwinBooks.hours(Double(3 * step) + 0.5)
                        let isInside = episodes.contains { $0.start <= time && time < $0.end }
                        #expect(history.holds(at: time) == isInside)
                    }
                }
            }
        }
    }

    @Test func aFaultIsShrunkToWhatCausesIt() {
        let world = TwinWorld(seed: 3, number: 4)
        let smallest = TwinTrial.shrunk(world) { $0.records.contains { $0.id == "e3" } }
        #expect(smallest.records.count == 1)
        #expect(smallest.rulebook.rules.isEmpty)
    }
}

extension Correlation {
    /// Whether what holds is asked at each breakpoint; of others the episodes are defined as such.
    fileprivate var isByBreakpoints: Bool {
        switch pattern {
        case .newValue, .selfExciting, .controlChart, .deadline: false
        default: true
        }
    }
}
