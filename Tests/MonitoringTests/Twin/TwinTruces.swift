import Events
import Rulebook

/// What became of one ceasefire, act by act (section 4).
struct TwinTruceHistory {
    enum Phase: String { case before, inForce = "in_force", suspended, after }

    /// An act of the rule book or the stream.
    struct Act {
        var at: Instant
        var act: CeasefireAct
        var until: Instant?
    }

    /// The state from an instant until that of the next stretch.
    struct Stretch {
        var from: Instant
        var phase: Phase
        /// The last declaration.
        var effective: Instant?
        /// The last end.
        var ended: Instant?
    }

    private(set) var stretches = [Stretch(from: .distantPast, phase: .before)]
    /// The end that stands; the distant future for none.
    private var until = Instant.distantFuture
    /// Which end stands from when on while it is in force or suspended, and that none does; the distant future for none.
    private(set) var ends: [(from: Instant, until: Instant)] = []

    init(ceasefire: Ceasefire, streamActs: [Act]) {
        var acts = ceasefire.acts.map { Act(at: $0.at, act: $0.act, until: $0.until) } + streamActs
        if let effective = ceasefire.effective {
            acts.append(Act(at: effective, act: .declared, until: ceasefire.until))
        }
        for instant in Set(acts.map(\.at)).sorted() {
            apply(acts.filter { $0.at == instant }, at: instant)
            ends.append((instant, isRunning ? until : .distantFuture))
        }
        expire(at: until)
    }

    /// The state at an instant.
    func stretch(at time: Instant) -> Stretch {
        stretches.last { $0.from <= time } ?? stretches[0]
    }

    /// When it next takes effect; the distant future if never.
    func nextEffective(after time: Instant) -> Instant {
        stretches.first { $0.from > time && $0.phase == .inForce }?.from ?? .distantFuture
    }

    /// How an interval lies in the time in force: `inside`, `straddles`, or nil for not at all.
    func overlap(from start: Instant, to end: Instant) -> String? {
        let states = [stretch(at: start)] + stretches.filter { start < $0.from && $0.from < end }
        if states.allSatisfy({ $0.phase == .inForce }) { return "inside" }
        return states.contains { $0.phase == .inForce } ? "straddles" : nil
    }

    private var current: Stretch { stretches[stretches.count - 1] }
    private var isRunning: Bool { current.phase == .inForce || current.phase == .suspended }

    private mutating func enter(_ phase: Phase, at instant: Instant) {
        var next = current
        next.from = instant
        next.phase = phase
        if phase == .after { next.ended = instant }
        // Of several states at one instant the last is the one that holds from then.
        if current.from == instant { stretches.removeLast() }
        stretches.append(next)
    }

    private mutating func expire(at instant: Instant) {
        guard isRunning, instant != .distantFuture else { return }
        enter(.after, at: instant)
        ends.append((instant, .distantFuture))
    }

    /// Where no more than a length of time is left of it, while it is in force or suspended.
    func endings(before length: Timespan) -> [TwinEpisode] {
        var found: [TwinEpisode] = []
        for (index, end) in ends.enumerated() where end.until != .distantFuture {
            let next = index + 1 < ends.count ? ends[index + 1].from : .distantFuture
            let episode = TwinEpisode(start: max(end.from, end.until - length), end: min(next, end.until))
            guard episode.start < episode.end else { continue }
            if let last = found.last, last.end == episode.start {
                found[found.count - 1].end = episode.end
            } else {
                found.append(episode)
            }
        }
        return found
    }

    private mutating func apply(_ acts: [Act], at instant: Instant) {
        // Of several the latest end holds, and none given is the latest; one not later than the act itself has no effect.
        func end(by kind: CeasefireAct) -> Instant? {
            acts.filter { $0.act == kind }.map { $0.until ?? .distantFuture }.filter { $0 > instant }.max()
        }
        let extended = end(by: .extended)
        if until < instant || (until == instant && extended == nil) { expire(at: until) }
        if let declared = end(by: .declared), !isRunning {
            enter(.inForce, at: instant)
            stretches[stretches.count - 1].effective = instant
            until = declared
        }
        if let extended, current.phase != .before {
            until = extended
            if current.phase == .after { enter(.inForce, at: instant) }
        }
        if acts.contains(where: { $0.act == .resumed }), current.phase == .suspended { enter(.inForce, at: instant) }
        if acts.contains(where: { $0.act == .suspended }), current.phase == .inForce { enter(.suspended, at: instant) }
        if acts.contains(where: { $0.act == .ended }), isRunning { enter(.after, at: instant) }
    }
}
