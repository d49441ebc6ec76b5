/// Reads `2014-03-03T09:00:00Z`, the form of nearly every record, and remembers which days it met.
struct DayMemo {
    private struct Day {
        // `2014-03-` as it stands in the text, so that the same month is known without reading it.
        var month: UInt64 = 0
        var seconds = 0
    }

    /// By the day of the month.
    private var known = InlineArray<40, Day>(repeating: Day())

    /// The instant of a text in just that form; nil for all others.
    @inline(__always)
    mutating func instant(_ text: ByteView) -> Instant? {
        guard text.count == 20, text[19] == 0x5a, text[10] == 0x54 else { return nil }
        // `09:00:00` as one number, its digits and colons taken to zero, the first byte the lowest.
        let clock = word(text, at: 11) ^ 0x3030_3a30_303a_3030
        // Adding lifts the highest bit of every byte that is more than a digit, or no colon where one should be.
        let isWrong = ((clock &+ 0x7676_7f76_767f_7676) | clock) & 0x8080_8080_8080_8080 != 0
        let tens = text[8] &- 0x30
        let ones = text[9] &- 0x30
        if isWrong || tens > 3 || ones > 9 { return nil }
        let pairs = clock &* 10 &+ clock >> 8
        let hour = Int(pairs & 0xff)
        let minute = Int(pairs >> 24 & 0xff)
        let second = Int(pairs >> 48 & 0xff)
        if hour > 23 || minute > 59 || second > 59 { return nil }
        let day = Int(tens) &* 10 &+ Int(ones)
        let month = word(text, at: 0)
        if known[day].month != month, !learn(day, month, text) { return nil }
        return Instant(milliseconds: Int64(known[day].seconds &+ (hour &* 60 &+ minute) &* 60 &+ second) &* 1000)
    }

    /// Reads the date; false if there is none.
    @inline(never)
    private mutating func learn(_ day: Int, _ month: UInt64, _ text: ByteView) -> Bool {
        var cursor = TimeCursor(text)
        guard let year = cursor.number(4, 4), cursor.take("-"), let monthOfYear = cursor.number(2, 2), cursor.take("-"),
            let date = CivilDate(year: year, month: monthOfYear, day: day)
        else { return false }
        known[day] = Day(month: month, seconds: date.daysSinceEpoch * 86_400)
        return true
    }

    @inline(__always)
    private func word(_ text: ByteView, at index: Int) -> UInt64 {
        UInt64(littleEndian: UnsafeRawPointer(text.base + index).loadUnaligned(as: UInt64.self))
    }
}
