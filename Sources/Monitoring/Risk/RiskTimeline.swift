import Events
import Glibc

/// The alerts of one entity in order of time, the score after each, and where it is at or above each threshold.
///
/// The score is folded from the first alert on, in order of onset, then id: at each, what is left of the score before and its
/// points. So it is a function of the set of alerts, whatever order they came in, and an alert at the end costs O(1).
struct RiskTimeline {
    /// An alert of the entity.
    struct Entry: Equatable {
        var onset: Instant
        var id: String
        var rule: Int
        var points: Double
        var knownAt: Instant
    }

    private(set) var entries: [Entry] = []
    /// The score after each entry, at its onset.
    private(set) var scores: [Double] = []
    /// Where the score is at or above each threshold: sorted, no two adjoin. The end is the first millisecond below.
    private(set) var episodes: [[Episode]]
    private let halfLife: Timespan
    private let thresholds: [Double]
    /// The score after the last entry that was let go of, and its onset.
    private var released: (score: Double, onset: Instant)?

    init(halfLife: Timespan, thresholds: [Double]) {
        self.halfLife = halfLife
        self.thresholds = thresholds
        episodes = [[Episode]](repeating: [], count: thresholds.count)
    }

    /// What is left of one point after a length of time.
    func decay(_ age: Timespan) -> Double { exp2(-Double(age.milliseconds) / Double(halfLife.milliseconds)) }

    /// Puts an entry in its place. `derive` must follow.
    mutating func insert(_ entry: Entry) {
        let index = position(of: entry)
        entries.insert(entry, at: index)
        scores.insert(0, at: index)
    }

    /// Takes an entry out. `derive` must follow.
    mutating func remove(_ entry: Entry) {
        let index = position(of: entry)
        guard index < entries.count, entries[index] == entry else { return }
        entries.remove(at: index)
        scores.remove(at: index)
    }

    /// Whether an entry would stand before those that are kept.
    func hasReleased(_ entry: Entry) -> Bool { released.map { entry.onset <= $0.onset } ?? false }

    private func position(of entry: Entry) -> Int {
        firstIndex { $0.onset == entry.onset ? !$0.id.precedesByCodePoint(entry.id) : $0.onset > entry.onset }
    }

    /// The first index at or after an instant.
    func index(atOrAfter instant: Instant) -> Int { firstIndex { $0.onset >= instant } }

    /// The first index whose entry, like all behind it, meets a condition.
    private func firstIndex(where isBehind: (Entry) -> Bool) -> Int {
        guard let last = entries.last, isBehind(last) else { return entries.count }
        var (low, high) = (0, entries.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if isBehind(entries[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// Derives scores and episodes anew from an instant on, at which the first change is.
    mutating func derive(from instant: Instant) {
        let first = index(atOrAfter: instant)
        for index in first..<entries.count {
            let before = index == 0 ? released : (scores[index - 1], entries[index - 1].onset)
            let left = before.map { $0.score * decay(entries[index].onset - $0.onset) } ?? 0
            scores[index] = left + entries[index].points
        }
        for threshold in thresholds.indices { derive(threshold, from: instant, first: first) }
    }

    private mutating func derive(_ threshold: Int, from instant: Instant, first: Int) {
        let bound = thresholds[threshold]
        while let last = episodes[threshold].last, last.start >= instant { episodes[threshold].removeLast() }
        if let last = episodes[threshold].last, last.end >= instant {
            // What prolonged it may be gone.
            let before = first == 0 ? released : (scores[first - 1], entries[first - 1].onset)
            if let before, before.score >= bound {
                episodes[threshold][episodes[threshold].count - 1].end = firstBelow(bound, before.score, before.onset)
            }
        }
        for index in first..<entries.count where scores[index] >= bound {
            let onset = entries[index].onset
            // Of simultaneous entries the last has the score of that instant.
            if index + 1 < entries.count, entries[index + 1].onset == onset { continue }
            let end = firstBelow(bound, scores[index], onset)
            if let last = episodes[threshold].last, last.end >= onset {
                episodes[threshold][episodes[threshold].count - 1].end = end
            } else {
                episodes[threshold].append(Episode(start: onset, end: end))
            }
        }
    }

    /// The first millisecond at which a score that is at or above a bound has fallen below it.
    private func firstBelow(_ bound: Double, _ score: Double, _ onset: Instant) -> Instant {
        func isBelow(_ age: Int64) -> Bool { score * decay(Timespan(milliseconds: age)) < bound }
        var age = max(1, Int64(log2(score / bound) * Double(halfLife.milliseconds)))
        while !isBelow(age) { age += 1 }
        while age > 1, isBelow(age - 1) { age -= 1 }
        return onset + Timespan(milliseconds: age)
    }

    /// The score at the onset of an episode.
    func score(at onset: Instant) -> Double {
        let after = index(atOrAfter: Instant(milliseconds: onset.milliseconds + 1))
        return after == 0 ? 0 : scores[after - 1]
    }

    /// The largest score within an episode.
    func peak(_ episode: Episode) -> Double {
        let range = index(atOrAfter: episode.start)..<index(atOrAfter: episode.end)
        return scores[range].max() ?? 0
    }

    /// Lets go of the episodes that ended before an instant, and of the entries that are further back than the memory from it
    /// and from the episodes that are kept; returns those entries.
    mutating func release(episodesBefore end: Instant, memory: Timespan) -> ArraySlice<Entry> {
        for threshold in thresholds.indices {
            let kept = episodes[threshold].firstIndex { $0.end >= end } ?? episodes[threshold].count
            episodes[threshold].removeFirst(kept)
        }
        let earliest = episodes.compactMap(\.first?.start).min() ?? .distantFuture
        // What is told of an episode rests on what came before it too.
        let count = index(atOrAfter: min(end, earliest) - memory)
        guard count > 0 else { return [] }
        let gone = entries[..<count]
        released = (scores[count - 1], entries[count - 1].onset)
        entries.removeFirst(count)
        scores.removeFirst(count)
        return gone
    }
}
