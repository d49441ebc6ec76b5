import Events
import Monitoring
import Rulebook

/// What a correlation takes: events that match one of its rules, or alerts of one.
struct Contribution {
    /// The id of the event or alert.
    var id: String
    /// When it happened.
    var time: Instant
    /// The exclusive end of its time; the same where that is exact.
    var timeEnd: Instant
    /// The values of the fields of the group.
    var group: [Value]
    /// The values that are measured of it.
    var values: [Value]
    /// The positions of the rules that it matches among those of the correlation.
    var steps: Set<Int>
    /// Why it does not count; nil where it does.
    var reason: String?
}

/// Asks for the contributions of a correlation.
struct ContributionQuestions {
    private let correlation: Correlation
    private let questions: [Inquiry.Question]
    private let isAlert: [Bool]

    /// Asks for all contributions, or for those of events within a time.
    init(
        _ rule: RuleReference, _ correlation: Correlation, within time: ClosedRange<Instant>? = nil,
        _ inquiry: inout Inquiry
    ) {
        self.correlation = correlation
        var questions: [Inquiry.Question] = []
        var isAlert: [Bool] = []
        for (step, other) in inquiry.rulebook.rules[rule].references.enumerated() {
            switch inquiry.rulebook.rules[other].body {
            case .detection(let condition):
                let fields = correlation.groupBy.map { $0.field(step) } + correlation.pattern.fields
                questions.append(
                    inquiry.ask(time.map { .all([.isWithin($0), condition]) } ?? condition, fields: fields))
                isAlert.append(false)
            case .correlation:
                questions.append(inquiry.ask(alertsOf: other))
                isAlert.append(true)
            }
        }
        self.questions = questions
        self.isAlert = isAlert
    }

    /// What makes a contribution one, whichever rules it matches.
    private struct Identity: Hashable {
        var id: String
        var group: [Value]
        var values: [Value]
    }

    /// The contributions, in order of time; those that do not count among them.
    func contributions(_ answers: Inquiry.Answers) -> [Contribution] {
        var found: [Contribution] = []
        var places: [Identity: Int] = [:]
        for (step, question) in questions.enumerated() {
            for alert in answers[question] {
                let contribution = contribution(alert, step: step)
                let identity = Identity(id: contribution.id, group: contribution.group, values: contribution.values)
                if let same = places[identity] {
                    found[same].steps.insert(step)
                } else {
                    places[identity] = found.count
                    found.append(contribution)
                }
            }
        }
        return found.sorted { ($0.time, $0.id) < ($1.time, $1.id) }
    }

    private func contribution(_ alert: Alert, step: Int) -> Contribution {
        let names = correlation.groupBy.map { isAlert[step] ? $0.name : $0.field(step) }
        func value(_ field: String) -> Value { alert.group.first { $0.field == field }?.value ?? .absent }
        let event = isAlert[step] ? nil : alert.events.first
        var contribution = Contribution(
            id: event?.id ?? alert.id, time: event?.time ?? alert.onset, timeEnd: event?.timeEnd ?? alert.onset,
            group: names.map { value($0) }, values: correlation.pattern.fields.map { value($0) }, steps: [step])
        if let lacking = zip(names, contribution.group).first(where: { $0.1 == .absent }) {
            contribution.reason = "it has no '\(lacking.0)'"
        } else if isTooImprecise(contribution) {
            contribution.reason = "its time is less exact than the timespan"
        }
        return contribution
    }

    private func isTooImprecise(_ contribution: Contribution) -> Bool {
        if correlation.takesImprecise { return false }
        return contribution.timeEnd - contribution.time > correlation.timespan
    }
}

extension Correlation.GroupField {
    /// The field that it is taken from for one of the correlation's rules.
    func field(_ step: Int) -> String { fieldByRule.flatMap { step < $0.count ? $0[step] : nil } ?? name }
}
