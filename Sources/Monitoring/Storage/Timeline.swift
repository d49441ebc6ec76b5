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

/// What a pattern remembers of a timeline beside the state of a group, so that it need not be derived from the beginning.
protocol TimelineNotes: AnyObject {
    /// Forgets what rests on contributions after or at an instant.
    func forget(after instant: Instant)
    /// Lets go of what only instants before one could ask for.
    func release(before instant: Instant)
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
///
/// The contributions lie in memory that belongs to whoever holds the group, so that looking at them counts no references: a
/// copy of the value is a view, good until the timeline next changes; `deallocate` ends it.
struct Timeline<Payload> {
    private var memory = UnsafeMutableBufferPointer<Contribution<Payload>>(start: nil, count: 0)
    private(set) var count = 0
    /// The position of the first entry.
    private(set) var start = 0
    /// The time of the first contribution of the group that was ever let go of.
    private(set) var firstReleased: Instant?
    /// What the pattern remembers of it; it belongs to whoever holds the group, as the memory does.
    unowned(unsafe) var notes: (any TimelineNotes)?

    var isEmpty: Bool { count == 0 }
    /// The position after the last entry.
    var end: Int { start + count }
    /// The time of the group's first contribution.
    var first: Instant? { firstReleased ?? (count == 0 ? nil : memory[0].time) }

    subscript(position: Int) -> Contribution<Payload> {
        @inline(__always) get { memory[position - start] }
    }

    @inline(__always)
    func time(_ position: Int) -> Instant { memory[position - start].time }

    /// The first position whose time is at least an instant.
    func position(atOrAfter instant: Instant) -> Int {
        // Mostly it is near the end that is asked for.
        var high = count
        var step = 1
        while high >= step, memory[high - step].time >= instant {
            high -= step
            step *= 2
        }
        var low = max(0, high - step + 1)
        if high < step { low = 0 }
        while low < high {
            let middle = (low + high) / 2
            if memory[middle].time < instant { low = middle + 1 } else { high = middle }
        }
        return start + low
    }

    /// The first position whose time is later than an instant.
    func position(after instant: Instant) -> Int {
        position(atOrAfter: Instant(milliseconds: instant.milliseconds + 1))
    }

    /// Adds a contribution.
    @inline(__always)
    mutating func insert(_ contribution: Contribution<Payload>) {
        if let notes { notes.forget(after: contribution.time) }
        if count == memory.count { grow() }
        if count > 0, memory[count - 1].time > contribution.time {
            insert(contribution, at: position(after: contribution.time) - start)
        } else {
            memory.initializeElement(at: count, to: contribution)
            count += 1
        }
    }

    /// Takes out the contribution of a source at an instant, and returns it; nil if there is none.
    mutating func remove(_ source: Source, at instant: Instant) -> Contribution<Payload>? {
        var index = position(atOrAfter: instant) - start
        while index < count, memory[index].time == instant {
            if memory[index].source == source {
                if let notes { notes.forget(after: instant) }
                let removed = memory.moveElement(from: index)
                move(from: index + 1, to: index)
                count -= 1
                return removed
            }
            index += 1
        }
        return nil
    }

    /// Lets go of the contributions before an instant, once they are half of all.
    mutating func release(before instant: Instant) {
        if let notes { notes.release(before: instant) }
        let released = position(atOrAfter: instant) - start
        guard released > 0, released * 2 >= count else { return }
        firstReleased = first
        memory.extracting(..<released).deinitialize()
        move(from: released, to: 0)
        count -= released
        start += released
    }

    /// The same contributions in memory of their own.
    func duplicated() -> Timeline {
        var copy = self
        copy.memory = .allocate(capacity: memory.count)
        _ = copy.memory.initialize(fromContentsOf: memory.extracting(..<count))
        return copy
    }

    /// Gives the memory back.
    mutating func deallocate() {
        memory.extracting(..<count).deinitialize()
        memory.deallocate()
        self = Timeline()
    }

    private mutating func insert(_ contribution: Contribution<Payload>, at index: Int) {
        move(from: index, to: index + 1)
        memory.initializeElement(at: index, to: contribution)
        count += 1
    }

    /// Moves the entries from an index on to another.
    private func move(from index: Int, to other: Int) {
        guard let base = memory.baseAddress, index < count else { return }
        (base + other).moveInitialize(from: base + index, count: count - index)
    }

    @inline(never)
    private mutating func grow() {
        let larger = UnsafeMutableBufferPointer<Contribution<Payload>>.allocate(capacity: max(1, count * 2))
        _ = larger.moveInitialize(fromContentsOf: memory.extracting(..<count))
        memory.deallocate()
        memory = larger
    }
}
