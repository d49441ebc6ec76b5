import Events

/// Which events a source has given: by what it holds now, and by what it held before under the same name.
///
/// A new edition of an export gives most of them again, and what it leaves out is withdrawn; a log that was rotated gives
/// others, and nothing is.
public struct Editions: Sendable {
    private var before: Set<UInt64> = []
    /// The events of the present contents.
    public private(set) var now: Set<UInt64> = []
    private var again = 0
    /// The earliest event time in what the source holds now.
    private var earliest = Instant.distantFuture

    /// Nothing was given yet.
    public init() {}

    /// What a source is known to have given in an earlier run.
    public init(known: Set<UInt64>) { now = known }

    /// Whether it is not decided yet what the present contents are to those before.
    public var isOpen: Bool { !before.isEmpty }

    /// Begins with other contents.
    public mutating func begin() {
        before.formUnion(now)
        now = []
        again = 0
        earliest = .distantFuture
    }

    /// Counts an event of the present contents.
    public mutating func add(_ event: UInt64, at time: Instant) {
        if time > .distantPast { earliest = min(earliest, time) }
        guard now.insert(event).inserted, isOpen, before.contains(event) else { return }
        again += 1
    }

    /// What the present contents are to those before, now that nothing more has come for a while.
    ///
    /// - Returns: the events that the new edition no longer has, with the time from which it tells of any; nil where it is
    ///   no new edition, or may still become one.
    public mutating func close() -> (missing: Set<UInt64>, from: Instant)? {
        guard isOpen else { return nil }
        if again == 0 {
            // Nothing comes again: a log that goes on.
            now.formUnion(before)
            before = []
            return nil
        }
        guard again * 2 >= before.count else { return nil }
        let missing = before.subtracting(now)
        before = []
        return (missing, earliest)
    }

    /// Forgets the events that are not in force any more.
    public mutating func keep(only inForce: Set<UInt64>) {
        before.formIntersection(inForce)
        now.formIntersection(inForce)
    }

    /// The number under which an event is remembered.
    public static func number(of id: some Sequence<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in id { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return hash
    }
}
