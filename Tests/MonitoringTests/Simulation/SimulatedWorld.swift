import Events
import Rulebook

/// All that decides a run of the whole program: who fights whom, what holds and what is asked, the reports in an order of
/// arrival, and what disturbs the run.
struct SimulatedWorld {
    var world: TwinWorld
    var troubles: SimulatedTroubles
    var horizon = Timespan.unlimited
    /// Decides how the reports are written, cut and interrupted.
    var scriptSeed: UInt64

    /// The world of a number under a seed.
    init(seed: UInt64, number: Int) {
        var random = SplitMix64(seed: ~(seed &* 3) &+ UInt64(number) &* 0x1000_0000_01b3)
        troubles = SimulatedTroubles(&random)
        scriptSeed = random.next()
        world = TwinWorld(seed: seed, number: number)
        // An input without an end is complete up to no instant, and a ledger keeps no lines of statistics.
        world.until = nil
        world.rulebook.statistics = []
        world.rulebook.becomeWritable()
        if troubles.contains(.lateness) { world.lateness = random.pick([6, 36, 36, 10_000].map(TwinBooks.hours)) }
        // Statements and acts reach back as far as they like, and of several reporters the slowest tells how late it is.
        if !world.rulebook.actors.isEmpty || troubles.contains([.reporters, .lateness]) { troubles.remove(.horizon) }
        if troubles.contains(.horizon) {
            horizon = TwinBooks.hours(Double(12 * random.number(1...12)))
            troubles.remove(.reloads)
        }
        if !troubles.contains(.aftermath) {
            world.rulebook.risks = []
            world.rulebook.silences = []
            world.rulebook.inhibitions = []
        }
        // Most faults show in small worlds, and many of those can be tried.
        let incidents = random.chance(10) ? 25 : random.number(3...10)
        world.records = world.records.filter { Int($0.id.dropFirst()) ?? 0 < incidents }
        leaveOut()
        world.records = world.records.map { SimulatedRecord.written($0, asRows: troubles.contains(.rows)) }
    }

    /// Leaves out the kinds of report that are switched off.
    private mutating func leaveOut() {
        if !troubles.contains(.withdrawals) { world.records.removeAll(where: \.withdrawn) }
        if !troubles.contains(.corrections) {
            var first: [String: TwinEvent] = [:]
            world.records = world.records.filter { record in
                if let known = first[record.id] { return known == record }
                first[record.id] = record
                return true
            }
        }
        if !troubles.contains(.duplicates) {
            var seen: Set<TwinEvent> = []
            world.records = world.records.filter { seen.insert($0).inserted }
        }
        if !troubles.contains(.disorder) {
            let inOrder = world.records.enumerated().sorted {
                ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
            }
            world.records = inOrder.map(\.element)
        }
    }

    /// The zone whose clocks the run goes by.
    var zone: TimeZoneRules {
        TimeZoneRules(name: "drawn", fixedOffset: Int(world.clockOffset.milliseconds / 1000))
    }

    /// The rule book of a number: 0 is the world's own, others have other thresholds, lengths and options.
    func rulebook(_ variant: Int) -> Rulebook {
        guard variant > 0 else { return world.rulebook }
        var random = SplitMix64(seed: scriptSeed &+ UInt64(variant))
        var book = world.rulebook
        for index in book.rules.indices where random.chance(50) { change(&book.rules[index], &random) }
        return book
    }

    private func change(_ rule: inout Rule, _ random: inout SplitMix64) {
        if random.chance(30) { rule.options.limit += 1 }
        switch random.number(0...3) {
        case 0: rule.options.cooldown = TwinBooks.hours(Double(6 * random.number(0...6)))
        case 1: rule.level = random.pick([.informational, .low, .critical])
        case 2: rule.title += " (changed)"
        default:
            guard var correlation = rule.correlation else { return }
            if correlation.timespan < .unlimited {
                correlation.timespan = TwinBooks.hours(Double(6 * random.number(1...9)))
            }
            rule.body = .correlation(correlation)
        }
    }
}

extension Rulebook {
    /// Leaves out what is drawn for the engine alone and cannot be written in a rule book.
    fileprivate mutating func becomeWritable() {
        for index in rules.indices { rules[index].becomeWritable() }
        for index in silences.indices {
            if let from = silences[index].from, let until = silences[index].until, until <= from {
                silences[index].until = nil
            }
        }
        for index in ceasefires.indices {
            var known: Set<Int> = []
            for party in ceasefires[index].parties.indices {
                ceasefires[index].parties[party].actors.removeAll { !known.insert($0).inserted }
            }
            ceasefires[index].parties.removeAll(where: \.actors.isEmpty)
        }
    }
}

extension Rule {
    fileprivate mutating func becomeWritable() {
        guard var changed = correlation else { return }
        // A mapping has each comparison once.
        var known: Set<Comparison> = []
        changed.condition.terms.removeAll { !known.insert($0.comparison).inserted }
        if case .temporal = changed.pattern, changed.condition.terms.isEmpty {
            // Without a condition it asks for every rule.
            changed.condition.terms = [.init(.greaterOrEqual, Double(changed.rules.count))]
        }
        if case .share(var share) = changed.pattern {
            // Every rule is of the part or of the whole, those of the part first.
            let part = min(max(1, share.of.count), changed.rules.count)
            let all = Set(changed.rules.indices)
            share.among = share.among.intersection(all).union(all.subtracting(0..<part))
            if share.among.isEmpty { share.among = [0] }
            share.of = Set(0..<part)
            changed.pattern = .share(share)
        }
        body = .correlation(changed)
    }
}
