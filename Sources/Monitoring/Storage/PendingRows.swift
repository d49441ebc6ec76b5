import Events

/// Events that stream time has not reached yet, the earliest first; tied ones in order of arrival.
struct PendingRows {
    private var rows: [(time: Instant, row: Row)] = []
    private var head = 0

    /// Whether there are none.
    var isEmpty: Bool { head == rows.count }
    /// The earliest time among them.
    var next: Instant? { head < rows.count ? rows[head].time : nil }

    /// Adds an event; those that come in order cost O(1).
    mutating func add(_ row: Row, at time: Instant) {
        var low = head
        var high = rows.count
        if let last = rows.last, head < high, last.time <= time { low = high }
        while low < high {
            let middle = (low + high) / 2
            if rows[middle].time <= time { low = middle + 1 } else { high = middle }
        }
        rows.insert((time, row), at: low)
    }

    /// Takes out the earliest event, if it is no later than an instant.
    mutating func removeFirst(through instant: Instant) -> Row? {
        guard head < rows.count, rows[head].time <= instant else { return nil }
        head += 1
        defer {
            if head * 2 > rows.count {
                rows.removeFirst(head)
                head = 0
            }
        }
        return rows[head - 1].row
    }
}
