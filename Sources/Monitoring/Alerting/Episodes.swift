import Events

/// A stretch of event time in which a rule holds: `[start, end)`; the end is `Instant.distantFuture` while none is known. Of a
/// rule that holds at single instants each is an episode whose end is its start.
struct Episode: Equatable {
    var start: Instant
    var end: Instant

    var isInstant: Bool { start == end }
}

/// Where a rule holds for a group: episodes sorted by time, no two of which adjoin.
struct Truth {
    private(set) var episodes: [Episode] = []

    /// Whether it holds at the end of what is known.
    var isOpen: Bool { episodes.last?.end == .distantFuture }

    /// Whether it holds just before an instant.
    func holds(before instant: Instant) -> Bool {
        let index = firstIndex(startingAtOrAfter: instant) - 1
        return index >= 0 && episodes[index].end >= instant
    }

    /// Says what holds from an instant on. To be called in order of time.
    mutating func append(_ holds: Bool, from instant: Instant) {
        if holds {
            if let last = episodes.last, last.end >= instant {
                episodes[episodes.count - 1].end = .distantFuture
            } else {
                episodes.append(Episode(start: instant, end: .distantFuture))
            }
        } else if isOpen {
            if episodes[episodes.count - 1].start == instant {
                episodes.removeLast()
            } else {
                episodes[episodes.count - 1].end = instant
            }
        }
    }

    /// Says that it holds at an instant alone: an episode without length, apart from all others. To be called in order of time.
    mutating func append(at instant: Instant) { episodes.append(Episode(start: instant, end: instant)) }

    /// Forgets what holds from an instant on; what holds just before it goes on holding.
    mutating func cut(at instant: Instant) {
        while let last = episodes.last, last.start >= instant { episodes.removeLast() }
        if let last = episodes.last, last.end >= instant { episodes[episodes.count - 1].end = .distantFuture }
    }

    /// Puts another truth in place from its beginning up to an instant, keeping what was there from then on.
    mutating func replace(from start: Instant, upTo end: Instant, by other: Truth) {
        let left = firstIndex(startingAtOrAfter: start)
        var merged = Array(episodes[..<left])
        if let last = merged.last, last.end > start { merged[merged.count - 1].end = start }
        func append(_ episode: Episode) {
            if let last = merged.last, last.end >= episode.start {
                merged[merged.count - 1].end = max(last.end, episode.end)
            } else {
                merged.append(episode)
            }
        }
        for episode in other.episodes { append(Episode(start: episode.start, end: min(episode.end, end))) }
        for episode in episodes[max(0, left - 1)...] where episode.end > end || episode.start == end {
            append(Episode(start: max(episode.start, end), end: episode.end))
        }
        episodes = merged
    }

    /// The first index whose episode starts at or after an instant.
    func firstIndex(startingAtOrAfter instant: Instant) -> Int {
        var low = 0
        var high = episodes.count
        if let last = episodes.last, last.start < instant { return high }
        while low < high {
            let middle = (low + high) / 2
            if episodes[middle].start < instant { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Lets go of the episodes that ended before an instant. From `kept` on, where a run still goes on, they become one.
    mutating func release(before instant: Instant, kept: Instant) {
        var ended = 0
        while ended < episodes.count, episodes[ended].end < instant { ended += 1 }
        let first = min(ended, firstIndex(startingAtOrAfter: kept))
        if ended - first > 1 {
            episodes[first].end = episodes[ended - 1].end
            episodes.removeSubrange(first + 1..<ended)
        }
        if first > 0 { episodes.removeFirst(first) }
    }
}
