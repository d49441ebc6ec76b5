import Events
import Monitoring
import Rulebook

/// Asks which events met all parts of a condition but one.
struct NearEventQuestions {
    private let parts: [Condition]
    private let questions: [Inquiry.Question]

    init(_ condition: Condition, _ inquiry: inout Inquiry) {
        let parts = condition.conjuncts
        self.parts = parts
        // Where there is nothing else to meet, only a number can be near.
        questions = parts.indices.map { index in
            let others = parts.indices.filter { $0 != index }.map { parts[$0] }
            let isAsked = !others.isEmpty || parts[index].threshold != nil
            let fields = parts[index].fieldTests.first?.fields ?? []
            return inquiry.ask(
                isAsked ? .all(others + [.not(parts[index])]) : .any([]), fields: Array(fields.prefix(1)))
        }
    }

    /// Whether the condition is one that can nearly be met.
    var areKnown: Bool { parts.count > 1 || parts.contains { $0.threshold != nil } }

    /// The events, those that missed a number by least first.
    func events(_ answers: Inquiry.Answers) -> [RuleExplanation.NearEvent] {
        var found: [RuleExplanation.NearEvent] = []
        for (part, question) in zip(parts, questions) {
            var byEvent: [String: (event: Alert.EvidenceEvent, values: [Value])] = [:]
            var ids: [String] = []
            for alert in answers[question] {
                guard let event = alert.events.first else { continue }
                if byEvent[event.id] == nil { ids.append(event.id) }
                let value = alert.group.first?.value ?? .absent
                byEvent[event.id, default: (event, [])].values += value == .absent ? [] : [value]
            }
            for id in ids {
                guard let (event, values) = byEvent[id] else { continue }
                let distance = part.distance(values)
                // An event without the number is not near it.
                if parts.count == 1, distance == nil { continue }
                found.append(
                    RuleExplanation.NearEvent(
                        id: id, time: event.time, reason: ConditionView.unmet(part, values), distance: distance))
            }
        }
        return found.sorted { left, right in
            let (near, other) = (left.distance ?? .infinity, right.distance ?? .infinity)
            return near != other ? near < other : (left.time, left.id) < (right.time, right.id)
        }
    }
}

extension Condition {
    /// The parts that must all be met.
    fileprivate var conjuncts: [Condition] {
        if case .all(let parts) = self { return parts.flatMap(\.conjuncts) }
        return [self]
    }

    /// The number that it compares a field with, if that is all it does.
    fileprivate var threshold: Double? {
        switch self {
        case .test(let test): if case .compareNumber(_, let number) = test.test { number } else { nil }
        case .not(let part): part.threshold
        case .all, .any: nil
        }
    }

    /// By how much of its threshold the nearest of some values misses; nil where there is no number to miss.
    fileprivate func distance(_ values: [Value]) -> Double? {
        guard let threshold else { return nil }
        let distances = values.compactMap { value -> Double? in
            guard case .number(let number) = value else { return nil }
            return (number - threshold).magnitude / max(threshold.magnitude, 1)
        }
        return distances.min()
    }
}
