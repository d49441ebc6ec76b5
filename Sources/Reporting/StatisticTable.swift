import Events
import Monitoring
import Rulebook

/// Writes statistics for people: a table as in a monitor's daily report, and single lines among alerts.
public struct StatisticTable: Sendable {
    /// How many windows back the plots show.
    public static let plottedWindows = 14

    private let rulebook: Rulebook
    private let options: AlertText.Options
    private let style: TextStyle
    private let words: StatisticWords

    /// Creates a writer of the statistics of a rule book.
    public init(rulebook: Rulebook, options: AlertText.Options) {
        self.rulebook = rulebook
        self.options = options
        style = TextStyle(isColoured: options.isColoured)
        words = StatisticWords(rulebook: rulebook)
    }

    // MARK: - The table

    /// Appends the table of a statistic as UTF-8, with an empty line behind it.
    ///
    /// - Parameter isPlotted: whether small plots of the last windows are drawn behind the numbers.
    public func write(_ report: StatisticReport, isPlotted: Bool, into bytes: inout [UInt8]) {
        let definition = rulebook.statistics[report.definition]
        let name = definition.name == definition.title ? "" : " [\(definition.name)]"
        bytes.append(style.bold(TerminalText.safe(definition.title + name)) + "\n")
        bytes.append("  " + TerminalText.safe(heading(of: report)) + "\n")
        guard !report.lines.isEmpty else {
            bytes.append("  nothing in any window\n\n")
            return
        }
        let rows = [StatisticTable.titles(isPlotted: isPlotted)] + rows(of: report, isPlotted: isPlotted)
        let widths = rows[0].indices.map { column in rows.map { TerminalText.width($0[column]) }.max() ?? 0 }
        for (index, row) in rows.enumerated() {
            let text = "  " + StatisticTable.aligned(row, widths)
            bytes.append((index == 0 ? style.dim(text) : text) + "\n")
        }
        bytes.append("\n")
    }

    /// Unit, area, cut-off and zone: without them a number says nothing.
    private func heading(of report: StatisticReport) -> String {
        let unit = words.unit(of: report.definition)
        let area = rulebook.statistics[report.definition].area.map { ", \($0)" } ?? ""
        let cutOff = InstantText.local(report.cutOff, in: options.timeZone)
        let total = report.lines.lazy.compactMap(\.statistic.total).first
        let since = total.map { total in
            let day = CivilTime(total.effective, in: options.timeZone).dayInWords
            return "; the total since \(rulebook.ceasefires[total.ceasefire].id) took effect on \(day)"
        }
        return "\(unit)\(area), up to \(cutOff) (\(options.timeZone.name))\(since ?? "")"
    }

    private static func titles(isPlotted: Bool) -> [String] {
        let titles = ["", "window", "number", "before", "change", "ratio", "95 % interval", "total", ""]
        return isPlotted ? titles + ["last \(plottedWindows) windows"] : titles
    }

    private func rows(of report: StatisticReport, isPlotted: Bool) -> [[String]] {
        var rows: [[String]] = []
        var last: [Alert.GroupValue]?
        for line in report.lines {
            let statistic = line.statistic
            let isFirst = last != statistic.group
            last = statistic.group
            var row = [
                isFirst ? TerminalText.safe(name(of: statistic.group)) : "", StatisticWords.text(of: statistic.window),
                StatisticTable.number(statistic.value), StatisticTable.number(statistic.before),
                StatisticTable.change(statistic.change), StatisticTable.ratio(statistic.ratio),
                StatisticTable.interval(statistic.ratio),
                isFirst ? statistic.total.map { StatisticTable.number($0.value) } ?? "" : "",
                statistic.imprecise > 0 ? "\(statistic.imprecise) too imprecise" : "",
            ]
            if isPlotted { row.append(StatisticTable.plot(line.history)) }
            rows.append(row)
        }
        return rows
    }

    private func name(of group: [Alert.GroupValue]) -> String {
        group.isEmpty ? "all" : group.map { GroupText.text(of: $0.value) }.joined(separator: ", ")
    }

    /// The first column and the last ones to the left, numbers to the right.
    private static func aligned(_ row: [String], _ widths: [Int]) -> String {
        var cells: [String] = []
        for (column, cell) in row.enumerated() where widths[column] > 0 {
            let isText = column < 2 || column == 6 || column > 7
            cells.append(
                isText
                    ? TerminalText.padded(cell, to: widths[column])
                    : TerminalText.rightAligned(cell, to: widths[column]))
        }
        var line = cells.joined(separator: "  ")
        while line.hasSuffix(" ") { line.removeLast() }
        return line
    }

    // MARK: - Numbers

    private static func number(_ number: Double?) -> String { number.map { PeopleNumber.text($0) } ?? "-" }

    private static func change(_ change: Double?) -> String {
        change.map { ($0 > 0 ? "+" : "") + PeopleNumber.text($0) } ?? "-"
    }

    private static func ratio(_ ratio: Statistic.Ratio?) -> String {
        guard let ratio else { return "" }
        return ratio.value.map { PeopleNumber.text($0) } ?? "∞"
    }

    private static func interval(_ ratio: Statistic.Ratio?) -> String {
        guard let ratio else { return "" }
        return "\(PeopleNumber.text(ratio.low)) to \(ratio.high.map { PeopleNumber.text($0) } ?? "∞")"
    }

    /// Values as a row of blocks from 0 up to the largest; a dot where there is none.
    static func plot(_ values: [Double?]) -> String {
        let blocks = Array("▁▂▃▄▅▆▇█")
        let largest = values.compactMap { $0 }.max() ?? 0
        return String(
            values.map { value in
                guard let value else { return "·" }
                if value <= 0 || largest <= 0 { return blocks[0] }
                return blocks[min(7, 1 + Int((value / largest * 7).rounded(.up)) - 1)]
            })
    }

    // MARK: - Among alerts

    /// Appends a line as one sentence, with an empty line behind it.
    public func write(_ line: Statistic, into bytes: inout [UInt8]) {
        let definition = rulebook.statistics[line.definition]
        var text = "\(definition.title), \(name(of: line.group)): \(StatisticTable.number(line.value)) "
        text += "\(words.unit(of: line.definition)) in the \(line.window.words) up to "
        text += "\(InstantText.local(line.cutOff, in: options.timeZone)); \(StatisticTable.number(line.before)) before"
        if let change = line.change, change != 0 { text += " (\(StatisticTable.change(change)))" }
        if let ratio = line.ratio {
            text += ", ratio \(StatisticTable.ratio(ratio)) (95 %: \(StatisticTable.interval(ratio)))"
        }
        if let total = line.total {
            text +=
                "; \(StatisticTable.number(total.value)) since \(rulebook.ceasefires[total.ceasefire].id) took effect"
        }
        var block = TextBlock(style: style, width: options.width)
        let status = "STATISTIC" + (line.status == .issued ? "" : " \(line.status.rawValue.uppercased())")
        block.add(head: style.bold(status), width: status.utf8.count, title: definition.name)
        block.add(paragraph: text + ".")
        bytes.append(block.text)
        bytes.append("\n")
    }
}
