import Events
import Rulebook

/// The near miss of a sequence: all steps in order, but too far apart; or as many of the first as came.
struct OrderedMiss {
    let correlation: Correlation

    func nearest(_ members: [Contribution], _ group: [Value]) -> NearMiss? {
        let steps = correlation.rules.count
        let byStep = (0..<steps).map { step in members.filter { $0.steps.contains(step) } }
        var best: (chain: [Contribution], inside: Int)?
        for member in byStep.first ?? [] {
            let chain = chain(from: member, byStep)
            let inside = chain.prefix { $0.time < member.time + correlation.timespan }.count
            if best == nil || isBetter(chain, inside, than: best) { best = (chain, inside) }
        }
        guard let best else { return nil }
        var miss = NearMiss(
            group: group, window: Array(best.chain.prefix(best.inside)), figure: Double(best.inside),
            threshold: Double(steps))
        if best.chain.count == steps, best.inside < steps, let first = best.chain.first, let last = best.chain.last {
            miss.late = best.chain[best.inside]
            miss.lateness = Timespan(
                milliseconds: (last.time - first.time).milliseconds - correlation.timespan.milliseconds)
        }
        return miss
    }

    /// From one contribution the earliest of each further step that comes after.
    private func chain(from first: Contribution, _ byStep: [[Contribution]]) -> [Contribution] {
        var chain = [first]
        for members in byStep.dropFirst() {
            let last = chain[chain.count - 1]
            let after = max(last.time + Timespan(milliseconds: 1), last.timeEnd)
            guard let next = members.first(from: after) else { break }
            chain.append(next)
        }
        return chain
    }

    private func isBetter(
        _ chain: [Contribution], _ inside: Int, than best: (chain: [Contribution], inside: Int)?
    ) -> Bool {
        guard let best else { return true }
        if chain.count != best.chain.count { return chain.count > best.chain.count }
        if inside != best.inside { return inside > best.inside }
        return length(chain) < length(best.chain)
    }

    private func length(_ chain: [Contribution]) -> Timespan {
        guard let first = chain.first, let last = chain.last else { return .zero }
        return last.time - first.time
    }
}

extension [Contribution] {
    /// Of contributions in order of time, the first at or after an instant.
    ///
    /// Complexity: O(log n).
    func first(from instant: Instant) -> Contribution? {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle].time < instant { low = middle + 1 } else { high = middle }
        }
        return low < count ? self[low] : nil
    }
}
