import Events

/// What reciprocity needs to know of a contribution: from whom to whom, and when its time ends.
struct DirectedPayload: ContributionPayload {
    /// From and to as the upper and the lower half; only of different parties.
    var directions: Values<UInt64>
    /// The exclusive end of its time; its time itself where that is exact.
    var end: Instant
}

/// `reciprocity`: the longest sequence of blows between two parties, in order, in which the direction changes at every step,
/// counted in changes. A group has the largest of its pairs.
struct ReciprocityFigure: WindowFigure {
    private(set) var count = 0
    private var pairs: [UInt64: Alternation] = [:]
    // How many pairs have each number of changes, and the largest number that one has.
    private var pairsByChanges: [Int] = []
    private var largest = 0

    var isMonotone: Bool { true }
    static var isTold: Bool { true }
    var emptyValue: Double? { 0 }

    static func counts(_ payload: DirectedPayload) -> Bool { !payload.directions.isEmpty }

    mutating func enter(_ contribution: Contribution<DirectedPayload>) {
        if contribution.payload.directions.isEmpty { return }
        count += 1
        let over = max(contribution.payload.end, Instant(milliseconds: contribution.time.milliseconds + 1))
        contribution.payload.directions.forEach { direction in
            change(direction) { $0.enter(at: contribution.time, over: over, isForward: $1) }
        }
    }

    mutating func leave(_ contribution: Contribution<DirectedPayload>) {
        if contribution.payload.directions.isEmpty { return }
        count -= 1
        contribution.payload.directions.forEach { direction in
            change(direction) { alternation, _ in alternation.leave(at: contribution.time) }
        }
    }

    mutating func removeAll() { self = ReciprocityFigure() }

    func value() -> Double? { Double(largest) }

    private mutating func change(_ direction: UInt64, _ body: (inout Alternation, Bool) -> Void) {
        let (from, to) = (direction >> 32, direction & 0xffff_ffff)
        let pair = min(from, to) << 32 | max(from, to)
        var alternation = pairs.removeValue(forKey: pair) ?? Alternation()
        let before = alternation.changes
        body(&alternation, from < to)
        note(before, by: -1)
        note(alternation.changes, by: 1)
        if !alternation.isEmpty { pairs[pair] = alternation }
        while largest > 0, pairsByChanges[largest] == 0 { largest -= 1 }
    }

    /// Counts a pair with a number of changes; those with none need no counting.
    private mutating func note(_ changes: Int, by change: Int) {
        if changes == 0 { return }
        while pairsByChanges.count <= changes { pairsByChanges.append(0) }
        pairsByChanges[changes] += change
        largest = max(largest, changes)
    }
}
