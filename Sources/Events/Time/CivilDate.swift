/// A day of the Gregorian calendar, extended to all years.
public struct CivilDate: Hashable, Comparable, Sendable {
    /// The year; 0 is the year before 1.
    public var year: Int
    /// The month, from 1 to 12.
    public var month: Int
    /// The day of the month, from 1.
    public var day: Int

    /// Creates a date; nil where the calendar has no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), day >= 1, day <= CivilDate.days(inMonth: month, ofYear: year) else {
            return nil
        }
        self.init(knownYear: year, month: month, day: day)
    }

    private init(knownYear year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// The date that many days after 1970-01-01.
    public init(daysSinceEpoch days: Int) {
        // Years begin in March here, so that the leap day is the last of its year.
        let shifted = days + 719_468
        let era = shifted.dividedFlooring(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        self.init(
            knownYear: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
            day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// How many days after 1970-01-01 it is.
    @inline(__always)
    public var daysSinceEpoch: Int { CivilDate.daysSinceEpoch(year: year, month: month, day: day) }

    /// The day of the week, from Monday = 1 to Sunday = 7.
    public var weekday: Int { (daysSinceEpoch + 3).remainderFlooring(by: 7) + 1 }

    /// The day of the year, from 1.
    public var dayOfYear: Int { daysSinceEpoch - firstOfYear.daysSinceEpoch + 1 }

    /// The week after ISO 8601, with the year that it belongs to.
    public var isoWeek: (year: Int, week: Int) {
        // The Thursday decides to which year a week belongs.
        let thursday = CivilDate(daysSinceEpoch: daysSinceEpoch - weekday + 4)
        return (thursday.year, (thursday.dayOfYear - 1) / 7 + 1)
    }

    /// The Monday of its ISO week.
    public var firstOfWeek: CivilDate { adding(days: 1 - weekday) }
    /// The first day of its month.
    public var firstOfMonth: CivilDate { CivilDate(knownYear: year, month: month, day: 1) }
    /// The first day of its year.
    public var firstOfYear: CivilDate { CivilDate(knownYear: year, month: 1, day: 1) }
    /// The first day of the month after its own.
    public var firstOfNextMonth: CivilDate {
        month == 12 ? firstOfNextYear : CivilDate(knownYear: year, month: month + 1, day: 1)
    }
    /// The first day of the year after its own.
    public var firstOfNextYear: CivilDate { CivilDate(knownYear: year + 1, month: 1, day: 1) }

    /// The date that many days later.
    public func adding(days: Int) -> CivilDate { CivilDate(daysSinceEpoch: daysSinceEpoch + days) }

    /// Whether a year has a 29th of February.
    public static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    /// How many days a month has.
    public static func days(inMonth month: Int, ofYear year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Earlier comes first.
    public static func < (left: CivilDate, right: CivilDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    @inline(__always)
    static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear.dividedFlooring(by: 400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

/// A day and a time of day, as a clock on a wall shows them.
public struct CivilTime: Hashable, Sendable {
    /// The day.
    public var date: CivilDate
    /// The hour, from 0 to 23.
    public var hour: Int
    /// The minute.
    public var minute: Int
    /// The second.
    public var second: Int
    /// The millisecond.
    public var millisecond: Int

    /// What the clocks of a zone show at an instant.
    public init(_ instant: Instant, in zone: TimeZoneRules) {
        self.init(localMilliseconds: instant.milliseconds + Int64(zone.offset(at: instant)) * 1000)
    }

    /// What a clock shows that many milliseconds after 1970-01-01 00:00 of its own time.
    public init(localMilliseconds milliseconds: Int64) {
        let total = Int(milliseconds)
        let days = total.dividedFlooring(by: 86_400_000)
        let rest = total - days * 86_400_000
        date = CivilDate(daysSinceEpoch: days)
        hour = rest / 3_600_000
        minute = rest / 60_000 % 60
        second = rest / 1000 % 60
        millisecond = rest % 1000
    }
}

extension Int {
    /// The quotient rounded down, where `/` rounds towards zero.
    @inline(__always)
    func dividedFlooring(by divisor: Int) -> Int {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }

    /// What is left of a division rounded down; never negative for a positive divisor.
    @inline(__always)
    func remainderFlooring(by divisor: Int) -> Int { self - dividedFlooring(by: divisor) * divisor }
}
