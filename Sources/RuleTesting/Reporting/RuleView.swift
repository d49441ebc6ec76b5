import Events
import Monitoring
import Reporting
import Rulebook

/// What a rule sees of the events of a test: for a detection which events match and why the others do not, for a correlation
/// its contributions by group on a line of time.
struct RuleView {
    /// How many groups, or events that do not match, are shown.
    private static let limit = 6

    let runner: TestRunner
    let rule: RuleReference

    /// The lines, indented.
    func lines(_ test: RuleTest) -> [String] {
        var inquiry = Inquiry(runner.rulebook.restricted(to: [rule]))
        let scenario = runner.scenario(of: test)
        let order = Array(test.events.indices)
        let name = TerminalText.safe(runner.rulebook.rules[rule].name)
        switch runner.rulebook.rules[rule].body {
        case .detection(let condition):
            let questions = RuleView.EventQuestions(condition, runner.rulebook.ceasefires, &inquiry)
            let answers = Inquiry.Answers(scenario.standing(inquiry.rulebook, order: order))
            return ["  what \(name) sees:"] + lines(test, questions, answers)
        case .correlation(let correlation):
            let questions = ContributionQuestions(rule, correlation, &inquiry)
            let steps = StepQuestions(rule, &inquiry)
            let all = inquiry.ask(.all([]))
            let answers = Inquiry.Answers(scenario.standing(inquiry.rulebook, order: order))
            let contributions = questions.contributions(answers)
            let head = "  window of \(name), \(CorrelationText.text(correlation)):"
            let end = answers[all].compactMap { $0.events.first?.time }.max().map { max($0, test.until ?? $0) }
            let body =
                lines(contributions, correlation, end: end)
                + steps.silent(contributions).flatMap { step, questions in
                    guard let questions else { return ["    '\(step)' has no alert"] }
                    return ["    no event matches \(step)"] + lines(test, questions, answers).map { "  \($0)" }
                }
            return [head] + body.map { TerminalText.safe($0) }
        }
    }

    // MARK: Detections

    private func lines(_ test: RuleTest, _ questions: EventQuestions, _ answers: Inquiry.Answers) -> [String] {
        let matches = questions.detection.matches(answers)
        var ids: [String] = []
        for event in test.events { if let id = event.id, !ids.contains(id) { ids.append(id) } }
        let rows = ids.prefix(RuleView.limit * 2).map { id in
            if matches.contains(id) { return [id, "matches"] }
            return [id, "does not match", questions.reasons(of: id, answers).joined(separator: "; ")]
        }
        return TextTable.lines(Array(rows)).map { "    \($0)" }
    }

    /// Asks why events do not match a detection; where it looks at breaches, also for the verdict.
    struct EventQuestions {
        let detection: DetectionQuestions
        private var verdict: (fields: FieldQuestions, ceasefires: CeasefireQuestions)?

        init(_ condition: Condition, _ ceasefires: [Ceasefire], _ inquiry: inout Inquiry) {
            detection = DetectionQuestions(condition, &inquiry)
            guard detection.tests.contains(where: { $0.field == "breach" || $0.field.hasPrefix("breach.") }) else {
                return
            }
            verdict = (FieldQuestions(EventFields.ofVerdict, &inquiry), CeasefireQuestions(ceasefires, &inquiry))
        }

        /// What is not met by an event.
        func reasons(of event: String, _ answers: Inquiry.Answers) -> [String] {
            let failed = ConditionView.reasons(detection.condition, detection.facts(of: event, answers))
            guard let verdict else { return failed }
            let fields = verdict.fields.values(of: event, answers)
            return failed + ["breach " + EventFields.verdict(fields, verdict.ceasefires.facts(of: event, answers))]
        }
    }

    // MARK: Correlations

    private func lines(
        _ contributions: [Contribution], _ correlation: Correlation, end: Instant?
    ) -> [String] {
        var lines: [String] = []
        var groups: [[Value]] = []
        let counted = contributions.filter { $0.reason == nil }
        for contribution in counted where !groups.contains(contribution.group) { groups.append(contribution.group) }
        for group in groups.prefix(RuleView.limit) {
            lines.append("    \(CorrelationText.group(group, of: correlation))")
            let members = counted.filter { $0.group == group }
            lines += WindowView(correlation: correlation).lines(members).map { "      \($0)" }
            if let hint = undecided(members, correlation, end: end) ?? SequenceHint.text(members, correlation) {
                lines.append("      \(hint)")
            }
        }
        if groups.count > RuleView.limit { lines.append("    and \(groups.count - RuleView.limit) more groups") }
        for contribution in contributions {
            if let reason = contribution.reason {
                lines.append("    \(contribution.id) is left out: \(reason)")
            }
        }
        return lines
    }

    /// That the input ends before a silence is long enough: what a test of an absence lacks most often.
    private func undecided(_ members: [Contribution], _ correlation: Correlation, end: Instant?) -> String? {
        guard case .absence = correlation.pattern, let last = members.last, let end,
            last.time + correlation.timespan > end
        else { return nil }
        return "undecided: the \(correlation.timespan.ruleText) are over at "
            + "\(InstantText.utc(last.time + correlation.timespan)), and the input ends at \(InstantText.utc(end)); "
            + "a later event takes time there, or 'until' in the test"
    }
}

/// Asks of each detection of a correlation why no event matches it.
private struct StepQuestions {
    private var steps: [(name: String, questions: RuleView.EventQuestions?)] = []

    init(_ rule: RuleReference, _ inquiry: inout Inquiry) {
        for step in inquiry.rulebook.rules[rule].references {
            let definition = inquiry.rulebook.rules[step]
            guard case .detection(let condition) = definition.body else {
                steps.append((definition.name, nil))
                continue
            }
            steps.append(
                (definition.name, RuleView.EventQuestions(condition, inquiry.rulebook.ceasefires, &inquiry)))
        }
    }

    /// Those to which nothing contributes, each once.
    func silent(_ contributions: [Contribution]) -> [(name: String, questions: RuleView.EventQuestions?)] {
        var seen: Set<String> = []
        return steps.enumerated().filter { index, step in
            !contributions.contains { $0.steps.contains(index) } && seen.insert(step.name).inserted
        }.map(\.element)
    }
}

/// The contributions of one group, each with how many lie in the window that it ends, and a drawing of them.
struct WindowView {
    /// How many contributions are listed; all are drawn.
    private static let limit = 20

    let correlation: Correlation

    func lines(_ members: [Contribution]) -> [String] {
        let hidden = max(0, members.count - WindowView.limit)
        let rows = members.enumerated().dropFirst(hidden).map { index, member in
            [
                "\(TimelineDrawing.mark(index))", InstantText.utc(member.time), member.id,
                member.values.map { AlertLine.text($0) }.joined(separator: ", "),
                "\(correlation.window(at: member.time, in: members).count) in the window",
            ]
        }
        let lines = (hidden > 0 ? ["\(hidden) earlier ones"] : []) + TextTable.lines(rows)
        return lines + TimelineDrawing.lines(members, window: correlation.timespan)
    }
}

/// Why a condition is not met, by the tests that decide it.
enum ConditionView {
    /// What an event would have to be, or not to be, and what it is.
    static func reasons(_ condition: Condition, _ facts: [TestFact]) -> [String] {
        var reader = Reader(facts: facts)
        let (isMet, reasons) = reader.read(condition)
        return isMet ? [] : reasons
    }

    /// What a detection says of an event.
    static func verdict(_ rule: RuleReference, _ condition: Condition, _ facts: [TestFact]) -> EventExplanation.Verdict
    {
        var reader = Reader(facts: facts)
        let (isMet, reasons) = reader.read(condition)
        return EventExplanation.Verdict(
            rule: rule, matches: isMet, reasons: reasons, unmetCount: isMet ? 0 : reasons.count)
    }

    /// The part of a condition that was not met, and the value.
    static func unmet(_ part: Condition, _ values: [Value]) -> String {
        var facts = part.fieldTests.map { TestFact(test: $0, values: values, isMet: false) }
        if case .not = part { for index in facts.indices { facts[index].isMet = true } }
        var reader = Reader(facts: facts)
        return reader.read(part).reasons.joined(separator: "; ")
    }

    /// Walks a condition beside the facts of its tests, which are in the same order.
    private struct Reader {
        let facts: [TestFact]
        var next = 0

        /// Whether it is met, and the reasons for that.
        mutating func read(_ condition: Condition) -> (isMet: Bool, reasons: [String]) {
            switch condition {
            case .test:
                let fact = facts[next]
                next += 1
                return (fact.isMet, [ConditionView.text(fact)])
            case .not(let part):
                let (isMet, reasons) = read(part)
                return (!isMet, reasons)
            case .all(let parts): return join(parts, deciding: false)
            case .any(let parts):
                if let text = alternatives(parts) { return text }
                return join(parts, deciding: true)
            }
        }

        /// `all` is decided by the first part that is not met, `any` by the first that is; else by all of them.
        private mutating func join(_ parts: [Condition], deciding: Bool) -> (isMet: Bool, reasons: [String]) {
            let read = parts.map { self.read($0) }
            let decisive = read.filter { $0.isMet == deciding }
            if let first = decisive.first { return (deciding, deciding ? first.reasons : decisive.flatMap(\.reasons)) }
            return (!deciding, read.flatMap(\.reasons))
        }

        /// The values of one key as one reason.
        private mutating func alternatives(_ parts: [Condition]) -> (isMet: Bool, reasons: [String])? {
            let tests = parts.compactMap { if case .test(let test) = $0 { test } else { nil } }
            guard tests.count == parts.count, tests.count > 1, let first = tests.first,
                tests.allSatisfy({ $0.location == first.location && $0.field == first.field })
            else { return nil }
            let read = facts[next..<next + tests.count]
            next += tests.count
            let isMet = read.contains(where: \.isMet)
            let values = tests.map { test in
                let text = FieldTestText.text(test)
                let key = FieldTestText.key(test)
                return key.isEmpty ? text : String(text.dropFirst(key.count + 2))
            }
            let what = "\(FieldTestText.key(first)): [\(values.joined(separator: ", "))]"
            return (isMet, [ConditionView.text(what, read.first?.values ?? [], isMet: isMet, first)])
        }
    }

    private static func text(_ fact: TestFact) -> String {
        text(FieldTestText.text(fact.test), fact.values, isMet: fact.isMet, fact.test)
    }

    private static func text(_ what: String, _ values: [Value], isMet: Bool, _ test: FieldTest) -> String {
        let field = test.fields.first ?? "the text"
        let came =
            values.isEmpty
            ? "\(field) is absent" : "\(field) is \(values.map { AlertLine.text($0) }.joined(separator: ", "))"
        let selection = test.selection.map { "\($0): " } ?? ""
        return "\(selection)\(what) is \(isMet ? "" : "not ")met, \(test.fields.isEmpty ? "as a keyword" : came)"
    }
}
