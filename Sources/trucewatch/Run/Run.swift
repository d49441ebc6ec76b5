import Diagnostics
import Events
import Monitoring
import Reporting
import Rulebook

/// One run through all inputs: bytes in, alerts out.
struct Run: ~Copyable {
    /// How reading ended.
    private enum Ending {
        /// There is no more.
        case complete
        /// The run was asked to end.
        case requested
        /// Nobody reads the output any more.
        case outputClosed
    }

    private let plan: RunPlan
    private let output: AlertOutput
    private let rejections: RejectionLog
    private var monitor: Monitor
    private let decoding: Decoding
    private var translations = [SymbolTranslation](repeating: SymbolTranslation(), count: Decoding.count)
    private var symbols = SymbolTable()
    private var givenUp: GivenUpSearches
    private var progress: Progress?
    private var hasUnreadableInput = false
    /// The alerts that stand at the end, if the plan asks for those.
    private(set) var standing: [Notice] = []

    init(_ plan: RunPlan) throws(Failure) {
        self.plan = plan
        rejections = try RejectionLog(console: plan.console, path: plan.rejectsPath, inputs: plan.inputs)
        output = AlertOutput(plan)
        monitor = Monitor(rulebook: plan.rulebook, options: plan.monitorOptions)
        decoding = Decoding(schema: monitor.schema, options: plan.readerOptions)
        givenUp = GivenUpSearches(plan.rulebook)
        progress = Progress(console: plan.console, inputs: plan.inputs)
    }

    /// Reads everything, writes what follows from it, and says how it went.
    ///
    /// - Returns: the gravest level of the alerts that stand at the end, if the plan asks for those.
    mutating func run() throws(Failure) -> Level? {
        let ending = try readAll()
        if ending == .outputClosed { return nil }
        // A run that was asked to end does not know that its input is complete up to some time.
        finish(until: ending == .complete ? plan.until : nil)
        let gravest = standing.map { $0.level(in: plan.rulebook) }.max()
        if try isOutputClosed() { return gravest }
        rejections.close()
        for warning in givenUp.takeNews() { plan.console.show(warning) }
        if !plan.console.isQuiet {
            let summary = monitor.summary(symbols: symbols)
            plan.console.show(
                summary: SummaryText(rulebook: plan.rulebook, timeZone: plan.timeZone)
                    .text(of: summary, rejected: rejections.rejected))
        }
        if let failure = rejections.failure { throw failure }
        if hasUnreadableInput {
            throw Failure(.input, "not all of the input could be read; the alerts rest on what could")
        }
        return gravest
    }

    /// Where the newest event stands that an alert rests on, and what was said of bad records: for reports.
    func place(of alert: Alert) -> Location? { monitor.place(of: alert, symbols: symbols) }
    var refused: [Diagnostic] { rejections.shown }

    /// All lines of the statistics that were followed.
    func standingStatistics() -> [Statistic] { monitor.standingStatistics() }

    /// What a monitor's report says at the last cut-off up to an instant, or to the end.
    func statisticReports(through instant: Instant?) -> [StatisticReport] {
        monitor.statisticReports(through: instant, windows: StatisticTable.plottedWindows)
    }

    private mutating func finish(until: Instant?) {
        let output = output
        let isFinal = plan.isFinal
        monitor.conclude(until: until, symbols: &symbols, tell: { if !isFinal { output.write($0) } })
        if isFinal {
            for message in monitor.standingMessages(symbols: symbols) {
                output.write(message)
                if let notice = message.notice { standing.append(notice) }
            }
        }
        output.flush()
    }

    private func isOutputClosed() throws(Failure) -> Bool {
        guard let failure = output.failure else { return false }
        if failure == .brokenPipe { return true }
        throw Failure(.input, "standard output cannot be written: \(failure.reason)")
    }
}

extension Run {
    private mutating func readAll() throws(Failure) -> Ending {
        for input in plan.inputs {
            let ending: Ending
            do {
                let file = try input.open()
                defer { if !input.isStandardInput { file.close() } }
                ending = try read(input, from: file)
            } catch let failure as Failure {
                throw failure
            } catch {
                hasUnreadableInput = true
                let reason = (error as? SystemError)?.reason ?? "unknown reason"
                plan.console.say("\(input.name): cannot be read: \(reason)")
                continue
            }
            if ending != .complete { return ending }
        }
        return .complete
    }

    private mutating func read(_ input: Input, from file: FileDescriptor) throws -> Ending {
        decoding.open(source: input.name)
        // What was decoded ahead has symbols that must stay what they are.
        monitor.releasesSymbols = !input.isRegular
        // The parts of an input have decodings of their own.
        for part in 1..<Decoding.count { translations[part] = SymbolTranslation() }
        // A file is decoded on both cores while its records are judged; what comes as it happens is taken at once.
        let whole = input.isRegular ? FileReading(file, size: input.status?.size ?? 0, with: decoding) : nil
        defer { whole?.finish() }
        let rejectedBefore = rejections.rejected
        var count = 0
        while true {
            if let ending = wait(for: input, file) { return ending }
            var piece = try whole?.next() ?? decoding.next(from: file)
            progress?.advance(bytes: piece.byteCount, records: piece.batch.count)
            count += piece.batch.count
            try take(&piece)
            if !input.isRegular {
                flush()
                decoding.release(before: monitor.horizonStart)
            }
            if try isOutputClosed() { return .outputClosed }
            if piece.byteCount == 0 { break }
        }
        if count == 0, rejections.rejected > rejectedBefore {
            hasUnreadableInput = true
            plan.console.say(UnreadableInput.message(input.name, plan))
        }
        return .complete
    }

    /// Waits for bytes where they may be long in coming; says so if there will be none.
    private func wait(for input: Input, _ file: FileDescriptor) -> Ending? {
        if input.isRegular { return Signals.endRequested ? .requested : nil }
        switch Signals.waitForInput(file, output: .standardOutput) {
        case .readable: return nil
        case .endRequested: return .requested
        case .outputClosed: return .outputClosed
        }
    }

    private mutating func take(_ piece: inout Piece) throws(Failure) {
        for rejection in piece.rejections {
            rejections.add(rejection)
            if rejection.endsSource { hasUnreadableInput = true }
            guard plan.isStrict else { continue }
            flush()
            throw Failure(.input, "stopped at the first bad record, as --strict asks for")
        }
        translations[piece.decoder].translate(&piece.batch, newValues: piece.newValues, into: &symbols)
        let batch = piece.batch
        let releases = symbols.releases
        let (output, rejections, isFinal) = (output, rejections, plan.isFinal)
        monitor.receive(
            batch, symbols: &symbols, tell: { if !isFinal { output.write($0) } },
            refuse: { rejections.addBeyondHorizon($0, of: batch) })
        if symbols.releases != releases {
            decoding.forgetSymbols()
            translations[piece.decoder] = SymbolTranslation()
        }
    }

    /// Hands on what was written: the next bytes may be long in coming.
    private func flush() {
        output.flush()
        rejections.flush()
    }
}
