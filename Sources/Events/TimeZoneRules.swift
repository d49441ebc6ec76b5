/// A time zone: which offset from UTC holds when.
public struct TimeZoneRules: Sendable {
    /// Its name, such as `Asia/Karachi`.
    public let name: String

    /// Coordinated Universal Time.
    public static let utc = TimeZoneRules(name: "UTC")

    private init(name: String) { self.name = name }

    /// The offset from UTC at an instant, in seconds, east positive.
    public func offset(at instant: Instant) -> Int { 0 }

    /// The instant of a local time, given as milliseconds since the epoch as if it were UTC.
    ///
    /// A time that a change of the clocks skips is moved on by the length of the gap; of one that occurs twice the first is meant.
    public func instant(ofLocal milliseconds: Int64) -> Instant { Instant(milliseconds: milliseconds) }
}
