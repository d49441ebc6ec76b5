import Diagnostics
import Events
import Foundation
import Ledger
import Monitoring
import Reporting
import Rulebook

@testable import trucewatch

/// The whole program without its process: files, the reader, the rules, the ledger and the output, driven step by step.
final class SimulatedRun {
    /// What became of the records, over all lives of the run.
    struct Tally: Equatable {
        var read = 0
        var duplicate = 0
        var superseded = 0
        var corrected = 0
        var withdrawn = 0
        var beyondHorizon = 0
        var rejected = 0
        var inForce = 0
    }

    private static let sink = try? FileDescriptor.open(writing: "/dev/null")
    /// Longer than any run of the tests, so that only what the script says passes.
    private static let hour = 3_600_000

    private let world: SimulatedWorld
    private let folder: URL
    private let files: [String]
    private var variant = 0
    private var rulebooks: [Int: Rulebook] = [:]
    private var live: LiveRun?
    /// What the lives before this one have counted.
    private var past = Tally()
    /// What this life has counted up to its last turn that was kept.
    private var kept = Tally()

    init(_ world: SimulatedWorld, reporters: Int, in folder: URL) throws {
        self.world = world
        self.folder = folder
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        files = (0..<reporters).map { folder.appendingPathComponent("reporter-\($0)").path }
        for file in files { try Data().write(to: URL(fileURLWithPath: file)) }
    }

    deinit {
        close()
        try? FileManager.default.removeItem(at: folder)
    }

    /// What was written so far.
    var output: [UInt8] { (FileManager.default.contents(atPath: path("output")) ?? Data()).map { $0 } }

    /// What was counted so far; in force is what was at the last turn that was kept.
    var tally: Tally {
        var sum = past
        sum.add(kept)
        if live != nil { sum.inForce = kept.inForce }
        return sum
    }

    private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// The rule book as it is read of what its user has written.
    private func rulebook() throws -> Rulebook {
        if let known = rulebooks[variant] { return known }
        let text = SimulatedBookText(world.rulebook(variant)).text
        let (rulebook, diagnostics) = Rulebook.load([RulebookSource(file: "drawn.yml", bytes: Array(text.utf8))])
        guard let rulebook else {
            let errors = diagnostics.filter { $0.severity == .error }.map { "\($0.location.line): \($0.message)" }
            throw Failure(.rulebook, errors + [text])
        }
        rulebooks[variant] = rulebook
        return rulebook
    }

    private func plan() throws -> LivePlan {
        let rulebook = try rulebook()
        var monitorOptions = Monitor.Options()
        monitorOptions.lateness = world.world.lateness
        monitorOptions.horizon = world.horizon
        monitorOptions.timeZone = world.zone
        monitorOptions.tellsEvents = true
        var readerOptions = Reader.Options()
        readerOptions.timeZone = world.zone
        readerOptions.keepsBytes = true
        let base = RunPlan(
            rulebook: rulebook, inputs: [],
            console: Console(color: .never, isQuiet: true, output: SimulatedRun.sink ?? .standardError),
            monitorOptions: monitorOptions, readerOptions: readerOptions, timeZone: world.zone, until: nil,
            format: .jsonl, color: .never, rejectsPath: nil, isStrict: false, isFinal: false)
        return LivePlan(
            base: base, names: files.map { .file($0) }, follows: true, statePath: path("ledger"),
            outputPath: path("output"), usesClock: false, idleAfter: SimulatedRun.hour, watchedRules: [],
            replan: { () throws(Failure) in base })
    }

    // MARK: - Steps

    /// Begins the program.
    func begin() throws {
        let run = try open()
        live = run
        try run.restore()
        run.discover()
        run.holdBack()
        try turn()
    }

    /// A new life, as soon as nobody holds the ledger of the last: a process that another test has just started holds a copy of
    /// all that is open here, until it has begun.
    private func open() throws -> LiveRun {
        for _ in 0..<500 {
            do {
                return try LiveRun(plan())
            } catch let failure as Failure {
                guard failure.messages.contains(where: { $0.contains("another run") }) else { throw failure }
                usleep(10_000)
            }
        }
        return try LiveRun(plan())
    }

    /// Does what a step says.
    func perform(_ step: SimulatedScript.Step) throws {
        switch step {
        case .append(let reporter, let bytes, let ending):
            let file = try FileHandle(forWritingTo: URL(fileURLWithPath: files[reporter]))
            try file.seekToEnd()
            try file.write(contentsOf: Data(bytes))
            try file.close()
            try turn(ending)
        case .pause: try turn(after: 2 * SimulatedRun.hour)
        case .restart:
            try end()
            try begin()
        case .kill:
            kill(counting: kept)
            try begin()
        case .reload(let variant):
            self.variant = variant
            try live?.adopt(try plan().base)
            count()
        }
    }

    /// Ends the program as a signal does.
    func end() throws {
        guard let run = live else { return }
        try run.end()
        run.rejections.close()
        count()
        kill(counting: kept)
    }

    private func turn(_ ending: SimulatedScript.Ending = .whole, after milliseconds: Int = 0) throws {
        guard let death = try turnOrDie(ending, after: milliseconds) else { return }
        kill(counting: death.counted)
        if let length = death.length { truncate(path("output"), length) }
        try begin()
    }

    /// Reads what there is, and keeps and hands on what follows, as far as the process gets.
    ///
    /// - Parameter milliseconds: how long nothing has come.
    /// - Returns: how it died, if it did: what was counted by then, and how much was written.
    private func turnOrDie(
        _ ending: SimulatedScript.Ending, after milliseconds: Int
    ) throws -> (counted: Tally, length: Int?)? {
        guard let run = live else { return nil }
        for source in run.sources {
            source.needsCheck = true
            source.lastArrival = trucewatch.Environment.steadyMilliseconds - milliseconds
        }
        let before = kept
        let length = output.count
        guard try run.readTurn() != nil else { return nil }
        if case .killedBeforeKept = ending { return (before, nil) }
        try run.keepTurn()
        count()
        if case .killedBeforeSent = ending { return (kept, nil) }
        try run.handOn()
        guard case .killedWhileSending(let percent) = ending else { return nil }
        return (kept, length + (output.count - length) * percent / 100)
    }

    /// Counts what this life has done so far.
    private func count() {
        guard let run = live else { return }
        let counts = run.monitor.tally
        kept = Tally(
            read: counts.read, duplicate: counts.duplicate, superseded: counts.superseded, corrected: counts.corrected,
            withdrawn: counts.withdrawn, beyondHorizon: counts.beyondHorizon, rejected: run.rejections.rejected,
            inForce: counts.inForce)
    }

    /// Ends this life without another word.
    private func kill(counting counted: Tally) {
        past.add(counted)
        past.inForce = counted.inForce
        kept = Tally()
        close()
    }

    private func close() {
        for source in live?.sources ?? [] { source.file?.close() }
        live = nil
    }

    /// What is wrong with what the ledger keeps: an event that should have been let go of, or an alert that nothing tells of.
    func ledgerFaults() throws -> [String] {
        guard let run = live, let ledger = run.ledger else { return [] }
        var faults: [String] = []
        let forgotten = run.forgotten.milliseconds
        try ledger.forEachEvent { event in
            if event.time < forgotten, !event.isKept { faults.append("the ledger keeps \(event.id), which is too old") }
        }
        return faults
    }
}

extension SimulatedRun.Tally {
    fileprivate mutating func add(_ other: SimulatedRun.Tally) {
        read += other.read
        duplicate += other.duplicate
        superseded += other.superseded
        corrected += other.corrected
        withdrawn += other.withdrawn
        beyondHorizon += other.beyondHorizon
        rejected += other.rejected
    }

    /// As one line.
    var text: String {
        """
        read \(read) duplicate \(duplicate) superseded \(superseded) corrected \(corrected) withdrawn \(withdrawn) \
        beyond the horizon \(beyondHorizon) rejected \(rejected) in force \(inForce)
        """
    }
}
