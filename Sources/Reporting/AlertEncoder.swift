import Events
import Monitoring
import Rulebook

/// Writes alerts as JSON, one object a line.
///
/// What an alert says of its rule is put together once for each rule; the rest is written straight into the caller's buffer.
public struct AlertEncoder: Sendable {
    /// The parts of a line that depend on the rule alone.
    private struct RuleParts {
        var name: [UInt8]
        var head: [UInt8]
        var criterion: [UInt8]
    }

    private let rules: [RuleParts]
    private let explanation: Explanation
    private var sentence: [UInt8] = []

    /// Creates an encoder of the alerts of a rule book.
    ///
    /// - Parameter timeZone: the zone of the dates within explanations; all other times are in UTC.
    public init(rulebook: Rulebook, timeZone: TimeZoneRules = .utc) {
        rules = rulebook.rules.map { AlertEncoder.parts(of: $0) }
        explanation = Explanation(rulebook: rulebook, timeZone: timeZone)
    }

    /// Appends an alert as one line, its line end included.
    ///
    /// Complexity: O(length of the line), without allocations once the buffers have grown.
    public mutating func encode(_ alert: Alert, into bytes: inout [UInt8]) {
        bytes.append("{\"kind\":\"alert\",\"status\":\"")
        bytes.append(alert.status.rawValue)
        bytes.append("\",\"id\":")
        bytes.append(jsonText: alert.id)
        if let replaces = alert.replaces {
            bytes.append(",\"replaces\":")
            bytes.append(jsonText: replaces)
        }
        bytes.append(contentsOf: rules[alert.rule].head)
        AlertEncoder.append(group: alert.group, to: &bytes)
        AlertEncoder.append(instant: alert.onset, key: ",\"onset\":", to: &bytes)
        if let end = alert.end {
            AlertEncoder.append(instant: end, key: ",\"end\":", to: &bytes)
        } else {
            bytes.append(",\"end\":null")
        }
        let isRate = alert.figure?.pValue != nil
        if let figure = alert.figure {
            AlertEncoder.append(figure: figure, isRate: isRate, key: ",\"figure\":", to: &bytes)
        }
        bytes.append(contentsOf: rules[alert.rule].criterion)
        if let peak = alert.peak { AlertEncoder.append(figure: peak, isRate: isRate, key: ",\"peak\":", to: &bytes) }
        AlertEncoder.append(ceasefire: alert.ceasefire, to: &bytes)
        append(evidenceOf: alert, to: &bytes)
        sentence.removeAll(keepingCapacity: true)
        explanation.write(alert, into: &sentence)
        bytes.append(",\"explanation\":")
        bytes.append(jsonText: sentence)
        AlertEncoder.append(instant: alert.knownAt, key: ",\"known_at\":", to: &bytes)
        bytes.append("}\n")
    }

    private func append(evidenceOf alert: Alert, to bytes: inout [UInt8]) {
        bytes.append(",\"evidence\":{\"count\":")
        bytes.append(decimal: Int64(alert.evidenceCount))
        bytes.append(",\"events\":[")
        for (index, event) in alert.events.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            AlertEncoder.append(event: event, to: &bytes)
        }
        bytes.append("]")
        if !alert.alerts.isEmpty { append(alerts: alert.alerts, to: &bytes) }
        bytes.append("}")
    }

    private func append(alerts: [Alert.EvidenceAlert], to bytes: inout [UInt8]) {
        bytes.append(",\"alerts\":[")
        for (index, alert) in alerts.enumerated() {
            bytes.append(index > 0 ? ",{\"id\":" : "{\"id\":")
            bytes.append(jsonText: alert.id)
            bytes.append(",\"rule\":")
            bytes.append(contentsOf: rules[alert.rule].name)
            AlertEncoder.append(instant: alert.onset, key: ",\"time\":", to: &bytes)
            bytes.append("}")
        }
        bytes.append("]")
    }
}

extension AlertEncoder {
    private static func parts(of rule: Rule) -> RuleParts {
        var name: [UInt8] = []
        name.append(jsonText: rule.name)
        var head: [UInt8] = []
        head.append(",\"rule\":")
        head.append(contentsOf: name)
        head.append(",\"title\":")
        head.append(jsonText: rule.title)
        head.append(",\"level\":\"\(rule.level.rawValue)\"")
        if !rule.tags.isEmpty {
            head.append(",\"tags\":")
            head.append(json: .list(rule.tags.map { .text($0) }))
        }
        if let runbook = rule.runbook {
            head.append(",\"runbook\":")
            head.append(jsonText: runbook)
        }
        var criterion: [UInt8] = []
        if case .correlation(let correlation) = rule.body { append(criterion: correlation, to: &criterion) }
        return RuleParts(name: name, head: head, criterion: criterion)
    }

    private static func append(criterion correlation: Correlation, to bytes: inout [UInt8]) {
        var members: [String] = []
        switch correlation.pattern {
        case .rateChange(let parameters):
            if let ratio = parameters.ratio { members.append("\"ratio\":\(json(bounds(ratio)))") }
            if let pValue = parameters.pValue { members.append("\"p_value\":\(json(bounds(pValue)))") }
        case .valueCount(let fields): members = [member("field", fields)] + bounds(correlation.condition)
        case .valueSum(let field), .valueAverage(let field):
            members = [member("field", [field])] + bounds(correlation.condition)
        case .valuePercentile(let field, let percentile):
            let hundredth = Double(percentile.numerator) * 100 / Double(percentile.denominator)
            members = [member("field", [field]), "\"percentile\":\(NumberText.shortest(hundredth))"]
            members += bounds(correlation.condition)
        case .effectiveNumber(let field), .newValue(let field):
            members = [member("field", [field])] + bounds(correlation.condition)
        case .controlChart(let chart):
            members = [member("method", [chart.method.rawValue])] + bounds(correlation.condition)
            if chart.method == .ewma { members.append("\"L\":\(NumberText.shortest(chart.l))") }
        case .record(let record):
            members = (record.field.map { [member("field", [$0])] } ?? []) + bounds(correlation.condition)
        case .share(let share):
            members = (share.field.map { [member("field", [$0])] } ?? []) + bounds(correlation.condition)
        case .eventCount, .temporal, .temporalOrdered, .absence, .reciprocity, .selfExciting, .deadline:
            members = bounds(correlation.condition)
        }
        if !members.isEmpty { bytes.append(",\"condition\":\(json(members))") }
        if correlation.timespan < .unlimited { bytes.append(",\"timespan\":\"\(correlation.timespan.ruleText)\"") }
    }

    private static func bounds(_ condition: NumericCondition) -> [String] {
        condition.terms.map { "\"\($0.comparison.rawValue)\":\(NumberText.shortest($0.value))" }
    }

    private static func member(_ key: String, _ texts: [String]) -> String {
        var bytes: [UInt8] = []
        bytes.append(json: texts.count == 1 ? .text(texts[0]) : .list(texts.map { .text($0) }))
        return "\"\(key)\":" + String(decoding: bytes, as: UTF8.self)
    }

    private static func json(_ members: [String]) -> String { "{" + members.joined(separator: ",") + "}" }

    static func append(group: [Alert.GroupValue], to bytes: inout [UInt8]) {
        bytes.append(",\"group\":{")
        var isFirst = true
        for member in group where member.value != .absent {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            bytes.append(jsonText: member.field)
            bytes.append(UInt8(ascii: ":"))
            bytes.append(json: member.value)
        }
        bytes.append("}")
    }

    static func append(instant: Instant, key: String, to bytes: inout [UInt8]) {
        bytes.append(key)
        bytes.append(UInt8(ascii: "\""))
        bytes.append(rfc3339: instant)
        bytes.append(UInt8(ascii: "\""))
    }

    /// The figure of a `rate_change` is an object, as its condition is; so is its peak, of what the rule asks extremes of.
    private static func append(figure: Alert.Figure, isRate: Bool, key: String, to bytes: inout [UInt8]) {
        bytes.append(key)
        guard isRate else { return bytes.append(jsonNumber: figure.value ?? .nan) }
        bytes.append("{")
        if let ratio = figure.value {
            bytes.append("\"ratio\":")
            bytes.append(jsonNumber: ratio)
        }
        if let pValue = figure.pValue {
            bytes.append(figure.value == nil ? "\"p_value\":" : ",\"p_value\":")
            bytes.append(jsonNumber: pValue)
        }
        if let interval = figure.interval {
            bytes.append(",\"interval\":[")
            bytes.append(jsonNumber: interval.low)
            bytes.append(UInt8(ascii: ","))
            // Without an upper limit there is none in JSON either.
            if interval.high.isFinite { bytes.append(jsonNumber: interval.high) } else { bytes.append("null") }
            bytes.append("]")
        }
        bytes.append("}")
    }

    private static func append(ceasefire: Alert.CeasefireState?, to bytes: inout [UInt8]) {
        guard let ceasefire else { return bytes.append(",\"ceasefire\":null") }
        bytes.append(",\"ceasefire\":{\"id\":")
        bytes.append(jsonText: ceasefire.id)
        bytes.append(",\"phase\":")
        bytes.append(jsonText: ceasefire.phase)
        if let day = ceasefire.day {
            bytes.append(",\"day\":")
            bytes.append(decimal: Int64(day))
        }
        bytes.append("}")
    }

    private static func append(event: Alert.EvidenceEvent, to bytes: inout [UInt8]) {
        bytes.append("{\"id\":")
        bytes.append(jsonText: event.id)
        append(instant: event.time, key: ",\"time\":", to: &bytes)
        if event.timeEnd != event.time { append(instant: event.timeEnd, key: ",\"time_end\":", to: &bytes) }
        if let place = event.place {
            bytes.append(",\"place\":")
            bytes.append(jsonText: place)
        }
        if let fatalities = event.fatalities {
            bytes.append(",\"fatalities\":")
            bytes.append(jsonNumber: fatalities)
        }
        bytes.append("}")
    }
}
