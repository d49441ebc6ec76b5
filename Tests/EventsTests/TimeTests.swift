import Diagnostics
import Testing

@testable import Events

@Suite struct TimeTests {
    @Test(
        "Read without complaint what the sources really ship: dates as 2014-03-01, 1 March 2014, 20140301 or epoch seconds",
        arguments: [
            ("2014-03-03T09:00Z", "2014-03-03T09:00:00Z", false),
            ("2014-03-03T09:00:00Z", "2014-03-03T09:00:00Z", false),
            ("2014-03-03T09:00:00.25+05:00", "2014-03-03T04:00:00.250Z", false),
            ("2014-03-03t09:00:00z", "2014-03-03T09:00:00Z", false),
            ("2014-03-03 09:00:00 +0500", "2014-03-03T04:00:00Z", false),
            ("2021-02-01 00:00:00.000", "2021-02-01T00:00:00Z", false),
            ("2014-03-01", "2014-03-01T00:00:00Z", true),
            ("2014/3/1", "2014-03-01T00:00:00Z", true),
            ("1 March 2014", "2014-03-01T00:00:00Z", true),
            ("01 March 2014", "2014-03-01T00:00:00Z", true),
            ("1-Mar-2014", "2014-03-01T00:00:00Z", true),
            ("March 1, 2014", "2014-03-01T00:00:00Z", true),
            ("1 Sept 2014", "2014-09-01T00:00:00Z", true),
            ("20140301", "2014-03-01T00:00:00Z", true),
            ("20180101000000", "2018-01-01T00:00:00Z", false),
            ("1393837200", "2014-03-03T09:00:00Z", false),
            ("1393837200.5", "2014-03-03T09:00:00.500Z", false),
            ("1393837200123", "2014-03-03T09:00:00.123Z", false),
            ("-1", "1969-12-31T23:59:59Z", false),
            (" 2014-03-01\u{a0}", "2014-03-01T00:00:00Z", true),
            ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z", false),
            ("2016-02-29", "2016-02-29T00:00:00Z", true),
        ])
    func readsTimes(_ text: String, _ instant: String, _ isBare: Bool) {
        let time = TimeText.read(text, in: .utc)
        #expect(time.map { InstantText.utc($0.instant) } == instant)
        #expect(time?.isBareDate == isBare)
    }

    @Test(
        "What is no time is none",
        arguments: [
            "", "soon", "2014-02-30", "2015-02-29", "2014-13-01", "2014-00-10", "2014-03-01T24:00Z",
            "2014-03-01T09:60Z",
            "2014-03-01T", "2014-03-01T09:00+25:00", "2014-03-01T09:00Zx", "20140230", "2014", "31 Foo 2014", "2014-3",
            "2014-03-01T09:00:00.Z", "nan", "inf", "20180101250000", "2014-03-01x",
        ])
    func refusesTimes(_ text: String) { #expect(TimeText.read(text, in: .utc) == nil) }

    @Test(
        "date-format: dd/MM/yyyy, where a date could be read two ways",
        arguments: [
            ("dd/MM/yyyy", "03/04/2014", "2014-04-03T00:00:00Z", true),
            ("MM/dd/yyyy", "03/04/2014", "2014-03-04T00:00:00Z", true),
            ("d.M.yy", "3.4.14", "2014-04-03T00:00:00Z", true),
            ("dd/MM/yyyy HH:mm", "03/04/2014 17:05", "2014-04-03T17:05:00Z", false),
            ("dd/MM/yyyy", "03/04/2014 17:05", "2014-04-03T17:05:00Z", false),
            ("dd MMM yyyy 'at' HH:mm:ss", "03 Apr 2014 at 17:05:09", "2014-04-03T17:05:09Z", false),
            ("dd/MM/yyyy", "2014-04-03", "2014-04-03T00:00:00Z", true),
            ("yyyy年M月d日", "2014年4月3日", "2014-04-03T00:00:00Z", true),
            ("dd’MM’yyyy", "03’04’2014", "2014-04-03T00:00:00Z", true),
        ])
    func readsByPattern(_ pattern: String, _ text: String, _ instant: String, _ isBare: Bool) throws {
        let known: DatePattern = try #require(DatePattern(pattern))
        let time = TimeText.read(text, in: .utc, pattern: known)
        #expect(time.map { InstantText.utc($0.instant) } == instant)
        #expect(time?.isBareDate == isBare)
    }

    @Test("A pattern that names no day is none", arguments: ["", "yyyy", "dd/MM", "dd/MM/yyyyy", "qq/MM/yyyy", "'dd"])
    func refusesPatterns(_ pattern: String) { #expect(DatePattern(pattern) == nil) }

    @Test("A date has its weekday, day of the year and ISO week")
    func calendar() throws {
        let date = try #require(CivilDate(year: 2014, month: 3, day: 14))
        #expect(date.weekday == 5 && date.dayOfYear == 73 && date.isoWeek == (2014, 11))
        #expect(date.firstOfWeek == CivilDate(year: 2014, month: 3, day: 10))
        let newYear = try #require(CivilDate(year: 2021, month: 1, day: 1))
        #expect(newYear.isoWeek == (2020, 53))
        #expect(try #require(CivilDate(year: 2018, month: 12, day: 31)).isoWeek == (2019, 1))
        for day in stride(from: -800_000, to: 800_000, by: 37) {
            #expect(CivilDate(daysSinceEpoch: day).daysSinceEpoch == day)
        }
    }

    @Test("Instants are written in RFC 3339, with milliseconds only where there are any")
    func writesInstants() {
        let zone = TimeZoneRules(name: "Asia/Karachi", fixedOffset: 5 * 3600)
        let instant = Instant(milliseconds: 1_394_790_000_000)
        #expect(InstantText.utc(instant) == "2014-03-14T09:40:00Z")
        #expect(InstantText.utc(Instant(milliseconds: -1)) == "1969-12-31T23:59:59.999Z")
        #expect(InstantText.local(instant, in: zone) == "2014-03-14 14:40 +05:00")
        #expect(InstantText.rfc3339(instant, in: zone) == "2014-03-14T14:40:00+05:00")
        #expect(InstantText.offset(-12_600) == "-03:30")
    }

    @Test("A zone may be an offset", arguments: [("+05:00", 18_000), ("-0330", -12_600), ("+05", 18_000), ("Z", 0)])
    func offsetZones(_ text: String, _ seconds: Int) {
        #expect(TimeZoneRules(offsetText: text)?.offset(at: Instant(milliseconds: 0)) == seconds)
        #expect(TimeZoneRules(offsetText: "Asia/Karachi") == nil)
    }

    @Test("A zone file's changes hold up to the last, then the rule at its foot")
    func zoneFiles() throws {
        let zone = try #require(TimeZoneRules(name: "Europe/Berlin", tzif: ZoneFiles.berlin))
        func offset(_ text: String) -> Int? {
            TimeText.read(text, in: .utc).map { zone.offset(at: $0.instant) }
        }
        #expect(offset("1890-01-01T00:00Z") == 3208)
        #expect(offset("1996-10-27T00:59:59Z") == 7200)
        #expect(offset("1996-10-27T01:00:00Z") == 3600)
        #expect(offset("2024-03-31T00:59:59Z") == 3600)
        #expect(offset("2024-03-31T01:00:00Z") == 7200)
        #expect(offset("2040-10-28T00:59:59Z") == 7200)
        #expect(offset("2040-10-28T01:00:00Z") == 3600)
    }

    @Test(
        "A time that a change of the clocks skips is moved on by the length of the gap; of one that occurs twice the first is meant"
    )
    func localTimes() throws {
        let zone = try #require(TimeZoneRules(name: "Europe/Berlin", tzif: ZoneFiles.berlin))
        func instant(_ text: String) -> String? { TimeText.read(text, in: zone).map { InstantText.utc($0.instant) } }
        #expect(instant("2024-03-31T02:30") == "2024-03-31T01:30:00Z")
        #expect(instant("2024-10-27T02:30") == "2024-10-27T00:30:00Z")
        #expect(instant("2024-10-27T03:00") == "2024-10-27T02:00:00Z")
        #expect(instant("2024-07-01") == "2024-06-30T22:00:00Z")
    }

    @Test("What is no zone file is none, wherever it is cut")
    func brokenZoneFiles() {
        for length in 0..<ZoneFiles.berlin.count {
            #expect(TimeZoneRules(name: "x", tzif: Array(ZoneFiles.berlin[..<length])) == nil)
        }
    }

    @Test(
        "A rule at the foot of a zone file",
        arguments: [
            ("<+05>-5", 0, 18_000), ("EST5EDT,M3.2.0,M11.1.0", 1_720_000_000, -14_400),
            ("<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", 1_720_000_000, -7200),
            ("AEST-10AEDT,M10.1.0,M4.1.0/3", 1_704_067_200, 39_600),
            ("XXX0YYY,J60,J300", 1_720_000_000, 3600), ("XXX0YYY,0/0,365/23", 1_720_000_000, 3600),
        ])
    func rules(_ text: String, _ seconds: Int, _ offset: Int) throws {
        #expect(try #require(RecurringZoneRule(Array(text.utf8))).offset(at: seconds) == offset)
    }

    @Test(
        "What is no rule is none",
        arguments: ["", "X", "CET", "CET-1CEST,M13.1.0,M1.1.0", "CET-1CEST,M3.5.0", "<CET-1"])
    func brokenRules(_ text: String) { #expect(RecurringZoneRule(Array(text.utf8)) == nil) }
}

/// Zone files of the tests' own making.
enum ZoneFiles {
    /// A few of Berlin's changes, and its rule.
    static let berlin: [UInt8] = {
        let changes: [(Int64, UInt8)] = [(-2_422_054_408, 1), (828_234_000, 2), (846_378_000, 1)]
        var bytes = header(transitions: 0, types: 1, characters: 1) + [0, 0, 0, 0, 0, 0, 0]
        bytes += header(transitions: 3, types: 3, characters: 4)
        for (time, _) in changes { bytes += big(UInt64(bitPattern: time), 8) }
        bytes += changes.map(\.1)
        for (offset, isSummer) in [(3208, 0), (3600, 0), (7200, 1)] {
            bytes += big(UInt64(offset), 4) + [UInt8(isSummer), 0]
        }
        return bytes + Array("CET\0\nCET-1CEST,M3.5.0,M10.5.0/3\n".utf8)
    }()

    private static func header(transitions: Int, types: Int, characters: Int) -> [UInt8] {
        Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
            + [0, 0, 0, transitions, types, characters].flatMap { big(UInt64($0), 4) }
    }

    private static func big(_ value: UInt64, _ size: Int) -> [UInt8] {
        (0..<size).reversed().map { UInt8(truncatingIfNeeded: value >> UInt64($0 * 8)) }
    }
}
