import Events
import Foundation
import Testing

/// The whole program keeps its laws in thousands of small worlds, whatever disturbs it.
///
/// `TRUCEWATCH_WORLDS` sets how many worlds there are, `TRUCEWATCH_SEED` the seed; `TRUCEWATCH_WORLD` runs one of them alone,
/// and `TRUCEWATCH_TRACE` names each before it runs, so that one that ends the process is known. `Tests/simulate` sets them.
/// `TRUCEWATCH_SHRINK=0` reports a world as it is, not the smallest with the fault.
@Suite("The simulation")
struct Simulation {
    private static let chunks = 4

    private static func setting(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }

    private static let seed = UInt64(setting("TRUCEWATCH_SEED") ?? 2014)

    private static func worlds(ofChunk chunk: Int) -> [Int] {
        if let one = setting("TRUCEWATCH_WORLD") { return one % chunks == chunk ? [one] : [] }
        return (0..<(setting("TRUCEWATCH_WORLDS") ?? 500)).filter { $0 % chunks == chunk }
    }

    @Test(
        "The alerts said are those of one run over all events in their latest revision, no record is lost or counted twice, and neither the cut of the input nor crash and restart change a byte"
    )
    func laws() async {
        let worlds = await withTaskGroup { group in
            for chunk in 0..<Simulation.chunks { group.addTask { keepLaws(chunk: chunk) } }
            return await group.reduce(0, +)
        }
        print("simulated \(worlds) worlds, seed \(Simulation.seed)")
    }

    /// Runs the worlds of one chunk up to the first with a fault; returns how many have none.
    private func keepLaws(chunk: Int) -> Int {
        var kept = 0
        for number in Simulation.worlds(ofChunk: chunk) {
            if Simulation.setting("TRUCEWATCH_TRACE") != nil { print("world \(number)") }
            let world = SimulatedWorld(seed: Simulation.seed, number: number)
            let faults = SimulatedTrial.faults(in: world)
            if faults.isEmpty {
                kept += 1
                continue
            }
            report(world, number, faults)
            break
        }
        return kept
    }

    private func report(_ world: SimulatedWorld, _ number: Int, _ faults: [String]) {
        let smallest = Simulation.setting("TRUCEWATCH_SHRINK") == 0 ? world : SimulatedTrial.shrunk(world)
        let script = SimulatedScript(smallest)
        let steps = script.steps.map { step in
            if case .append(let reporter, let bytes, let ending) = step {
                "reporter \(reporter) writes \(String(decoding: bytes, as: UTF8.self).debugDescription), \(ending)"
            } else {
                "\(step)"
            }
        }
        Issue.record(
            """
            seed \(Simulation.seed), world \(number): repeat it with
              Tests/simulate --seed \(Simulation.seed) --world \(number)
            troubles \(smallest.troubles.text), horizon \(smallest.horizon.milliseconds / 3_600_000)h
            \(TwinDescription.world(smallest.world))
            \(steps.joined(separator: "\n"))
            \(SimulatedTrial.faults(in: smallest).joined(separator: "\n"))
            as it was drawn: \(faults.joined(separator: "\n"))
            """)
    }
}
