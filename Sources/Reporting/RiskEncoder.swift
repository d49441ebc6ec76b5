import Events
import Monitoring
import Rulebook

/// Writes alerts of risks as JSON, one object a line.
public struct RiskEncoder: Sendable {
    private let rulebook: Rulebook
    private let explanation: RiskExplanation

    /// Creates an encoder of the risks of a rule book.
    ///
    /// - Parameter timeZone: the zone of the dates within explanations; all other times are in UTC.
    public init(rulebook: Rulebook, timeZone: TimeZoneRules = .utc) {
        self.rulebook = rulebook
        explanation = RiskExplanation(rulebook: rulebook, timeZone: timeZone)
    }

    /// Appends an alert as one line, its line end included.
    public func encode(_ alert: RiskAlert, into bytes: inout [UInt8]) {
        let risk = rulebook.risks[alert.risk]
        let threshold = risk.thresholds[alert.threshold]
        bytes.append("{\"kind\":\"risk\",\"status\":\"\(alert.status.rawValue)\"")
        bytes.append(key: "id", text: alert.id)
        if let replaces = alert.replaces { bytes.append(key: "replaces", text: replaces) }
        bytes.append(key: "rule", text: risk.name)
        bytes.append(key: "title", text: risk.title)
        bytes.append(key: "level", text: threshold.level.rawValue)
        if !risk.tags.isEmpty {
            bytes.append(",\"tags\":")
            bytes.append(json: .list(risk.tags.map { .text($0) }))
        }
        if let runbook = risk.runbook { bytes.append(key: "runbook", text: runbook) }
        AlertEncoder.append(group: [alert.entity], to: &bytes)
        AlertEncoder.append(instant: alert.onset, key: ",\"onset\":", to: &bytes)
        if let end = alert.end {
            AlertEncoder.append(instant: end, key: ",\"end\":", to: &bytes)
        } else {
            bytes.append(",\"end\":null")
        }
        bytes.append(key: "threshold", text: threshold.name)
        bytes.append(key: "figure", number: alert.score)
        bytes.append(",\"condition\":{\"gte\":\(NumberText.shortest(threshold.score))}")
        bytes.append(key: "half_life", text: risk.halfLife.ruleText)
        if let peak = alert.peak { bytes.append(key: "peak", number: peak) }
        append(evidenceOf: alert, to: &bytes)
        bytes.append(key: "explanation", text: explanation.text(of: alert))
        AlertEncoder.append(instant: alert.knownAt, key: ",\"known_at\":", to: &bytes)
        bytes.append("}\n")
    }

    private func append(evidenceOf alert: RiskAlert, to bytes: inout [UInt8]) {
        bytes.append(",\"evidence\":{\"count\":\(alert.contributionCount),\"alerts\":[")
        for (index, contribution) in alert.contributions.enumerated() {
            bytes.append(index > 0 ? ",{\"id\":" : "{\"id\":")
            bytes.append(jsonText: contribution.id)
            bytes.append(key: "rule", text: rulebook.rules[contribution.rule].name)
            AlertEncoder.append(instant: contribution.onset, key: ",\"time\":", to: &bytes)
            bytes.append(key: "points", number: contribution.points)
            bytes.append(key: "value", number: contribution.value)
            bytes.append("}")
        }
        bytes.append("]}")
    }
}

extension [UInt8] {
    /// Appends a comma, a key that needs no escapes, and a text.
    mutating func append(key: String, text: String) {
        append(",\"\(key)\":")
        append(jsonText: text)
    }

    /// Appends a comma, a key that needs no escapes, and a number; `null` for none.
    mutating func append(key: String, number: Double?) {
        append(",\"\(key)\":")
        if let number { append(jsonNumber: number) } else { append("null") }
    }
}
