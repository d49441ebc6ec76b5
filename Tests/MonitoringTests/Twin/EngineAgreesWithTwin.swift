import Events
import Foundation
import Monitoring
import Rulebook
import Testing

/// The fast engine says what the twin says, over random worlds, whatever the order of arrival.
///
/// `TRUCEWATCH_WORLDS` sets how many worlds there are, `TRUCEWATCH_SEED` the seed; `TRUCEWATCH_WORLD` runs one of them alone,
/// `TRUCEWATCH_TRACE` names each before it runs, so that one that ends the process is known, and `TRUCEWATCH_ACTORS=0` leaves
/// out the worlds with actors and ceasefires.
struct EngineAgreesWithTwin {
    static let chunks = 10

    private static func setting(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }

    private static var seed: UInt64 { UInt64(setting("TRUCEWATCH_SEED") ?? 2014) }

    private static func worlds(ofChunk chunk: Int) -> [Int] {
        if let one = setting("TRUCEWATCH_WORLD") { return one % chunks == chunk ? [one] : [] }
        return (0..<(setting("TRUCEWATCH_WORLDS") ?? 200)).filter { $0 % chunks == chunk }
    }

    /// Whether there is an engine: without one no column is asked for.
    static var hasEngine: Bool {
        var book = Rulebook()
        book.rules = [TwinBooks.detection("a", type: "a")]
        return !Monitor(rulebook: book, options: Monitor.Options()).schema.columns.isEmpty
    }

    @Test(.enabled(if: hasEngine, "the engine is not there yet"))
    func theEngineAgreesWithTheTwin() async {
        let totals = await withTaskGroup { group in
            for chunk in 0..<EngineAgreesWithTwin.chunks { group.addTask { compare(chunk: chunk) } }
            return await group.reduce(into: (worlds: 0, alerts: 0)) { sum, part in
                sum.worlds += part.worlds
                sum.alerts += part.alerts
            }
        }
        print("compared \(totals.worlds) worlds with \(totals.alerts) alerts, seed \(EngineAgreesWithTwin.seed)")
    }

    /// Compares the worlds of one chunk up to the first that differs; returns how many agree, and their alerts.
    private func compare(chunk: Int) -> (worlds: Int, alerts: Int) {
        var (worlds, alerts) = (0, 0)
        for number in EngineAgreesWithTwin.worlds(ofChunk: chunk) {
            let world = TwinWorld(seed: EngineAgreesWithTwin.seed, number: number)
            if EngineAgreesWithTwin.setting("TRUCEWATCH_ACTORS") == 0, !world.rulebook.actors.isEmpty { continue }
            if EngineAgreesWithTwin.setting("TRUCEWATCH_TRACE") != nil { print("world \(number)") }
            guard agree(world, number: number) else { break }
            worlds += 1
            alerts += Twin(rulebook: world.rulebook).standingAlerts(events: world.records, until: world.until).count
        }
        return (worlds, alerts)
    }

    /// Runs a world in several orders; the first fault is reported with the smallest world that has it.
    private func agree(_ world: TwinWorld, number: Int) -> Bool {
        var random = SplitMix64(seed: EngineAgreesWithTwin.seed ^ UInt64(number))
        var inOrderOfTime = world
        inOrderOfTime.records.sort { ($0.time, $0.revision) < ($1.time, $1.revision) }
        // Sorting by time may turn the records of an id around that have no revision, and so mean something else.
        let keepsMeaning = Twin.inForce(inOrderOfTime.records) == Twin.inForce(world.records)
        let orders = (keepsMeaning ? [inOrderOfTime] : []) + (0..<3).map { _ in world.rearranged(&random) }
        for (index, order) in ([world] + orders).enumerated() {
            // On the way the twin starts anew after every batch, so only two orders of small worlds are followed.
            let isFollowed = (index == 1 || index == 2) && (world.records.count <= 20 || number % 5 == 0)
            guard !TwinTrial.faults(in: order, watchesOnTheWay: isFollowed).isEmpty else { continue }
            let smallest = TwinTrial.shrunk(order) { !TwinTrial.faults(in: $0, watchesOnTheWay: isFollowed).isEmpty }
            let faults = TwinTrial.faults(in: smallest, watchesOnTheWay: isFollowed)
            Issue.record(
                """
                seed \(EngineAgreesWithTwin.seed), world \(number), order \(index)
                \(TwinDescription.world(smallest))
                \(faults.joined(separator: "\n"))
                """)
            return false
        }
        return true
    }
}
