import Events
import Foundation
import Monitoring
import Rulebook

/// Runs the whole program over a world and says what it should not have done.
enum SimulatedTrial {
    /// Shared memory, where there is any: nothing here is about disks.
    private static let temporary: URL = {
        let memory = URL(fileURLWithPath: "/dev/shm")
        return FileManager.default.isWritableFile(atPath: memory.path)
            ? memory : FileManager.default.temporaryDirectory
    }()

    /// What is wrong, as sentences; empty if nothing is.
    static func faults(in world: SimulatedWorld) -> [String] {
        let folder = temporary.appendingPathComponent("trucewatch-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            return try faults(in: world, folder)
        } catch {
            return ["the run ended with \(error)"]
        }
    }

    private static func faults(in world: SimulatedWorld, _ folder: URL) throws -> [String] {
        let script = SimulatedScript(world)
        let arrivals = SimulatedArrivals(script.arrivals, in: world, rejected: script.rejected)
        let run = try SimulatedRun(world, reporters: script.reporters, in: folder.appendingPathComponent("disturbed"))
        try run.begin()
        for step in script.steps { try run.perform(step) }
        var faults = try run.ledgerFaults()
        try run.end()
        let output = run.output
        faults += law(output, arrivals.inForce, world, script)
        var counted = run.tally
        // A run that is started again knows those within the horizon alone.
        if world.horizon < .unlimited { counted.inForce = arrivals.tally.inForce }
        faults += accounts(counted, arrivals.tally)
        try run.begin()
        if run.output != output {
            faults.append("started again it says more: \(text(run.output.dropFirst(output.count)))")
        }
        try run.end()
        if script.isComparable {
            let other = try SimulatedRun(
                world, reporters: script.reporters, in: folder.appendingPathComponent("undisturbed"))
            try other.begin()
            for step in script.undisturbed { try other.perform(step) }
            try other.end()
            faults += sameness(output, other.output)
        }
        return faults
    }

    /// The law: what was said and not taken back is what the twin makes of the events in force.
    private static func law(
        _ output: [UInt8], _ events: [TwinEvent], _ world: SimulatedWorld, _ script: SimulatedScript
    ) -> [String] {
        let book = world.rulebook(script.variant)
        let lines = SimulatedLines(output, book: book, events: events)
        let twin = Twin(rulebook: book, clockOffset: world.world.clockOffset)
        let expected = twin.standing(events: events, lateness: world.world.lateness)
        return lines.faults
            + TwinComparison.differences(
                engine: TwinTrial.inOrder(lines.standing.compactMap(\.alert), book), twin: expected.alerts, in: book)
            + TwinRiskComparison.differences(
                engine: lines.standing.compactMap(\.risk), twin: expected.risks, in: book)
            + lines.evidenceFaults
    }

    /// Nothing is counted twice or lost.
    private static func accounts(_ counted: SimulatedRun.Tally, _ expected: SimulatedRun.Tally) -> [String] {
        counted == expected ? [] : ["counted are\n      \(counted.text)\n  but there are\n      \(expected.text)"]
    }

    /// Where the input is cut, and where the run is interrupted, changes no byte.
    private static func sameness(_ disturbed: [UInt8], _ undisturbed: [UInt8]) -> [String] {
        if disturbed == undisturbed { return [] }
        let pairs = Array(zip(disturbed.split(separator: 0x0a), undisturbed.split(separator: 0x0a)))
        let first = pairs.first { $0.0 != $0.1 }
        return [
            """
            an undisturbed run writes other bytes: \(undisturbed.count) instead of \(disturbed.count), first
                  \(text(first?.1 ?? []))
              instead of
                  \(text(first?.0 ?? []))
            """
        ]
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    // MARK: - The smallest world

    /// The smallest world to be had by leaving things out that still has a fault.
    static func shrunk(_ world: SimulatedWorld) -> SimulatedWorld {
        var smallest = world
        for (trouble, _) in SimulatedTroubles.names where smallest.troubles.contains(trouble) {
            var simpler = smallest
            simpler.troubles.remove(trouble)
            if trouble == .horizon { simpler.horizon = .unlimited }
            if trouble == .lateness { simpler.world.lateness = .zero }
            if trouble != .rows, !faults(in: simpler).isEmpty { smallest = simpler }
        }
        let rest = smallest
        smallest.world = TwinTrial.shrunk(rest.world) { world in
            var simpler = rest
            simpler.world = world
            return !faults(in: simpler).isEmpty
        }
        return smallest
    }
}
