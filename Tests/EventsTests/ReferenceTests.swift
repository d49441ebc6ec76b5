import Foundation
import Testing

@testable import Events

/// Dates and zones against tables that another implementation has made: `Tests/References/generate`.
@Suite("Times against independent references")
struct ReferenceTests {
    private static func rows(_ name: String) throws -> [[Substring]] {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let table = tests.appendingPathComponent("References/\(name).csv")
        return try String(contentsOf: table, encoding: .utf8).split(separator: "\n").map { $0.split(separator: ",") }
    }

    private static func zone(_ name: some StringProtocol) throws -> TimeZoneRules {
        let file = URL(fileURLWithPath: "/usr/share/zoneinfo/\(name)")
        return try #require(TimeZoneRules(name: String(name), tzif: try Data(contentsOf: file).map { $0 }))
    }

    private static func zones(_ rows: [[Substring]]) throws -> [Substring: TimeZoneRules] {
        var zones: [Substring: TimeZoneRules] = [:]
        for name in Set(rows.map { $0[0] }) { zones[name] = try zone(name) }
        return zones
    }

    @Test("A day has the weekday, day of the year and ISO week that it has elsewhere, leap days and all")
    func days() throws {
        let rows = try ReferenceTests.rows("days")
        #expect(rows.count > 1600)
        for row in rows {
            let parts = row[0].split(separator: "-").compactMap { Int($0) }
            let date = try #require(CivilDate(year: parts[0], month: parts[1], day: parts[2]))
            let found = [date.weekday, date.dayOfYear, date.isoWeek.year, date.isoWeek.week]
            #expect(found.map(String.init) == row.dropFirst().map(String.init), "\(row[0])")
            #expect(InstantText.date(date) == row[0])
        }
    }

    @Test("At any instant the clocks of a zone show what they show elsewhere, and a time on them is the same instant")
    func zones() throws {
        let rows = try ReferenceTests.rows("zones")
        let zones = try ReferenceTests.zones(rows)
        #expect(rows.count > 3000 && zones.count > 20)
        for row in rows {
            let zone = try #require(zones[row[0]])
            let second = try #require(Int64(row[1]))
            #expect(zone.offset(at: Instant(milliseconds: second * 1000)) == Int(row[2]), "\(row)")
            let read = try #require(TimeText.read(String(row[3]), in: zone))
            #expect(read.instant.milliseconds / 1000 == Int64(row[4]), "\(row)")
        }
    }

    @Test(
        "The day, ISO week, month and year of a zone begin and end where they do elsewhere, also where the clocks change"
    )
    func spans() throws {
        let rows = try ReferenceTests.rows("spans")
        let zones = try ReferenceTests.zones(rows)
        #expect(rows.count > 500)
        for row in rows {
            let zone = try #require(zones[row[0]])
            let time = try #require(TimeText.read(String(row[1]), in: zone))
            for (index, precision) in [TimePrecision.day, .week, .month, .year].enumerated() {
                let read = EventInterval.of(time: time, end: nil, precision: precision, spanOverrides: false, in: zone)
                let interval = try #require(read)
                let edges = [interval.start, interval.end].map { String($0.milliseconds / 1000) }
                #expect(edges == row[(2 + 2 * index)..<(4 + 2 * index)].map(String.init), "\(row) \(precision)")
            }
        }
    }
}
