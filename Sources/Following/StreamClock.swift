import Events

/// How far the wall clock has taken stream time on while no event came.
///
/// It goes from decision to decision and never further, so that a wall clock that jumps ahead takes no more with it than what
/// is decided by then; and never back, so that one that jumps back takes nothing away.
public struct StreamClock {
    /// Up to where it has gone; `Instant.distantPast` if it has never gone on.
    public private(set) var reached: Instant

    /// Creates a clock that has gone so far.
    public init(reached: Instant = .distantPast) { self.reached = reached }

    /// Goes on to the next decision of time alone, if the wall clock has got there.
    ///
    /// - Returns: where stream time is now to go; nil where nothing is due.
    public mutating func advance(toNext decision: Instant?, at wall: Instant) -> Instant? {
        guard let decision, decision <= wall, decision > reached else { return nil }
        reached = decision
        return decision
    }

    /// How long until the wall clock gets to the next decision, in milliseconds, at least 0; nil if there is none to come.
    public func wait(forNext decision: Instant?, at wall: Instant) -> Int? {
        guard let decision, decision > reached else { return nil }
        return max(0, Int(clamping: (decision - wall).milliseconds))
    }
}
