/// In which order conditions are evaluated, and which of them need not be.
///
/// A conjunction is looked at only where the rarest of its parts is met, so that a thousand rules cost little more than
/// those of them that some row may meet.
struct EvaluationPlan {
    /// How a node is evaluated.
    enum Step {
        /// It is a test, evaluated before.
        case test
        /// Every row meets it.
        case everything
        /// Where another is not met.
        case not(Int)
        /// Where any of those named at some places is met.
        case any(Range<Int>)
        /// Where all of those named at some places are met, the first most rarely; then come costly tests, asked of what is
        /// left.
        case all(Range<Int>, costly: Range<Int>)
    }

    /// Whether each node that is a test is evaluated over all rows.
    let isEager: [Bool]
    private var steps: [Step] = []
    // The nodes that the steps name, end to end, so that following a step counts no references.
    private var named: [Int] = []
    // The nodes to be looked at where a node is met.
    private var followers: [[Int32]] = []
    // The nodes to be looked at always, and those to be looked at now: a bit each.
    private var always: [UInt64] = []
    private var pending: [UInt64] = []

    init(isEager: [Bool]) { self.isEager = isEager }

    /// Notes the names of nodes, and returns their places.
    mutating func name(_ nodes: [Int]) -> Range<Int> {
        named += nodes
        return named.count - nodes.count..<named.count
    }

    /// Adds the next node, which is looked at where any of some others is met.
    mutating func append(_ step: Step, after others: [Int] = []) {
        let node = steps.count
        steps.append(step)
        followers.append([])
        if node >> 6 == always.count { always.append(0) }
        for other in others { followers[other].append(Int32(node)) }
        switch step {
        case .everything, .not: always[node >> 6] |= 1 << UInt64(node & 63)
        case .test, .any, .all: break
        }
    }

    /// Begins the evaluation of a range.
    mutating func begin() { pending = always }

    /// Notes that a node is met by some row.
    @inline(__always)
    mutating func note(_ node: Int) {
        for follower in followers[node] { pending[Int(follower) >> 6] |= 1 << UInt64(follower & 63) }
    }

    /// Evaluates the nodes that join others; those of tests must be set and noted.
    ///
    /// - Parameter restrict: leaves of a node only the rows that meet a costly test.
    mutating func finish(_ bits: inout RowBits, restrict: (_ node: Int, _ test: Int, inout RowBits) -> Void) {
        var word = 0
        while word < pending.count {
            while pending[word] != 0 {
                let node = word << 6 + pending[word].trailingZeroBitCount
                pending[word] &= pending[word] - 1
                evaluate(node, &bits, restrict)
                if bits.mayBeMet(node) { note(node) }
            }
            word += 1
        }
    }

    private func evaluate(
        _ node: Int, _ bits: inout RowBits, _ restrict: (_ node: Int, _ test: Int, inout RowBits) -> Void
    ) {
        switch steps[node] {
        case .test: break
        case .everything: bits.fill(node: node)
        case .not(let other): bits.complement(node: node, of: other)
        case .any(let others):
            for place in others where bits.mayBeMet(named[place]) { bits.unite(node: node, with: named[place]) }
        case .all(let others, let costly):
            for place in others where !bits.mayBeMet(named[place]) { return }
            bits.unite(node: node, with: named[others.lowerBound])
            for place in others.dropFirst() { bits.intersect(node: node, with: named[place]) }
            for place in costly { restrict(node, named[place], &bits) }
        }
    }
}
