import Events
import Rulebook

// What is said at the end.
extension Monitor {
    /// Keeps the alerts of detections on rows that are let go of.
    mutating func archive(_ rows: Range<Row>, symbols: borrowing SymbolTable) {
        forEachDetection(in: rows, symbols: symbols) { $0.archive(row: $1, symbols: symbols) }
    }

    private mutating func forEachDetection(
        in rows: Range<Row>, symbols: borrowing SymbolTable, _ body: (DetectionAlerter, Row) -> Void
    ) {
        var start = rows.lowerBound
        while start < rows.upperBound {
            let chunk = table.part(from: start, to: rows.upperBound)
            let range = 0..<chunk.count
            plan.matcher.evaluate(
                columns: table.columns(of: chunk), rows: range, symbols: symbols, into: &loneBits)
            for (interest, consumer) in plan.consumers.enumerated() {
                guard case .detection(let alerter) = consumer else { continue }
                var rows = MatchedRows(
                    plan.interests[interest].steps, of: loneBits, in: range, offset: chunk.lowerBound)
                while let match = rows.next() {
                    if table.state(match.row) == .inForce { body(alerter, match.row) }
                }
            }
            start = chunk.upperBound
        }
    }

    // MARK: - The end

    /// What stands and is not held back, sorted by onset, rule name, group as JSON and event id (of a risk its threshold);
    /// firing or resolved, without `replaces`.
    public mutating func standingNotices(symbols: borrowing SymbolTable) -> [Notice] {
        let alerts = standingAlerts(symbols: symbols)
        guard let aftermath = Aftermath(rulebook: rulebook) else {
            return NoticeOrder(rulebook: rulebook).sorted(alerts.map { .alert($0) })
        }
        let notices = aftermath.standing(alerts, at: network.now)
        finalAftermath = aftermath
        return notices
    }

    /// What stands, and all lines of statistics that are followed, in order of onset or cut-off; at one instant the lines first.
    public mutating func standingMessages(symbols: borrowing SymbolTable) -> [Message] {
        var messages: [Message] = []
        var lines = standingStatistics()[...]
        for notice in standingNotices(symbols: symbols) {
            while let line = lines.first, line.cutOff <= notice.onset {
                messages.append(.statistic(line))
                lines.removeFirst()
            }
            messages.append(.notice(notice))
        }
        return messages + lines.map { .statistic($0) }
    }

    /// All lines of statistics that are followed, by cut-off, name, group as JSON, and window as written.
    public func standingStatistics() -> [Statistic] { network.statistics?.standing(through: network.now) ?? [] }

    /// What a monitor's report says at the last cut-off of each statistic up to an instant, or to stream time.
    ///
    /// - Parameter windows: how many windows back each line shows the values of.
    public func statisticReports(through instant: Instant?, windows: Int) -> [StatisticReport] {
        let end = min(instant ?? network.now, network.now)
        return network.statistics?.reports(through: end, windows: windows) ?? []
    }

    /// The alerts of rules that stand and are not held back: see `standingNotices`.
    public mutating func standing(symbols: borrowing SymbolTable) -> [Alert] {
        standingNotices(symbols: symbols).compactMap(\.alert)
    }

    /// The alerts of rules that stand, held back or not, in no particular order.
    private mutating func standingAlerts(symbols: borrowing SymbolTable) -> [Alert] {
        var result: [Alert] = []
        forEachDetection(in: table.rows, symbols: symbols) { result += $0.standing(row: $1, symbols: symbols) }
        for consumer in plan.consumers {
            if case .detection(let alerter) = consumer { result += alerter.standing(symbols: symbols) }
        }
        for correlator in network.correlators { result += correlator.standing(symbols: symbols) }
        return result
    }

    /// What became of the input so far.
    public mutating func summary(symbols: borrowing SymbolTable) -> Summary {
        var summary = counts
        summary.alertsByLevel = network.outbox.standing
        if network.aftermath == nil, finalAftermath == nil, !rulebook.risks.isEmpty || rulebook.holdsBack {
            _ = standingNotices(symbols: symbols)
        }
        if let aftermath = network.aftermath ?? finalAftermath {
            aftermath.summarize(into: &summary, rulebook: rulebook)
        }
        summary.alertsByLevel = summary.alertsByLevel.filter { $0.value > 0 }
        network.statistics?.summarize(into: &summary)
        for rule in rulebook.rules.indices {
            for reason in Summary.Skip.allCases {
                guard let count = network.skipped[rule][reason], count > 0 else { continue }
                summary.skipped.append(Summary.Skipped(rule: rule, reason: reason, count: count))
            }
        }
        for correlator in network.correlators { summary.undecided += correlator.undecided(symbols: symbols) }
        summary.undecided.sort { left, right in
            if left.due != right.due { return left.due < right.due }
            if left.rule != right.rule { return left.rule < right.rule }
            return AlertIdentity.text(of: left.group).precedesByCodePoint(AlertIdentity.text(of: right.group))
        }
        var names: [String: Int] = [:]
        for (index, count) in nameCounts.enumerated() where index > 0 && count > 0 {
            let symbol = Symbol(rawValue: Int32(index))
            for name in plan.judge.unresolvedNames(in: symbol, symbols: symbols) {
                names[name, default: 0] += Int(count)
            }
        }
        summary.unresolvedNames = names.map { Summary.UnresolvedName(name: $0, count: $1) }.sorted {
            $0.count != $1.count ? $0.count > $1.count : $0.name.precedesByCodePoint($1.name)
        }
        summary.actWarnings = plan.judge.actWarnings()
        summary.unmetStatements = plan.claims.unmet { id in
            table.latest(ofID: id).map { table.state($0) == .inForce || table.state($0) == .pending } ?? false
        }
        return summary
    }
}
