import Events

extension [UInt8] {
    /// Appends an instant in UTC after RFC 3339, with milliseconds only where there are any.
    mutating func append(rfc3339 instant: Instant) {
        let civil = CivilTime(instant, in: .utc)
        append(date: civil.date)
        append(UInt8(ascii: "T"))
        append(twoDigits: civil.hour)
        append(UInt8(ascii: ":"))
        append(twoDigits: civil.minute)
        append(UInt8(ascii: ":"))
        append(secondsOf: civil)
        append(UInt8(ascii: "Z"))
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

    private mutating func append(date: CivilDate) {
        if date.year < 0 { append(UInt8(ascii: "-")) }
        let year = abs(date.year)
        if year < 1000 { append(UInt8(ascii: "0")) }
        if year < 100 { append(UInt8(ascii: "0")) }
        append(twoDigits: year)
        append(UInt8(ascii: "-"))
        append(twoDigits: date.month)
        append(UInt8(ascii: "-"))
        append(twoDigits: date.day)
    }

    private mutating func append(secondsOf civil: CivilTime) {
        append(twoDigits: civil.second)
        guard civil.millisecond != 0 else { return }
        append(UInt8(ascii: "."))
        if civil.millisecond < 100 { append(UInt8(ascii: "0")) }
        append(twoDigits: civil.millisecond)
    }
}

extension CivilTime {
    /// Whether this is the first moment of a day.
    var isMidnight: Bool { hour == 0 && minute == 0 && second == 0 && millisecond == 0 }

    /// What a reader of English calls the day: `3 March 2014`.
    var dayInWords: String {
        let months = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ]
        return "\(date.day) \(months[date.month - 1]) \(date.year)"
    }
}
