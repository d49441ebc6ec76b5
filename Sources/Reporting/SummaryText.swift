import Diagnostics
import Events
import Monitoring
import Rulebook

/// Writes what became of the input, for the operator, when a run ends.
public struct SummaryText: Sendable {
    /// How many names are shown that no actor bears, and how many undecided absences and warnings.
    private static let limit = 20

    private let rulebook: Rulebook
    private let timeZone: TimeZoneRules

    /// Creates a writer of summaries of runs with a rule book.
    public init(rulebook: Rulebook, timeZone: TimeZoneRules = .utc) {
        self.rulebook = rulebook
        self.timeZone = timeZone
    }

    /// The summary, line by line.
    ///
    /// - Parameter rejected: how many records the reader could not use.
    public func text(of summary: Summary, rejected: Int) -> String {
        var rows = counts(of: summary, rejected: rejected)
        rows += heldBack(of: summary)
        rows += names(of: summary)
        rows += skipped(of: summary)
        let width = rows.map { TerminalText.width($0.label) }.max() ?? 0
        let numberWidth = rows.compactMap(\.count).map { PeopleNumber.text(Double($0)).utf8.count }.max() ?? 0
        var text = ""
        for row in rows {
            guard let count = row.count else {
                text += row.label + "\n"
                continue
            }
            let number = TerminalText.rightAligned(PeopleNumber.text(Double(count)), to: numberWidth)
            text += TerminalText.padded(row.label, to: width) + "  \(number)"
            text += row.note.isEmpty ? "\n" : "  \(row.note)\n"
        }
        for line in undecided(of: summary) + warnings(of: summary) { text += line + "\n" }
        return text
    }

    private struct Row {
        var label: String
        var count: Int?
        var note = ""
    }

    private func counts(of summary: Summary, rejected: Int) -> [Row] {
        var rows = [Row(label: "records read", count: summary.read), Row(label: "rejected", count: rejected)]
        let others = [
            ("duplicate", summary.duplicate), ("corrected", summary.corrected), ("superseded", summary.superseded),
            ("withdrawn", summary.withdrawn), ("beyond the horizon", summary.beyondHorizon),
            ("statements about no known incident", summary.unmetStatements),
        ]
        rows += others.filter { $0.1 > 0 }.map { Row(label: $0.0, count: $0.1) }
        rows.append(Row(label: "events in force", count: summary.inForce))
        rows.append(Row(label: "alerts standing", count: summary.alertsByLevel.values.reduce(0, +)))
        for level in Level.allCases.reversed() {
            guard let count = summary.alertsByLevel[level], count > 0 else { continue }
            rows.append(Row(label: "  \(level.rawValue)", count: count))
        }
        return rows
    }

    private func heldBack(of summary: Summary) -> [Row] {
        var rows: [Row] = []
        let count = (summary.silenced + summary.inhibited).reduce(0, +)
        if count > 0 { rows.append(Row(label: "alerts held back", count: count)) }
        for (silence, count) in zip(rulebook.silences, summary.silenced) where count > 0 {
            let name = shortened(TerminalText.safe(silence.reason ?? SummaryText.place(silence.location)))
            rows.append(Row(label: "  silence: \(name)", count: count))
        }
        for (inhibition, count) in zip(rulebook.inhibitions, summary.inhibited) where count > 0 {
            let name = shortened(TerminalText.safe(SummaryText.place(inhibition.location)))
            rows.append(Row(label: "  inhibition: \(name)", count: count))
        }
        for (risk, count) in zip(rulebook.risks, summary.alertsWithoutEntity) where count > 0 {
            let name = shortened(TerminalText.safe(risk.name))
            rows.append(Row(label: "alerts that count for no \(risk.entity) of \(name)", count: count))
        }
        for (statistic, leftOut) in zip(rulebook.statistics, summary.statisticsLeftOut) {
            let name = shortened(TerminalText.safe(statistic.name))
            let reasons = [
                ("no value for a group field", leftOut.withoutGroup), ("no value for the field", leftOut.withoutValue),
            ]
            for (reason, count) in reasons where count > 0 {
                rows.append(Row(label: "events left out of \(name)", count: count, note: reason))
            }
        }
        return rows
    }

    private static func place(_ location: Location) -> String { "\(location.file):\(location.line)" }

    private func names(of summary: Summary) -> [Row] {
        guard !summary.unresolvedNames.isEmpty else { return [] }
        let count = summary.unresolvedNames.count
        var rows = [Row(label: "names that no actor bears", count: count, note: "(below: how many events name them)")]
        rows += summary.unresolvedNames.prefix(SummaryText.limit).map {
            Row(label: "  " + shortened(TerminalText.safe($0.name)), count: $0.count)
        }
        if let more = more(than: summary.unresolvedNames.count) { rows.append(Row(label: more)) }
        return rows
    }

    private func skipped(of summary: Summary) -> [Row] {
        guard !summary.skipped.isEmpty else { return [] }
        return [Row(label: "contributions left out")]
            + summary.skipped.map {
                let name = shortened(TerminalText.safe(rulebook.rules[$0.rule].name))
                return Row(label: "  \(name)", count: $0.count, note: $0.reason.rawValue)
            }
    }

    private func undecided(of summary: Summary) -> [String] {
        guard !summary.undecided.isEmpty else { return [] }
        var lines = ["absences not decided yet"]
        for absence in summary.undecided.prefix(SummaryText.limit) {
            let group = absence.group.filter { $0.value != .absent }
                .map { "\($0.field) \(GroupText.text(of: $0.value))" }.joined(separator: ", ")
            let name = rulebook.rules[absence.rule].name + (group.isEmpty ? "" : " (\(group))")
            lines.append("  \(TerminalText.safe(name)): due \(InstantText.local(absence.due, in: timeZone))")
        }
        if let more = more(than: summary.undecided.count) { lines.append(more) }
        return lines
    }

    private func warnings(of summary: Summary) -> [String] {
        guard !summary.actWarnings.isEmpty else { return [] }
        var lines = ["acts that did not fit their ceasefire"]
        lines += summary.actWarnings.prefix(SummaryText.limit).map { "  " + TerminalText.safe($0) }
        if let more = more(than: summary.actWarnings.count) { lines.append(more) }
        return lines
    }

    private func more(than count: Int) -> String? {
        count > SummaryText.limit ? "  and \(PeopleNumber.text(Double(count - SummaryText.limit))) more" : nil
    }

    private func shortened(_ text: String) -> String {
        text.count > 48 ? text.prefix(47) + "…" : text
    }
}
