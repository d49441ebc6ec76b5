import Events
import Following
import Ledger
import Monitoring
import Reporting
import Rulebook

/// A run over sources that may never end: it waits for what comes, says what follows, and remembers both in a ledger.
///
/// What happens at once is a turn: what there is is read, what follows from it is kept in the ledger in one transaction, and
/// then handed on.
final class LiveRun {
    /// How a run ends.
    enum Ending {
        /// No source can give any more.
        case complete
        /// It was asked to end.
        case requested
        /// Nobody reads the output any more.
        case outputClosed
    }

    static let pieceSize = 256 << 10
    /// So many packed bytes are unpacked at a time.
    static let packedPieceSize = 4 << 10
    /// So much is read before what follows from it is kept and handed on.
    static let turnSize = 1 << 20
    /// How long nothing must come for a last line without an end, or a new edition, to be taken as it is.
    static let settlingTime = 1000

    var plan: LivePlan
    let console: Console
    let rejections: RejectionLog
    let ledger: Ledger?
    var output: LiveOutput
    var monitor: Monitor
    var symbols = SymbolTable()
    let numbering = RecordNumbering()
    var sources: [FollowedSource] = []
    var givenUp: GivenUpSearches
    let watch: FileWatch?
    var folderWatches: [Int32: String] = [:]
    var ruleWatches: Set<Int32> = []
    /// When the rule book is to be read again, by the steady clock; nil while it need not.
    var reloadDue: Int?
    var buffer = [UInt8](repeating: 0, count: pieceSize)
    var arrivals: Int64 = 0
    /// Events before this have been let go of in the ledger.
    var forgotten = Instant.distantPast
    /// Where the horizon was when that was done last.
    var forgottenAt = Instant.distantPast
    var layoutNumbers: [RecordLayout: Int] = [:]
    var knownSources: [LedgerSource] = []
    var clock = StreamClock()
    /// How far the slowest source was found to let stream time go.
    var lastLimit = Instant.distantFuture
    var hasUnreadableInput = false
    /// Which source is read first in the next turn.
    private var first = 0

    init(_ plan: LivePlan) throws(Failure) {
        self.plan = plan
        console = plan.base.console
        rejections = try RejectionLog(
            console: console, path: plan.base.rejectsPath, inputs: [], appends: plan.statePath != nil)
        ledger = try LiveRun.openLedger(plan.statePath)
        do {
            watch = plan.follows ? try FileWatch() : nil
        } catch {
            throw Failure(.configuration, "files cannot be watched: \(error.reason)")
        }
        monitor = Monitor(rulebook: plan.base.rulebook, options: plan.base.monitorOptions)
        monitor.releasesSymbols = true
        givenUp = GivenUpSearches(plan.base.rulebook)
        output = try LiveOutput(plan, ledger: ledger)
    }

    private static func openLedger(_ path: String?) throws(Failure) -> Ledger? {
        guard let path else { return nil }
        do throws(LedgerFailure) {
            return try Ledger(path: path, for: .run)
        } catch {
            throw Failure(.configuration, "--state \(path): \(error.reason)")
        }
    }

    /// Runs until no source can give any more, the run is asked to end, or nobody reads the output.
    func run() throws(Failure) {
        try restore()
        discover()
        watchRules()
        holdBack()
        let ending = try follow()
        if ending == .outputClosed { return }
        try end()
        if output.isClosed { return }
        rejections.close()
        for warning in givenUp.takeNews() { console.show(warning) }
        if !console.isQuiet {
            let summary = monitor.summary(symbols: symbols)
            console.show(
                summary: SummaryText(rulebook: plan.base.rulebook, timeZone: plan.base.timeZone)
                    .text(of: summary, rejected: rejections.rejected))
        }
        if let failure = rejections.failure { throw failure }
        if hasUnreadableInput {
            throw Failure(.input, "not all of the input could be read; the alerts rest on what could")
        }
    }

    private func follow() throws(Failure) -> Ending {
        while true {
            if Signals.endRequested { return .requested }
            try reloadIfAsked()
            let hasRead = try turn()
            if output.isClosed { return .outputClosed }
            if hasRead { continue }
            if sources.allSatisfy(\.isEnded), !plan.follows || plan.names == [.standardInput] { return .complete }
            if try wait() { return .outputClosed }
        }
    }

    /// Reads what there is, up to a limit, and keeps and hands on what follows.
    ///
    /// - Returns: whether something was read.
    private func turn() throws(Failure) -> Bool {
        guard let hasRead = try readTurn() else { return false }
        try keepTurn()
        try handOn()
        return hasRead
    }

    /// Reads what there is, up to a limit, within a transaction that stays open; nil if there is nothing to do.
    ///
    /// - Returns: whether something was read.
    func readTurn() throws(Failure) -> Bool? {
        for source in sources where source.needsCheck { check(source) }
        let isDue = isSomethingDue
        guard isDue || sources.contains(where: \.isReady) else { return nil }
        try keeping { try ledger?.begin() }
        let hasRead = try readAll()
        try settleAll()
        try advanceTime()
        return hasRead
    }

    /// Hands on what a turn has kept.
    func handOn() throws(Failure) {
        try output.send()
        rejections.flush()
        for warning in givenUp.takeNews() { console.show(warning) }
    }

    private func readAll() throws(Failure) -> Bool {
        var left = LiveRun.turnSize
        var hasRead = false
        let order = sources[min(first, sources.count)...] + sources[..<min(first, sources.count)]
        for source in order where source.isReady {
            // What has departed from its name is read to its end at once: the ledger does not remember it.
            while source.isReady, left > 0 || source.hasDeparted {
                let count = try read(source)
                left -= count
                if count > 0 { hasRead = true }
            }
            // One that always has more must not keep the others waiting.
            if left <= 0 {
                let index = sources.firstIndex { $0 === source } ?? 0
                first = source.hasCaughtUp ? index + 1 : index
                break
            }
        }
        if left > 0 { first = 0 }
        sources.removeAll { $0.hasDeparted && !$0.isReady && $0.file?.status?.hasName != true }
        return hasRead
    }

    /// Waits until there is something to do; true if nobody reads the output any more.
    private func wait() throws(Failure) -> Bool {
        var inputs = sources.filter { !$0.isRegular && !$0.isEnded }.compactMap(\.file)
        if let watch { inputs.append(watch.descriptor) }
        switch Signals.wait(for: inputs, output: output.watched, atMost: patience) {
        case .outputClosed: return true
        case .signal: return false
        case .readable(let ready):
            for source in sources where source.file.map({ ready.contains($0) }) ?? false { source.isReady = true }
            if let watch, ready.contains(watch.descriptor) { take(watch.events()) }
            return false
        }
    }

    /// Ends the run: what is held back stays so where a ledger remembers it.
    func end() throws(Failure) {
        try keeping { try ledger?.begin() }
        try endSources()
        if ledger == nil {
            let output = output
            monitor.conclude(until: nil, symbols: &symbols) { output.add($0) }
        }
        try keepTurn(isLast: true)
        try output.send()
    }

    /// Does something with the ledger; a failure of it ends the run.
    func keeping<Result>(_ body: () throws -> Result) throws(Failure) -> Result {
        do {
            return try body()
        } catch let failure as Failure {
            throw failure
        } catch {
            ledger?.rollBack()
            let reason = (error as? LedgerFailure)?.reason ?? "unknown reason"
            throw Failure(
                .input,
                "--state \(plan.statePath ?? ""): cannot be written: \(reason); nothing is emitted that is not kept, and "
                    + "the next run goes on from there")
        }
    }
}
