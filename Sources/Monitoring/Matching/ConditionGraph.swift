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
    // The nodes that each joins.
    private var operands: [[Int32]] = []
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
        if operators[node] == .not { return Int(operands[node][0]) }
        let key = Key.joined(.not, [Int32(node)])
        return nodes[key] ?? append(key, .not, [Int32(node)])
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
        operands.append(joined)
        nodes[key] = operators.count - 1
        return operators.count - 1
    }
}

// How the nodes are evaluated: only where something that they need is met.
extension ConditionGraph {
    /// Makes a plan.
    ///
    /// - Parameters:
    ///   - wanted: the nodes that are asked for.
    ///   - isCostly: whether a node is a test that is better asked only of the rows that meet the rest of a conjunction.
    func plan(wanted: Set<Int>, isCostly: (Int) -> Bool) -> EvaluationPlan {
        var isEager = operators.indices.map { !isCostly($0) || wanted.contains($0) }
        var uses = [Int](repeating: 0, count: count)
        for node in operators.indices {
            for operand in operands[node] {
                uses[Int(operand)] += 1
                if operators[node] != .all { isEager[Int(operand)] = true }
            }
        }
        for node in operators.indices where operators[node] == .all {
            if let first = operands[node].first, !operands[node].contains(where: { isEager[Int($0)] }) {
                isEager[Int(first)] = true
            }
        }
        var plan = EvaluationPlan(isEager: isEager)
        for node in operators.indices {
            let all = operands[node].map { Int($0) }
            switch operators[node] {
            case .test: plan.append(.test)
            case .not: plan.append(.not(all[0]))
            case .any:
                let places = plan.name(all)
                plan.append(.any(places), after: all)
            case .all:
                // What few others use is met most rarely: only there the rest is looked at.
                let eager = all.filter { isEager[$0] }.sorted { uses[$0] < uses[$1] }
                let costly = all.filter { !isEager[$0] }
                if let rarest = eager.first {
                    let (places, costlyPlaces) = (plan.name(eager), plan.name(costly))
                    plan.append(.all(places, costly: costlyPlaces), after: [rarest])
                } else {
                    plan.append(.everything)
                }
            }
        }
        return plan
    }
}
