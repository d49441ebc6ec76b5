import Events
import Following
import Ledger
import Monitoring
import Rulebook

// How a run goes on where an earlier one left off, and how it takes up another rule book.
extension LiveRun {
    private static let restoredAtOnce = 1000

    /// Takes up what the ledger remembers, and says what differs from what was said.
    func restore() throws(Failure) {
        guard let ledger else { return }
        let progress = try reading { () throws(LedgerFailure) in try ledger.progress() }
        knownSources = try reading { () throws(LedgerFailure) in try ledger.sources() }
        try output.resume(progress)
        try output.send()
        arrivals = progress.arrivals
        try restoreEvents(progress, isFirst: true)
        try tellDifference()
    }

    private func reading<Result>(_ body: () throws(LedgerFailure) -> Result) throws(Failure) -> Result {
        do throws(LedgerFailure) {
            return try body()
        } catch {
            throw Failure(.configuration, "--state \(plan.statePath ?? ""): \(error.reason)")
        }
    }

    /// Has the monitor see the events that are kept, in order of time.
    ///
    /// - Parameter isFirst: whether their ids are taken up too: not where only the rules have changed.
    private func restoreEvents(
        _ progress: LedgerProgress, isFirst: Bool, countingFrom tally: Summary = Summary()
    ) throws(Failure) {
        guard let ledger else { return }
        forgotten = progress.forgotten.map { Instant(milliseconds: $0) } ?? .distantPast
        clock = StreamClock(reached: progress.clock.map { Instant(milliseconds: $0) } ?? .distantPast)
        monitor.resume(origin: progress.origin.map { Instant(milliseconds: $0) }, from: forgotten)
        monitor.resume(lastAlerted: try lastAlerted())
        if let time = progress.streamTime, plan.base.monitorOptions.lateness > .zero {
            // The slowest source had let stream time go no further; the first turn sees how far it goes now.
            monitor.setLimit(Instant(milliseconds: time), symbols: &symbols) { _ in }
        }
        let layouts = try reading { () throws(LedgerFailure) in try ledger.layouts() }
        var pending: [LedgerEvent] = []
        try reading { () throws(LedgerFailure) in
            try ledger.forEachEvent { (event) throws(LedgerFailure) in
                if let last = pending.last,
                    last.layout != event.layout || last.withdrawal == .bySource
                        || pending.count == LiveRun.restoredAtOnce
                {
                    feed(pending, layouts)
                    pending.removeAll(keepingCapacity: true)
                }
                pending.append(event)
                if isFirst {
                    numbering.takeUp(event.id, at: Instant(milliseconds: event.time), of: event.source)
                }
            }
        }
        feed(pending, layouts)
        if clock.reached > .distantPast { monitor.advanceClock(to: clock.reached, symbols: &symbols) { _ in } }
        monitor.count(from: tally)
    }

    /// When the rules with a cooldown alerted last before the events that are kept.
    private func lastAlerted() throws(Failure) -> [RuleReference: [String: Instant]] {
        guard let ledger, forgotten > .distantPast else { return [:] }
        var last: [RuleReference: [String: Instant]] = [:]
        for (index, rule) in plan.base.rulebook.rules.enumerated() where rule.options.cooldown > .zero {
            let known = try reading { () throws(LedgerFailure) in
                try ledger.lastOnsets(of: rule.name, before: forgotten.milliseconds)
            }
            last[index] = known.mapValues { Instant(milliseconds: $0) }
        }
        return last
    }

    /// Reads the records of events of one layout again, under the ids that they have.
    private func feed(_ events: [LedgerEvent], _ layouts: [Int: LedgerLayout]) {
        guard let first = events.first, let known = layouts[first.layout],
            let kind = RecordLayout.Kind(rawValue: known.kind)
        else { return }
        let layout = RecordLayout(kind: kind, profile: known.profile, header: known.header)
        var reader = makeReader(layout, of: nil)
        prime(&reader, layout, name: "the ledger")
        var batch = Batch(schema: monitor.schema, source: "the ledger")
        var found: [Rejection] = []
        var ids: [(id: String, line: Int)] = []
        for event in events {
            let count = batch.count
            reader.read((event.record + [layout.separator]).span, symbols: &symbols, into: &batch, rejections: &found)
            if batch.count == count + 1 { ids.append((event.id, event.line)) }
        }
        for rejection in found { rejections.add(rejection) }
        guard ids.count == batch.count else { return }
        batch.idBytes = ids.flatMap { Array($0.id.utf8) }
        var end = 0
        batch.idEnds = ids.map { entry in
            end += entry.id.utf8.count
            return Int32(end)
        }
        batch.lines = ids.map(\.line)
        monitor.receive(batch, symbols: &symbols, tell: { _ in }, refuse: { _ in })
        if let last = events.last, last.withdrawal == .bySource {
            monitor.withdraw([last.id], symbols: &symbols) { _ in }
        }
    }

    /// Goes on with a source where an earlier run left it.
    func takeUp(_ source: FollowedSource, _ known: LedgerSource) {
        source.latest = known.latest.map { Instant(milliseconds: $0) } ?? .distantPast
        let ids = (try? ledger?.events(of: known.number)) ?? []
        source.editions = Editions(known: Set(ids.map { Editions.number(of: $0.utf8) }))
        guard !source.isStandardInput, known.position > 0, !known.isRereading else { return }
        if let file = try? FileDescriptor.open(following: source.path) {
            if takeUp(source, known, file) { return }
            file.close()
        }
        guard let old = rotatedFile(known) else { return }
        // What was written into it before and after it was renamed is read first.
        guard takeUp(source, known, old) else { return old.close() }
    }

    private func takeUp(_ source: FollowedSource, _ known: LedgerSource, _ file: FileDescriptor) -> Bool {
        guard let contents = Contents(known, of: file) else { return false }
        let layout = known.layout.flatMap { number in
            (try? ledger?.layouts())?[number].flatMap { known in
                RecordLayout.Kind(rawValue: known.kind).map {
                    RecordLayout(kind: $0, profile: known.profile, header: known.header)
                }
            }
        }
        source.reader = makeReader(layout, of: source.number)
        source.begin(file)
        if let layout { prime(&source.reader, layout, name: source.name) }
        source.reader.line = known.line
        source.isReadWhole = layout == nil || layout?.kind == .items
        source.knownLayout = layout
        source.contents = contents
        source.hasCaughtUp = true
        guard (try? file.seek(to: known.position)) != nil else { return false }
        return true
    }

    /// The file that a source was, under another name in its folder.
    private func rotatedFile(_ known: LedgerSource) -> FileDescriptor? {
        guard let device = known.device, let node = known.node else { return nil }
        let folder = SourceName.split(known.path).folder
        for name in (try? FileStatus.names(inFolder: folder)) ?? [] {
            let path = "\(folder)/\(name)"
            guard let status = try? FileStatus(path: path), status.kind == .regular,
                status.identity == FileStatus.Identity(device: device, node: node)
            else { continue }
            return try? FileDescriptor.open(reading: path)
        }
        return nil
    }

    // MARK: - What differs

    /// Says how what follows from the events by this rule book differs from what was said.
    private func tellDifference() throws(Failure) {
        guard let ledger else { return }
        let start = monitor.horizonStart
        let said = try reading { () throws(LedgerFailure) in try ledger.alerts(since: start.milliseconds) }
        let derived = monitor.standingNotices(symbols: symbols).filter { $0.onset >= start }.map { notice in
            Difference.Derived(
                notice: notice, rule: output.name(of: notice), group: notice.groupText,
                content: output.content(of: notice))
        }
        let standing = said.filter {
            ($0.status == "firing" || $0.status == "resolved") && $0.onset >= start.milliseconds
        }
        for change in Difference.between(standing, and: derived) {
            switch change {
            case .said(let notice): output.add(.notice(notice))
            case .retracted(let alert):
                let line = try reading { () throws(LedgerFailure) in try ledger.emission(alert.emission)?.line }
                if let line { output.retract(alert, lastLine: line) }
            }
        }
        try keeping { try ledger.begin() }
        try keepTurn()
        try output.send()
    }

    // MARK: - Another rule book

    static let reloadPause = 200

    /// Watches the files of the rule book, if they are to be read again when they change.
    func watchRules() {
        guard let watch else { return }
        if plan.watchedRules.isEmpty { return }
        var folders: Set<String> = []
        for path in plan.watchedRules where (try? FileStatus(path: path))?.kind == .directory { folders.insert(path) }
        // Those within a folder count too.
        let files = (try? RulebookFiles.sources(at: plan.watchedRules)) ?? []
        for source in files { folders.insert(SourceName.split(source.file).folder) }
        for folder in folders { if let number = watch.watch(folder: folder) { ruleWatches.insert(number) } }
    }

    /// Reads the rule book again if that was asked for; a bad one is reported, and the old one kept.
    func reloadIfAsked() throws(Failure) {
        let isChanged = reloadDue.map { $0 <= Environment.steadyMilliseconds } ?? false
        if isChanged { reloadDue = nil }
        guard Signals.takeReloadRequest() || isChanged else { return }
        guard ledger != nil else {
            console.say(
                "the rule book can be read again only with --state FILE, which has the events; the old one is kept")
            return
        }
        let base: RunPlan
        do throws(Failure) {
            base = try plan.replan()
        } catch {
            for message in error.messages { console.say(message) }
            console.say("the rule book is not taken; the old one is kept")
            return
        }
        try adopt(base)
    }

    /// Derives everything anew by another rule book.
    func adopt(_ base: RunPlan) throws(Failure) {
        guard let ledger else { return }
        plan.base = base
        let progress = try reading { () throws(LedgerFailure) in try ledger.progress() }
        let tally = monitor.tally
        symbols = SymbolTable()
        monitor = Monitor(rulebook: base.rulebook, options: base.monitorOptions)
        monitor.releasesSymbols = true
        givenUp = GivenUpSearches(base.rulebook)
        output.adopt(base)
        try restoreEvents(progress, isFirst: false, countingFrom: tally)
        for source in sources { renewReader(of: source) }
        try tellDifference()
        watchRules()
        console.remark("the rule book was read again; it holds \(base.rulebook.rules.count) rules")
    }

    private func renewReader(of source: FollowedSource) {
        let unread = source.reader.unread
        let line = source.reader.line
        let layout = source.layout
        source.knownLayout = layout
        let isResumable = source.reader.isResumable
        source.reader = makeReader(layout, of: source.number)
        source.reader.open(source: source.name)
        if let layout { prime(&source.reader, layout, name: source.name) }
        guard isResumable else {
            source.isReadWhole = true
            return
        }
        source.reader.line = line
        var batch = Batch(schema: monitor.schema, source: source.name)
        var found: [Rejection] = []
        source.reader.read(unread.span, symbols: &symbols, into: &batch, rejections: &found)
    }
}
