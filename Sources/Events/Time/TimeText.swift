/// A time as a source writes it.
public struct ReadTime: Hashable, Sendable {
    /// The instant; of a bare date its 00:00.
    public var instant: Instant
    /// Whether only a day was given.
    public var isBareDate: Bool

    /// Creates a time.
    public init(instant: Instant, isBareDate: Bool) {
        self.instant = instant
        self.isBareDate = isBareDate
    }
}

/// Reads times as sources write them: RFC 3339 (seconds and offset may be left out, a space may stand for the `T`),
/// `2014-03-01`, `2014/03/01`, `1 March 2014`, `20140301`, `20140301094000`, and seconds since the epoch, or milliseconds
/// from 10^11 on.
public enum TimeText {
    /// Reads a time; nil if the text is none. Without an offset it is in the zone.
    public static func read(_ text: String, in zone: TimeZoneRules, pattern: DatePattern? = nil) -> ReadTime? {
        Array(text.utf8).withView { read($0, in: zone, pattern: pattern) }
    }

    /// Reads a number of seconds since the epoch, or milliseconds from 10^11 on, or a day such as 20140301.
    static func read(number: Double, in zone: TimeZoneRules) -> ReadTime? {
        guard number.isFinite, number.magnitude < 253_402_300_800_000 else { return nil }
        if number >= 10_000_101, number <= 99_991_231, number == number.rounded() {
            let digits = Int(number)
            return day(digits / 10_000, digits / 100 % 100, digits % 100).map { bare($0, in: zone) }
        }
        let milliseconds = number.magnitude >= 1e11 ? number : (number * 1000).rounded(.down)
        return ReadTime(instant: Instant(milliseconds: Int64(milliseconds.rounded(.down))), isBareDate: false)
    }

    /// Reads a time; nil if the text is none.
    static func read(_ view: ByteView, in zone: TimeZoneRules, pattern: DatePattern?) -> ReadTime? {
        general(view.trimmed, in: zone, pattern: pattern)
    }

    private static func general(_ text: ByteView, in zone: TimeZoneRules, pattern: DatePattern?) -> ReadTime? {
        guard text.count >= 1, text.count <= 64 else { return nil }
        if let pattern, let time = pattern.read(text, in: zone) { return time }
        if let number = digitsOnly(text) { return compact(text, number, in: zone) }
        var cursor = TimeCursor(text)
        guard let day = leadingDay(&cursor) else {
            // A bare year is no number of seconds.
            return NumberReader.lenient(text).flatMap { read(number: $0, in: zone) }
        }
        return rest(of: &cursor, on: day, in: zone)
    }

    /// What follows a day: nothing, or a time with or without an offset.
    static func rest(of cursor: inout TimeCursor, on day: CivilDate, in zone: TimeZoneRules) -> ReadTime? {
        if cursor.isAtEnd { return bare(day, in: zone) }
        guard cursor.take("T") || cursor.take("t") || cursor.take(" ") || cursor.take("_") else { return nil }
        cursor.skipSpaces()
        guard let clock = cursor.clock() else { return nil }
        let local = Int64(day.daysSinceEpoch) * 86_400_000 + Int64(clock)
        switch cursor.offset() {
        case .missing: return ReadTime(instant: zone.instant(ofLocal: local), isBareDate: false)
        case .given(let seconds):
            guard cursor.isAtEnd else { return nil }
            return ReadTime(instant: Instant(milliseconds: local - Int64(seconds) * 1000), isBareDate: false)
        case .malformed: return nil
        }
    }

    private static func leadingDay(_ cursor: inout TimeCursor) -> CivilDate? {
        var attempt = cursor
        if let year = attempt.number(4, 4), attempt.take("-") || attempt.take("/"), let month = attempt.number(1, 2),
            attempt.take("-") || attempt.take("/"), let day = attempt.number(1, 2)
        {
            cursor = attempt
            return CivilDate(year: year, month: month, day: day)
        }
        return namedDay(&cursor)
    }

    /// `1 March 2014`, `1-Mar-2014` or `March 1, 2014`.
    private static func namedDay(_ cursor: inout TimeCursor) -> CivilDate? {
        func separate(_ cursor: inout TimeCursor) { while cursor.take(" ") || cursor.take("-") || cursor.take(",") {} }
        if cursor.isAtDigit {
            guard let day = cursor.number(1, 2) else { return nil }
            separate(&cursor)
            guard let month = cursor.monthName() else { return nil }
            separate(&cursor)
            return cursor.number(4, 4).flatMap { CivilDate(year: $0, month: month, day: day) }
        }
        guard let month = cursor.monthName() else { return nil }
        separate(&cursor)
        guard let day = cursor.number(1, 2) else { return nil }
        separate(&cursor)
        return cursor.number(4, 4).flatMap { CivilDate(year: $0, month: month, day: day) }
    }

    /// A text of digits alone: a day of 8, a time of 14, else seconds or milliseconds. A bare year is none of them.
    private static func compact(_ text: ByteView, _ number: Int, in zone: TimeZoneRules) -> ReadTime? {
        switch text.count {
        case 4 where (1800..<2200).contains(number): return nil
        case 8: return day(number / 10_000, number / 100 % 100, number % 100).map { bare($0, in: zone) }
        case 14:
            let (date, clock) = (number / 1_000_000, number % 1_000_000)
            let (hour, minute, second) = (clock / 10_000, clock / 100 % 100, clock % 100)
            guard let day = day(date / 10_000, date / 100 % 100, date % 100), hour < 24, minute < 60, second < 60 else {
                return nil
            }
            let seconds = day.daysSinceEpoch * 86_400 + (hour * 60 + minute) * 60 + second
            return ReadTime(instant: zone.instant(ofLocal: Int64(seconds) * 1000), isBareDate: false)
        default: return read(number: Double(number), in: zone)
        }
    }

    private static func digitsOnly(_ text: ByteView) -> Int? {
        guard text.count <= 15 else { return nil }
        var value = 0
        for index in 0..<text.count {
            let digit = text[index] &- 0x30
            guard digit <= 9 else { return nil }
            value = value * 10 + Int(digit)
        }
        return value
    }

    private static func day(_ year: Int, _ month: Int, _ day: Int) -> CivilDate? {
        CivilDate(year: year, month: month, day: day)
    }

    static func bare(_ day: CivilDate, in zone: TimeZoneRules) -> ReadTime {
        ReadTime(instant: zone.instant(ofLocal: Int64(day.daysSinceEpoch) * 86_400_000), isBareDate: true)
    }
}
