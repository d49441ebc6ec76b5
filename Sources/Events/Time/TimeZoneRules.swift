/// A time zone: which offset from UTC holds when.
public struct TimeZoneRules: Sendable {
    /// Its name, such as `Asia/Karachi`.
    public let name: String

    // The offset before the first change of the clocks; the only one where there are no changes.
    private let initialOffset: Int
    // When the clocks changed, in seconds since the epoch, ascending, and the offset from then on.
    private let transitions: [Int64]
    private let offsets: [Int32]
    // What holds after the last change.
    private let footer: RecurringZoneRule?

    /// Coordinated Universal Time.
    public static let utc = TimeZoneRules(name: "UTC", fixedOffset: 0)

    /// A zone that always has the same offset, in seconds, east positive.
    public init(name: String, fixedOffset: Int) {
        self.name = name
        initialOffset = fixedOffset
        transitions = []
        offsets = []
        footer = nil
    }

    /// A zone written as an offset: `+05:00`, `-0330`, `+05`, `Z` or `UTC`; nil for anything else.
    public init?(offsetText text: String) {
        let bytes = Array(text.utf8)
        if text == "Z" || text == "UTC" {
            self = .utc
            return
        }
        let seconds = bytes.withView { view -> Int? in
            var cursor = TimeCursor(view)
            guard case .given(let seconds) = cursor.offset(), cursor.isAtEnd else { return nil }
            return seconds
        }
        guard let seconds else { return nil }
        self.init(name: text, fixedOffset: seconds)
    }

    /// Reads a compiled zone file (TZif, as in `/usr/share/zoneinfo`); nil if the bytes are not one.
    public init?(name: String, tzif: [UInt8]) {
        guard let file = ZoneFile(tzif) else { return nil }
        self.name = name
        initialOffset = file.initialOffset
        transitions = file.transitions
        offsets = file.offsets
        footer = file.footer
    }

    /// The offset from UTC at an instant, in seconds, east positive.
    @inline(__always)
    public func offset(at instant: Instant) -> Int {
        if transitions.isEmpty, footer == nil { return initialOffset }
        return searchedOffset(at: Int(instant.milliseconds).dividedFlooring(by: 1000))
    }

    /// The instant of a local time, given as milliseconds since the epoch as if it were UTC.
    ///
    /// A time that a change of the clocks skips is moved on by the length of the gap; of one that occurs twice the first is meant.
    @inline(__always)
    public func instant(ofLocal milliseconds: Int64) -> Instant {
        if transitions.isEmpty, footer == nil {
            return Instant(milliseconds: milliseconds - Int64(initialOffset) * 1000)
        }
        return searchedInstant(ofLocal: milliseconds)
    }

    private func searchedInstant(ofLocal milliseconds: Int64) -> Instant {
        let day: Int64 = 86_400_000
        let before = offset(at: Instant(milliseconds: milliseconds - day))
        let after = offset(at: Instant(milliseconds: milliseconds + day))
        let early = Instant(milliseconds: milliseconds - Int64(before) * 1000)
        if before == after || offset(at: early) == before { return early }
        let late = Instant(milliseconds: milliseconds - Int64(after) * 1000)
        // In the gap neither offset shows this time; the earlier offset moves it on by the gap's length.
        return offset(at: late) == after ? late : early
    }

    private func searchedOffset(at seconds: Int) -> Int {
        let second = Int64(seconds)
        guard let first = transitions.first, let last = transitions.last else {
            return footer?.offset(at: seconds) ?? initialOffset
        }
        if second < first { return initialOffset }
        if second >= last, let footer { return footer.offset(at: seconds) }
        var low = 0
        var high = transitions.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if transitions[middle] <= second { low = middle } else { high = middle }
        }
        return Int(offsets[low])
    }
}
