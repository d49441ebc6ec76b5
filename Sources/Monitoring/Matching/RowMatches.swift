import Events

/// Who takes an interest in which events: a consumer takes those that meet a condition, and is told which of its steps they
/// meet.
struct Interest {
    /// The condition that an event must meet, as the matcher numbers it; one for each step. An event that meets any is of
    /// interest.
    var steps: [Int]
}

/// Which consumers take a row that is judged alone.
struct RowMatches {
    /// A consumer that takes the row, and a bit for each of its steps that the row meets.
    struct Match {
        var consumer: Int
        var steps: UInt64
    }

    /// The matches, in the order of the consumers.
    private(set) var matches: [Match] = []

    /// Collects what was found for a row, which is one of those that the bits are about.
    mutating func collect(_ interests: [Interest], from bits: borrowing RowBits, row: Int) {
        matches.removeAll(keepingCapacity: true)
        for (consumer, interest) in interests.enumerated() {
            var steps: UInt64 = 0
            for (step, node) in interest.steps.enumerated() where bits.isSet(node: node, row: row) {
                steps |= 1 << UInt64(step)
            }
            if steps != 0 { matches.append(Match(consumer: consumer, steps: steps)) }
        }
    }
}
