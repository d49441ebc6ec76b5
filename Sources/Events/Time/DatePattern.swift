/// How a source writes its dates, such as `dd/MM/yyyy` or `dd.MM.yyyy HH:mm`.
public struct DatePattern: Sendable {
    private enum Piece {
        case year, shortYear, month, monthName, day, hour, minute, second, fraction
        case literal(UInt8)
    }

    private var pieces: [Piece] = []
    private var hasTime = false

    /// Reads a pattern of `yyyy yy MMMM MMM MM M dd d HH H mm ss SSS` and the signs between them; nil if a letter stands for
    /// nothing or a day cannot be told. Text between apostrophes stands for itself.
    public init?(_ pattern: String) {
        let bytes = Array(pattern.utf8)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "'") {
                guard let close = bytes[(index + 1)...].firstIndex(of: byte) else { return nil }
                pieces += bytes[(index + 1)..<close].map { .literal($0) }
                index = close + 1
                continue
            }
            var length = 1
            while index + length < bytes.count, bytes[index + length] == byte { length += 1 }
            guard let found = DatePattern.pieces(of: byte, length) else { return nil }
            pieces += found
            index += length
        }
        func holds(_ test: (Piece) -> Bool) -> Bool { pieces.contains(where: test) }
        hasTime = holds { if case .hour = $0 { true } else { false } }
        guard holds({ if case .day = $0 { true } else { false } }),
            holds({
                switch $0 {
                case .year, .shortYear: true
                default: false
                }
            }),
            holds({
                switch $0 {
                case .month, .monthName: true
                default: false
                }
            })
        else { return nil }
    }

    private static func pieces(of byte: UInt8, _ length: Int) -> [Piece]? {
        // A byte of a character that is not ASCII is no letter, whatever it would be in Latin-1.
        if byte >= 0x80 { return [Piece](repeating: .literal(byte), count: length) }
        return switch Character(Unicode.Scalar(byte)) {
        case "y": length == 2 ? [.shortYear] : length == 4 ? [.year] : nil
        case "M": length <= 2 ? [.month] : length <= 4 ? [.monthName] : nil
        case "d": length <= 2 ? [.day] : nil
        case "H": length <= 2 ? [.hour] : nil
        case "m": length <= 2 ? [.minute] : nil
        case "s": length <= 2 ? [.second] : nil
        case "S": [.fraction]
        case "a"..."z", "A"..."Z": nil
        default: [Piece](repeating: .literal(byte), count: length)
        }
    }

    /// Reads a time in this form; a pattern without hours allows a time of day behind the date.
    func read(_ text: ByteView, in zone: TimeZoneRules) -> ReadTime? {
        var cursor = TimeCursor(text)
        var values = (year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0, millisecond: 0)
        for piece in pieces {
            switch piece {
            case .literal(let byte): guard cursor.take(byte: byte) else { return nil }
            case .year: guard DatePattern.set(&values.year, cursor.number(4, 4)) else { return nil }
            case .shortYear:
                // As POSIX has it: 69 to 99 lie in the last century.
                guard let year = cursor.number(2, 2) else { return nil }
                values.year = year < 69 ? 2000 + year : 1900 + year
            case .month: guard DatePattern.set(&values.month, cursor.number(1, 2)) else { return nil }
            case .monthName: guard DatePattern.set(&values.month, cursor.monthName()) else { return nil }
            case .day: guard DatePattern.set(&values.day, cursor.number(1, 2)) else { return nil }
            case .hour: guard DatePattern.set(&values.hour, cursor.number(1, 2)) else { return nil }
            case .minute: guard DatePattern.set(&values.minute, cursor.number(2, 2)) else { return nil }
            case .second: guard DatePattern.set(&values.second, cursor.number(2, 2)) else { return nil }
            case .fraction: guard DatePattern.set(&values.millisecond, cursor.fraction()) else { return nil }
            }
        }
        guard let day = CivilDate(year: values.year, month: values.month, day: values.day) else { return nil }
        if !hasTime { return TimeText.rest(of: &cursor, on: day, in: zone) }
        guard values.hour < 24, values.minute < 60, values.second < 60 else { return nil }
        let seconds = day.daysSinceEpoch * 86_400 + (values.hour * 60 + values.minute) * 60 + values.second
        let local = Int64(seconds) * 1000 + Int64(values.millisecond)
        switch cursor.offset() {
        case .missing: return ReadTime(instant: zone.instant(ofLocal: local), isBareDate: false)
        case .given(let offset) where cursor.isAtEnd:
            return ReadTime(instant: Instant(milliseconds: local - Int64(offset) * 1000), isBareDate: false)
        default: return nil
        }
    }

    private static func set(_ value: inout Int, _ read: Int?) -> Bool {
        guard let read else { return false }
        value = read
        return true
    }
}
