/// A point in time: milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
public struct Instant: Hashable, Comparable, Sendable {
    /// Milliseconds since the epoch.
    public var milliseconds: Int64

    /// Creates the instant that many milliseconds after the epoch.
    @inlinable public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// Earlier than every readable time.
    @inlinable public static var distantPast: Instant { Instant(milliseconds: .min / 4) }
    /// Later than every readable time.
    @inlinable public static var distantFuture: Instant { Instant(milliseconds: .max / 4) }

    /// Earlier comes first.
    @inlinable public static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }
    /// The instant a span later.
    @inlinable public static func + (left: Instant, right: Timespan) -> Instant {
        Instant(milliseconds: left.milliseconds &+ right.milliseconds)
    }
    /// The instant a span earlier.
    @inlinable public static func - (left: Instant, right: Timespan) -> Instant {
        Instant(milliseconds: left.milliseconds &- right.milliseconds)
    }
    /// The span from one instant to another.
    @inlinable public static func - (left: Instant, right: Instant) -> Timespan {
        Timespan(milliseconds: left.milliseconds &- right.milliseconds)
    }
}

/// A length of time in milliseconds.
public struct Timespan: Hashable, Comparable, Sendable {
    /// The length in milliseconds.
    public var milliseconds: Int64

    /// Creates a length of that many milliseconds.
    @inlinable public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// No time at all.
    @inlinable public static var zero: Timespan { Timespan(milliseconds: 0) }
    /// Longer than any history.
    @inlinable public static var unlimited: Timespan { Timespan(milliseconds: .max / 8) }

    /// Shorter comes first.
    @inlinable public static func < (left: Timespan, right: Timespan) -> Bool { left.milliseconds < right.milliseconds }
    /// The sum of two lengths.
    @inlinable public static func + (left: Timespan, right: Timespan) -> Timespan {
        Timespan(milliseconds: left.milliseconds &+ right.milliseconds)
    }
}
