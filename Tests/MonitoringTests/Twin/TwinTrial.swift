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
        var monitor = Monitor(rulebook: world.rulebook, options: options)
        var symbols = SymbolTable()
        var random = SplitMix64(seed: world.batchSeed)
        let batches = TwinBatches.batches(
            of: world.records, schema: monitor.schema, symbols: &symbols, &random)
        let twin = Twin(rulebook: world.rulebook)
        var fold = TwinFold()
        var found: [String] = []
        var arrived = 0
        for batch in batches {
            monitor.receive(
                batch, symbols: &symbols, emit: { fold.take($0) }, refuse: { found.append("refused \($0)") })
            arrived += batch.count
            guard watchesOnTheWay, found.isEmpty, batches.count < 12 || arrived % 5 == 0 else { continue }
            let known = Array(world.records.prefix(arrived))
            let expected = twin.standingAlerts(events: known, lateness: world.lateness)
            let emitted = inOrder(Array(fold.standing.values), world.rulebook)
            found += TwinComparison.differences(engine: emitted, twin: expected, in: world.rulebook).map {
                "after \(arrived) records, of what was emitted: \($0)"
            }
        }
        monitor.finish(until: world.until, symbols: &symbols) { fold.take($0) }
        let standing = monitor.standing(symbols: symbols)
        let expected = twin.standingAlerts(events: world.records, until: world.until)
        found += TwinComparison.differences(engine: standing, twin: expected, in: world.rulebook)
        found += fold.differences(from: standing, in: world.rulebook)
        return found + fold.contradictions
    }

    private static func inOrder(_ alerts: [Alert], _ book: Rulebook) -> [Alert] {
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
            // An act about an unknown ceasefire would be another question.
            if !world.records.contains(where: { $0.fields["ceasefire"] == .text(terms.id) }) {
                offer { $0.rulebook.ceasefires.remove(at: ceasefire) }
            }
            for act in terms.acts.indices { offer { $0.rulebook.ceasefires[ceasefire].acts.remove(at: act) } }
        }
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
        other.rules = other.rules.map { $0.referring(to: { $0 > rule ? $0 - 1 : $0 }) }
        return other
    }
}
