import Events
import Monitoring
import Rulebook

/// Worlds and alerts in a form that a person can follow by hand.
enum TwinDescription {
    static func world(_ world: TwinWorld) -> String {
        let book = world.rulebook
        var lines: [String] = []
        for (index, rule) in book.rules.enumerated() {
            lines.append("rule \(index) \(self.rule(rule, in: book))")
        }
        for actor in book.actors {
            let memberships = actor.memberships.map {
                "in \(book.actors[$0.group].id) from \(TwinText.instant($0.from)) until \(TwinText.instant($0.until))"
            }
            lines.append("actor \(actor.id) \(actor.kind) \(actor.aliases.map(pattern)) \(memberships)")
        }
        if !book.unidentified.isEmpty { lines.append("unidentified \(book.unidentified.map(pattern))") }
        lines += book.ceasefires.map { ceasefire($0) }
        lines += book.silences.map {
            "silence \(matchers($0.matchers)) from \(instant($0.from)) until \(instant($0.until))"
        }
        lines += book.inhibitions.map {
            "inhibit \(matchers($0.target)) by \(matchers($0.source)) equal \($0.equal.map(\.name))"
        }
        lines += book.risks.map { risk in
            let thresholds = risk.thresholds.map { "\($0.name) \($0.score) \($0.level)" }
            let points = zip(book.rules, risk.points).map { "\($0.name) \($1)" }
            return
                "risk \(risk.name) of \(risk.entity) half-life \(hours(risk.halfLife)) \(points) \(thresholds) \(risk.tags)"
        }
        lines += book.statistics.map { statistic in
            """
            statistic \(statistic.name): \(statistic.measure) of \(condition(statistic.events)) \
            part \(statistic.part.map(condition) ?? "none") by \(statistic.groupBy) in \(statistic.windows.map(hours)) \
            every \(hours(statistic.every)) ceasefire \(statistic.ceasefire.map(String.init) ?? "any") \
            clocks \(hours(world.clockOffset)) ahead
            """
        }
        lines += world.records.map(event)
        lines.append("until \(instant(world.until)) lateness \(hours(world.lateness)) batches \(world.batchSeed)")
        return lines.joined(separator: "\n")
    }

    private static func matchers(_ matchers: [AlertMatcher]) -> String {
        matchers.map { matcher in
            let mark = matcher.isNegated ? "!" : ""
            return switch matcher.test {
            case .isOne(let texts): "\(matcher.property.name) \(mark)= \(texts)"
            case .matches(let expression): "\(matcher.property.name) \(mark)~ \(expression.pattern)"
            }
        }.joined(separator: " and ")
    }

    static func rule(_ rule: Rule, in book: Rulebook) -> String {
        let options = rule.options
        let told = """
            \(rule.level) \(rule.tags) for \(hours(options.for)) keep \(hours(options.keepFiringFor)) cooldown \(hours(options.cooldown)) \
            limit \(options.limit)\(rule.raisesAlerts ? "" : " raises none")
            """
        switch rule.body {
        case .detection(let condition):
            return "\(rule.name): \(self.condition(condition)) by \(rule.groupBy) \(told)"
        case .correlation(let correlation):
            let groups = correlation.groupBy.map { $0.name + ($0.fieldByRule.map { " = \($0)" } ?? "") }
            let terms = correlation.condition.terms.map { "\($0.comparison.rawValue) \($0.value)" }
            return """
                \(rule.name): \(correlation.pattern) of \(correlation.rules.map { book.rules[$0].name }) by \(groups) \
                in \(hours(correlation.timespan)) \(correlation.window) \(terms) \(told)
                """
        }
    }

    static func condition(_ condition: Condition) -> String {
        switch condition {
        case .all(let parts): "(\(parts.map(self.condition).joined(separator: " and ")))"
        case .any(let parts): "(\(parts.map(self.condition).joined(separator: " or ")))"
        case .not(let part): "not \(self.condition(part))"
        case .test(let test):
            if case .like(let pattern, _) = test.test {
                "\(test.field) like \(self.pattern(pattern))"
            } else {
                "\(test.field) \(test.test)"
            }
        }
    }

    static func event(_ event: TwinEvent) -> String {
        var parts = ["event \(event.id) at \(TwinText.instant(event.time))"]
        if event.timeEnd != event.time { parts.append("to \(TwinText.instant(event.timeEnd))") }
        if event.revision != .none { parts.append("revision \(event.revision.kind) \(event.revision.value)") }
        if event.withdrawn { parts.append("WITHDRAWN") }
        if let reported = event.reported { parts.append("reported \(TwinText.instant(reported))") }
        if let until = event.until { parts.append("until \(TwinText.instant(until))") }
        parts += event.fields.sorted { $0.key < $1.key }.map { "\($0.key)=\(TwinText.value($0.value))" }
        return parts.joined(separator: " ")
    }

    static func alert(_ alert: TwinAlert) -> String {
        """
        \(alert.ruleName) \(TwinText.group(alert.group)) \(instant(alert.onset)) to \(instant(alert.end)) \
        figure \(figure(alert.figure)) peak \(figure(alert.peak)) count \(alert.evidenceCount) \
        \(alert.evidenceEvents) \(alert.evidenceAlerts.map { "\($0.rule)@\(instant($0.onset))" }) \
        \(state(alert.ceasefire)) known \(instant(alert.knownAt))
        """
    }

    static func message(_ message: Message, in book: Rulebook) -> String {
        switch message {
        case .notice(let notice): self.notice(notice, in: book)
        case .statistic(let line): "\(line)"
        }
    }

    static func notice(_ notice: Notice, in book: Rulebook) -> String {
        switch notice {
        case .alert(let alert): self.alert(alert, in: book)
        case .risk(let risk): TwinRiskComparison.description(risk, in: book)
        }
    }

    static func alert(_ alert: Alert, in book: Rulebook) -> String {
        func figure(_ figure: Alert.Figure?) -> String {
            self.figure(figure.map { TwinFigure(value: $0.value, pValue: $0.pValue) })
        }
        return """
            \(book.rules[alert.rule].name) \(TwinText.group(alert.group)) \(instant(alert.onset)) \
            to \(instant(alert.end)) figure \(figure(alert.figure)) peak \(figure(alert.peak)) \
            count \(alert.evidenceCount) \(alert.events.map(\.id)) \
            \(alert.alerts.map { "\(book.rules[$0.rule].name)@\(instant($0.onset))" }) \
            \(state(alert.ceasefire)) known \(instant(alert.knownAt)) \(alert.status.rawValue)
            """
    }

    static func instant(_ instant: Instant?) -> String { instant.map(TwinText.instant) ?? "nil" }

    private static func figure(_ figure: TwinFigure?) -> String {
        guard let figure else { return "nil" }
        return [figure.value, figure.pValue].compactMap { $0.map(NumberText.shortest) }.joined(separator: " p ")
    }

    private static func state(_ state: Alert.CeasefireState?) -> String {
        state.map { "\($0.id) \($0.phase) day \($0.day.map(String.init) ?? "nil")" } ?? "no ceasefire"
    }

    private static func hours(_ timespan: Timespan) -> String {
        timespan == .unlimited ? "unlimited" : "\(NumberText.shortest(Double(timespan.milliseconds) / 3_600_000))h"
    }

    private static func pattern(_ pattern: WildcardPattern) -> String {
        pattern.pieces.map { if case .literal(let text) = $0 { text } else { "*" } }.joined()
    }

    private static func ceasefire(_ ceasefire: Ceasefire) -> String {
        let parties = ceasefire.parties.map { "\($0.side) \($0.actors)" }
        let acts = ceasefire.acts.map { "\($0.act) at \(instant($0.at)) until \(instant($0.until))" }
        return """
            ceasefire \(ceasefire.id) \(parties) effective \(instant(ceasefire.effective)) \
            until \(instant(ceasefire.until)) acts \(acts) area \(ceasefire.area.map(condition) ?? "everywhere") \
            prohibits \(ceasefire.prohibits.map(condition) ?? "any") parties \(ceasefire.protectsParties) \
            civilians \(ceasefire.protectsCivilians)
            """
    }
}
