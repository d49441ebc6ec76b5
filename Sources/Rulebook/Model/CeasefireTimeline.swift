import Events

/// How things stand with a ceasefire at an instant.
public enum CeasefirePhase: String, Sendable {
    /// It has never been in force.
    case before
    /// It holds.
    case inForce = "in_force"
    /// It is interrupted; its end runs on.
    case suspended
    /// It has ended.
    case after
}

/// A stretch of time, up to the next one, in which nothing changes about a ceasefire.
public struct PhaseSpan: Hashable, Sendable {
    /// When it begins; the first one begins at `Instant.distantPast`.
    public var start: Instant
    /// The phase.
    public var phase: CeasefirePhase
    /// When the ceasefire took effect, the last time it was declared; nil before.
    public var effective: Instant?
    /// When it last ended; nil if it never has.
    public var ended: Instant?
    /// The end that stands while it is in force or suspended; nil if none does.
    public var until: Instant?
}

/// An act about one ceasefire, of the rule book or of the stream.
public struct DatedAct: Hashable, Sendable {
    /// When it took place.
    public var at: Instant
    /// What it did.
    public var act: CeasefireAct
    /// The new end.
    public var until: Instant?

    /// Creates an act.
    public init(at: Instant, act: CeasefireAct, until: Instant?) {
        self.at = at
        self.act = act
        self.until = until
    }

    /// The order in which acts apply: by time; at one instant by what they do; of several declarations, and of several
    /// extensions, the one with the latest end (none given is the latest) comes last, as it holds.
    public static func applies(_ left: DatedAct, before right: DatedAct) -> Bool {
        if left.at != right.at { return left.at < right.at }
        if left.act != right.act { return left.act.order < right.act.order }
        return (left.until ?? .distantFuture) < (right.until ?? .distantFuture)
    }
}

/// What became of a ceasefire over time: a function of its document, and of the acts that became known otherwise.
public struct CeasefireTimeline: Sendable {
    /// An act that did not fit, and why.
    public struct Refusal: Hashable, Sendable {
        /// The act.
        public var act: DatedAct
        /// Why it has no effect, as the end of a sentence.
        public var reason: String
    }

    /// The spans in order of time.
    public private(set) var spans: [PhaseSpan]
    /// The acts without effect, in the order of applying.
    public private(set) var refusals: [Refusal] = []

    private var now: PhaseSpan

    /// Follows a ceasefire through acts: those of the rule book, whose `effective` and `until` are a declaration like any
    /// other, and those of the stream. The same act said twice is one.
    public init(_ ceasefire: Ceasefire, streamActs: [DatedAct]) {
        now = PhaseSpan(start: .distantPast, phase: .before)
        spans = [now]
        var acts = ceasefire.acts.map { DatedAct(at: $0.at, act: $0.act, until: $0.until) } + streamActs
        if let effective = ceasefire.effective {
            acts.append(DatedAct(at: effective, act: .declared, until: ceasefire.until))
        }
        var next = acts.sorted(by: DatedAct.applies).withoutRepetition()[...]
        while let instant = next.first?.at {
            let due = next.prefix { $0.at == instant }
            next = next.dropFirst(due.count)
            lapse(before: instant, due: due)
            now.start = instant
            for act in due { apply(act) }
            record()
        }
        lapse(before: .distantFuture, due: [])
    }

    /// The index of the span that an instant lies in.
    public func index(at instant: Instant) -> Int {
        var (low, high) = (0, spans.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if spans[middle].start <= instant { low = middle } else { high = middle }
        }
        return low
    }

    /// The span that an instant lies in.
    public func span(at instant: Instant) -> PhaseSpan { spans[index(at: instant)] }

    /// When a ceasefire that is not in force at an instant next is; nil if never.
    public func nextInForce(after instant: Instant) -> Instant? {
        spans[(index(at: instant) + 1)...].first { $0.phase == .inForce }?.start
    }

    // MARK: - Following the acts

    private var isAlive: Bool { now.phase == .inForce || now.phase == .suspended }

    /// Lets the ceasefire end where its time is up by an instant and none of the acts due then extends it.
    private mutating func lapse(before instant: Instant, due: ArraySlice<DatedAct>) {
        guard isAlive, let until = now.until, until <= instant else { return }
        let isExtended = due.contains { $0.act == .extended && ($0.until ?? .distantFuture) > instant }
        if until == instant, isExtended { return }
        now.start = until
        end()
        record()
    }

    private mutating func apply(_ act: DatedAct) {
        if let reason = objection(to: act) { return refusals.append(Refusal(act: act, reason: reason)) }
        switch act.act {
        case .declared: declare(until: act.until)
        case .extended:
            if !isAlive { now.phase = .inForce }
            now.until = act.until
        case .resumed: now.phase = .inForce
        case .suspended: now.phase = .suspended
        case .ended: end()
        }
    }

    /// Why an act does not fit; nil if it does.
    private func objection(to act: DatedAct) -> String? {
        if act.act == .declared || act.act == .extended, let until = act.until, until <= act.at {
            return "the end it names is not later than itself"
        }
        let fits =
            switch act.act {
            // Of several declarations of one instant the last holds.
            case .declared: !isAlive || now.effective == act.at
            case .extended: now.phase != .before
            case .resumed: now.phase == .suspended
            case .suspended: now.phase == .inForce
            // Where it has ended at that very instant, the act only confirms it.
            case .ended: isAlive || now.ended == act.at
            }
        if fits { return nil }
        switch now.phase {
        case .before: return "the ceasefire was not yet in force"
        case .inForce: return "the ceasefire was in force"
        case .suspended: return "the ceasefire was suspended"
        case .after: return "the ceasefire had ended"
        }
    }

    /// Puts the ceasefire in force, indefinitely where the declaration names no end.
    private mutating func declare(until: Instant?) {
        now.until = until
        now.phase = .inForce
        now.effective = now.start
    }

    private mutating func end() {
        now.phase = .after
        now.ended = now.start
    }

    private mutating func record() {
        var span = now
        if !isAlive { span.until = nil }
        if spans[spans.count - 1].start == span.start { spans.removeLast() }
        if let last = spans.last {
            var same = span
            same.start = last.start
            if same == last { return }
        }
        spans.append(span)
    }
}

extension CeasefireAct {
    /// The place in the order in which acts of one instant apply.
    fileprivate var order: Int {
        switch self {
        case .declared: 0
        case .extended: 1
        case .resumed: 2
        case .suspended: 3
        case .ended: 4
        }
    }
}

extension Array where Element: Equatable {
    /// The elements without those that equal the one before them.
    fileprivate func withoutRepetition() -> [Element] {
        var result: [Element] = []
        for element in self where result.last != element { result.append(element) }
        return result
    }
}
