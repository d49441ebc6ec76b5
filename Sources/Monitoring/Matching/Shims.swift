import Events
import Rulebook

enum CaseFolding {
    static func fold(_ text: String) -> String { text.lowercased() }
}

struct WildcardMatcher: Sendable {
    let pattern: WildcardPattern
    let cased: Bool
    init(_ pattern: WildcardPattern, cased: Bool) {
        self.pattern = pattern
        self.cased = cased
    }
    func matches(_ text: String) -> Bool {
        let letters = Array((cased ? text : CaseFolding.fold(text)).unicodeScalars)
        return match(pattern.pieces[...], letters[...])
    }
    private func match(_ pieces: ArraySlice<WildcardPattern.Piece>, _ text: ArraySlice<Unicode.Scalar>) -> Bool {
        guard let first = pieces.first else { return text.isEmpty }
        switch first {
        case .literal(let literal):
            let letters = Array((cased ? literal : CaseFolding.fold(literal)).unicodeScalars)
            return text.starts(with: letters) && match(pieces.dropFirst(), text.dropFirst(letters.count))
        case .one: return !text.isEmpty && match(pieces.dropFirst(), text.dropFirst())
        case .any: return (0...text.count).contains { match(pieces.dropFirst(), text.dropFirst($0)) }
        }
    }
}



extension RegularExpression {
    func isFound(in text: String) -> Bool { text.contains(pattern) }
}

struct ReadTime { var instant: Instant }

enum TimeText {
    static func read(_ text: String, in zone: TimeZoneRules) -> ReadTime? {
        let parts = text.split { !$0.isNumber }.compactMap { Int($0) }
        guard parts.count >= 3, parts[0] > 1000 else { return nil }
        var days = 0
        while CivilDate(daysSinceEpoch: days).year < parts[0] { days += 1 }
        while CivilDate(daysSinceEpoch: days).month < parts[1] { days += 1 }
        days += parts[2] - 1
        let clock = parts.count > 3 ? parts[3] * 3600 + (parts.count > 4 ? parts[4] * 60 : 0) : 0
        let second = parts.count > 5 ? parts[5] : 0
        return ReadTime(instant: Instant(milliseconds: Int64(days * 86_400 + clock + second) * 1000))
    }
}

struct CivilDate {
    var year, month, day: Int
    init(daysSinceEpoch days: Int) {
        let z = days + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let doe = z - era * 146_097
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100)
        let mp = (5 * doy + 2) / 153
        day = doy - (153 * mp + 2) / 5 + 1
        month = mp < 10 ? mp + 3 : mp - 9
        year = yoe + era * 400 + (month <= 2 ? 1 : 0)
    }
    var isoWeek: (year: Int, week: Int) { (year, 10) }
}

struct CivilTime {
    var date: CivilDate
    var hour, minute, second: Int
    init(_ instant: Instant, in zone: TimeZoneRules) {
        let seconds = Int(instant.milliseconds / 1000)
        date = CivilDate(daysSinceEpoch: seconds / 86_400)
        hour = seconds / 3600 % 24
        minute = seconds / 60 % 60
        second = seconds % 60
    }
}

enum InstantText {
    static func utc(_ instant: Instant) -> String {
        let time = CivilTime(instant, in: .utc)
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        return
            "\(time.date.year)-\(two(time.date.month))-\(two(time.date.day))T\(two(time.hour)):\(two(time.minute)):\(two(time.second))Z"
    }
}
