import Events
import Monitoring
import Rulebook

/// Runs the engine over a world and says where it departs from the twin.
enum TwinTrial {
    /// What is wrong, as sentences; empty if nothing is.
    ///
    /// - Parameter watchesOnTheWay: whether what was emitted is compared after every batch too, with the twin's view of
    ///   the records so far.
    static func faults(in world: TwinWorld, watchesOnTheWay: Bool) -> [String] {
        var options = Monitor.Options()
        options.lateness = world.lateness
        options.keepsStanding = true
        options.followsStatistics = true
        options.timeZone = TimeZoneRules(name: "drawn", fixedOffset: Int(world.clockOffset.milliseconds / 1000))
        var monitor = Monitor(rulebook: world.rulebook, options: options)
        var symbols = SymbolTable()
        var random = SplitMix64(seed: world.batchSeed)
        let batches = TwinBatches.batches(
            of: world.records, schema: monitor.schema, symbols: &symbols, &random)
        let twin = Twin(rulebook: world.rulebook, clockOffset: world.clockOffset)
        var fold = TwinFold()
        var lines = TwinStatisticFold()
        func take(_ message: Message) {
            switch message {
            case .notice(let notice): fold.take(notice)
            case .statistic(let line): lines.take(line)
            }
        }
        func lineFaults(_ records: [TwinEvent], until: Instant?, lateness: Timespan) -> [String] {
            let expected = TwinStatistics(
                rulebook: world.rulebook, records: records, until: until, lateness: lateness, offset: world.clockOffset)
            return TwinStatisticComparison.differences(
                engine: Array(lines.standing.values), twin: expected.lines, in: world.rulebook)
        }
        var found: [String] = []
        var arrived = 0
        for batch in batches {
            monitor.receive(
                batch, symbols: &symbols, tell: take, refuse: { found.append("refused \($0)") })
            arrived += batch.count
            guard watchesOnTheWay, found.isEmpty, batches.count < 12 || arrived % 5 == 0 else { continue }
            let known = Array(world.records.prefix(arrived))
            let expected = twin.standing(events: known, lateness: world.lateness)
            let emitted = inOrder(fold.standing.values.compactMap(\.alert), world.rulebook)
            let differences =
                TwinComparison.differences(engine: emitted, twin: expected.alerts, in: world.rulebook)
                + TwinRiskComparison.differences(
                    engine: fold.standing.values.compactMap(\.risk), twin: expected.risks, in: world.rulebook)
                + (arrived % 3 == 0 ? lineFaults(known, until: nil, lateness: world.lateness) : [])
            found += differences.map { "after \(arrived) records, of what was emitted: \($0)" }
        }
        monitor.conclude(until: world.until, symbols: &symbols, tell: take)
        let standing = monitor.standingNotices(symbols: symbols)
        let expected = twin.standing(events: world.records, until: world.until)
        found += TwinComparison.differences(
            engine: standing.compactMap(\.alert), twin: expected.alerts, in: world.rulebook)
        found += TwinRiskComparison.differences(
            engine: standing.compactMap(\.risk), twin: expected.risks, in: world.rulebook)
        found += countFaults(monitor.summary(symbols: symbols), told: standing, world)
        found += fold.differences(from: standing, in: world.rulebook)
        found += lineFaults(world.records, until: world.until, lateness: .zero)
        let final = monitor.standingStatistics()
        if final.sorted(by: { $0.id < $1.id }) != lines.plain {
            found.append("the lines told are not those that stand")
        }
        return found + fold.contradictions + lines.contradictions
    }

    /// The summary counts what is told, and with what is held back all that stands.
    private static func countFaults(_ summary: Summary, told: [Notice], _ world: TwinWorld) -> [String] {
        let counted = summary.alertsByLevel.values.reduce(0, +)
        if counted != told.count { return ["\(counted) alerts are counted, \(told.count) told"] }
        guard world.rulebook.risks.isEmpty else { return [] }
        let held = (summary.silenced + summary.inhibited).reduce(0, +)
        let all = Twin(rulebook: world.rulebook, clockOffset: world.clockOffset).standingAlerts(
            events: world.records, until: world.until
        ).count
        return counted + held == all ? [] : ["\(counted) alerts are told and \(held) held back, of \(all)"]
    }

    static func inOrder(_ alerts: [Alert], _ book: Rulebook) -> [Alert] {
        alerts.sorted { left, right in
            if left.onset != right.onset { return left.onset < right.onset }
            let keys = [left, right].map { alert in
                [book.rules[alert.rule].name, TwinText.group(alert.group), alert.events.first?.id ?? ""]
            }
            return keys[0].lexicographicallyPrecedes(keys[1]) { $0.precedesByCodePoint($1) }
        }
    }

    /// The smallest world to be had by leaving things out one at a time that still has a fault.
    static func shrunk(_ world: TwinWorld, where hasFault: (TwinWorld) -> Bool) -> TwinWorld {
        var smallest = world
        var hasShrunk = true
        while hasShrunk {
            hasShrunk = false
            for simpler in simplifications(of: smallest) where hasFault(simpler) {
                smallest = simpler
                hasShrunk = true
                break
            }
        }
        return smallest
    }

    private static func simplifications(of world: TwinWorld) -> [TwinWorld] {
        var simpler: [TwinWorld] = []
        func offer(_ change: (inout TwinWorld) -> Void) {
            var other = world
            change(&other)
            simpler.append(other)
        }
        for size in [world.records.count / 2, world.records.count / 4, 1] where size > 0 {
            for start in stride(from: 0, to: world.records.count, by: size) {
                offer { $0.records.removeSubrange(start..<min(start + size, $0.records.count)) }
            }
        }
        for rule in world.rulebook.rules.indices {
            if let without = world.rulebook.leavingOut(rule) { offer { $0.rulebook = without } }
            if world.rulebook.rules[rule].raisesAlerts {
                offer { $0.rulebook.rules[rule].raisesAlerts = false }
            }
            if world.rulebook.rules[rule].options != Rule.Options() {
                offer { $0.rulebook.rules[rule].options = Rule.Options() }
            }
        }
        for (ceasefire, terms) in world.rulebook.ceasefires.enumerated() {
            // An act about an unknown ceasefire would be another question, and rules may name one by its place.
            let isNamed =
                world.rulebook.statistics.contains { $0.ceasefire != nil }
                || world.rulebook.rules.contains { $0.correlation?.namesCeasefire ?? false }
            if !isNamed, !world.records.contains(where: { $0.fields["ceasefire"] == .text(terms.id) }) {
                offer { $0.rulebook.ceasefires.remove(at: ceasefire) }
            }
            for act in terms.acts.indices { offer { $0.rulebook.ceasefires[ceasefire].acts.remove(at: act) } }
        }
        for index in world.rulebook.silences.indices { offer { $0.rulebook.silences.remove(at: index) } }
        for index in world.rulebook.inhibitions.indices { offer { $0.rulebook.inhibitions.remove(at: index) } }
        for (index, risk) in world.rulebook.risks.enumerated() {
            offer { $0.rulebook.risks.remove(at: index) }
            for threshold in risk.thresholds.indices where risk.thresholds.count > 1 {
                offer { $0.rulebook.risks[index].thresholds.remove(at: threshold) }
            }
        }
        for (index, statistic) in world.rulebook.statistics.enumerated() {
            offer { $0.rulebook.statistics.remove(at: index) }
            for window in statistic.windows.indices where statistic.windows.count > 1 {
                offer { $0.rulebook.statistics[index].windows.remove(at: window) }
            }
        }
        if world.clockOffset != .zero { offer { $0.clockOffset = .zero } }
        if world.until != nil { offer { $0.until = nil } }
        if world.lateness != .zero { offer { $0.lateness = .zero } }
        for (index, record) in world.records.enumerated() {
            for field in record.fields.keys.sorted() { offer { $0.records[index].fields[field] = nil } }
            if record.reported != nil { offer { $0.records[index].reported = nil } }
        }
        return simpler
    }
}

extension Rulebook {
    /// Without a rule that no other refers to; nil if one does.
    fileprivate func leavingOut(_ rule: RuleReference) -> Rulebook? {
        guard !rules.contains(where: { $0.references.contains(rule) }) else { return nil }
        var other = self
        other.rules.remove(at: rule)
        for index in other.risks.indices { other.risks[index].points.remove(at: rule) }
        other.rules = other.rules.map { $0.referring(to: { $0 > rule ? $0 - 1 : $0 }) }
        return other
    }
}

extension Correlation {
    /// Whether it is about one of the ceasefires.
    fileprivate var namesCeasefire: Bool {
        switch pattern {
        case .deadline(let ceasefire): ceasefire != nil
        case .rateChange(let parameters): parameters.anchor?.ceasefire != nil
        default: false
        }
    }
}
