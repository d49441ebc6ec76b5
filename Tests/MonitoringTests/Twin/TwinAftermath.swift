import Events
import Monitoring
import Rulebook

/// What the slow twin says of one stretch above a threshold of a risk.
struct TwinRiskAlert: Hashable {
    /// An alert that counts: its rule, onset and points.
    struct Part: Hashable {
        var rule: String
        var group: [Alert.GroupValue]
        var onset: Instant
        var points: Double
    }

    /// The names of the risk and of the threshold.
    var risk, threshold: String
    var entity: Value
    var onset: Instant
    var end: Instant?
    var score: Double
    var peak: Double?
    /// Those of the ten half-lives up to the onset.
    var parts: [Part]
    var knownAt: Instant?
}

/// What stands once risks are scored and silences and inhibitions hold some back (section 8), from the definitions.
///
/// ## Reading of the specification
///
/// 20. A silence holds back the alerts with an onset in `[from, until)`, an inhibition those at whose onset a source holds:
///     from its onset up to its end as it is told by now; a source without duration holds at its onset. What is both source
///     and target is not inhibited by what is both. What is held back holds back all the same.
/// 21. A risk scores the alerts of rules that raise any, held back or not; those of the entity that their group names, or for
///     `ceasefire`, where the group has none, the one that the alert bears on.
struct TwinAftermath {
    /// An alert of either kind, as matchers see it.
    private struct Subject {
        var name: String
        var level: Level
        var tags: [String]
        var group: [Alert.GroupValue]
        var onset: Instant
        var end: Instant?
    }

    let rulebook: Rulebook
    let streamTime: Instant
    /// All alerts of rules that stand.
    let alerts: [TwinAlert]

    /// The alerts that are told, those of rules and those of risks.
    var told: (alerts: [TwinAlert], risks: [TwinRiskAlert]) {
        let risks = risks
        let all = alerts.map(subject) + risks.map(subject)
        return (
            zip(alerts, all).filter { !isHeldBack($1, among: all) }.map(\.0),
            zip(risks, all.dropFirst(alerts.count)).filter { !isHeldBack($1, among: all) }.map(\.0)
        )
    }

    private func subject(_ alert: TwinAlert) -> Subject {
        let rule = rulebook.rules[alert.rule]
        return Subject(
            name: rule.name, level: rule.level, tags: rule.tags, group: alert.group, onset: alert.onset, end: alert.end)
    }

    private func subject(_ alert: TwinRiskAlert) -> Subject {
        let risk = rulebook.risks.first { $0.name == alert.risk }
        let level = risk?.thresholds.first { $0.name == alert.threshold }?.level
        return Subject(
            name: alert.risk, level: level ?? .low, tags: risk?.tags ?? [],
            group: [Alert.GroupValue(field: risk?.entity ?? "", value: alert.entity)], onset: alert.onset,
            end: alert.end)
    }

    // MARK: What is held back

    private func isHeldBack(_ subject: Subject, among all: [Subject]) -> Bool {
        rulebook.silences.contains { silence in
            matches(subject, silence.matchers) && subject.onset >= silence.from ?? .distantPast
                && subject.onset < silence.until ?? .distantFuture
        }
            || rulebook.inhibitions.contains { inhibition in
                matches(subject, inhibition.target)
                    && all.contains { inhibits($0, subject, by: inhibition) }
            }
    }

    private func inhibits(_ source: Subject, _ target: Subject, by inhibition: Inhibition) -> Bool {
        guard matches(source, inhibition.source) else { return false }
        if matches(source, inhibition.target), matches(target, inhibition.source) { return false }
        let isHolding =
            source.onset == target.onset
            || (source.onset < target.onset && target.onset < source.end ?? .distantFuture)
        return isHolding
            && inhibition.equal.allSatisfy { property in
                guard let value = value(of: property, source) else { return false }
                return value == self.value(of: property, target)
            }
    }

    /// What is compared: a number never equals a text.
    private func value(of property: AlertMatcher.Property, _ subject: Subject) -> Value? {
        switch property {
        case .rule: .text(subject.name)
        case .level: .text(subject.level.rawValue)
        case .tags: nil
        case .group(let field): subject.group.first { $0.field == field && $0.value != .absent }?.value
        }
    }

    private func text(of property: AlertMatcher.Property, _ subject: Subject) -> [String] {
        switch property {
        case .rule: [subject.name]
        case .level: [subject.level.rawValue]
        case .tags: subject.tags
        case .group(let field):
            subject.group.filter { $0.field == field && $0.value != .absent }.compactMap(\.value.twinText)
        }
    }

    private func matches(_ subject: Subject, _ matchers: [AlertMatcher]) -> Bool {
        matchers.allSatisfy { matcher in
            let texts = text(of: matcher.property, subject)
            let isMet = (texts.isEmpty ? [""] : texts).contains { text in
                switch matcher.test {
                case .isOne(let allowed): allowed.contains(text)
                case .matches(let expression): expression.isFound(in: text)
                }
            }
            return isMet != matcher.isNegated
        }
    }

    // MARK: Risks

    private var risks: [TwinRiskAlert] {
        rulebook.risks.flatMap { risk in
            let entities = Set(alerts.compactMap { entity(of: $0, risk) })
            return entities.flatMap { entity in risk.thresholds.flatMap { stretches(risk, entity, $0) } }
        }
    }

    private func entity(of alert: TwinAlert, _ risk: Risk) -> Value? {
        if risk.points[alert.rule] == 0 { return nil }
        if let value = alert.group.first(where: { $0.field == risk.entity })?.value { return value }
        return risk.entity == "ceasefire" ? alert.ceasefire.map { .text($0.id) } : nil
    }

    private func stretches(_ risk: Risk, _ entity: Value, _ threshold: Risk.Threshold) -> [TwinRiskAlert] {
        let counted = alerts.filter { self.entity(of: $0, risk) == entity }
        func score(_ time: Instant) -> Double {
            var sum = 0.0
            for alert in counted where alert.onset <= time {
                let age = Double((time - alert.onset).milliseconds) / Double(risk.halfLife.milliseconds)
                sum += risk.points[alert.rule] * TwinAftermath.power(0.5, age)
            }
            return sum
        }
        let onsets = Set(counted.map(\.onset)).sorted()
        var found: [TwinRiskAlert] = []
        for (index, onset) in onsets.enumerated() where score(onset) >= threshold.score {
            let next = index + 1 < onsets.count ? onsets[index + 1] : .distantFuture
            let end = firstBelow(threshold.score, after: onset, before: next, score)
            if let last = found.last, last.end == onset {
                found[found.count - 1].end = end ?? next
                found[found.count - 1].peak = max(last.peak ?? 0, score(onset))
                continue
            }
            let listed = counted.filter {
                $0.onset <= onset && (onset - $0.onset).milliseconds <= 10 * risk.halfLife.milliseconds
            }
            let known = listed.map(\.knownAt)
            found.append(
                TwinRiskAlert(
                    risk: risk.name, threshold: threshold.name, entity: entity, onset: onset, end: end ?? next,
                    score: score(onset), peak: score(onset),
                    parts: listed.map {
                        .init(rule: $0.ruleName, group: $0.group, onset: $0.onset, points: risk.points[$0.rule])
                    },
                    knownAt: known.contains(nil) ? nil : known.compactMap { $0 }.max()))
        }
        return found.map { alert in
            var alert = alert
            if alert.end ?? .distantFuture > streamTime { (alert.end, alert.peak) = (nil, nil) }
            return alert
        }
    }

    /// The first millisecond in `(onset, next)` at which the score, which only falls there, is below; nil if there is none.
    private func firstBelow(
        _ bound: Double, after onset: Instant, before next: Instant, _ score: (Instant) -> Double
    ) -> Instant? {
        var (low, high) = (onset.milliseconds, min(next.milliseconds, onset.milliseconds + 400 * 86_400_000))
        guard score(Instant(milliseconds: high - 1)) < bound else { return nil }
        // It is not below at `low`, and below before `high`.
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if score(Instant(milliseconds: middle)) < bound { high = middle } else { low = middle }
        }
        return Instant(milliseconds: high)
    }

    /// A power by halving the exponent: the whole part by multiplication, the rest bit by bit from square roots.
    private static func power(_ base: Double, _ exponent: Double) -> Double {
        var result = 1.0
        var rest = exponent
        while rest >= 1 {
            result *= base
            rest -= 1
        }
        var root = base
        for _ in 0..<60 {
            root = root.squareRoot()
            rest *= 2
            if rest >= 1 {
                result *= root
                rest -= 1
            }
        }
        return result
    }
}

extension Twin {
    /// What stands and is told once these records have arrived.
    func standing(
        events records: [TwinEvent], until: Instant? = nil, lateness: Timespan = .zero
    ) -> (alerts: [TwinAlert], risks: [TwinRiskAlert]) {
        let latest = Twin.inForce(records).map(\.time).max() ?? .distantPast
        let aftermath = TwinAftermath(
            rulebook: rulebook, streamTime: max(latest - lateness, until ?? .distantPast),
            alerts: standingAlerts(events: records, until: until, lateness: lateness))
        return aftermath.told
    }
}
