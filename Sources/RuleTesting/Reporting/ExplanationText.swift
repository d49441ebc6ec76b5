import Events
import Monitoring
import Reporting
import Rulebook

/// Writes explanations for people.
public struct ExplanationText {
    /// How many detections that do not match, and how many of each list, are shown.
    private let limit: Int
    private let rulebook: Rulebook
    private let timeZone: TimeZoneRules
    private let style: TextStyle
    private let sentence: Explanation
    /// Where the records of events stand that have no id of their own, by the id that is made for them: it is told beside it.
    public var places: [String: String] = [:]

    /// Creates a writer of explanations of a rule book's rules.
    ///
    /// - Parameters:
    ///   - timeZone: the zone of the times.
    ///   - limit: how many near misses of each kind are shown.
    public init(rulebook: Rulebook, timeZone: TimeZoneRules, style: TextStyle, limit: Int) {
        self.rulebook = rulebook
        self.timeZone = timeZone
        self.style = style
        self.limit = limit
        sentence = Explanation(rulebook: rulebook, timeZone: timeZone)
    }

    /// An event.
    public func text(_ explanation: EventExplanation) -> String {
        var lines = [
            style.bold(TerminalText.safe(name(explanation.id))) + "  " + period(explanation.time, explanation.timeEnd)
        ]
        let fields = explanation.fields.filter { !$0.name.hasPrefix("breach") }
        lines += TextTable.lines(fields.map { [$0.name, values($0.values)] }).map { "  \($0)" }
        lines += ["", style.bold("breach"), "  \(TerminalText.safe(explanation.verdict))"]
        let matching = explanation.detections.filter(\.matches)
        lines += ["", style.bold(matching.isEmpty ? "matches no rule" : "matches")]
        for verdict in matching { lines += self.lines(verdict) }
        let others = explanation.detections.filter { !$0.matches }
        if !others.isEmpty {
            lines += ["", style.bold("does not match, the nearest first")]
            for verdict in others.prefix(limit) { lines += self.lines(verdict) }
            if others.count > limit { lines.append("  and \(others.count - limit) more rules") }
        }
        if !explanation.places.isEmpty { lines += ["", style.bold("counts in")] }
        for place in explanation.places { lines += self.lines(place) }
        return lines.map { $0 + "\n" }.joined()
    }

    /// A rule.
    public func text(_ explanation: RuleExplanation) -> String {
        let rule = rulebook.rules[explanation.rule]
        var lines = [style.bold(TerminalText.safe(rule.name)) + "  " + TerminalText.safe(rule.title)]
        if case .correlation(let correlation) = rule.body {
            let names = rule.references.map { rulebook.rules[$0].name }.joined(separator: ", ")
            lines.append(TerminalText.safe("  \(CorrelationText.text(correlation)), over \(names)"))
            let count = explanation.contributionCount
            if !explanation.isOfOneAlert {
                lines.append("  \(count) \(count == 1 ? "contribution" : "contributions") in all")
            }
            if case .absence = correlation.pattern, explanation.contributionCount == 0 {
                lines.append(
                    "  nothing has ever come, so there is nothing to count a silence from; 'after' names a rule whose")
                lines.append("  events begin one")
            }
            for (reason, count) in explanation.leftOut {
                lines.append(TerminalText.safe("  \(count) left out: \(reason)"))
            }
        }
        if !explanation.isOfOneAlert { lines += ["", style.bold(fired(explanation))] }
        for fired in explanation.fired { lines += self.lines(fired, rule) }
        if !explanation.isOfOneAlert { lines += nearMisses(explanation, rule) }
        return lines.map { $0 + "\n" }.joined()
    }

    // MARK: Events

    private func lines(_ verdict: EventExplanation.Verdict) -> [String] {
        ["  \(TerminalText.safe(rulebook.rules[verdict.rule].name))"]
            + verdict.reasons.map { "    \(TerminalText.safe($0))" }
    }

    private func lines(_ place: EventExplanation.Place) -> [String] {
        let rule = rulebook.rules[place.rule]
        guard case .correlation(let correlation) = rule.body else { return [] }
        if let reason = place.reason { return [TerminalText.safe("  \(rule.name): left out, \(reason)")] }
        var state = place.alert.map { "holds then, since \(time($0.onset)), alert \($0.id)" } ?? "does not hold then"
        if let figure = place.figure {
            state += ": \(NumberText.shortest(figure.value)) of \(NumberText.shortest(figure.threshold))"
        }
        let group = correlation.groupBy.isEmpty ? "" : ", \(CorrelationText.group(place.group, of: correlation))"
        return [TerminalText.safe("  \(rule.name), \(CorrelationText.text(correlation))\(group)"), "    \(state)"]
            + window(place.window, correlation).map { "    \($0)" }
    }

    /// An event: its id, and where its record stands that has none of its own.
    private func name(_ id: String) -> String { id + (places[id].map { " (\($0))" } ?? "") }

    private func values(_ values: [Value]) -> String { values.map { AlertLine.text($0) }.joined(separator: ", ") }

    // MARK: Rules

    private func fired(_ explanation: RuleExplanation) -> String {
        let count = explanation.firedCount
        if count == 0 { return "did not fire" }
        let shown = explanation.fired.count < count ? ", the last \(explanation.fired.count):" : ""
        return "fired \(count == 1 ? "once" : "\(count) times")\(shown)"
    }

    private func lines(_ fired: RuleExplanation.Fired, _ rule: Rule) -> [String] {
        let alert = fired.alert
        let group = alert.group.filter { $0.value != .absent }.map { "\($0.field) \(AlertLine.text($0.value))" }
        let subject = group.isEmpty ? "" : ", \(group.joined(separator: ", "))"
        guard case .correlation(let correlation) = rule.body else {
            return [TerminalText.safe("  \(time(alert.onset))\(subject), event \(name(alert.events.first?.id ?? "?"))")]
        }
        let end = alert.end.map { " to \(time($0))" } ?? " on"
        let figure = alert.figure.map { ", figure \(AlertLine.text($0))" } ?? ""
        return [
            TerminalText.safe("  \(time(alert.onset))\(end)\(subject)\(figure), alert \(alert.id)"),
            TerminalText.safe("    \(sentence.text(of: alert))"),
        ]
            + window(fired.window, correlation).map { "    \($0)" }
    }

    private func nearMisses(_ explanation: RuleExplanation, _ rule: Rule) -> [String] {
        let isEmpty = explanation.nearMisses.isEmpty && explanation.nearEvents.isEmpty
        if isEmpty, !explanation.nearMissesAreKnown {
            return ["", "near misses cannot be told of a rule of this kind"]
        }
        if isEmpty { return ["", "no near misses"] }
        var lines = ["", style.bold("near misses, the nearest first")]
        for event in explanation.nearEvents {
            lines.append(TerminalText.safe("  \(time(event.time))  \(name(event.id)): \(event.reason)"))
        }
        guard case .correlation(let correlation) = rule.body else { return lines }
        for miss in explanation.nearMisses {
            let moment = miss.time.map { ", \(time($0))" } ?? ""
            lines.append("  \(TerminalText.safe(NearMissSentence.text(miss, of: correlation)))\(moment)")
            lines += window(miss.window + (miss.late.map { [$0] } ?? []), correlation).map { "    \($0)" }
        }
        return lines
    }

    private func window(_ members: [Contribution], _ correlation: Correlation) -> [String] {
        let rows = members.enumerated().map { index, member in
            [
                "\(TimelineDrawing.mark(index))", time(member.time), name(member.id),
                member.values.map { AlertLine.text($0) }.joined(separator: ", "),
            ]
        }
        let shown = TextTable.lines(Array(rows.suffix(20)))
        let earlier = rows.count > 20 ? ["\(rows.count - 20) earlier ones"] : []
        return earlier + shown + TimelineDrawing.lines(members, window: correlation.timespan)
    }

    private func time(_ instant: Instant) -> String { InstantText.local(instant, in: timeZone) }

    private func period(_ start: Instant, _ end: Instant) -> String {
        start == end ? time(start) : "\(time(start)) to \(time(end))"
    }
}
