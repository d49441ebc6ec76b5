import Events
import Glibc

/// Times, date formats and zone files: what is read and written again is the same.
struct TimeTarget: FuzzTarget {
    private let zones: [TimeZoneRules]

    init() {
        zones =
            [.utc] + ["+05:30", "-11:00"].compactMap { TimeZoneRules(offsetText: $0) }
            + ["Asia/Karachi", "America/Bogota", "Europe/Kyiv", "Australia/Lord_Howe"].compactMap { name in
                TimeTarget.bytes(of: "/usr/share/zoneinfo/\(name)").flatMap { TimeZoneRules(name: name, tzif: $0) }
            }
    }

    mutating func run(_ input: [UInt8]) {
        var draw = Draw(from: input)
        let zone = zones[draw.number(below: zones.count)]
        let lines = input.split(separator: 0x0a, maxSplits: 1, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        check(lines[0], nil, zone)
        if lines.count > 1, let pattern = DatePattern(lines[0]) { check(lines[1], pattern, zone) }
        if let zone = TimeZoneRules(name: "input", tzif: [0x54, 0x5a, 0x69, 0x66] + input) { walk(zone, &draw) }
    }

    private func check(_ text: String, _ pattern: DatePattern?, _ zone: TimeZoneRules) {
        guard let time = TimeText.read(text, in: zone, pattern: pattern) else { return }
        let civil = CivilTime(time.instant, in: .utc)
        expect((-9999...9999).contains(civil.date.year), "\(text) is in the year \(civil.date.year)")
        expect(CivilDate(daysSinceEpoch: civil.date.daysSinceEpoch) == civil.date)
        guard (2...9998).contains(civil.date.year) else { return }
        let utc = InstantText.utc(time.instant)
        expect(TimeText.read(utc, in: zone)?.instant == time.instant, "\(text) is written \(utc)")
        // An offset with seconds, as before there were zones, cannot be written in RFC 3339.
        guard zone.offset(at: time.instant) % 60 == 0 else { return }
        let local = InstantText.rfc3339(time.instant, in: zone)
        expect(TimeText.read(local, in: .utc)?.instant == time.instant, "\(text) is written \(local)")
        let people = InstantText.local(time.instant, in: zone)
        expect(TimeText.read(people, in: .utc)?.instant == time.instant, "\(text) is written \(people)")
    }

    /// Asks a zone for offsets all over its time, and back.
    private func walk(_ zone: TimeZoneRules, _ draw: inout Draw) {
        for _ in 0..<16 {
            let time = (Int64(draw.number(below: 1 << 30)) - 1 << 29) * 300_000
            _ = zone.offset(at: Instant(milliseconds: time))
            _ = zone.instant(ofLocal: time)
        }
    }

    private static func bytes(of path: String) -> [UInt8]? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        return Array(bytes.prefix(fread(&bytes, 1, bytes.count, file)))
    }
}
