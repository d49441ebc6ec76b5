import Events
import Monitoring
import Rulebook

/// An independent evaluator of sections 1 to 8, without any cleverness: everything is computed from scratch, for every
/// group and every instant at which something may change, from the definitions. The fast engine is compared with it.
///
/// Left out: statistics, and the patterns of section 7 but `rate_change` and `absence`.
///
/// ## Reading of the specification
///
/// Where the text leaves room, this is what a literal reader takes it to mean:
///
///  1. Lineage: all groups that an actor belongs to at the time, through every membership that holds, not only the first
///     listed. An actor is of the side that lists it, else of that of the nearest group; of the first side listed, if two list
///     the same actor. The party follows the first membership listed.
///  2. A wildcard's length is the number of characters it is written with.
///  3. Of several candidates' breaches the weakest stands; a pair that is no breach is weaker than all, so it is none. The side
///     and `against` stay where all pairs agree on them.
///  4. A target in no registry counts as unknown also for the question whether the event bears on a ceasefire.
///  5. Without `prohibits`: an initiator or target named under `unidentified` is not named.
///  6. `effective` and `until` in the rule book are a declaration at that instant like any other. A declaration that fits sets
///     `effective` anew and the end that it brings (none is indefinite); an extension after the end leaves `effective` as it
///     is. Of several declarations, and of several extensions, at one instant the latest end holds. One to an instant not
///     later than the act has no effect.
///  7. `extended` fits in force, suspended and after, not before; its end replaces the one that stood, also by an earlier one.
///     At the instant of the end itself only an extension is in time; for every other act the ceasefire has ended (which
///     `ended` then confirms).
///  8. `next to come` is the ceasefire with the earliest next stretch in force among all acts known; one without comes last.
///  9. The later `effective`: the one that stands at the event's time.
/// 10. A detection's event that lacks one of two group fields is alerted in the group of the other alone.
/// 11. `absence` with `after`: every `after` event is taken; answers that are less exact than the timespan are left out.
/// 12. A peak is over all of `[onset, end)`, including gaps that `keep_firing_for` bridges. That of `rate_change` has
///     the ratio and the p-value, each where it is bounded; a `temporal` without a condition has none.
/// 13. An alert rests on all contributions in its window, also those without a value for the field of the figure.
///     `known_at` of an alert over an empty window, and which of events and alerts the limit leaves where the evidence has
///     both, are open; they are not compared.
/// 14. The state of the ceasefire is that of the newest of all evidence that has one, listed or not.
/// 15. A tuple of `value_count` needs all its fields; lists give every combination.
/// 16. With an alias a contribution belongs to the group under those rules whose field put it there, and no others.
/// 17. An act that names no ceasefire that is known is an ordinary event in every respect, and can be a breach.
/// 18. A target of the initiator's own side, its civilians included, is no breach; that of another is against that side, or
///     where sides are not protected against civilians, if it is some.
/// 19. The baseline of `rate_change` has the contributions that its window would have: not those less exact than `timespan`.
/// 20. Two names are of one party if they share one of their candidates' parties: a claim by "A and/or B" is no rival of one
///     by A. A name in no registry is the same party in whatever case it is written.
/// 21. Only incidents have an attribution that follows from statements: a statement about a statement changes nothing.
///     Statements count from when they are known, also those that stream time has not reached.
struct Twin {
    let rulebook: Rulebook
    /// How far the clocks of the zone are ahead of UTC.
    let clockOffset: Timespan

    init(rulebook: Rulebook, clockOffset: Timespan = .zero) {
        self.rulebook = rulebook
        self.clockOffset = clockOffset
    }

    /// The alerts that stand once these records have arrived, in this order.
    ///
    /// - Parameters:
    ///   - until: up to when the input is complete; before the last event it changes nothing.
    ///   - lateness: how far stream time stays behind; at the end of an input it is zero.
    func standingAlerts(
        events records: [TwinEvent], until: Instant? = nil, lateness: Timespan = .zero
    ) -> [TwinAlert] {
        let events = Twin.inForce(records)
        let latest = events.map(\.time).max().map { $0 - lateness }
        guard let streamTime = [latest, until].compactMap({ $0 }).max() else { return [] }
        var run = TwinRun(rulebook: rulebook, events: events, streamTime: streamTime, clockOffset: clockOffset)
        let alerts = rulebook.rules.indices.filter { rulebook.rules[$0].raisesAlerts }.flatMap { run.alerts(of: $0) }
        return alerts.sorted(by: Twin.precedes)
    }

    /// The records in force, each incident in its latest revision, those withdrawn left out.
    static func inForce(_ records: [TwinEvent]) -> [TwinEvent] {
        var latest: [String: TwinEvent] = [:]
        for record in records {
            if let present = latest[record.id], isSuperseded(record, by: present) { continue }
            latest[record.id] = record
        }
        return latest.values.filter { !$0.withdrawn }.sorted { $0.id.precedesByCodePoint($1.id) }
    }

    /// Whether a record that arrives has no effect: of equal revisions the greater digest is in force.
    private static func isSuperseded(_ record: TwinEvent, by present: TwinEvent) -> Bool {
        if record.revision != present.revision { return record.revision < present.revision }
        return record.revision != .none && TwinBatches.digest(record) < TwinBatches.digest(present)
    }

    private static func precedes(_ left: TwinAlert, _ right: TwinAlert) -> Bool {
        if left.onset != right.onset { return left.onset < right.onset }
        if left.ruleName != right.ruleName { return left.ruleName.precedesByCodePoint(right.ruleName) }
        let groups = (TwinText.group(left.group), TwinText.group(right.group))
        if groups.0 != groups.1 { return groups.0.precedesByCodePoint(groups.1) }
        return (left.detectedEvent ?? "").precedesByCodePoint(right.detectedEvent ?? "")
    }
}

/// One evaluation of all rules over one set of events.
struct TwinRun {
    /// An event in force with its derived fields.
    struct Judged {
        var event: TwinEvent
        var fields: [String: Value]
        var knownAt: Instant { event.reported ?? event.time }
    }

    let rulebook: Rulebook
    let events: [Judged]
    let streamTime: Instant
    let clockOffset: Timespan
    let truces: [TwinTruceHistory]
    private var known: [RuleReference: [TwinAlert]] = [:]

    init(rulebook: Rulebook, events: [TwinEvent], streamTime: Instant, clockOffset: Timespan = .zero) {
        self.clockOffset = clockOffset
        let judge = TwinJudge(rulebook: rulebook, events: events)
        let claims = TwinClaims(actors: judge.actors, events: events)
        self.rulebook = rulebook
        truces = judge.histories
        self.events = events.map { Judged(event: $0, fields: judge.fields(of: claims.seen($0))) }
        self.streamTime = streamTime
    }

    /// The alerts of a rule whose onset stream time has reached; those of the rules it refers to are computed first.
    mutating func alerts(of rule: RuleReference) -> [TwinAlert] {
        if let alerts = known[rule] { return alerts }
        let alerts: [TwinAlert]
        switch rulebook.rules[rule].body {
        case .detection(let condition): alerts = detections(of: rule, condition)
        case .correlation(let correlation):
            alerts = groups(of: correlation).flatMap { self.alerts(of: rule, correlation, in: $0) }
        }
        known[rule] = alerts.filter { $0.onset <= streamTime }
        return known[rule] ?? []
    }

    // MARK: Detections

    private func detections(of reference: RuleReference, _ condition: Condition) -> [TwinAlert] {
        let rule = rulebook.rules[reference]
        var lastOnset: [[Alert.GroupValue]: Instant] = [:]
        var alerts: [TwinAlert] = []
        let matching = events.filter { TwinMatching.isMet(condition, by: $0.fields) }
        // The events are in order of id, and sorting keeps that among simultaneous ones only if it is asked for.
        let ordered = matching.sorted {
            $0.event.time != $1.event.time
                ? $0.event.time < $1.event.time : $0.event.id.precedesByCodePoint($1.event.id)
        }
        for judged in ordered {
            let present = rule.groupBy.filter { judged.fields[$0] != nil }
            for values in TwinGroups.combinations(present.map { judged.fields[$0] ?? .absent }) {
                let group = zip(present, values).map { Alert.GroupValue(field: $0, value: $1) }
                let onset = judged.event.time
                if let last = lastOnset[group], onset - last < rule.options.cooldown { continue }
                lastOnset[group] = onset
                alerts.append(
                    TwinAlert(
                        rule: reference, ruleName: rule.name, group: group, onset: onset, end: onset, evidenceCount: 1,
                        evidenceEvents: [judged.event.id], evidenceAlerts: [],
                        ceasefire: TwinRun.ceasefireState(judged.fields), knownAt: judged.knownAt,
                        detectedEvent: judged.event.id))
            }
        }
        return alerts
    }

    // MARK: Contributions

    /// Every group of a correlation with all that contributes to it.
    mutating func groups(of correlation: Correlation) -> [TwinGroupHistory] {
        let begins = events.map(\.event).filter { ($0.timeEnd - $0.time).milliseconds <= 86_400_000 }
        var histories: [[Value]: TwinGroupHistory] = [:]
        func empty(_ group: [Value]) -> TwinGroupHistory {
            TwinGroupHistory(
                correlation: correlation, group: group, contributions: [], triggers: [],
                streamBegin: begins.map(\.time).min(), clockOffset: clockOffset, truces: truces)
        }
        if case .deadline(let only) = correlation.pattern {
            return truces.indices.filter { only == nil || only == $0 }.map { index in
                var history = empty([.text(rulebook.ceasefires[index].id)])
                history.truces = [truces[index]]
                return history
            }
        }
        for (position, rule) in correlation.rules.enumerated() {
            for contribution in contributions(of: rule, at: position) where isTaken(contribution, by: correlation) {
                let names = correlation.groupBy.map { $0.fieldByRule?[position] ?? $0.name }
                for group in TwinGroups.combinations(names.map { contribution.fields[$0] ?? .absent }) {
                    histories[group, default: empty(group)].add(contribution)
                }
            }
        }
        if case .absence(.some(let after)) = correlation.pattern {
            for trigger in contributions(of: after, at: 0) {
                let values = correlation.groupBy.map { trigger.fields[$0.name] ?? .absent }
                for group in TwinGroups.combinations(values) {
                    histories[group, default: empty(group)].triggers.append(trigger)
                }
            }
        }
        return Array(histories.values)
    }

    /// A time less exact than the timespan is long says too little, but a session takes every one.
    private func isTaken(_ contribution: TwinContribution, by correlation: Correlation) -> Bool {
        if case .session = correlation.window { return true }
        switch correlation.pattern {
        case .newValue, .selfExciting: return true
        default: break
        }
        return contribution.end - contribution.start <= correlation.timespan
    }

    private mutating func contributions(of rule: RuleReference, at position: Int) -> [TwinContribution] {
        switch rulebook.rules[rule].body {
        case .detection(let condition):
            events.filter { TwinMatching.isMet(condition, by: $0.fields) }.map {
                TwinContribution(
                    origin: .event($0.event.id), start: $0.event.time, end: $0.event.timeEnd, fields: $0.fields,
                    rules: [position], knownAt: $0.knownAt)
            }
        case .correlation:
            alerts(of: rule).map { alert in
                TwinContribution(
                    origin: .alert(alert), start: alert.onset, end: alert.onset,
                    fields: Dictionary(alert.group.map { ($0.field, $0.value) }) { $1 }, rules: [position],
                    knownAt: alert.knownAt)
            }
        }
    }

    static func ceasefireState(_ fields: [String: Value]) -> Alert.CeasefireState? {
        guard case .text(let id) = fields["ceasefire"], case .text(let phase) = fields["ceasefire.phase"] else {
            return nil
        }
        return Alert.CeasefireState(id: id, phase: phase, day: fields["ceasefire.day"]?.twinNumber.map { Int($0) })
    }
}

extension TwinGroupHistory {
    /// Adds a contribution; one event counts once, however many rules it meets.
    mutating func add(_ contribution: TwinContribution) {
        if let index = contributions.firstIndex(where: { $0.origin == contribution.origin }) {
            contributions[index].rules.formUnion(contribution.rules)
        } else {
            contributions.append(contribution)
        }
    }
}
