import Events
import Rulebook

/// Gives an event the fields that follow from the registry and the ceasefires (sections 3 and 4).
struct TwinJudge {
    /// The verdicts, the strongest first: the order of the table.
    static let verdicts = [
        "confirmed", "disputed", "alleged", "clash", "unattributed", "unresolved", "spoiler",
    ]

    /// A verdict on one pair of candidates.
    private struct Breach: Equatable {
        var verdict: String
        var side: String?
        var against: String?
    }

    /// What one ceasefire says of an event.
    private struct Finding {
        var ceasefire: Ceasefire
        var stretch: TwinTruceHistory.Stretch
        var next: Instant
        var overlap: String?
        var breach: Breach?

        /// In force, suspended, the most recently ended, the next to come; then by breach; then the later effective.
        var rank: [Int64] {
            let place = breach.flatMap { TwinJudge.verdicts.firstIndex(of: $0.verdict) } ?? TwinJudge.verdicts.count
            let effective = stretch.effective ?? ceasefire.effective ?? .distantPast
            return switch stretch.phase {
            case .inForce: [0, 0, Int64(place), -effective.milliseconds]
            case .suspended: [1, 0, Int64(place), -effective.milliseconds]
            case .after: [2, -(stretch.ended?.milliseconds ?? 0), Int64(place), -effective.milliseconds]
            case .before: [3, next.milliseconds, Int64(place), -effective.milliseconds]
            }
        }
    }

    let rulebook: Rulebook
    let actors: TwinActors
    let histories: [TwinTruceHistory]

    /// Takes all events in force, for the acts among them.
    init(rulebook: Rulebook, events: [TwinEvent]) {
        self.rulebook = rulebook
        actors = TwinActors(rulebook: rulebook)
        histories = rulebook.ceasefires.map { ceasefire in
            let acts = events.filter { $0.fields["ceasefire"] == .text(ceasefire.id) }.compactMap { event in
                TwinJudge.act(of: event.fields).map {
                    TwinTruceHistory.Act(at: event.time, act: $0, until: event.until)
                }
            }
            return TwinTruceHistory(ceasefire: ceasefire, streamActs: acts)
        }
    }

    /// The event's own fields and the derived ones.
    func fields(of event: TwinEvent) -> [String: Value] {
        var fields = event.fields
        fields["id"] = .text(event.id)
        for role in ["initiator", "target", "by"] {
            let derived = actors.derivedFields(role: role, of: fields[role] ?? .absent, at: event.time)
            fields.merge(derived) { $1 }
        }
        if let finding = findings(on: event, fields).min(by: precedes) {
            write(finding, at: event.time, into: &fields)
        } else {
            // Without an act, or with one about no ceasefire that is known, an input value counts for nothing.
            fields["ceasefire"] = nil
        }
        return fields.filter { $0.value != .absent }
    }

    private static func act(of fields: [String: Value]) -> CeasefireAct? {
        fields["ceasefire_act"]?.twinText.flatMap { CeasefireAct(rawValue: $0.lowercased()) }
    }

    private func write(_ finding: Finding, at time: Instant, into fields: inout [String: Value]) {
        let day: Int64 = 86_400_000
        fields["ceasefire"] = .text(finding.ceasefire.id)
        fields["ceasefire.phase"] = .text(finding.stretch.phase.rawValue)
        fields["ceasefire.overlap"] = finding.overlap.map(Value.text)
        if let effective = finding.stretch.effective {
            fields["ceasefire.day"] = .number(Double((time - effective).milliseconds / day))
        }
        if finding.stretch.phase == .after, let ended = finding.stretch.ended {
            fields["ceasefire.days_after"] = .number(Double((time - ended).milliseconds / day))
        }
        fields["breach"] = finding.breach.map { .text($0.verdict) }
        fields["breach.side"] = finding.breach?.side.map(Value.text)
        fields["breach.against"] = finding.breach?.against.map(Value.text)
    }

    private func precedes(_ left: Finding, _ right: Finding) -> Bool {
        if left.rank != right.rank { return left.rank.lexicographicallyPrecedes(right.rank) }
        return left.ceasefire.id.precedesByCodePoint(right.ceasefire.id)
    }

    /// What the ceasefires say on which an event bears: an act bears on the one it names; one that names none that is known
    /// is an ordinary event.
    private func findings(on event: TwinEvent, _ fields: [String: Value]) -> [Finding] {
        let isAct = TwinJudge.act(of: fields) != nil
        let named = isAct ? rulebook.ceasefires.firstIndex { .text($0.id) == fields["ceasefire"] } : nil
        return rulebook.ceasefires.indices.compactMap { index in
            let ceasefire = rulebook.ceasefires[index]
            let bears = named.map { $0 == index } ?? self.bears(event, fields, on: ceasefire)
            guard bears else { return nil }
            let stretch = histories[index].stretch(at: event.time)
            let judged = stretch.phase == .inForce && named == nil && isProhibited(fields, by: ceasefire)
            return Finding(
                ceasefire: ceasefire, stretch: stretch, next: histories[index].nextEffective(after: event.time),
                overlap: histories[index].overlap(from: event.time, to: event.timeEnd),
                breach: judged ? breach(event, fields, of: ceasefire) : nil)
        }
    }

    private func bears(_ event: TwinEvent, _ fields: [String: Value], on ceasefire: Ceasefire) -> Bool {
        if let area = ceasefire.area, !TwinMatching.isMet(area, by: fields) { return false }
        let initiators = actors.candidates(of: fields["initiator"] ?? .absent)
        let targets = actors.candidates(of: fields["target"] ?? .absent)
        return (initiators + targets).contains { side(of: $0, in: ceasefire, at: event.time) != nil }
            || targets.contains { isUnknown($0) || (isCivilian($0) && ceasefire.protectsCivilians) }
    }

    private func isProhibited(_ fields: [String: Value], by ceasefire: Ceasefire) -> Bool {
        if fields["claim"] != nil { return false }
        if let prohibited = ceasefire.prohibits { return TwinMatching.isMet(prohibited, by: fields) }
        let named = ["initiator", "target"].flatMap { actors.candidates(of: fields[$0] ?? .absent) }
        return named.contains { $0 != .unknown }
    }

    /// The weakest verdict of all pairs of candidates, with a side only where all agree; none where a pair has none.
    private func breach(_ event: TwinEvent, _ fields: [String: Value], of ceasefire: Ceasefire) -> Breach? {
        var breaches: [Breach] = []
        for initiator in actors.candidates(of: fields["initiator"] ?? .absent) {
            for target in actors.candidates(of: fields["target"] ?? .absent) {
                guard let one = breach(by: initiator, against: target, event, fields, of: ceasefire) else { return nil }
                breaches.append(one)
            }
        }
        let places = breaches.compactMap { TwinJudge.verdicts.firstIndex(of: $0.verdict) }
        guard let weakest = places.max() else { return nil }
        let sides = Set(breaches.map(\.side))
        let against = Set(breaches.map(\.against))
        return Breach(
            verdict: TwinJudge.verdicts[weakest], side: sides.count == 1 ? breaches[0].side : nil,
            against: against.count == 1 ? breaches[0].against : nil)
    }

    private func breach(
        by initiator: TwinActors.Candidate, against target: TwinActors.Candidate, _ event: TwinEvent,
        _ fields: [String: Value], of ceasefire: Ceasefire
    ) -> Breach? {
        let side = side(of: initiator, in: ceasefire, at: event.time)
        let targetSide = self.side(of: target, in: ceasefire, at: event.time)
        if fields["mutual"] == .boolean(true) {
            guard let side, let targetSide, side != targetSide, ceasefire.protectsParties else { return nil }
            return Breach(verdict: "clash")
        }
        if side != nil, side == targetSide { return nil }
        let against: String?
        if let targetSide, ceasefire.protectsParties {
            against = targetSide
        } else if isCivilian(target) {
            guard ceasefire.protectsCivilians else { return nil }
            against = "civilians"
        } else {
            guard isUnknown(target) else { return nil }
            against = nil
        }
        if let side { return Breach(verdict: verdict(of: fields["attribution"]), side: side, against: against) }
        switch initiator {
        case .unknown: return Breach(verdict: "unattributed", against: against)
        case .unresolved: return Breach(verdict: "unresolved", against: against)
        case .actor(let index):
            return rulebook.actors[index].kind.isArmed ? Breach(verdict: "spoiler", against: against) : nil
        }
    }

    private func verdict(of attribution: Value?) -> String {
        switch attribution?.twinText {
        case "confirmed", "claimed": "confirmed"
        case "disputed", "denied": "disputed"
        default: "alleged"
        }
    }

    /// Absent, unidentified, or (against a ceasefire) in no registry.
    private func isUnknown(_ candidate: TwinActors.Candidate) -> Bool {
        candidate == .unknown || candidate == .unresolved
    }

    private func isCivilian(_ candidate: TwinActors.Candidate) -> Bool {
        if case .actor(let index) = candidate { rulebook.actors[index].kind == .civilians } else { false }
    }

    /// The side of the actor, or else that of the nearest group it then belongs to; the first side listed of two.
    private func side(of candidate: TwinActors.Candidate, in ceasefire: Ceasefire, at time: Instant) -> String? {
        guard case .actor(let index) = candidate else { return nil }
        return actors.lineage(of: index, at: time).compactMap { member in
            ceasefire.parties.first { $0.actors.contains(member) }?.side
        }.first
    }
}
