import Events
import Monitoring
import Rulebook

/// What an event is to the terms of one ceasefire, as far as they are conditions.
struct CeasefireFacts {
    var ceasefire: Ceasefire
    /// What of the area is not met; none where the event lies in it.
    var outside: [String]
    /// What of the prohibited acts is not met; none where it is one of them.
    var unprohibited: [String]

    /// Why an event does not bear on the ceasefire, without a full stop.
    var distance: String {
        outside.isEmpty
            ? "neither the initiator nor the target is of a side of \(ceasefire.id), or is whom it protects"
            : "it lies outside the area of \(ceasefire.id): \(outside.joined(separator: ", "))"
    }

    /// Why it is no breach of the ceasefire while that is in force, without a full stop.
    var permission: String {
        unprohibited.isEmpty
            ? "\(ceasefire.id) does not prohibit such an act between these two"
            : "\(ceasefire.id) does not prohibit this act: \(unprohibited.joined(separator: ", "))"
    }
}

/// Asks what events are to the terms of ceasefires.
struct CeasefireQuestions {
    private let terms: [(ceasefire: Ceasefire, area: DetectionQuestions?, prohibits: DetectionQuestions?)]

    /// Asks about all events, or about those that meet a condition.
    init(_ ceasefires: [Ceasefire], among scope: Condition? = nil, _ inquiry: inout Inquiry) {
        var terms: [(ceasefire: Ceasefire, area: DetectionQuestions?, prohibits: DetectionQuestions?)] = []
        for ceasefire in ceasefires {
            let area = ceasefire.area.map { DetectionQuestions($0, among: scope, &inquiry) }
            let prohibits = ceasefire.prohibits.map { DetectionQuestions($0, among: scope, &inquiry) }
            terms.append((ceasefire, area, prohibits))
        }
        self.terms = terms
    }

    /// What an event is to each ceasefire.
    func facts(of event: String, _ answers: Inquiry.Answers) -> [CeasefireFacts] {
        func unmet(_ questions: DetectionQuestions?) -> [String] {
            questions.map { ConditionView.reasons($0.condition, $0.facts(of: event, answers)) } ?? []
        }
        return terms.map { ceasefire, area, prohibits in
            CeasefireFacts(ceasefire: ceasefire, outside: unmet(area), unprohibited: unmet(prohibits))
        }
    }
}

/// Asks for the values of fields.
struct FieldQuestions {
    private let questions: [(name: String, question: Inquiry.Question)]

    /// Asks about all events, or about those that meet a condition.
    init(_ names: [String], among scope: Condition? = nil, _ inquiry: inout Inquiry) {
        var questions: [(name: String, question: Inquiry.Question)] = []
        for name in names { questions.append((name, inquiry.ask(scope ?? .all([]), fields: [name]))) }
        self.questions = questions
    }

    /// The fields that an event has, with their values.
    func values(of event: String, _ answers: Inquiry.Answers) -> [(name: String, values: [Value])] {
        questions.map { name, question in
            let alerts = answers[question].filter { $0.events.first?.id == event }
            return (name: name, values: alerts.compactMap { $0.group.first?.value }.filter { $0 != .absent })
        }.filter { !$0.values.isEmpty }
    }
}
