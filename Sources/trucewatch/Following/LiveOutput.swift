import Events
import Following
import Ledger
import Monitoring
import Reporting
import Rulebook

/// Where the alerts of a run go that may never end.
///
/// With a ledger a line is kept first and handed on then: a line that was kept and not handed on is handed on by the next
/// run. Of a file its length tells what was handed on; of a pipe the ledger remembers it line by line.
final class LiveOutput {
    private let console: Console
    private let target: FileDescriptor
    private let path: String
    private let isFile: Bool
    private let keeps: Bool
    private var rulebook: Rulebook
    private var writer: MessageWriter
    /// What is said and not kept yet.
    private var said: [(alert: LedgerAlert?, replaces: String?, emission: LedgerEmission)] = []
    /// What is kept and not handed on yet.
    private var unsent: [LedgerEmission] = []
    private var buffer: [UInt8] = []
    private var number: Int64 = 1
    private var length: Int64 = 0
    /// The first line of this output, and the last that was handed on.
    private var firstEmission: Int64 = 1
    private var sent: Int64 = 0
    /// Whether what is said now follows from the wall clock alone.
    var isByClock = false
    /// Whether nobody reads the output any more.
    private(set) var isClosed = false
    private var ledger: Ledger?

    init(_ plan: LivePlan, ledger: Ledger?) throws(Failure) {
        console = plan.base.console
        self.ledger = ledger
        keeps = ledger != nil
        path = plan.outputPath ?? "-"
        isFile = plan.outputPath != nil
        target = try LiveOutput.open(plan.outputPath, keeps: keeps)
        rulebook = plan.base.rulebook
        writer = MessageWriter(plan.base, output: target)
    }

    deinit { if isFile { target.close() } }

    /// Writes by another rule book from now on.
    func adopt(_ plan: RunPlan) {
        rulebook = plan.rulebook
        writer = MessageWriter(plan, output: target)
    }

    private static func open(_ path: String?, keeps: Bool) throws(Failure) -> FileDescriptor {
        guard let path else { return .standardOutput }
        do {
            return keeps ? try .open(appending: path) : try .create(path)
        } catch {
            throw Failure(.configuration, "--output \(path): cannot be written: \(error.reason)")
        }
    }

    /// What has to be watched, since its reader may go.
    var watched: FileDescriptor? { isFile ? nil : target }

    // MARK: - Lines

    /// Says what has changed. (Lines of statistics follow from the rest, and are not kept on their own.)
    func add(_ message: Message) {
        var line: [UInt8] = []
        writer.writeLine(message, into: &line)
        line.removeLast()
        if isByClock { line = LiveOutput.markedByClock(line) }
        var written: [UInt8]?
        if writer.isText {
            var block: [UInt8] = []
            writer.writeText(message, into: &block)
            if isByClock { block = LiveOutput.markedByClock(block: block) }
            written = block
        }
        switch message {
        case .notice(let notice):
            let alert = keeps ? kept(notice) : nil
            add(line, written, of: alert, notice.id, notice.status.rawValue, replaces: notice.replaces)
        case .statistic(let statistic):
            add(line, written, of: nil, statistic.id, statistic.status.rawValue, replaces: nil)
        }
    }

    /// Says that an alert is taken back which no rule tells of any more.
    func retract(_ alert: LedgerAlert, lastLine: [UInt8]) {
        var alert = alert
        alert.status = Alert.Status.retracted.rawValue
        let line = RetractedLine.line(from: lastLine)
        let written =
            writer.isText
            ? Array("RETRACTED  \(alert.level.uppercased())  \(alert.title) [\(alert.rule)]\n".utf8)
                + Array("  No rule says so any more.\n  id         \(alert.id)\n\n".utf8) : nil
        add(line, written, of: alert, alert.id, alert.status, replaces: nil)
    }

    private func add(
        _ line: [UInt8], _ written: [UInt8]?, of alert: LedgerAlert?, _ id: String, _ status: String, replaces: String?
    ) {
        length += Int64(written?.count ?? line.count + 1)
        var alert = alert
        alert?.emission = number
        let emission = LedgerEmission(number: number, alert: id, status: status, line: line, written: written)
        number += 1
        if keeps { said.append((alert, replaces, emission)) } else { buffer += emission.output }
    }

    /// An alert as the ledger keeps it.
    private func kept(_ notice: Notice) -> LedgerAlert {
        let status: Alert.Status = notice.status == .retracted ? .retracted : notice.end == nil ? .firing : .resolved
        return LedgerAlert(
            id: notice.id, status: status.rawValue, level: notice.level(in: rulebook).rawValue, rule: name(of: notice),
            title: title(of: notice), group: notice.groupText, onset: notice.onset.milliseconds,
            end: notice.end?.milliseconds, content: content(of: notice))
    }

    /// The name of the rule, or of the risk.
    func name(of notice: Notice) -> String {
        switch notice {
        case .alert(let alert): rulebook.rules[alert.rule].name
        case .risk(let risk): rulebook.risks[risk.risk].name
        }
    }

    private func title(of notice: Notice) -> String {
        switch notice {
        case .alert(let alert): rulebook.rules[alert.rule].title
        case .risk(let risk): rulebook.risks[risk.risk].title
        }
    }

    /// A fingerprint of what an alert says, but for what has happened to it.
    func content(of notice: Notice) -> Int64 {
        var line: [UInt8] = []
        writer.writeLine(.notice(notice.withoutStory), into: &line)
        return Int64(bitPattern: Editions.number(of: line))
    }

    private static func markedByClock(_ line: [UInt8]) -> [UInt8] {
        line.dropLast() + Array(",\"by_clock\":true}".utf8)
    }

    private static func markedByClock(block: [UInt8]) -> [UInt8] {
        block.dropLast() + Array("  clock      by the wall clock: no event has come since\n\n".utf8)
    }

    // MARK: - Kept and handed on

    /// How far the output is.
    var progress: LedgerProgress {
        var progress = LedgerProgress()
        progress.output = path
        progress.firstEmission = firstEmission
        progress.sent = sent
        progress.length = length
        return progress
    }

    /// Keeps what was said.
    func keep(in ledger: Ledger) throws(LedgerFailure) {
        for (alert, replaces, emission) in said {
            if let replaces, var old = try ledger.alert(replaces), replaces != emission.alert {
                old.status = "replaced"
                old.replacedBy = emission.alert
                try ledger.keep(old)
            }
            if let alert { try ledger.keep(alert) }
            try ledger.keep(emission)
        }
        unsent += said.map(\.emission)
        said.removeAll(keepingCapacity: true)
    }

    /// Hands on what is kept, or without a ledger what was said; waits for a reader that is slow.
    func send() throws(Failure) {
        guard !isClosed else { return }
        do {
            if !keeps || isFile {
                for emission in unsent { buffer += emission.output }
                unsent.removeAll(keepingCapacity: true)
                guard !buffer.isEmpty else { return }
                defer { buffer.removeAll(keepingCapacity: true) }
                try target.write(buffer)
            } else {
                try sendLineByLine()
            }
        } catch let failure as SystemError {
            isClosed = failure == .brokenPipe
            if !isClosed { throw unwritable(failure) }
        } catch {
            throw Failure(.input, "--state: cannot be written: \((error as? LedgerFailure)?.reason ?? "")")
        }
    }

    private func sendLineByLine() throws {
        for emission in unsent {
            try target.write(emission.output)
            sent = emission.number
            try ledger?.keep(sent: sent)
        }
        unsent.removeAll(keepingCapacity: true)
    }

    private func unwritable(_ failure: SystemError) -> Failure {
        let name = isFile ? "--output \(path)" : "standard output"
        let advice = keeps ? "; the ledger has what is missing, and the next run writes it" : ""
        return Failure(.input, "\(name): cannot be written: \(failure.reason)\(advice)")
    }

    // MARK: - Restart

    /// Takes up the output where an earlier run left it: what was kept and not handed on is handed on now.
    func resume(_ progress: LedgerProgress) throws(Failure) {
        guard let ledger else { return }
        do {
            let last = try ledger.lastEmission()
            number = (last?.number ?? 0) + 1
            firstEmission = progress.firstEmission
            sent = isFile ? 0 : progress.sent
            let size = isFile ? Int64(target.status?.size ?? 0) : 0
            if progress.output != path { return try beginOutput(after: progress, size: size) }
            length = progress.length
            if isFile { try completeFile(size: size) } else { try takeUnsent(from: max(sent + 1, firstEmission)) }
        } catch let failure as Failure {
            throw failure
        } catch let failure as SystemError {
            throw unwritable(failure)
        } catch {
            throw Failure(.configuration, "--state: \((error as? LedgerFailure)?.reason ?? "cannot be read")")
        }
    }

    /// Another output than that of the run before: it gets what comes from now on, and what the other did not get.
    private func beginOutput(after progress: LedgerProgress, size: Int64) throws {
        if isFile, size > 0 {
            throw Failure(
                .configuration,
                "--output \(path): there is a file already that was not written with this ledger; name another, or move it"
            )
        }
        let isFirst = progress.output.isEmpty
        firstEmission = isFirst ? 1 : number
        if !isFirst, progress.output == "-" { firstEmission = max(progress.sent + 1, progress.firstEmission) }
        sent = firstEmission - 1
        length = 0
        try ledger?.forEachEmission(from: firstEmission) { (emission: LedgerEmission) throws(LedgerFailure) in
            length += Int64(emission.output.count)
            unsent.append(emission)
        }
    }

    private func takeUnsent(from first: Int64) throws {
        try ledger?.forEachEmission(from: first) { (emission: LedgerEmission) throws(LedgerFailure) in
            unsent.append(emission)
        }
    }

    /// Cuts a file off where more was written than is kept, and adds what is kept and was not written.
    private func completeFile(size: Int64) throws {
        if size > length {
            console.remark("--output \(path): is longer than what the ledger remembers; it is cut off there")
            try target.truncate(to: Int(length))
            return
        }
        guard size < length else { return }
        var end: Int64 = 0
        try ledger?.forEachEmission(from: firstEmission) { (emission: LedgerEmission) throws(SystemError) in
            let bytes = emission.output
            end += Int64(bytes.count)
            if end > size { try target.write(Array(bytes.suffix(Int(min(end - size, Int64(bytes.count)))))) }
        }
    }
}
