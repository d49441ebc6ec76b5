/// How exactly a time is known.
enum TimePrecision: String, CaseIterable {
    case exact, day, week, month, year

    /// The day, ISO week, month or year around an instant, as the clocks of a zone show it; the instant alone if exact.
    func interval(around instant: Instant, in zone: TimeZoneRules) -> EventInterval {
        if self == .exact { return EventInterval(start: instant, end: instant) }
        let date = CivilTime(instant, in: zone).date
        let (first, next) = period(of: date)
        return EventInterval(start: TimeText.bare(first, in: zone).instant, end: TimeText.bare(next, in: zone).instant)
    }

    private func period(of date: CivilDate) -> (CivilDate, CivilDate) {
        switch self {
        case .exact, .day: (date, date.adding(days: 1))
        case .week: (date.firstOfWeek, date.firstOfWeek.adding(days: 7))
        case .month: (date.firstOfMonth, date.firstOfNextMonth)
        case .year: (date.firstOfYear, date.firstOfNextYear)
        }
    }
}

/// When something happened: half-open, or one instant if start and end are the same.
struct EventInterval: Equatable {
    var start: Instant
    var end: Instant

    /// The interval that a record's time, its end and its precision give; nil if the end lies before the start.
    ///
    /// With a precision both ends are widened to it: from the start of the first period to the end of the last.
    @inline(__always)
    static func of(
        time: ReadTime, end: ReadTime?, precision: TimePrecision?, spanOverrides: Bool, in zone: TimeZoneRules
    ) -> EventInterval? {
        if end == nil, !time.isBareDate, precision == nil || precision == .exact {
            return EventInterval(start: time.instant, end: time.instant)
        }
        return general(time: time, end: end, precision: precision, spanOverrides: spanOverrides, in: zone)
    }

    private static func general(
        time: ReadTime, end: ReadTime?, precision: TimePrecision?, spanOverrides: Bool, in zone: TimeZoneRules
    ) -> EventInterval? {
        if let end, end.natural.interval(around: end.instant, in: zone).end < time.instant { return nil }
        var precision = precision
        if spanOverrides, let end, end.instant - time.instant >= Timespan(milliseconds: 86_400_000) { precision = nil }
        let first = (precision ?? time.natural).interval(around: time.instant, in: zone)
        guard let end else { return first }
        // A bare date as the end includes that day, even where the beginning is exact.
        let last = (precision == .exact && !end.isBareDate ? .exact : wider(precision, end.natural))
            .interval(around: end.instant, in: zone)
        return EventInterval(start: first.start, end: max(first.start, last.end))
    }

    private static func wider(_ given: TimePrecision?, _ natural: TimePrecision) -> TimePrecision {
        guard let given, given != .exact else { return natural }
        return given
    }
}

extension ReadTime {
    /// How exactly it is known by the way it is written.
    fileprivate var natural: TimePrecision { isBareDate ? .day : .exact }
}
