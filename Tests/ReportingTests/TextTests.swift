import Events
import Monitoring
import Rulebook
import Testing

@testable import Reporting

@Suite("Text for people")
struct TextTests {
    private func block(_ alert: Alert, width: Int = 80, isColoured: Bool = false) -> String {
        var options = AlertText.Options()
        options.width = width
        options.isColoured = isColoured
        var bytes: [UInt8] = []
        AlertText(rulebook: Examples.cluster, options: options).write(alert, into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("An alert is a block with its sentence and its evidence")
    func alertBlock() {
        var older = Examples.event("2014-03-12-road", days: 2, place: "Ring Road")
        older.time = Instant(milliseconds: 1_394_582_400_000)
        older.timeEnd = older.time + Timespan(milliseconds: Examples.day)
        older.fatalities = nil
        let alert = Examples.alert(figure: 14, count: 14, events: [Examples.event(), older])
        #expect(
            block(alert) == """
                FIRING  HIGH  Breaches pile up in a district [breach-cluster]
                  14 breaches in Peshawar within 7 days (threshold 3), 13 days into the
                  ceasefire.
                  group      admin2 Peshawar
                  when       since 2014-03-14 09:40 +00:00
                  ceasefire  ttp-2014, in force, day 13
                  evidence   2014-03-14 09:40  Sarband    9 killed  sarband
                             2014-03-12        Ring Road            2014-03-12-road
                             and 12 earlier
                  runbook    call the joint committee
                  known      2014-03-14 15:00 +00:00
                  id         5f0c1d6be2a94c77


                """)
    }

    @Test("No line is wider than the terminal", arguments: [32, 40, 72])
    func wrapping(width: Int) {
        var alert = Examples.alert(group: [("place", .text(String(repeating: "很长的地名", count: 12)))])
        alert.events[0].id = String(repeating: "x", count: 100)
        for line in block(alert, width: width).split(separator: "\n") {
            #expect(TerminalText.width(String(line)) <= width, "\(line)")
        }
    }

    @Test("Colour comes only when asked for, and data cannot bring its own")
    func colour() {
        var alert = Examples.alert(group: [("place", .text("\u{1B}[2J\u{9B}1m\u{202E}evil\n"))])
        alert.events[0].place = "\u{7}bell"
        #expect(!block(alert).utf8.contains(0x1B))
        #expect(block(alert).contains("\\u{1b}[2J\\u{9b}1m\\u{202e}evil"))
        #expect(block(alert, isColoured: true).contains("\u{1B}[1;31m HIGH \u{1B}[0m"))
        #expect(!block(alert, isColoured: true).contains("\u{7}"))
    }

    @Test(
        "Widths are those that a terminal shows",
        arguments: [("abc", 3), ("پشاور", 5), ("e\u{301}", 1), ("漢字", 4), ("😀", 2), ("", 0)])
    func widths(text: String, width: Int) {
        #expect(TerminalText.width(text) == width)
    }

    @Test("A summary of nothing shows only the basics")
    func emptySummary() {
        #expect(
            SummaryText(rulebook: Examples.cluster).text(of: Summary(), rejected: 0) == """
                records read     0
                rejected         0
                events in force  0
                alerts standing  0

                """)
    }

    @Test("A summary shows what became of the input")
    func fullSummary() {
        var summary = Summary()
        summary.read = 12_345
        summary.duplicate = 2
        summary.beyondHorizon = 1
        summary.inForce = 12_340
        summary.alertsByLevel = [.high: 3, .critical: 1, .low: 0]
        summary.unresolvedNames = (1...22).map { .init(name: "Group \($0)", count: 30 - $0) }
        summary.skipped = [.init(rule: 2, reason: .imprecise, count: 4)]
        summary.undecided = [
            .init(rule: 0, group: [.init(field: "admin2", value: .text("Swat"))], due: Examples.onset)
        ]
        summary.actWarnings = ["ttp-2014: 'resumed' at 2014-03-01T00:00:00Z while in force"]
        let lines = SummaryText(rulebook: Examples.cluster).text(of: summary, rejected: 7)
            .split(separator: "\n").map(String.init)
        #expect(
            Array(lines.prefix(9)) == [
                "records read               12,345",
                "rejected                        7",
                "duplicate                       2",
                "beyond the horizon              1",
                "events in force            12,340",
                "alerts standing                 4",
                "  critical                      1",
                "  high                          3",
                "names that no actor bears      22  (below: how many events name them)",
            ])
        #expect(
            Array(lines.suffix(8)) == [
                "  Group 20                     10",
                "  and 2 more",
                "contributions left out",
                "  breach-cluster                4  time less exact than the timespan",
                "absences not decided yet",
                "  breach (admin2 Swat): due 2014-03-14 09:40 +00:00",
                "acts that did not fit their ceasefire",
                "  ttp-2014: 'resumed' at 2014-03-01T00:00:00Z while in force",
            ])
    }

    @Test("The format is text on a terminal and JSON Lines elsewhere unless one is asked for")
    func format() {
        #expect(OutputFormat.auto.isText(onTerminal: true))
        #expect(!OutputFormat.auto.isText(onTerminal: false))
        #expect(OutputFormat.text.isText(onTerminal: false))
        #expect(!OutputFormat.jsonl.isText(onTerminal: true))
    }
}
