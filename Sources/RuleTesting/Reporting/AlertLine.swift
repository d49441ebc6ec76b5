import Events
import Monitoring
import Reporting
import Rulebook

/// Alerts and what is expected of them as lines of text, in the words that a test is written with.
enum AlertLine {
    /// What an alert is, as a test would expect it.
    static func text(_ alert: Notice, in rulebook: Rulebook, showsStatus: Bool) -> String {
        var parts = showsStatus ? ["status: \(alert.status.rawValue)"] : []
        let threshold = alert.risk.map { rulebook.risks[$0.risk].thresholds[$0.threshold].name }
        parts += source(alert.source, threshold, in: rulebook)
        let group = alert.group.filter { $0.value != .absent }.map { "\($0.field): \(text($0.value))" }
        if !group.isEmpty { parts.append("group: {\(group.joined(separator: ", "))}") }
        parts.append("onset: \(InstantText.utc(alert.onset))")
        if alert.end != alert.onset { parts.append("end: \(alert.end.map { InstantText.utc($0) } ?? "null")") }
        let figure = alert.risk.map { Alert.Figure($0.score) } ?? alert.alert?.figure
        if let figure { parts.append("figure: \(text(figure))") }
        return "{\(parts.joined(separator: ", "))}"
    }

    private static func source(_ source: AlertSource, _ threshold: String?, in rulebook: Rulebook) -> [String] {
        ["\(source.kind): \(rulebook.name(of: source))"] + (threshold.map { ["threshold: \($0)"] } ?? [])
    }

    /// What is expected.
    static func text(_ expected: ExpectedAlert, in rulebook: Rulebook) -> String {
        var parts = expected.status.map { ["status: \($0)"] } ?? []
        parts += source(expected.source, expected.threshold, in: rulebook)
        let group = expected.group.map { "\($0.name): \(text($0.value))" }
        if !group.isEmpty { parts.append("group: {\(group.joined(separator: ", "))}") }
        if let onset = expected.onset { parts.append("onset: \(InstantText.utc(onset))") }
        if let end = expected.end { parts.append("end: \(text(end))") }
        if let figure = expected.figure { parts.append("figure: \(text(figure))") }
        if let peak = expected.peak { parts.append("peak: \(text(peak))") }
        if let count = expected.count { parts.append("count: \(count)") }
        if let events = expected.events { parts.append("events: [\(events.joined(separator: ", "))]") }
        if let ceasefire = expected.ceasefire { parts.append("ceasefire: \(ceasefire)") }
        if let knownAt = expected.knownAt { parts.append("known_at: \(InstantText.utc(knownAt))") }
        return "{\(parts.joined(separator: ", "))}"
    }

    /// A record of a test, its time first.
    static func text(_ event: RuleTest.Event, timeColumn: String) -> String {
        let others = event.fields.filter { !["id", timeColumn].contains($0.name) }
        return others.map { "\($0.name): \(text($0.value))" }.joined(separator: ", ")
    }

    /// A value.
    static func text(_ value: Value) -> String {
        switch value {
        case .absent: "null"
        case .text(let text): text
        case .number(let number): NumberText.shortest(number)
        case .boolean(let boolean): boolean ? "true" : "false"
        case .list(let members): "[\(members.map { text($0) }.joined(separator: ", "))]"
        }
    }

    /// The end of an alert.
    static func text(_ end: ExpectedAlert.End) -> String {
        if case .at(let instant) = end { InstantText.utc(instant) } else { "null" }
    }

    /// A figure that is expected.
    static func text(_ figure: ExpectedAlert.Figure) -> String { text(figure.value, figure.pValue) }

    /// A figure that came.
    static func text(_ figure: Alert.Figure?) -> String { text(figure?.value, figure?.pValue) }

    private static func text(_ value: Double?, _ pValue: Double?) -> String {
        guard let pValue else { return value.map { NumberText.shortest($0) } ?? "none" }
        let ratio = value.map { "ratio: \(NumberText.shortest($0)), " } ?? ""
        return "{\(ratio)p_value: \(NumberText.shortest(pValue))}"
    }
}
