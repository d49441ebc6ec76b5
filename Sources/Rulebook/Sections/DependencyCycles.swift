/// Finds circles among things that depend on each other.
enum DependencyCycles {
    /// The circles, each as the things on it in the order of dependence; each thing is on at most one of them.
    ///
    /// - Complexity: O(things + dependencies), without recursion.
    static func find(in dependencies: [[Int]]) -> [[Int]] {
        var isDone = withoutCycles(dependencies)
        var cycles: [[Int]] = []
        for start in dependencies.indices where !isDone[start] {
            var path: [Int] = []
            var position: [Int: Int] = [:]
            var current: Int? = start
            while let thing = current, position[thing] == nil {
                position[thing] = path.count
                path.append(thing)
                current = dependencies[thing].first { !isDone[$0] }
            }
            if let thing = current, let first = position[thing] { cycles.append(Array(path[first...])) }
            for thing in path { isDone[thing] = true }
        }
        return cycles
    }

    /// A circle in words, from its first thing back to it; of a long one only the first things.
    static func describe(_ cycle: [Int], by link: String, _ name: (Int) -> String) -> String {
        let shown = cycle.prefix(10).map { "'\(name($0))'" } + (cycle.count > 10 ? ["…"] : [])
        return (shown + ["'\(name(cycle[0]))'"]).joined(separator: link)
    }

    /// Which things are neither on a circle nor lead to one: taken away one after the other, once nothing they depend on is left.
    private static func withoutCycles(_ dependencies: [[Int]]) -> [Bool] {
        var dependents: [[Int]] = Array(repeating: [], count: dependencies.count)
        for (thing, others) in dependencies.enumerated() {
            for other in others { dependents[other].append(thing) }
        }
        var open = dependencies.map(\.count)
        var ready = open.indices.filter { open[$0] == 0 }
        var isDone = Array(repeating: false, count: dependencies.count)
        while let thing = ready.popLast() {
            isDone[thing] = true
            for dependent in dependents[thing] {
                open[dependent] -= 1
                if open[dependent] == 0 { ready.append(dependent) }
            }
        }
        return isDone
    }
}
