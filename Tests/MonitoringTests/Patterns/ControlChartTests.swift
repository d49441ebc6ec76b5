import Events
import Rulebook
import Testing

@testable import Monitoring

@Suite("Control charts")
struct ControlChartTests {
    private static let counts = [2, 1, 3, 0, 2, 1, 2, 1, 3, 2, 1, 4, 9]

    private func statistics(
        _ method: Correlation.ControlChart.Method, baseline: Int = 7, gap: Int = 0, _ counts: [Int] = Self.counts,
        change: (inout Correlation.ControlChart) -> Void = { _ in }
    ) -> (statistics: [Double?], signals: [Bool]) {
        var parameters = Correlation.ControlChart(method: method, baseline: baseline, gap: gap)
        change(&parameters)
        var chart = ControlChart(parameters)
        var statistics: [Double?] = []
        var signals: [Bool] = []
        for count in counts {
            chart.take(count)
            statistics.append(chart.statistic)
            signals.append(chart.signals)
        }
        return (statistics, signals)
    }

    /// Reference values of CDC's EARS as in the R package surveillance: 6.0621779, 7.6120206, 7.6662309 at the last.
    @Test(
        "EARS C1, C2 and C3 of 2,1,3,0,2,1,2,1,3,2,1,4,9",
        arguments: [
            (.earsC1, 0, 6.0621779), (.earsC2, 2, 7.6120206), (.earsC3, 2, 7.6662309),
        ] as [(Correlation.ControlChart.Method, Int, Double)])
    func ears(method: Correlation.ControlChart.Method, gap: Int, expected: Double) throws {
        let chart = statistics(method, gap: gap)
        let last = try #require(chart.statistics.last ?? nil)
        #expect((last - expected).magnitude < 0.0000001)
        #expect(chart.signals.last == true)
        #expect(chart.statistics.prefix(7 + gap).allSatisfy { $0 == nil })
    }

    @Test("CUSUM with m 1.8, k 1.04: .., 0.5998, 4.9263 (alarm)")
    func cusum() {
        // A gap so long that every bin is judged against bins with the mean 1.8.
        let parts = Array(repeating: [2, 2, 2, 2, 1], count: 5).flatMap { $0 }
        let chart = statistics(.cusum, baseline: 5, gap: 20, parts + Self.counts)
        #expect(zip(chart.statistics.suffix(2), [0.5998, 4.9263]).allSatisfy { (($0 ?? 0) - $1).magnitude < 0.00005 })
        #expect(chart.statistics.suffix(13).prefix(11).allSatisfy { $0 == 0 })
        #expect(chart.signals.suffix(2) == [false, true])
    }

    @Test(
        "\"CUSUM and EWMA begin (at 0, at the mean) with the first bin that has a whole baseline, and are not reset\"")
    func beginnings() throws {
        let chart = statistics(.ewma, baseline: 4, [2, 2, 2, 2, 7, 2])
        #expect(chart.statistics == [nil, nil, nil, nil, 0.2 * 7 + 0.8 * 2, 0.2 * 2 + 0.8 * (0.2 * 7 + 0.8 * 2)])
        let sums = statistics(.cusum, baseline: 2, [1, 1, 9, 9])
        let first = (9 - 1) / 1.0 - 1.04
        let second = first + (9 - 5) / 5.0.squareRoot() - 1.04
        #expect(sums.statistics == [nil, nil, first, second])
        #expect(sums.signals == [false, false, true, true])
    }

    @Test("EWMA a 0.2, mu 1.8, L 3: 3.5061 over a limit of 3.1396 (alarm), the step before 2.1326")
    func ewma() {
        let parts = Array(repeating: [2, 2, 2, 2, 1], count: 5).flatMap { $0 }
        let chart = statistics(.ewma, baseline: 5, gap: 20, parts + Self.counts)
        #expect(zip(chart.statistics.suffix(2), [2.1326, 3.5061]).allSatisfy { (($0 ?? 0) - $1).magnitude < 0.00005 })
        #expect(chart.signals.suffix(2) == [false, true])
        // 3.1396 is 3 deviations above 1.8, so that 3.8206 of them reach 3.5061.
        for (width, signals) in [(3.8204, true), (3.8209, false)] {
            let other = statistics(.ewma, baseline: 5, gap: 20, parts + Self.counts) { $0.l = width }
            #expect(other.signals.last == signals)
        }
    }

    @Test("\"in CUSUM and EWMA sqrt(m) is at least `sd_min`\", and so is the deviation of EARS")
    func floors() {
        #expect(statistics(.cusum, baseline: 2, [0, 0, 2]).statistics.last == (2 - 0) / 0.5 - 1.04)
        #expect(statistics(.earsC1, baseline: 2, [0, 0, 2]).statistics.last == 4)
        #expect(statistics(.earsC1, baseline: 2, [0, 0, 2]) { $0.minimumDeviation = 2 }.statistics.last == 1)
    }

    private func drawn(_ line: String, _ parameters: String, begin: Double = 0) throws -> Drawing {
        let rule = """
            title: Drawn
            name: drawn
            correlation: {type: control_chart, rules: [a, b, c], bin: 2h, \(parameters)}
            """
        return try Drawing(line, rules: rule, begin: TwinBooks.instant(begin))
    }

    @Test(
        "\"Alarm from the end of the bin that signals until the end of the first that does not; an unfinished bin is not judged\""
    )
    func alarm() throws {
        // Bins of two hours; that of 8 and 9 has two, over a baseline of none.
        let drawing = try drawn("b.......aa......", "method: ears_c1, baseline: 3")
        #expect(drawing.text == "..........##....")
        #expect(drawing.figures == [4])
        #expect(drawing.counts == [2])
        #expect(try drawn("b.......aa", "method: ears_c1, baseline: 3").text == "..........")
    }

    @Test("\"bins begin with the stream's first event\"")
    func begin() throws {
        // That of the first event is the first bin: the baseline is whole with the fourth.
        #expect(try drawn("......b.....aa......", "method: ears_c1, baseline: 3, z: 2").text == "..............##....")
        #expect(try drawn("........b...aa......", "method: ears_c1, baseline: 3, z: 2").text == "....................")
    }

    @Test("what comes before the epoch falls into bins too")
    func beforeTheEpoch() throws {
        #expect(try drawn("b.......aa......", "method: ears_c1, baseline: 3", begin: -100).text == "..........##....")
    }

    @Test("\"buckets of the epoch in `--time-zone`\": days of 23 and of 25 hours where the clocks change")
    func days() throws {
        // New York in 2024: forward on 10 March, back on 3 November.
        let transitions: [(Int64, Int)] = [(1_710_054_000, -14_400), (1_730_613_600, -18_000)]
        let zone = try #require(ZoneSample.zone(initial: -18_000, transitions))
        let calendar = BinCalendar(length: 86_400_000, timeZone: zone)
        func hours(ofDayAt instant: Int64) -> Int64 {
            let bin = calendar.bin(of: Instant(milliseconds: instant * 1000))
            return (calendar.start(of: bin + 1) - calendar.start(of: bin)).milliseconds / 3_600_000
        }
        #expect(hours(ofDayAt: 1_710_054_000) == 23)
        #expect(hours(ofDayAt: 1_730_613_600) == 25)
        #expect(hours(ofDayAt: 1_720_000_000) == 24)
    }

    @Test("an hour that the clocks skip is no bin, and one that they show twice is one of two hours")
    func hours() throws {
        let transitions: [(Int64, Int)] = [(1_710_054_000, -14_400), (1_730_613_600, -18_000)]
        let zone = try #require(ZoneSample.zone(initial: -18_000, transitions))
        let calendar = BinCalendar(length: 3_600_000, timeZone: zone)
        let forward = calendar.bin(of: Instant(milliseconds: 1_710_053_999_000))
        let next = calendar.next(after: forward)
        #expect(next.start.milliseconds == 1_710_054_000_000)
        #expect(next.bin == forward + 2)
        #expect(calendar.bin(of: next.start) == next.bin)
        #expect(calendar.count(from: forward, to: forward + 4) == 3)
        let back = calendar.bin(of: Instant(milliseconds: 1_730_613_600_000))
        #expect(calendar.start(of: back).milliseconds == 1_730_613_600_000 - 3_600_000)
        #expect(calendar.next(after: back).start.milliseconds == 1_730_613_600_000 + 3_600_000)
    }

    @Test("a late contribution draws the chart anew from its bin on, across what is remembered of it")
    func lateness() throws {
        // Over 64 bins, so that notes are taken; the shuffled orders of a drawing are compared with each other.
        let quiet = String(repeating: "a..b.c..", count: 40)
        let drawing = try drawn(quiet + "aaaabbbb" + quiet + "cccc....", "method: cusum, baseline: 10, k: 0.5, h: 1.5")
        #expect(drawing.alerts.count >= 2)
        let average = try drawn(quiet + "aaaabbbb" + quiet + "cccc....", "method: ewma, baseline: 10, guard: 3, L: 1")
        #expect(!average.alerts.isEmpty)
    }
}

/// A zone made for a test, as a compiled zone file.
enum ZoneSample {
    static func zone(initial: Int, _ transitions: [(at: Int64, offset: Int)]) -> TimeZoneRules? {
        func bytes(_ value: Int64, _ count: Int) -> [UInt8] {
            (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> Int64(8 * $0)) }
        }
        func header(_ times: Int, _ types: Int) -> [UInt8] {
            let counts = [0, 0, 0, times, types, 4]
            return Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15) + counts.flatMap { bytes(Int64($0), 4) }
        }
        let types = [initial] + transitions.map(\.offset)
        let body =
            transitions.flatMap { bytes($0.at, 8) } + (1...transitions.count).map { UInt8($0) }
            + types.flatMap { bytes(Int64($0), 4) + [0, 0] } + Array("LMT\0".utf8)
        let old = header(0, 1) + bytes(Int64(initial), 4) + [0, 0] + Array("LMT\0".utf8)
        return TimeZoneRules(
            name: "Sample", tzif: old + header(transitions.count, types.count) + body + Array("\n\n".utf8))
    }
}
