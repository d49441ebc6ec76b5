import Diagnostics
import Events
import Monitoring
import Rulebook

/// A test on a field that an event met or did not meet, and with which values.
struct TestFact {
    /// The test.
    var test: FieldTest
    /// The values of the event's field; none where it is absent.
    var values: [Value]
    /// Whether it is met.
    var isMet: Bool
}

/// Asks of each test of a condition which events meet it, and with which values.
struct DetectionQuestions {
    let condition: Condition
    /// The tests, in the order of writing.
    let tests: [FieldTest]
    private let whole: Inquiry.Question
    private let questions: [Inquiry.Question]
    private var values: [String: Inquiry.Question] = [:]

    /// Asks about all events, or about those that meet another condition alone.
    init(_ condition: Condition, among scope: Condition? = nil, _ inquiry: inout Inquiry) {
        func scoped(_ condition: Condition) -> Condition { scope.map { .all([$0, condition]) } ?? condition }
        self.condition = condition
        tests = condition.fieldTests
        whole = inquiry.ask(scoped(condition))
        questions = tests.map { inquiry.ask(scoped(.test($0))) }
        for field in tests.flatMap(\.fields) where values[field] == nil {
            values[field] = inquiry.ask(scoped(.all([])), fields: [field])
        }
    }

    /// The ids of the events that meet the condition.
    func matches(_ answers: Inquiry.Answers) -> Set<String> { DetectionQuestions.ids(answers[whole]) }

    /// The ids of the events that meet each test.
    func matchesByTest(_ answers: Inquiry.Answers) -> [Set<String>] {
        questions.map { DetectionQuestions.ids(answers[$0]) }
    }

    /// What each test says of an event.
    func facts(of event: String, _ answers: Inquiry.Answers) -> [TestFact] {
        zip(tests, questions).map { test, question in
            TestFact(
                test: test, values: test.fields.flatMap { values(of: $0, event, answers) },
                isMet: answers[question].contains { $0.events.first?.id == event })
        }
    }

    private func values(of field: String, _ event: String, _ answers: Inquiry.Answers) -> [Value] {
        guard let question = values[field] else { return [] }
        return answers[question].filter { $0.events.first?.id == event }
            .compactMap { alert in alert.group.first?.value }.filter { $0 != .absent }
    }

    private static func ids(_ alerts: [Alert]) -> Set<String> { Set(alerts.compactMap { $0.events.first?.id }) }
}

extension Condition {
    /// Whether it is the event of an id.
    static func isEvent(_ id: String) -> Condition {
        let test = ValueTest.like(WildcardPattern(pieces: [.literal(id)]), cased: true)
        return .test(FieldTest(field: "id", test: test, selection: nil, location: Location(file: "")))
    }

    /// Whether the time of an event lies within a range.
    static func isWithin(_ range: ClosedRange<Instant>) -> Condition {
        let bounds: [ValueTest] = [
            .compareInstant(.greaterOrEqual, range.lowerBound), .compareInstant(.lessOrEqual, range.upperBound),
        ]
        return .all(
            bounds.map { .test(FieldTest(field: "time", test: $0, selection: nil, location: Location(file: ""))) })
    }

    /// Its tests, in the order of writing.
    var fieldTests: [FieldTest] {
        switch self {
        case .test(let test): [test]
        case .all(let parts), .any(let parts): parts.flatMap(\.fieldTests)
        case .not(let part): part.fieldTests
        }
    }
}

extension FieldTest {
    /// The fields whose values it looks at; none for a keyword, which looks at all.
    var fields: [String] {
        if case .withinKilometers = test { return ["latitude", "longitude"] }
        if field == "*" { return [] }
        switch test {
        case .equalsField(let other, _), .likeField(let other, _, _), .compareField(_, let other):
            return [field, other]
        default: return [field]
        }
    }
}
