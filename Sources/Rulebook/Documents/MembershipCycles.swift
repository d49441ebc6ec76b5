import Diagnostics
import Events

/// Finds actors that would belong to themselves at some time.
///
/// Memberships of different times make no circle, so each circle is looked for at every instant at which one of its
/// memberships begins.
struct MembershipCycles {
    /// Where more memberships than this hang together in circles, they are taken as if all held at once.
    private static let limit = 1_000

    let actors: [Actor]

    /// Says where each circle is.
    func report(_ scope: Scope) {
        let always = DependencyCycles.find(in: actors.map { $0.memberships.map(\.group) })
        if always.isEmpty { return }
        var reported: Set<Set<Int>> = []
        for cycle in cycles() where reported.insert(Set(cycle)).inserted {
            let path = DependencyCycles.describe(cycle, by: " of ") { actors[$0].id }
            scope.within("actor '\(actors[cycle[0]].id)'").error(
                .membershipCycle, "an actor cannot belong to itself: \(path)", at: actors[cycle[0]].location)
        }
    }

    private func cycles() -> [[Int]] {
        let beginnings = Set(actors.flatMap { $0.memberships.map(\.from) }).sorted()
        guard beginnings.count * actors.count <= MembershipCycles.limit * MembershipCycles.limit else {
            return DependencyCycles.find(in: actors.map { $0.memberships.map(\.group) })
        }
        return beginnings.flatMap { instant in
            DependencyCycles.find(
                in: actors.map { actor in
                    actor.memberships.filter { $0.from <= instant && instant < $0.until }.map(\.group)
                })
        }
    }
}
