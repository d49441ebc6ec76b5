/// Instants as text.
public enum InstantText {
    /// RFC 3339 in UTC, with milliseconds only where there are any: `2014-03-14T09:40:00Z`.
    public static func utc(_ instant: Instant) -> String {
        let civil = CivilTime(instant, in: .utc)
        return date(civil.date) + "T" + time(civil) + "Z"
    }

    /// RFC 3339 with the offset that holds in a zone: `2014-03-14T14:40:00+05:00`.
    public static func rfc3339(_ instant: Instant, in zone: TimeZoneRules) -> String {
        let civil = CivilTime(instant, in: zone)
        return date(civil.date) + "T" + time(civil) + offset(zone.offset(at: instant))
    }

    /// For people: what the clocks of a zone show and its offset, such as `2014-03-14 14:40 +05:00`; seconds only where
    /// there are any.
    public static func local(_ instant: Instant, in zone: TimeZoneRules) -> String {
        let civil = CivilTime(instant, in: zone)
        let clock =
            civil.second == 0 && civil.millisecond == 0
            ? digits(civil.hour, 2) + ":" + digits(civil.minute, 2) : time(civil)
        return date(civil.date) + " " + clock + " " + offset(zone.offset(at: instant))
    }

    /// A date: `2014-03-14`.
    public static func date(_ date: CivilDate) -> String {
        let year = date.year < 0 ? "-" + digits(-date.year, 4) : digits(date.year, 4)
        return year + "-" + digits(date.month, 2) + "-" + digits(date.day, 2)
    }

    /// An offset from UTC given in seconds: `+05:00`.
    public static func offset(_ seconds: Int) -> String {
        let magnitude = abs(seconds)
        let text = (seconds < 0 ? "-" : "+") + digits(magnitude / 3600, 2) + ":" + digits(magnitude / 60 % 60, 2)
        return magnitude % 60 == 0 ? text : text + ":" + digits(magnitude % 60, 2)
    }

    private static func time(_ civil: CivilTime) -> String {
        let text = digits(civil.hour, 2) + ":" + digits(civil.minute, 2) + ":" + digits(civil.second, 2)
        return civil.millisecond == 0 ? text : text + "." + digits(civil.millisecond, 3)
    }

    private static func digits(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
}
