import Diagnostics
import Events

/// Reads times of a test's events that are relative to another: `+2d`, `-90s`, `+6d23h`.
struct RelativeTime {
    /// How far from the other time it is, in milliseconds.
    let offset: Int64

    /// Reads a text; nil if it does not begin as such a time does. Throws if it begins so and is none.
    init?(_ text: String) throws(TimespanText.Failure) {
        guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
        var sum: Int64 = 0
        var piece = ""
        for character in text.dropFirst() {
            piece.append(character)
            if character.isNumber { continue }
            let length = try TimespanText.read(piece).milliseconds
            sum += length
            if sum > TimespanText.limit { throw TimespanText.Failure(reason: "it is longer than a thousand years") }
            piece = ""
        }
        guard piece.isEmpty, sum > 0 else { throw TimespanText.Failure(reason: "it ends in none of s, m, h, d and w") }
        offset = sign == "-" ? -sum : sum
    }

    /// The time that lies so far from another, as text: of a bare date and whole days a bare date.
    func text(from base: ReadTime, in zone: TimeZoneRules) -> String {
        let day: Int64 = 86_400_000
        if base.isBareDate, offset % day == 0 {
            let date = CivilTime(base.instant, in: zone).date.adding(days: Int(offset / day))
            return InstantText.date(date)
        }
        return InstantText.utc(Instant(milliseconds: base.instant.milliseconds &+ offset))
    }
}
