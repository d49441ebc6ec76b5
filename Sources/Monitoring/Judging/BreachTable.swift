import Events
import Rulebook

/// What an act under a ceasefire amounts to, from the strongest verdict to the weakest.
enum Breach: String, CaseIterable, Comparable, Sendable {
    case confirmed, disputed, alleged, clash, unattributed, unresolved, spoiler

    /// The place in the table: 0 is the strongest.
    var rank: Int {
        switch self {
        case .confirmed: 0
        case .disputed: 1
        case .alleged: 2
        case .clash: 3
        case .unattributed: 4
        case .unresolved: 5
        case .spoiler: 6
        }
    }

    /// A stronger verdict comes first.
    static func < (left: Breach, right: Breach) -> Bool { left.rank < right.rank }
}

/// How sure it is that the initiator did it, as far as the table asks.
enum AttributionClass: Hashable, Sendable {
    /// `confirmed` or `claimed`.
    case firm
    /// `disputed` or `denied`.
    case contested
    /// Anything else, absence included.
    case open

    /// The class of an attribution's text.
    init(_ text: String) {
        switch CaseFolding.fold(text) {
        case "confirmed", "claimed": self = .firm
        case "disputed", "denied": self = .contested
        default: self = .open
        }
    }

    /// What an act by a side is.
    var breach: Breach {
        switch self {
        case .firm: .confirmed
        case .contested: .disputed
        case .open: .alleged
        }
    }
}

/// A breach with its sides, and the readings of the names that it rests on.
struct Verdict: Hashable, Sendable {
    /// Against whom a breach is.
    enum Against: Hashable, Sendable {
        /// A side, by index into the ceasefire's parties.
        case side(Int)
        case civilians
    }

    /// What it is.
    var breach: Breach
    /// The initiator's side, by index into the ceasefire's parties.
    var side: Int?
    /// Whom it is against.
    var against: Against?
    /// The reading of the initiator and that of the target on which it rests: the weakest.
    var initiator = 0
    var target = 0
    /// How many readings of the two there were.
    var readings = 1
}

/// The table of breaches for one ceasefire.
struct BreachTable: Sendable {
    /// A target that counts; an unknown one is of no side.
    private struct Object {
        var against: Verdict.Against?
    }

    private let ceasefire: Ceasefire
    private let actors: [Actor]

    /// Creates the table of a ceasefire between actors.
    init(_ ceasefire: Ceasefire, actors: [Actor]) {
        self.ceasefire = ceasefire
        self.actors = actors
    }

    /// The side that an actor, known by its lineage, belongs to: its own before that of a group, the first listed where an
    /// actor is listed on two; nil if none.
    func side(of lineage: [Int]) -> (party: Int, through: Int)? {
        for actor in lineage {
            if let party = ceasefire.parties.firstIndex(where: { $0.actors.contains(actor) }) { return (party, actor) }
        }
        return nil
    }

    /// Whether an event between two names has to do with the ceasefire, its area apart.
    func bears(initiator: Standing, target: Standing) -> Bool {
        if initiator.readings.contains(where: { side(of: $0.lineage) != nil }) { return true }
        return target.readings.contains { reading in
            guard let actor = reading.lineage.first else { return true }
            if side(of: reading.lineage) != nil { return true }
            return actors[actor].kind == .civilians && ceasefire.protectsCivilians
        }
    }

    /// What a prohibited act between two names is: the weakest over all readings of them; nil if by some reading it is no
    /// breach.
    func verdict(
        initiator: Standing, target: Standing, isMutual: Bool, attribution: AttributionClass
    ) -> Verdict? {
        var result: Verdict?
        for (first, initiatorReading) in initiator.readings.enumerated() {
            for (second, targetReading) in target.readings.enumerated() {
                let single = verdict(initiatorReading, targetReading, isMutual: isMutual, attribution: attribution)
                guard var next = single else { return nil }
                next.initiator = first
                next.target = second
                result = result.map { BreachTable.weaker($0, next) } ?? next
            }
        }
        result?.readings = initiator.readings.count * target.readings.count
        return result
    }

    /// The weaker of two verdicts, with a side only where they agree on it.
    private static func weaker(_ left: Verdict, _ right: Verdict) -> Verdict {
        var result = left.breach >= right.breach ? left : right
        if left.side != right.side { result.side = nil }
        if left.against != right.against { result.against = nil }
        return result
    }

    private func verdict(
        _ initiator: Standing.Reading, _ target: Standing.Reading, isMutual: Bool, attribution: AttributionClass
    ) -> Verdict? {
        let own = side(of: initiator.lineage)?.party
        if isMutual { return clash(own, side(of: target.lineage)?.party) }
        guard let object = object(target, forSide: own) else { return nil }
        switch initiator.candidate.resolution {
        case .unknown: return Verdict(breach: .unattributed, against: object.against)
        case .unresolved: return Verdict(breach: .unresolved, against: object.against)
        case .actor(let actor):
            if let own { return Verdict(breach: attribution.breach, side: own, against: object.against) }
            return actors[actor].kind.isArmed ? Verdict(breach: .spoiler, against: object.against) : nil
        }
    }

    private func clash(_ left: Int?, _ right: Int?) -> Verdict? {
        guard ceasefire.protectsParties, let left, let right, left != right else { return nil }
        return Verdict(breach: .clash)
    }

    /// Whom an act against a target is against, if the target counts: a side, where sides are protected, before civilians. One
    /// of the initiator's own side, its civilians included, does not count.
    private func object(_ target: Standing.Reading, forSide own: Int?) -> Object? {
        guard let actor = target.lineage.first else { return Object(against: nil) }
        let side = side(of: target.lineage)?.party
        if let side, side == own { return nil }
        if ceasefire.protectsParties, let side { return Object(against: .side(side)) }
        if ceasefire.protectsCivilians, actors[actor].kind == .civilians { return Object(against: .civilians) }
        return nil
    }
}
