import Diagnostics
import Events
import Monitoring
import Rulebook

extension TestRunner {
    /// Finds what of the rules no test reaches: the rules, their selections, conditions and steps, and the sides of their
    /// thresholds.
    ///
    /// - Parameters:
    ///   - tests: the tests, which must pass.
    ///   - sources: the rules and risks to look at.
    public func coverage(_ tests: [RuleTest], _ sources: [AlertSource]) -> GapReport {
        var goals = rulebook.rules.indices.map { RuleGoals(rulebook, $0) }
        var risks = rulebook.risks.map { RiskGoals($0) }
        for test in tests {
            let book = rulebook.restricted(to: test.sources)
            let concerned = rulebook.dependencies(of: test.sources).sorted()
            var inquiry = Inquiry(book)
            let questions = concerned.map { goals[$0].ask(&inquiry) }
            let order = ArrivalOrders(test, seed: 0).stated
            let answers = Inquiry.Answers(scenario(of: test).standing(inquiry.rulebook, order: order))
            for (rule, asked) in zip(concerned, questions) { goals[rule].note(asked.map { $0(answers) }) }
            if test.risks.isEmpty { continue }
            let notices = scenario(of: test).standingNotices(book, order: order)
            for risk in test.risks { risks[risk].note(notices, of: risk) }
        }
        var report = GapReport()
        for source in sources {
            let (all, open, isConcerned) =
                switch source {
                case .rule(let rule): (goals[rule].goals.count, goals[rule].gaps, goals[rule].isConcerned)
                case .risk(let risk): (risks[risk].count, risks[risk].gaps, risks[risk].isConcerned)
                }
            report.count += all
            if !isConcerned { report.add(untested: source, count: all) }
            for gap in isConcerned ? open : [] {
                report.add(.init(source: source, what: gap.what, location: gap.location), in: rulebook)
            }
        }
        return report
    }
}

/// What tests can reach of one rule, and what they have reached so far.
private struct RuleGoals {
    /// Something that a test can reach.
    struct Goal {
        var text: String
        var location: Location
        var kind: Kind
    }

    enum Kind {
        /// An event in force meets a condition.
        case event(Condition)
        /// The rule has an alert.
        case alert
        /// A group has contributions and no alert.
        case quietGroup
        /// A rule of a correlation contributes.
        case step(Int)
    }

    typealias Question = (Inquiry.Answers) -> Bool

    let rule: RuleReference
    let location: Location
    let goals: [Goal]
    private(set) var isReached: [Bool]
    private(set) var isConcerned = false

    init(_ rulebook: Rulebook, _ rule: RuleReference) {
        self.rule = rule
        let definition = rulebook.rules[rule]
        location = definition.location
        switch definition.body {
        case .detection(let condition): goals = RuleGoals.goals(of: condition, at: definition.location)
        case .correlation(let correlation):
            let steps = definition.references.count > 1 ? definition.references : []
            goals =
                [
                    Goal(text: "in which it fires", location: location, kind: .alert),
                    Goal(
                        text: "in which something contributes and it does not fire", location: location,
                        kind: .quietGroup),
                ]
                + steps.enumerated().map { step, other in
                    let name = rulebook.rules[other].name
                    let text = "in which step \(step + 1) of \(correlation.typeName), '\(name)', contributes"
                    return Goal(text: text, location: definition.location, kind: .step(step))
                }
        }
        isReached = [Bool](repeating: false, count: goals.count)
    }

    /// Asks for everything; each question tells by the answers whether its goal is reached.
    func ask(_ inquiry: inout Inquiry) -> [Question] {
        guard case .correlation(let correlation) = inquiry.rulebook.rules[rule].body else {
            return goals.map { goal in
                guard case .event(let condition) = goal.kind else { return { _ in false } }
                let question = inquiry.ask(condition)
                return { !$0[question].isEmpty }
            }
        }
        let alerts = inquiry.ask(alertsOf: rule)
        let contributions = ContributionQuestions(rule, correlation, &inquiry)
        return goals.map { goal in
            switch goal.kind {
            case .event: { _ in false }
            case .alert: { !$0[alerts].isEmpty }
            case .step(let step): { contributions.contributions($0).contains { $0.steps.contains(step) } }
            case .quietGroup:
                { answers in
                    let loud = Set(answers[alerts].map { $0.group.map(\.value) })
                    return contributions.contributions(answers).contains {
                        $0.reason == nil && !loud.contains($0.group)
                    }
                }
            }
        }
    }

    /// What has not been reached.
    var gaps: [(what: String, location: Location)] {
        zip(goals, isReached).compactMap { goal, isReached in isReached ? nil : (goal.text, goal.location) }
    }

    mutating func note(_ reached: [Bool]) {
        isConcerned = true
        for index in reached.indices where reached[index] { isReached[index] = true }
    }

    // MARK: Detections

    private static func goals(of condition: Condition, at place: Location) -> [Goal] {
        func both(_ text: String, _ condition: Condition, at place: Location) -> [Goal] {
            [
                Goal(text: "with an event that meets \(text)", location: place, kind: .event(condition)),
                Goal(text: "with an event that does not meet \(text)", location: place, kind: .event(.not(condition))),
            ]
        }
        var goals = both("its condition", condition, at: place)
        let selections = condition.selections
        if selections.count > 1 {
            for (name, selection) in selections {
                let place = selection.fieldTests.first?.location ?? place
                goals += both("selection '\(name)'", selection, at: place)
            }
        }
        for test in condition.fieldTests where test.hasThreshold {
            let isThere = Condition.all(
                test.fields.map { field in
                    .test(FieldTest(field: field, test: .exists(true), selection: nil, location: test.location))
                })
            let text = FieldTestText.text(test)
            goals.append(
                Goal(text: "with an event beyond \(text)", location: test.location, kind: .event(.test(test))))
            goals.append(
                Goal(
                    text: "with an event short of \(text)", location: test.location,
                    kind: .event(.all([isThere, .not(.test(test))]))))
        }
        return goals
    }
}

extension FieldTest {
    fileprivate var hasThreshold: Bool {
        switch test {
        case .compareNumber, .compareInstant, .withinKilometers, .calendar(_, .compareNumber): true
        default: false
        }
    }
}

extension Condition {
    /// Its selections by name, the first place of each.
    fileprivate var selections: [(name: String, condition: Condition)] {
        var found: [(name: String, condition: Condition)] = []
        collect(into: &found)
        return found
    }

    private func collect(into found: inout [(name: String, condition: Condition)]) {
        if case .not(let part) = self { return part.collect(into: &found) }
        let names = Set(fieldTests.map(\.selection))
        if names.count == 1, let name = names.first.flatMap({ $0 }) {
            if !found.contains(where: { $0.name == name }) { found.append((name, self)) }
            return
        }
        switch self {
        case .all(let parts), .any(let parts): for part in parts { part.collect(into: &found) }
        case .test, .not: break
        }
    }
}
