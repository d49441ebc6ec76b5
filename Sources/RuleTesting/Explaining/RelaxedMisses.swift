import Events
import Monitoring
import Rulebook

/// Finds the near misses of a correlation by asking the monitor what would have been with less: of each requirement, the rule
/// without it; and of a rate, also without several of them at once.
struct RelaxedMisses {
    /// How far `min_count` is lowered.
    private static let mostFloors = 10

    /// A question with less, and what was left out.
    private struct Trial {
        var requirements: [Requirement]
        /// The floor that was asked for instead; nil where next to nothing was.
        var floor: Int?
        var question: Inquiry.Question
    }

    /// The nearest of a group, as far as it is known.
    private struct Candidate {
        var group: [Value]
        var requirements: [Requirement]
        var shortfall: Shortfall
        /// The alert that would have been; nil where that must be asked.
        var alert: Alert?

        private var share: Double { shortfall.isMet ? 0 : shortfall.share }

        static func isNearer(_ left: Candidate, _ right: Candidate) -> Bool {
            (left.requirements.count, left.share) < (right.requirements.count, right.share)
        }
    }

    private let rule: Rule
    private let correlation: Correlation
    private var trials: [Trial] = []

    /// Whether there is anything of which less can be asked.
    var areKnown: Bool { !trials.isEmpty }

    /// - Parameter requirements: those to look at; nil for all.
    init(
        _ rule: Rule, _ correlation: Correlation, only requirements: [Requirement]? = nil, _ inquiry: inout Inquiry
    ) {
        self.rule = rule
        self.correlation = correlation
        let all = Requirement.all(of: rule, correlation).filter { requirements?.contains($0) ?? true }
        for requirement in all {
            switch requirement {
            case .minimumCount, .minimumBaseline:
                let least = rule.demand(requirement).map { Int($0.threshold) } ?? 0
                for floor in stride(from: least - 1, through: max(least - RelaxedMisses.mostFloors, 0), by: -1) {
                    let question = inquiry.ask(rule.asking(requirement, for: Double(floor)))
                    trials.append(Trial(requirements: [requirement], floor: floor, question: question))
                }
            case .duration:
                let question = inquiry.ask(rule.asking(requirement, for: 0))
                trials.append(Trial(requirements: [requirement], question: question))
            case .bound, .ratio, .pValue, .floor, .limit:
                let question = inquiry.ask(rule.asking(nothingOf: requirement))
                trials.append(Trial(requirements: [requirement], question: question))
            }
        }
        for together in RelaxedMisses.sets(all, correlation) {
            let question = inquiry.ask(together.reduce(rule) { $0.asking(nothingOf: $1) })
            trials.append(Trial(requirements: together, question: question))
        }
    }

    /// Of a rate, what is left out at once: ratio and p-value, and then all it asks for.
    private static func sets(_ all: [Requirement], _ correlation: Correlation) -> [[Requirement]] {
        guard case .rateChange = correlation.pattern else { return [] }
        let ratio = all.first { if case .ratio = $0 { true } else { false } }
        let pValue = all.first { if case .pValue = $0 { true } else { false } }
        let figures = [ratio, pValue].compactMap { $0 }
        let floors = all.filter { $0 == .minimumCount || $0 == .minimumBaseline }
        return [figures, figures + floors].filter { $0.count > 1 }
    }

    /// The best of each group that did not fire, the nearest first.
    func find(
        _ answers: Inquiry.Answers, except fired: Set<[Value]>, among members: [Contribution], limit: Int,
        _ book: Rulebook, _ follow: Explainer.Follow
    ) throws -> [NearMiss] {
        var nearest: [[Value]: Candidate] = [:]
        for trial in trials {
            for alert in answers[trial.question] {
                let group = alert.group.map(\.value)
                guard !fired.contains(group), let candidate = candidate(trial, group, alert) else { continue }
                if let known = nearest[group], !Candidate.isNearer(candidate, known) { continue }
                nearest[group] = candidate
            }
        }
        let sorted = nearest.values.sorted { left, right in
            if Candidate.isNearer(left, right) { return true }
            return !Candidate.isNearer(right, left) && RelaxedMisses.precedes(left.group, right.group)
        }
        return try told(Array(sorted.prefix(limit)), members, book, follow)
    }

    private static func precedes(_ left: [Value], _ right: [Value]) -> Bool {
        left.lexicographicallyPrecedes(right) { AlertLine.text($0) < AlertLine.text($1) }
    }

    // MARK: What came nearest

    private func candidate(_ trial: Trial, _ group: [Value], _ alert: Alert) -> Candidate? {
        let requirement = trial.requirements[0]
        guard let demand = rule.demand(requirement), let value = value(of: requirement, trial, alert) else {
            return nil
        }
        let shortfall = Shortfall(
            requirement: requirement, value: value, comparison: demand.comparison, threshold: demand.threshold)
        // Of several that were left out the first may be met all the same.
        if shortfall.isMet, trial.requirements.count == 1 { return nil }
        return Candidate(
            group: group, requirements: trial.requirements, shortfall: shortfall,
            alert: requirement.isBound ? nil : alert)
    }

    /// The best that an alert was, of what was asked for.
    private func value(of requirement: Requirement, _ trial: Trial, _ alert: Alert) -> Double? {
        switch requirement {
        case .minimumCount, .minimumBaseline: trial.floor.map(Double.init)
        // Of one that still holds nobody knows how long it will.
        case .duration: alert.end.map { Double(($0 - alert.onset).milliseconds) }
        case .pValue: alert.peak?.pValue ?? alert.figure?.pValue
        case .bound, .ratio, .floor, .limit: alert.peak?.value ?? alert.figure?.value
        }
    }

    // MARK: When that was

    /// Asks for the rule with what came nearest as its threshold, and so for when that was.
    private func told(
        _ candidates: [Candidate], _ members: [Contribution], _ book: Rulebook, _ follow: Explainer.Follow
    ) throws -> [NearMiss] {
        var inquiry = Inquiry(book)
        let questions = candidates.map { candidate -> Inquiry.Question? in
            guard candidate.alert == nil else { return nil }
            let (requirement, value) = (candidate.requirements[0], candidate.shortfall.value)
            let relaxed = candidate.requirements.dropFirst().reduce(rule) { $0.asking(nothingOf: $1) }
            return inquiry.ask(relaxed.asking(requirement, for: value))
        }
        let isAsked = questions.contains { $0 != nil }
        let answers = isAsked ? Inquiry.Answers(try follow(inquiry.rulebook)) : Inquiry.Answers([])
        return zip(candidates, questions).compactMap { candidate, question in
            let found = question.map { answers[$0].first { $0.group.map(\.value) == candidate.group } }
            guard let alert = candidate.alert ?? (found ?? nil) else { return nil }
            return nearMiss(candidate, alert, members.filter { $0.group == candidate.group })
        }
    }

    private func nearMiss(_ candidate: Candidate, _ alert: Alert, _ members: [Contribution]) -> NearMiss? {
        var shortfalls = [candidate.shortfall].filter { !$0.isMet }
        for requirement in candidate.requirements.dropFirst() {
            guard let demand = rule.demand(requirement), let value = value(of: requirement, alert) else { continue }
            let other = Shortfall(
                requirement: requirement, value: value, comparison: demand.comparison, threshold: demand.threshold)
            if !other.isMet { shortfalls.append(other) }
        }
        guard let first = shortfalls.first else { return nil }
        var miss = NearMiss(
            group: candidate.group, window: correlation.window(at: alert.onset, in: members), figure: first.value,
            threshold: first.threshold)
        miss.shortfalls = shortfalls
        miss.time = alert.onset
        return miss
    }

    /// What else an alert of a rate was at its onset.
    private func value(of requirement: Requirement, _ alert: Alert) -> Double? {
        guard case .rateChange(let change) = correlation.pattern else { return nil }
        switch requirement {
        case .pValue: return alert.figure?.pValue
        case .minimumCount: return change.isFall ? baselineCount(change, alert) : Double(alert.evidenceCount)
        case .minimumBaseline: return baselineCount(change, alert)
        case .bound, .ratio, .floor, .limit, .duration: return nil
        }
    }

    /// How many contributions the baseline had, by the ratio; none counts as a half there.
    private func baselineCount(_ change: Correlation.RateChange, _ alert: Alert) -> Double? {
        guard let ratio = alert.figure?.value, ratio > 0 else { return nil }
        let exposure = Double(change.baseline.milliseconds) / Double(correlation.timespan.milliseconds)
        let count = Double(alert.evidenceCount) * exposure / ratio
        return count < 0.75 ? 0 : count.rounded()
    }
}
