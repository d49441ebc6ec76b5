import Events
import Rulebook

/// What a sequence needs to know of a contribution: which of its steps it can be, and when its time ends.
struct StepPayload: ContributionPayload {
    /// A bit for each step.
    var steps: UInt64
    /// The exclusive end of its time; its time itself where that is exact.
    var end: Instant

    /// Without a first step there is no sequence, whatever else comes.
    var weight: Double { Double(steps & 1) }
}

/// `temporal_ordered`: 1 if there are distinct contributions of each step, in order, else 0.
///
/// Of intervals, one precedes another if it starts before and ends no later than the other starts: if the other starts at
/// or after the instant at which the one is `over`.
struct SequenceFigure: WindowFigure {
    private struct Candidate {
        var start: Instant
        var over: Instant
        var source: Source
    }

    /// The candidates of a step in the window, sorted by start; those before `head` have left.
    private struct Step {
        var candidates: [Candidate] = []
        var head = 0

        mutating func leave() {
            head += 1
            if head * 2 > candidates.count, head > 16 {
                candidates.removeFirst(head)
                head = 0
            }
        }
    }

    private let tiesAllowed: Bool
    private(set) var count = 0
    private var steps: [Step]

    init(steps: Int, tiesAllowed: Bool) {
        self.steps = [Step](repeating: Step(), count: steps)
        self.tiesAllowed = tiesAllowed
    }

    var isMonotone: Bool { true }
    static var isTold: Bool { false }
    var emptyValue: Double? { 0 }

    static func counts(_ payload: StepPayload) -> Bool { true }

    mutating func enter(_ contribution: Contribution<StepPayload>) {
        count += 1
        let over = max(contribution.payload.end, Instant(milliseconds: contribution.time.milliseconds + 1))
        for step in steps.indices where contribution.payload.steps & (1 << UInt64(step)) != 0 {
            steps[step].candidates.append(
                Candidate(start: contribution.time, over: over, source: contribution.source))
        }
    }

    mutating func leave(_ contribution: Contribution<StepPayload>) {
        count -= 1
        for step in steps.indices where contribution.payload.steps & (1 << UInt64(step)) != 0 { steps[step].leave() }
    }

    mutating func removeAll() { self = SequenceFigure(steps: steps.count, tiesAllowed: tiesAllowed) }

    func value() -> Double? {
        for step in steps.indices where steps[step].head == steps[step].candidates.count { return 0 }
        return (tiesAllowed ? hasSequenceWithTies() : hasSequence()) ? 1 : 0
    }

    func shortfall(of bound: Double) -> Double { steps[0].head == steps[0].candidates.count ? 1 : 0 }

    // From the last step back, the latest start that leaves the most room for those before it: O(steps log window) where
    // times are exact.
    private func hasSequence() -> Bool {
        var bound = Instant.distantFuture
        for step in steps.indices.reversed() {
            var position = firstPosition(inStep: step, startingAtOrAfter: bound) - 1
            while position >= steps[step].head, steps[step].candidates[position].over > bound { position -= 1 }
            guard position >= steps[step].head else { return false }
            bound = steps[step].candidates[position].start
        }
        return true
    }

    private func firstPosition(inStep step: Int, startingAtOrAfter bound: Instant) -> Int {
        var low = steps[step].head
        var high = steps[step].candidates.count
        if high > low, steps[step].candidates[high - 1].start < bound { return high }
        while low < high {
            let middle = (low + high) / 2
            if steps[step].candidates[middle].start < bound { low = middle + 1 } else { high = middle }
        }
        return low
    }

    // With ties it is enough that none precedes an earlier one: each must end after the latest start so far. The earliest
    // start is best for those that follow; only that contributions must be distinct can ask for another, so that at each
    // step as many alternatives are tried as there are steps, and none where not even a repetition would help.
    private func hasSequenceWithTies() -> Bool {
        var latest = Instant.distantPast
        for step in steps {
            guard let next = alternatives(of: step, after: latest, without: []).first else { return false }
            latest = max(latest, next.start)
        }
        return extend(from: 0, latest: .distantPast, used: [])
    }

    private func extend(from index: Int, latest: Instant, used: [Source]) -> Bool {
        if index == steps.count { return true }
        for candidate in alternatives(of: steps[index], after: latest, without: used) {
            if extend(from: index + 1, latest: max(latest, candidate.start), used: used + [candidate.source]) {
                return true
            }
        }
        return false
    }

    private func alternatives(of step: Step, after latest: Instant, without used: [Source]) -> [Candidate] {
        var result: [Candidate] = []
        for candidate in step.candidates[step.head...]
        where candidate.over > latest && !used.contains(candidate.source) {
            result.append(candidate)
            if result.count == steps.count { break }
        }
        return result
    }
}
