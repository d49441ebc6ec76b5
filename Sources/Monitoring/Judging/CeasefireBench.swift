import Events
import Rulebook

/// What decides how an event is judged, its exact time apart: equal cases are judged alike.
struct JudgedCase: Hashable {
    /// The standing of the initiator and that of the target.
    var initiator, target: Int32
    /// The symbol of the attribution.
    var attribution: Int32
    /// Whether it is a clash of which it is not recorded who began.
    var isMutual: Bool
    /// Whether it is a statement.
    var isStatement: Bool
    /// For an act, the ceasefire it names; -1 for any other event.
    var act: Int32
    /// Between which two changes of any ceasefire's phase it lies.
    var moment: Int32
    /// Which areas and prohibitions it meets.
    var outcome: UInt64
}

/// What is said of all events of one case.
struct Judgement {
    /// The ceasefire, by index.
    var ceasefire: Int
    /// The span of its timeline that the event begins in.
    var span: PhaseSpan
    /// The breach, if it is one.
    var verdict: Verdict?
}

/// Judges cases by the ceasefires of a rule book and what became of them so far.
struct CeasefireBench {
    /// The ceasefires.
    let ceasefires: [Ceasefire]
    /// What became of each.
    private(set) var timelines: [CeasefireTimeline]
    private let tables: [BreachTable]
    private let registry: ActorRegistry
    private var streamActs: [[DatedAct: Int]]
    // When the phase of some ceasefire changes, in order.
    private var changes: [Instant] = []
    private var moment = 0
    private var momentStart = Instant.distantFuture
    private var momentEnd = Instant.distantPast

    /// Creates a bench that knows the acts of the rule book.
    init(_ rulebook: Rulebook, registry: ActorRegistry) {
        ceasefires = rulebook.ceasefires
        self.registry = registry
        tables = ceasefires.map { BreachTable($0, actors: rulebook.actors) }
        timelines = ceasefires.map { CeasefireTimeline($0, streamActs: []) }
        streamActs = [[DatedAct: Int]](repeating: [:], count: ceasefires.count)
        collectChanges()
    }

    /// Adds an act of the stream (1) or takes one out (-1).
    mutating func count(_ act: StreamAct, by change: Int) {
        let dated = DatedAct(at: act.at, act: act.act, until: act.until)
        let count = streamActs[act.ceasefire][dated, default: 0] + change
        streamActs[act.ceasefire][dated] = count == 0 ? nil : count
        let acts = Array(streamActs[act.ceasefire].keys)
        timelines[act.ceasefire] = CeasefireTimeline(ceasefires[act.ceasefire], streamActs: acts)
        collectChanges()
    }

    /// The number of the stretch between two changes of phases that an instant lies in.
    @inline(__always)
    mutating func moment(at instant: Instant) -> Int32 {
        if instant < momentStart || instant >= momentEnd { seek(instant) }
        return Int32(moment)
    }

    /// Judges a case; nil if it bears on no ceasefire.
    ///
    /// - Parameters:
    ///   - instant: any instant of the case's moment.
    ///   - terms: by ceasefire, whether it lies in its area and is among what it prohibits.
    func judge(
        _ judged: JudgedCase, at instant: Instant, standings: borrowing Standings, attribution: AttributionClass,
        terms: [CeasefireTerms.Outcome]
    ) -> Judgement? {
        if judged.act >= 0 {
            let named = Int(judged.act)
            return Judgement(ceasefire: named, span: timelines[named].span(at: instant))
        }
        let (initiator, target) = (standings.all[Int(judged.initiator)], standings.all[Int(judged.target)])
        let namesSomebody = !initiator.isUnknown || !target.isUnknown
        var best: Judgement?
        for index in ceasefires.indices {
            guard terms[index].isInArea, tables[index].bears(initiator: initiator, target: target) else { continue }
            var next = Judgement(ceasefire: index, span: timelines[index].span(at: instant))
            let canBreach = next.span.phase == .inForce && !judged.isStatement
            if canBreach, terms[index].isProhibited ?? namesSomebody {
                next.verdict = tables[index].verdict(
                    initiator: initiator, target: target, isMutual: judged.isMutual, attribution: attribution)
            }
            if best.map({ precedes(next, $0, at: instant) }) ?? true { best = next }
        }
        return best
    }

    /// The sentence that says why an event is a breach.
    func reason(
        _ judgement: Judgement, of judged: JudgedCase, day: Int, standings: borrowing Standings, attribution: String
    ) -> String? {
        guard let verdict = judgement.verdict else { return nil }
        let index = judgement.ceasefire
        return BreachReason(ceasefire: ceasefires[index], table: tables[index], actors: registry.actors).sentence(
            verdict, initiator: standings.all[Int(judged.initiator)], target: standings.all[Int(judged.target)],
            day: day, attribution: attribution)
    }

    /// The acts that did not fit, as sentences, by time, then ceasefire.
    func warnings() -> [String] {
        var all: [(refusal: CeasefireTimeline.Refusal, id: String)] = []
        for (index, timeline) in timelines.enumerated() {
            all += timeline.refusals.map { ($0, ceasefires[index].id) }
        }
        all.sort { left, right in
            if left.refusal.act.at != right.refusal.act.at { return left.refusal.act.at < right.refusal.act.at }
            if left.id != right.id { return left.id.utf8.lexicographicallyPrecedes(right.id.utf8) }
            return DatedAct.applies(left.refusal.act, before: right.refusal.act)
        }
        return all.map { refusal, id in
            "The act '\(refusal.act.act.rawValue)' of ceasefire '\(id)' at \(InstantText.utc(refusal.act.at)) "
                + "has no effect: \(refusal.reason)."
        }
    }

    // MARK: - Choosing among several

    /// Whether a judgement is to be preferred to another of the same event.
    private func precedes(_ left: Judgement, _ right: Judgement, at instant: Instant) -> Bool {
        let ranks = (CeasefireBench.rank(left.span.phase), CeasefireBench.rank(right.span.phase))
        if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
        let nearness = (distance(left, at: instant), distance(right, at: instant))
        if nearness.0 != nearness.1 { return nearness.0 < nearness.1 }
        let strength = (left.verdict?.breach.rank ?? .max, right.verdict?.breach.rank ?? .max)
        if strength.0 != strength.1 { return strength.0 < strength.1 }
        let effective = (effective(left), effective(right))
        if effective.0 != effective.1 { return effective.0 > effective.1 }
        return ceasefires[left.ceasefire].id.utf8.lexicographicallyPrecedes(ceasefires[right.ceasefire].id.utf8)
    }

    private static func rank(_ phase: CeasefirePhase) -> Int {
        switch phase {
        case .inForce: 0
        case .suspended: 1
        case .after: 2
        case .before: 3
        }
    }

    /// How far off the end of an ended ceasefire or the beginning of one to come is, in an order that is the same all through
    /// a moment; 0 for the others.
    private func distance(_ judgement: Judgement, at instant: Instant) -> Int64 {
        switch judgement.span.phase {
        case .inForce, .suspended: return 0
        case .after: return -(judgement.span.ended ?? .distantPast).milliseconds
        case .before:
            let next = timelines[judgement.ceasefire].nextInForce(after: instant)
            return (next ?? .distantFuture).milliseconds
        }
    }

    /// When a ceasefire took effect; for one to come, what the rule book says.
    private func effective(_ judgement: Judgement) -> Instant {
        judgement.span.effective ?? ceasefires[judgement.ceasefire].effective ?? .distantPast
    }

    // MARK: - Moments

    private mutating func collectChanges() {
        changes = Set(timelines.flatMap { $0.spans.dropFirst().map(\.start) }).sorted()
        momentStart = .distantFuture
        momentEnd = .distantPast
    }

    private mutating func seek(_ instant: Instant) {
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle] <= instant { low = middle + 1 } else { high = middle }
        }
        moment = low
        momentStart = low == 0 ? Instant(milliseconds: .min) : changes[low - 1]
        momentEnd = low == changes.count ? Instant(milliseconds: .max) : changes[low]
    }
}
