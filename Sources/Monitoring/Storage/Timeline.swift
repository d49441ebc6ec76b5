import Events

/// What a contribution comes from: an event of the table, or an alert of another rule.
struct Source: Hashable {
    /// A row where it is not negative; else the bitwise complement of a rule and a handle within its alerts.
    var rawValue: Int

    static func event(_ row: Row) -> Source { Source(rawValue: row) }
    static func alert(rule: Int, handle: Int) -> Source { Source(rawValue: ~(rule << 32 | handle)) }

    /// The row of an event, nil for an alert.
    var row: Row? { rawValue >= 0 ? rawValue : nil }
    /// The rule and handle of an alert, nil for an event.
    var alert: (rule: Int, handle: Int)? {
        rawValue < 0 ? (~rawValue >> 32, ~rawValue & 0xffff_ffff) : nil
    }
}

/// One event or alert that a rule counts in a group, with what its pattern needs to know of it.
struct Contribution<Payload> {
    var time: Instant
    var source: Source
    var payload: Payload
}

/// The contributions of a rule in a group, sorted by time; tied ones in no particular order, which nothing may depend on.
///
/// Positions count from the first contribution ever, so that they stay valid when old ones are let go of. Adding at the end
/// costs O(1) amortised, elsewhere O(n) moves of a few bytes; finding O(log n).
struct Timeline<Payload> {
    private(set) var entries: [Contribution<Payload>] = []
    /// The position of the first entry.
    private(set) var base = 0
    /// The time of the first contribution of the group that was ever let go of.
    private(set) var firstReleased: Instant?

    var isEmpty: Bool { entries.isEmpty }
    /// The position of the first entry.
    var start: Int { base }
    /// The position after the last entry.
    var end: Int { base + entries.count }
    /// The time of the group's first contribution.
    var first: Instant? { firstReleased ?? entries.first?.time }

    subscript(position: Int) -> Contribution<Payload> {
        @inline(__always) get { entries[position - base] }
    }

    @inline(__always)
    func time(_ position: Int) -> Instant { entries[position - base].time }

    /// The first position whose time is at least an instant.
    func position(atOrAfter instant: Instant) -> Int {
        // Mostly it is near the end that is asked for.
        var high = entries.count
        var step = 1
        while high >= step, entries[high - step].time >= instant {
            high -= step
            step *= 2
        }
        var low = max(0, high - step + 1)
        if high < step { low = 0 }
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].time < instant { low = middle + 1 } else { high = middle }
        }
        return base + low
    }

    /// The first position whose time is later than an instant.
    func position(after instant: Instant) -> Int {
        position(atOrAfter: Instant(milliseconds: instant.milliseconds + 1))
    }

    /// Adds a contribution.
    mutating func insert(_ contribution: Contribution<Payload>) {
        if let last = entries.last, last.time > contribution.time {
            entries.insert(contribution, at: position(after: contribution.time) - base)
        } else {
            entries.append(contribution)
        }
    }

    /// Takes out the contribution of a source at an instant, and returns it; nil if there is none.
    mutating func remove(_ source: Source, at instant: Instant) -> Contribution<Payload>? {
        var position = position(atOrAfter: instant)
        while position < end, time(position) == instant {
            if self[position].source == source { return entries.remove(at: position - base) }
            position += 1
        }
        return nil
    }

    /// Lets go of the contributions before an instant, once they are half of all.
    mutating func release(before instant: Instant) {
        let count = position(atOrAfter: instant) - base
        guard count > 0, count * 2 >= entries.count else { return }
        firstReleased = first
        entries.removeFirst(count)
        base += count
    }
}
