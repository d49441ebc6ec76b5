import Events

/// Intervals that may overlap: whether one of them holds an instant is found in O(log n).
struct HoldingTimes {
    private var intervals: [Episode] = []
    /// The latest end of an interval and all before it.
    private var latestEnds: [Instant] = []

    var isEmpty: Bool { intervals.isEmpty }

    /// Whether an instant lies in one.
    func hold(at instant: Instant) -> Bool {
        let index = firstIndex { $0.start > instant }
        return index > 0 && latestEnds[index - 1] > instant
    }

    /// Adds an interval; at the end in O(1).
    mutating func add(_ interval: Episode) {
        let index = firstIndex { $0.start > interval.start }
        intervals.insert(interval, at: index)
        latestEnds.insert(interval.end, at: index)
        update(from: index)
    }

    /// Takes out an interval that was added.
    mutating func remove(_ interval: Episode) {
        var index = firstIndex { $0.start >= interval.start }
        while index < intervals.count, intervals[index] != interval { index += 1 }
        guard index < intervals.count else { return }
        intervals.remove(at: index)
        latestEnds.remove(at: index)
        update(from: index)
    }

    private mutating func update(from first: Int) {
        for index in first..<intervals.count {
            let before = index == 0 ? Instant.distantPast : latestEnds[index - 1]
            latestEnds[index] = max(before, intervals[index].end)
        }
    }

    /// The first index whose interval, like all behind it, meets a condition.
    private func firstIndex(where isBehind: (Episode) -> Bool) -> Int {
        guard let last = intervals.last, isBehind(last) else { return intervals.count }
        var (low, high) = (0, intervals.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if isBehind(intervals[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
