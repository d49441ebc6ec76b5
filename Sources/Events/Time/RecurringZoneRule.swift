/// How a zone changes its clocks every year: the POSIX rule at the foot of a zone file, such as `CET-1CEST,M3.5.0,M10.5.0/3`.
struct RecurringZoneRule: Sendable {
    private var standard: Int
    private var summer: (offset: Int, start: Day, end: Day)?

    /// A day of every year and the local time, in seconds, at which the clocks change.
    private struct Day {
        enum Kind {
            /// The n-th such weekday (0 is Sunday) of a month; week 5 is the last.
            case weekday(month: Int, week: Int, weekday: Int)
            /// The n-th day from 1, never counting 29 February.
            case julian(Int)
            /// The n-th day from 0, counting 29 February.
            case ordinal(Int)
        }
        var kind: Kind
        var time: Int

        /// The change's local time in a year, in seconds since the epoch as if it were UTC.
        func seconds(in year: Int) -> Int {
            let first = CivilDate.daysSinceEpoch(year: year, month: 1, day: 1)
            switch kind {
            case .julian(let day):
                return (first + day - 1 + (CivilDate.isLeap(year) && day >= 60 ? 1 : 0)) * 86_400 + time
            case .ordinal(let day): return (first + day) * 86_400 + time
            case .weekday(let month, let week, let weekday):
                let start = CivilDate.daysSinceEpoch(year: year, month: month, day: 1)
                var day = (weekday - (start + 4).remainderFlooring(by: 7)).remainderFlooring(by: 7) + (week - 1) * 7
                if day >= CivilDate.days(inMonth: month, ofYear: year) { day -= 7 }
                return (start + day) * 86_400 + time
            }
        }
    }

    init?(_ text: [UInt8]) {
        var parser = Parser(text: text)
        guard parser.skipName(), let standard = parser.time() else { return nil }
        self.standard = -standard
        if parser.isAtEnd { return }
        guard parser.skipName() else { return nil }
        var offset = self.standard + 3600
        if parser.peek != UInt8(ascii: ",") {
            guard let given = parser.time() else { return nil }
            offset = -given
        }
        guard let start = parser.day(), let end = parser.day(), parser.isAtEnd else { return nil }
        summer = (offset, start, end)
    }

    func offset(at seconds: Int) -> Int {
        guard let summer else { return standard }
        let year = CivilDate(daysSinceEpoch: (seconds + standard).dividedFlooring(by: 86_400)).year
        let start = summer.start.seconds(in: year) - standard
        let end = summer.end.seconds(in: year) - summer.offset
        let isSummer =
            start < end ? seconds >= start && seconds < end : seconds >= start || seconds < end
        return isSummer ? summer.offset : standard
    }

    private struct Parser {
        let text: [UInt8]
        var position = 0

        init(text: [UInt8]) { self.text = text }

        var isAtEnd: Bool { position == text.count }
        var peek: UInt8? { position < text.count ? text[position] : nil }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard peek == UInt8(ascii: character) else { return false }
            position += 1
            return true
        }

        mutating func skipName() -> Bool {
            let start = position
            if take("<") {
                while let byte = peek, byte != UInt8(ascii: ">") { position += 1 }
                return take(">")
            }
            while let byte = peek, byte | 0x20 >= UInt8(ascii: "a"), byte | 0x20 <= UInt8(ascii: "z") { position += 1 }
            return position - start >= 3
        }

        mutating func number() -> Int? {
            let start = position
            var value = 0
            while let byte = peek, byte >= 0x30, byte <= 0x39, position - start < 4 {
                value = value * 10 + Int(byte - 0x30)
                position += 1
            }
            return position == start ? nil : value
        }

        /// `[+-]hh[:mm[:ss]]` in seconds.
        mutating func time() -> Int? {
            let isNegative = take("-")
            if !isNegative { _ = take("+") }
            guard var seconds = number().map({ $0 * 3600 }) else { return nil }
            var unit = 60
            while unit > 0, take(":") {
                guard let part = number() else { return nil }
                seconds += part * unit
                unit /= 60
            }
            return isNegative ? -seconds : seconds
        }

        mutating func day() -> Day? {
            guard take(","), let kind = dayKind() else { return nil }
            guard take("/") else { return Day(kind: kind, time: 7200) }
            return time().map { Day(kind: kind, time: $0) }
        }

        private mutating func dayKind() -> Day.Kind? {
            if take("M") {
                guard let month = number(), take("."), let week = number(), take("."), let weekday = number(),
                    (1...12).contains(month), (1...5).contains(week), weekday <= 6
                else { return nil }
                return .weekday(month: month, week: week, weekday: weekday)
            }
            return take("J") ? number().map { .julian($0) } : number().map { .ordinal($0) }
        }
    }
}
