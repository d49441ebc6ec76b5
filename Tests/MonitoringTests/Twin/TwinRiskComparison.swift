import Events
import Monitoring
import Rulebook

/// Compares the alerts of risks that the engine tells with what the twin says.
enum TwinRiskComparison {
    /// What differs, as sentences; empty if nothing does.
    static func differences(engine: [RiskAlert], twin: [TwinRiskAlert], in book: Rulebook) -> [String] {
        var found: [String] = []
        var rest = engine
        for alert in twin {
            let index = rest.firstIndex { other in
                let risk = book.risks[other.risk]
                return risk.name == alert.risk && risk.thresholds[other.threshold].name == alert.threshold
                    && other.entity.value == alert.entity && other.onset == alert.onset
            }
            guard let index else {
                found.append("only the twin has the risk \(description(alert))")
                continue
            }
            let other = rest.remove(at: index)
            if !isSame(other, alert, in: book) {
                found.append(
                    "risks differ: the engine says\n      \(description(other, in: book))\n  the twin\n      \(description(alert))"
                )
            }
        }
        return found + rest.map { "only the engine has the risk \(description($0, in: book))" }
    }

    private static func isSame(_ engine: RiskAlert, _ twin: TwinRiskAlert, in book: Rulebook) -> Bool {
        let listed = engine.contributions
        let isOrdered = zip(listed, listed.dropFirst()).allSatisfy { $0.value >= $1.value }
        let areKnown = listed.allSatisfy { one in
            twin.parts.contains {
                $0.rule == book.rules[one.rule].name && $0.onset == one.onset && $0.points == one.points
            }
        }
        return isNear(engine.end, twin.end) && isNear(engine.score, twin.score) && isNear(engine.peak, twin.peak)
            && engine.contributionCount == twin.parts.count && isOrdered && areKnown
            && listed.count == min(book.risks[engine.risk].limit, twin.parts.count)
            && (twin.knownAt == nil || engine.knownAt == twin.knownAt)
    }

    /// The millisecond at which a sum falls below a bound depends on its last digits.
    private static func isNear(_ left: Instant?, _ right: Instant?) -> Bool {
        guard let left, let right else { return (left == nil) == (right == nil) }
        return abs(left.milliseconds - right.milliseconds) <= 1
    }

    private static func isNear(_ left: Double?, _ right: Double?) -> Bool {
        guard let left, let right else { return (left == nil) == (right == nil) }
        return abs(left - right) <= 1e-9 * abs(right)
    }

    private static func description(_ alert: TwinRiskAlert) -> String {
        """
        \(alert.risk) \(alert.threshold) \(TwinText.value(alert.entity)) \(TwinDescription.instant(alert.onset)) to \
        \(TwinDescription.instant(alert.end)) score \(alert.score) peak \(alert.peak ?? -1) parts \
        \(alert.parts.map { "\($0.rule)@\(TwinText.instant($0.onset)) \($0.points)" }) known \
        \(TwinDescription.instant(alert.knownAt))
        """
    }

    static func description(_ alert: RiskAlert, in book: Rulebook) -> String {
        let risk = book.risks[alert.risk]
        return """
            \(risk.name) \(risk.thresholds[alert.threshold].name) \(TwinText.value(alert.entity.value)) \
            \(TwinDescription.instant(alert.onset)) to \(TwinDescription.instant(alert.end)) score \(alert.score) \
            peak \(alert.peak ?? -1) parts \(alert.contributionCount) of them \
            \(alert.contributions.map { "\(book.rules[$0.rule].name)@\(TwinText.instant($0.onset)) \($0.points)" }) known \
            \(TwinDescription.instant(alert.knownAt)) \(alert.status.rawValue)
            """
    }
}
