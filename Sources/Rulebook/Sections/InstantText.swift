import Events

/// Reads points in time as rule books write them: RFC 3339 with seconds and offset optional, or a bare date.
///
/// A time without an offset is in the given zone; a bare date is its 00:00 there.
enum InstantText {
    /// The instant, or nil where the text is none.
    static func read(_ text: String, in timeZone: TimeZoneRules) -> Instant? {
        var rest = Array(text.utf8)[...]
        guard let days = takeDate(&rest) else { return nil }
        let midnight = days * 86_400_000
        if rest.isEmpty { return timeZone.instant(ofLocal: midnight) }
        guard [0x54, 0x74, 0x20].contains(rest.removeFirst()), let time = takeTime(&rest) else { return nil }
        if rest.isEmpty { return timeZone.instant(ofLocal: midnight + time) }
        guard let offset = takeOffset(&rest), rest.isEmpty else { return nil }
        return Instant(milliseconds: midnight + time - offset)
    }

    private static func takeDate(_ rest: inout ArraySlice<UInt8>) -> Int64? {
        guard let year = takeNumber(&rest, digits: 4), take(0x2D, &rest), let month = takeNumber(&rest, digits: 2),
            take(0x2D, &rest), let day = takeNumber(&rest, digits: 2),
            (1...12).contains(month), day >= 1, day <= length(ofMonth: month, year: year)
        else { return nil }
        return days(year: year, month: month, day: day)
    }

    private static func takeTime(_ rest: inout ArraySlice<UInt8>) -> Int64? {
        guard let hour = takeNumber(&rest, digits: 2), take(0x3A, &rest), let minute = takeNumber(&rest, digits: 2),
            hour < 24, minute < 60
        else { return nil }
        let minutes = (hour * 60 + minute) * 60_000
        guard take(0x3A, &rest) else { return minutes }
        guard let second = takeNumber(&rest, digits: 2), second < 60 else { return nil }
        guard take(0x2E, &rest) else { return minutes + second * 1_000 }
        let fraction = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }
        guard !fraction.isEmpty else { return nil }
        rest = rest.dropFirst(fraction.count)
        let padded = (Array(fraction.prefix(3)) + [0x30, 0x30]).prefix(3)
        return minutes + second * 1_000 + padded.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }

    private static func takeOffset(_ rest: inout ArraySlice<UInt8>) -> Int64? {
        if take(0x5A, &rest) || take(0x7A, &rest) { return 0 }
        let isWest = rest.first == 0x2D
        guard take(0x2B, &rest) || take(0x2D, &rest), let hours = takeNumber(&rest, digits: 2), hours < 24 else {
            return nil
        }
        _ = take(0x3A, &rest)
        let minutes = rest.isEmpty ? 0 : takeNumber(&rest, digits: 2)
        guard let minutes, minutes < 60 else { return nil }
        return (hours * 60 + minutes) * (isWest ? -60_000 : 60_000)
    }

    private static func take(_ byte: UInt8, _ rest: inout ArraySlice<UInt8>) -> Bool {
        guard rest.first == byte else { return false }
        rest.removeFirst()
        return true
    }

    private static func takeNumber(_ rest: inout ArraySlice<UInt8>, digits: Int) -> Int64? {
        let text = rest.prefix(digits)
        guard text.count == digits, text.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        rest = rest.dropFirst(digits)
        return text.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }

    private static func length(ofMonth month: Int64, year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970-01-01 of a date of the Gregorian calendar; March begins the year, so that 29 February ends it.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
