import Events

/// Reads lengths of time such as `90s`, `15m`, `24h`, `7d` and `4w`.
enum TimespanText {
    /// Why a text is none.
    struct Failure: Error {
        var reason: String
    }

    private static let units: [Character: Int64] = [
        "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000,
    ]
    /// A thousand years are enough for everybody, and leave room to add.
    static let limit: Int64 = 366_000 * 86_400_000

    /// Reads a length of time above zero.
    static func read(_ text: String) throws(Failure) -> Timespan {
        guard let last = text.last else { throw Failure(reason: "it is empty") }
        if last == "M" || last == "y" {
            throw Failure(reason: "months and years have no fixed length; the units are s, m, h, d and w")
        }
        guard let unit = units[last] else { throw Failure(reason: "it ends in none of the units s, m, h, d and w") }
        let digits = text.dropLast()
        guard !digits.isEmpty, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
            throw Failure(reason: "a whole number stands before the unit")
        }
        let (milliseconds, overflow) = (Int64(digits) ?? .max).multipliedReportingOverflow(by: unit)
        guard !overflow, milliseconds <= limit else { throw Failure(reason: "it is longer than a thousand years") }
        guard milliseconds > 0 else { throw Failure(reason: "it is zero") }
        return Timespan(milliseconds: milliseconds)
    }

    /// What was meant by a length in words, such as `3 days`: `3d`; nil where that is not plain.
    static func meant(by text: String) -> String? {
        // Months are no minutes.
        if text.hasSuffix("M") { return nil }
        let lower = text.lowercased()
        let digits = lower.prefix { $0.isNumber }
        let rest = digits.isEmpty ? lower[...] : lower.dropFirst(digits.count)
        let words = rest.split { $0 == " " || $0 == "-" || $0 == "_" }
        let number = digits.isEmpty ? words.first.flatMap { numbers[String($0)] } : String(digits)
        guard let number, let unit = digits.isEmpty ? words.dropFirst().first : words.first,
            words.count == (digits.isEmpty ? 2 : 1), let letter = names[String(unit)]
        else { return nil }
        let meant = number + letter
        return (try? read(meant)) == nil ? nil : meant
    }

    private static let numbers = [
        "a": "1", "an": "1", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    ]
    private static let names = [
        "second": "s", "seconds": "s", "sec": "s", "s": "s", "minute": "m", "minutes": "m", "min": "m", "m": "m",
        "hour": "h", "hours": "h", "hrs": "h", "h": "h", "day": "d", "days": "d", "d": "d", "week": "w", "weeks": "w",
        "w": "w",
    ]
}
