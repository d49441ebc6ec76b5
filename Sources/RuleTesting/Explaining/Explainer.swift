import Diagnostics
import Events
import Monitoring
import Rulebook

/// Explains what rules make of events, by asking the monitor that runs them.
public struct Explainer {
    /// Follows the events that are explained with a rule book, and says which alerts stand.
    public typealias Follow = (Rulebook) throws -> [Alert]

    let rulebook: Rulebook
    /// How many alerts and near misses are told.
    let limit: Int
    let follow: Follow

    /// Creates an explainer of what follows from some events.
    public init(rulebook: Rulebook, limit: Int, follow: @escaping Follow) {
        self.rulebook = rulebook
        self.limit = limit
        self.follow = follow
    }

    // MARK: An event

    /// Explains an event; nil where none in force has that id.
    ///
    /// - Parameter rules: the rules that are asked for; nil for all.
    public func explain(event id: String, rules: [RuleReference]?) throws -> EventExplanation? {
        if let explanation = try explain(id, among: .isEvent(id), rules) { return explanation }
        // A record without an id is named by its digest, which is no field of it: the event is found by its time.
        var inquiry = Inquiry(rulebook)
        let all = inquiry.ask(.all([]))
        let events = Inquiry.Answers(try follow(inquiry.rulebook))[all].lazy.compactMap(\.events.first)
        guard let time = events.first(where: { $0.id == id })?.time else { return nil }
        return try explain(id, among: .isWithin(time...time), rules)
    }

    private func explain(_ id: String, among scope: Condition, _ rules: [RuleReference]?) throws -> EventExplanation? {
        let asked = rules.map { rulebook.dependencies(of: $0) } ?? Set(rulebook.rules.indices)
        var inquiry = Inquiry(rulebook)
        let existence = inquiry.ask(scope)
        let fields = FieldQuestions(EventFields.names, among: scope, &inquiry)
        let ceasefires = CeasefireQuestions(rulebook.ceasefires, among: scope, &inquiry)
        var questions: [(rule: RuleReference, questions: DetectionQuestions)] = []
        for rule in asked.sorted() {
            guard case .detection(let condition) = rulebook.rules[rule].body else { continue }
            questions.append((rule, DetectionQuestions(condition, among: scope, &inquiry)))
        }
        let answers = Inquiry.Answers(try follow(inquiry.rulebook))
        let events = answers[existence].lazy.compactMap(\.events.first)
        guard let event = events.first(where: { $0.id == id }) else { return nil }
        let detections = questions.map { rule, questions in
            ConditionView.verdict(rule, questions.condition, questions.facts(of: id, answers))
        }
        let matched = Set(detections.filter(\.matches).map(\.rule))
        let shown = fields.values(of: id, answers)
        return EventExplanation(
            id: id, time: event.time, timeEnd: event.timeEnd, fields: shown,
            verdict: EventFields.verdict(shown, ceasefires.facts(of: id, answers)),
            detections: detections.sorted { left, right in
                if left.matches != right.matches { return left.matches }
                return (left.unmetCount, left.rule) < (right.unmetCount, right.rule)
            },
            places: try places(of: event, matched, asked))
    }

    /// The windows of the correlations that an event counts in.
    private func places(
        of event: Alert.EvidenceEvent, _ matched: Set<RuleReference>, _ asked: Set<RuleReference>
    ) throws -> [EventExplanation.Place] {
        var inquiry = Inquiry(rulebook)
        var questions: [(RuleReference, Correlation, Inquiry.Question, ContributionQuestions)] = []
        for rule in asked.sorted() where !matched.isDisjoint(with: rulebook.rules[rule].references) {
            guard case .correlation(let correlation) = rulebook.rules[rule].body else { continue }
            let start = correlation.timespan < .unlimited ? event.time - correlation.timespan : .distantPast
            let alerts = inquiry.ask(alertsOf: rule)
            let contributions = ContributionQuestions(
                rule, correlation, within: start...event.time, &inquiry)
            questions.append((rule, correlation, alerts, contributions))
        }
        if questions.isEmpty { return [] }
        let answers = Inquiry.Answers(try follow(inquiry.rulebook))
        return questions.flatMap { rule, correlation, alerts, contributions in
            let all = contributions.contributions(answers)
            return all.filter { $0.id == event.id }.map { own in
                let members = all.filter { $0.reason == nil && $0.group == own.group }
                let window = correlation.window(at: own.time, in: members)
                let alert = answers[alerts].last { alert in
                    alert.group.map(\.value) == own.group && alert.onset <= own.time
                        && own.time < alert.end ?? .distantFuture
                }
                return EventExplanation.Place(
                    rule: rule, group: own.group, window: own.reason == nil ? window : [],
                    figure: NearMisses(correlation: correlation).figure(of: window), alert: alert, reason: own.reason)
            }
        }
    }

    // MARK: A rule

    /// Explains where a rule fired, and where it nearly did.
    ///
    /// - Parameter alert: the only alert that is asked for; nil for all.
    public func explain(rule: RuleReference, alert: Alert? = nil) throws -> RuleExplanation {
        switch rulebook.rules[rule].body {
        case .detection(let condition): try explain(rule, condition)
        case .correlation(let correlation): try explain(rule, correlation, alert)
        }
    }

    private func explain(
        _ rule: RuleReference, _ correlation: Correlation, _ only: Alert?
    ) throws -> RuleExplanation {
        var inquiry = Inquiry(rulebook.restricted(to: [rule]))
        let alerts = inquiry.ask(alertsOf: rule)
        let questions = ContributionQuestions(rule, correlation, &inquiry)
        let misses = NearMisses(correlation: correlation)
        let relaxed = RelaxedMisses(
            rulebook.rules[rule], correlation, only: only != nil ? [] : misses.others, &inquiry)
        let answers = Inquiry.Answers(try follow(inquiry.rulebook))
        let contributions = questions.contributions(answers)
        let counted = contributions.filter { $0.reason == nil }
        let isSilence = if case .absence = correlation.pattern { true } else { false }
        let all = only.map { [$0] } ?? answers[alerts]
        let fired = all.suffix(limit).map { alert in
            let group = alert.group.map(\.value)
            let members = counted.filter { $0.group == group }
            let window = correlation.window(at: alert.onset, in: members)
            // Of a silence the last contribution before it tells more than the empty window.
            let last = members.filter { $0.time == alert.onset - correlation.timespan }
            return RuleExplanation.Fired(alert: alert, window: isSilence ? last + window : window)
        }
        var explanation = RuleExplanation(rule: rule, fired: fired, firedCount: all.count)
        explanation.isOfOneAlert = only != nil
        explanation.contributionCount = counted.count
        if only != nil { return explanation }
        var reasons: [String: Int] = [:]
        for contribution in contributions { if let reason = contribution.reason { reasons[reason, default: 0] += 1 } }
        explanation.leftOut = reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
        explanation.nearMissesAreKnown = misses.areKnown || relaxed.areKnown
        let loud = Set(answers[alerts].map { $0.group.map(\.value) })
        let near = misses.find(counted, except: loud).map { miss in
            var miss = miss
            miss.note = SequenceHint.text(counted.filter { $0.group == miss.group }, correlation)
            return miss
        }
        let others = try relaxed.find(
            answers, except: loud.union(near.map(\.group)), among: counted, limit: limit,
            rulebook.restricted(to: [rule]), follow)
        explanation.nearMisses = Array((near + others).sorted(by: NearMiss.isNearer).prefix(limit))
        return explanation
    }

    private func explain(_ rule: RuleReference, _ condition: Condition) throws -> RuleExplanation {
        var inquiry = Inquiry(rulebook.restricted(to: [rule]))
        let matches = inquiry.ask(condition, fields: rulebook.rules[rule].groupBy)
        let near = NearEventQuestions(condition, &inquiry)
        let answers = Inquiry.Answers(try follow(inquiry.rulebook))
        let alerts = answers[matches]
        var explanation = RuleExplanation(
            rule: rule, fired: alerts.suffix(limit).map { .init(alert: $0, window: []) }, firedCount: alerts.count)
        explanation.nearEvents = Array(near.events(answers).prefix(limit))
        explanation.nearMissesAreKnown = near.areKnown
        return explanation
    }
}

/// The fields that are told of an event.
enum EventFields {
    static let names = [
        "type", "subtype", "initiator", "initiator.actor", "initiator.party", "initiator.kind", "target",
        "target.actor",
        "target.party", "target.kind", "attribution", "mutual", "claim", "by", "about", "country", "admin1", "admin2",
        "place", "fatalities", "civilian_fatalities", "ceasefire_act", "ceasefire", "ceasefire.phase",
        "ceasefire.overlap", "ceasefire.day", "ceasefire.days_after", "breach", "breach.side", "breach.against",
        "breach.reason",
    ]

    /// Of how many ceasefires it is told why an event does not bear on them.
    private static let reasonLimit = 3

    /// The fields that a verdict is told from.
    static let ofVerdict = ["breach", "breach.reason", "ceasefire_act", "claim", "ceasefire", "ceasefire.phase"]

    /// Whether an event is a breach, and why, in one sentence without a full stop.
    ///
    /// - Parameter terms: what the event is to the terms of each ceasefire.
    static func verdict(_ fields: [(name: String, values: [Value])], _ terms: [CeasefireFacts]) -> String {
        func text(_ name: String) -> String? {
            fields.first { $0.name == name }.map { $0.values.map { AlertLine.text($0) }.joined(separator: ", ") }
        }
        if let breach = text("breach") { return "\(breach)\(text("breach.reason").map { ": \($0)" } ?? "")" }
        if text("ceasefire_act") != nil { return "none: it is an act about a ceasefire" }
        if text("claim") != nil { return "none: it is a statement" }
        guard let ceasefire = text("ceasefire") else {
            let reasons = terms.prefix(reasonLimit).map(\.distance) + (terms.count > reasonLimit ? ["and others"] : [])
            return (["none: it bears on no ceasefire"] + reasons).joined(separator: "; ")
        }
        switch text("ceasefire.phase") {
        case "in_force":
            return "none: \(terms.first { $0.ceasefire.id == ceasefire }?.permission ?? "\(ceasefire) permits it")"
        case "before": return "none: \(ceasefire) had not taken effect"
        case "suspended": return "none: \(ceasefire) was suspended"
        default: return "none: \(ceasefire) had ended"
        }
    }
}
