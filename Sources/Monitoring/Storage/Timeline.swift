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
/// and letting go cost O(1) amortised, adding elsewhere O(n) moves of a few bytes, finding O(log n).
///
/// The contributions lie in memory that belongs to whoever holds the group, so that looking at them counts no references: a
/// copy of the value is a view, good until the timeline next changes; `deallocate` ends it.
struct Timeline<Payload> {
    private var memory = UnsafeMutableBufferPointer<Contribution<Payload>>(start: nil, count: 0)
    /// The position that the first place of the memory stands for.
    private var origin = 0
    /// The position of the first entry.
    private(set) var start = 0
    /// The position after the last entry.
    private(set) var end = 0
    /// The time of the first contribution of the group that was ever let go of.
    private(set) var firstReleased: Instant?
    /// What the pattern remembers of it; it belongs to whoever holds the group, as the memory does.
    unowned(unsafe) var notes: (any TimelineNotes)?

    var count: Int { end - start }
    var isEmpty: Bool { start == end }
    /// The time of the group's first contribution.
    var first: Instant? { firstReleased ?? (isEmpty ? nil : time(start)) }

    subscript(position: Int) -> Contribution<Payload> {
        @inline(__always) get { memory[position - origin] }
    }

    @inline(__always)
    func time(_ position: Int) -> Instant { memory[position - origin].time }

    /// The first position whose time is at least an instant.
    func position(atOrAfter instant: Instant) -> Int {
        // Mostly it is near the end that is asked for.
        var high = end
        var step = 1
        while high - start >= step, time(high - step) >= instant {
            high -= step
            step *= 2
        }
        var low = max(start, high - step + 1)
        if high - start < step { low = start }
        while low < high {
            let middle = (low + high) / 2
            if time(middle) < instant { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The first position whose time is later than an instant.
    func position(after instant: Instant) -> Int {
        position(atOrAfter: Instant(milliseconds: instant.milliseconds + 1))
    }

    /// Adds a contribution.
    @inline(__always)
    mutating func insert(_ contribution: Contribution<Payload>) {
        if let notes { notes.forget(after: contribution.time) }
        if end - origin == memory.count { makeRoom() }
        if start < end, time(end - 1) > contribution.time {
            insert(contribution, at: position(after: contribution.time))
        } else {
            memory.initializeElement(at: end - origin, to: contribution)
            end += 1
        }
    }

    /// Takes out the contribution of a source at an instant, and returns it; nil if there is none.
    mutating func remove(_ source: Source, at instant: Instant) -> Contribution<Payload>? {
        var position = position(atOrAfter: instant)
        while position < end, time(position) == instant {
            if self[position].source == source {
                if let notes { notes.forget(after: instant) }
                let removed = memory.moveElement(from: position - origin)
                move(from: position + 1, to: position)
                end -= 1
                return removed
            }
            position += 1
        }
        return nil
    }

    /// Lets go of the contributions before an instant: O(1) amortised for each, and a search.
    mutating func release(before instant: Instant) {
        if let notes { notes.release(before: instant) }
        let kept = position(atOrAfter: instant)
        guard kept > start else { return }
        firstReleased = first
        memory.extracting(start - origin..<kept - origin).deinitialize()
        start = kept
        // What is left moves to the front once so much is free there that moving it costs little for each that has gone.
        if (start - origin) * 8 > count { moveToFront() }
    }

    /// The same contributions in memory of their own.
    func duplicated() -> Timeline {
        var copy = self
        copy.memory = .allocate(capacity: memory.count)
        _ = copy.memory.initialize(fromContentsOf: memory.extracting(start - origin..<end - origin))
        copy.origin = start
        return copy
    }

    /// Gives the memory back.
    mutating func deallocate() {
        memory.extracting(start - origin..<end - origin).deinitialize()
        memory.deallocate()
        self = Timeline()
    }

    private mutating func insert(_ contribution: Contribution<Payload>, at position: Int) {
        move(from: position, to: position + 1)
        memory.initializeElement(at: position - origin, to: contribution)
        end += 1
    }

    /// Moves the entries from a position on to another.
    private func move(from position: Int, to other: Int) {
        guard let base = memory.baseAddress, position < end else { return }
        (base + (other - origin)).moveInitialize(from: base + (position - origin), count: end - position)
    }

    private mutating func moveToFront() {
        if count * 4 + 32 < memory.count {
            // Much was there once: its memory is given back.
            reallocate(capacity: count * 2)
        } else {
            move(from: start, to: origin)
            origin = start
        }
    }

    @inline(never)
    private mutating func makeRoom() { reallocate(capacity: max(1, count * 2)) }

    private mutating func reallocate(capacity: Int) {
        let other = UnsafeMutableBufferPointer<Contribution<Payload>>.allocate(capacity: capacity)
        _ = other.moveInitialize(fromContentsOf: memory.extracting(start - origin..<end - origin))
        memory.deallocate()
        memory = other
        origin = start
    }
}
