import Events

/// A point in time as a calendar and a clock on the wall show it (proleptic Gregorian).
struct CivilTime {
    var year, month, day, hour, minute, second, millisecond: Int64
    /// The offset from UTC in seconds, east positive.
    var offset: Int64

    init(_ instant: Instant, offset: Int = 0) {
        self.offset = Int64(offset)
        let local = instant.milliseconds + self.offset * 1000
        let days = CivilTime.floorDivision(local, 86_400_000)
        let time = local - days * 86_400_000
        hour = time / 3_600_000
        minute = time / 60_000 % 60
        second = time / 1000 % 60
        millisecond = time % 1000
        // Howard Hinnant's civil_from_days: eras of 400 years that begin on 1 March.
        let shifted = days + 719_468
        let era = CivilTime.floorDivision(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    init(_ instant: Instant, in timeZone: TimeZoneRules) {
        self.init(instant, offset: timeZone.offset(at: instant))
    }

    /// Whether this is the first moment of a day.
    var isMidnight: Bool { hour == 0 && minute == 0 && second == 0 && millisecond == 0 }

    /// The English name of the month.
    var monthName: String { CivilTime.monthNames[Int(month) - 1] }

    private static let monthNames = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    private static func floorDivision(_ number: Int64, _ divisor: Int64) -> Int64 {
        (number >= 0 ? number : number - divisor + 1) / divisor
    }
}

extension [UInt8] {
    /// Appends an instant in UTC after RFC 3339, with milliseconds only where there are any.
    mutating func append(rfc3339 instant: Instant) {
        let civil = CivilTime(instant)
        append(date: civil)
        append(UInt8(ascii: "T"))
        append(twoDigits: civil.hour)
        append(UInt8(ascii: ":"))
        append(twoDigits: civil.minute)
        append(UInt8(ascii: ":"))
        append(secondsOf: civil)
        append(UInt8(ascii: "Z"))
    }

    /// Appends a date as `2014-03-01`.
    mutating func append(date civil: CivilTime) {
        if civil.year < 0 { append(UInt8(ascii: "-")) }
        let year = Int64(civil.year.magnitude)
        if year < 1000 { append(UInt8(ascii: "0")) }
        if year < 100 { append(UInt8(ascii: "0")) }
        append(twoDigits: year)
        append(UInt8(ascii: "-"))
        append(twoDigits: civil.month)
        append(UInt8(ascii: "-"))
        append(twoDigits: civil.day)
    }

    /// Appends a time of day as `09:40`, with seconds and milliseconds only where there are any.
    mutating func append(timeOfDay civil: CivilTime) {
        append(twoDigits: civil.hour)
        append(UInt8(ascii: ":"))
        append(twoDigits: civil.minute)
        guard civil.second != 0 || civil.millisecond != 0 else { return }
        append(UInt8(ascii: ":"))
        append(secondsOf: civil)
    }

    /// Appends an offset as `+05:00`.
    mutating func append(offsetOf civil: CivilTime) {
        append(UInt8(ascii: civil.offset < 0 ? "-" : "+"))
        let minutes = Int64(civil.offset.magnitude) / 60
        append(twoDigits: minutes / 60)
        append(UInt8(ascii: ":"))
        append(twoDigits: minutes % 60)
    }

    private mutating func append(secondsOf civil: CivilTime) {
        append(twoDigits: civil.second)
        guard civil.millisecond != 0 else { return }
        append(UInt8(ascii: "."))
        if civil.millisecond < 100 { append(UInt8(ascii: "0")) }
        append(twoDigits: civil.millisecond)
    }
}
