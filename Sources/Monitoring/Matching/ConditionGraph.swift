/// What conditions are made of: tests, and nodes that join others. Equal nodes exist once.
///
/// A node's index is larger than those of the nodes it joins, so that one pass in order evaluates all.
struct ConditionGraph {
    private enum Operator: UInt8 { case test, all, any, not }

    /// What makes two nodes the same.
    private enum Key: Hashable {
        case test(TestKey)
        case joined(Operator, [Int32])
    }

    private var operators: [Operator] = []
    // The nodes that each joins, end to end; `ends[i]` is the end of those of node i.
    private var operands: [Int32] = []
    private var ends: [Int] = []
    private var nodes: [Key: Int] = [:]

    /// How many nodes there are.
    var count: Int { operators.count }

    /// The node of a test, and whether it is new.
    mutating func leaf(_ key: TestKey) -> (node: Int, isNew: Bool) {
        if let node = nodes[.test(key)] { return (node, false) }
        return (append(.test(key), .test, []), true)
    }

    /// The node that is met where all of some nodes are.
    mutating func intersection(of parts: [Int]) -> Int { join(.all, parts) }

    /// The node that is met where any of some nodes is.
    mutating func union(of parts: [Int]) -> Int { join(.any, parts) }

    /// The node that is met where another is not.
    mutating func complement(of node: Int) -> Int {
        if operators[node] == .not { return Int(operands[ends[node] - 1]) }
        let key = Key.joined(.not, [Int32(node)])
        return nodes[key] ?? append(key, .not, [Int32(node)])
    }

    /// Evaluates the nodes that join others; those of tests must be set.
    func evaluate(into bits: inout RowBits) {
        var start = 0
        for node in operators.indices {
            let end = ends[node]
            switch operators[node] {
            case .test: break
            case .all: bits.intersect(node: node, of: operands[start..<end])
            case .any: bits.unite(node: node, of: operands[start..<end])
            case .not: bits.complement(node: node, of: operands[start])
            }
            start = end
        }
    }

    private mutating func join(_ joining: Operator, _ parts: [Int]) -> Int {
        var distinct: [Int32] = []
        for part in parts.sorted() where distinct.last != Int32(part) { distinct.append(Int32(part)) }
        if distinct.count == 1 { return Int(distinct[0]) }
        let key = Key.joined(joining, distinct)
        return nodes[key] ?? append(key, joining, distinct)
    }

    private mutating func append(_ key: Key, _ joining: Operator, _ joined: [Int32]) -> Int {
        operators.append(joining)
        operands.append(contentsOf: joined)
        ends.append(operands.count)
        nodes[key] = operators.count - 1
        return operators.count - 1
    }
}
