/// Which interests each condition is part of, so that of thousands only those are looked at that some row may meet.
struct InterestIndex {
    // The interests of each node, end to end; those of node n begin at `starts[n]`.
    private var starts: [Int]
    private var interests: [Int] = []

    /// Creates the index of interests.
    ///
    /// - Parameter nodes: how many conditions there are, with those that others are made of.
    init(_ all: [Interest], nodes: Int) {
        var byNode = [[Int]](repeating: [], count: nodes)
        for (index, interest) in all.enumerated() {
            for node in interest.steps where byNode[node].last != index { byNode[node].append(index) }
        }
        starts = [0]
        for list in byNode {
            interests += list
            starts.append(interests.count)
        }
    }

    /// The interests that some row may meet, in order.
    func met(by bits: borrowing RowBits) -> [Int] {
        var queue = NumberQueue()
        for node in bits.met {
            for place in starts[Int(node)]..<starts[Int(node) + 1] { queue.insert(interests[place]) }
        }
        var result: [Int] = []
        while let interest = queue.removeFirst() { result.append(interest) }
        return result
    }
}
