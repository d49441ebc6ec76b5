import ArgumentParser
import Events
import Ledger
import Reporting
import Rulebook

/// `trucewatch alerts`: what a ledger remembers of alerts.
struct AlertsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts",
        abstract: "List the alerts of a ledger, or show one with its history.",
        discussion: """
            Reads the file that 'watch --state FILE' keeps, also while that runs. Without an ID it lists the alerts that \
            stand, whether they still hold or have ended, each as it was last emitted; with one it shows all that was said \
            of that alert, also under the ids that it had before.

            EXAMPLES
              What stands:
                trucewatch alerts --state watch.db
              What still holds and is grave:
                trucewatch alerts --state watch.db --status firing --level high
              The breaches of a district since March, as JSON Lines:
                trucewatch alerts --state watch.db --group admin2=Peshawar --since 2014-03-01 --format jsonl
              One alert with its history, by the first digits of its id:
                trucewatch alerts --state watch.db 5f0c1d

            EXIT STATUS
              0 done, 3 bad arguments, or a ledger that cannot be read
            """)

    /// What has become of an alert.
    enum Status: String, CaseIterable, ExpressibleByArgument {
        case firing, resolved, retracted, replaced, all
    }

    @Argument(help: "The id of an alert, or its first digits.")
    var id: String?

    @Option(help: ArgumentHelp("The ledger.", valueName: "file"), completion: .file())
    var state: String

    @Option(help: ArgumentHelp("Only alerts of this rule; repeatable.", valueName: "name"))
    var rule: [String] = []

    @Option(help: ArgumentHelp("Only alerts of this level or a graver one.", valueName: "level"))
    var level: Level = .informational

    @Option(
        help: ArgumentHelp(
            """
            Only alerts of this status: firing, resolved, retracted, replaced, or all; repeatable. (default: firing and \
            resolved)
            """, valueName: "status"))
    var status: [Status] = []

    @Option(
        help: ArgumentHelp("Only alerts whose group has this value, as field=value; repeatable.", valueName: "pair"))
    var group: [String] = []

    @Option(help: ArgumentHelp("Only alerts that had not ended before this.", valueName: "instant"))
    var since: String?

    @Option(help: ArgumentHelp("Only alerts that began before this.", valueName: "instant"))
    var until: String?

    @Option(help: "The zone of times without an offset and of times shown, such as Asia/Karachi. (default: UTC)")
    var timeZone: String?

    @Option(help: "How alerts are written: text, jsonl, or auto: text on a terminal.")
    var format: OutputFormat = .auto

    func run() throws {
        let zone = try timeZone.map { name throws(Failure) in try TimeZones.find(name) } ?? .utc
        let isText = format.isText(onTerminal: FileDescriptor.standardOutput.isTerminal)
        let filter = try filter(in: zone)
        let text: String
        do {
            let ledger = try Ledger(path: state, for: .look)
            if let id {
                text = try history(of: id, in: ledger, isText: isText)
            } else {
                let alerts = try ledger.alerts(filter)
                text =
                    isText ? AlertsCommand.table(of: alerts, in: zone) : try AlertsCommand.lines(of: alerts, in: ledger)
            }
        } catch let failure as LedgerFailure {
            throw Failure(.configuration, "--state \(state): \(failure.reason)")
        }
        do {
            try FileDescriptor.standardOutput.write(Array(text.utf8))
        } catch {
            if error != .brokenPipe { throw Failure(.input, "standard output cannot be written: \(error.reason)") }
        }
    }

    private func filter(in zone: TimeZoneRules) throws -> LedgerFilter {
        var filter = LedgerFilter()
        filter.rules = rule
        filter.levels = Level.allCases.filter { $0 >= level }.map(\.rawValue)
        filter.statuses = status.isEmpty ? ["firing", "resolved"] : status.map(\.rawValue)
        if status.contains(.all) { filter.statuses = [] }
        filter.since = try since.map { try AlertsCommand.instant($0, "--since", in: zone) }
        filter.until = try until.map { try AlertsCommand.instant($0, "--until", in: zone) }
        filter.group = try group.map { pair in
            guard let sign = pair.firstIndex(of: "=") else {
                throw Failure(.configuration, "--group '\(pair)': write it as field=value, such as admin2=Peshawar")
            }
            return (String(pair[..<sign]), String(pair[pair.index(after: sign)...]))
        }
        return filter
    }

    private static func instant(_ text: String, _ option: String, in zone: TimeZoneRules) throws -> Int64 {
        guard let time = TimeText.read(text, in: zone) else {
            throw Failure(
                .configuration, "\(option) '\(text)': not a time; write it as 2014-05-01 or 2014-05-01T12:00:00+05:00")
        }
        return time.instant.milliseconds
    }

    // MARK: - What is shown

    private static func lines(of alerts: [LedgerAlert], in ledger: Ledger) throws -> String {
        var text = ""
        for alert in alerts {
            guard let emission = try ledger.emission(alert.emission) else { continue }
            text += String(decoding: emission.line, as: UTF8.self) + "\n"
        }
        return text
    }

    private static func table(of alerts: [LedgerAlert], in zone: TimeZoneRules) -> String {
        var rows = [["ONSET", "END", "STATUS", "LEVEL", "RULE", "GROUP", "ID"]]
        for alert in alerts {
            rows.append([
                time(alert.onset, in: zone), alert.end.map { time($0, in: zone) } ?? "holds", alert.status, alert.level,
                alert.rule, group(alert.group), alert.id,
            ])
        }
        let widths = rows[0].indices.map { column in rows.map { $0[column].unicodeScalars.count }.max() ?? 0 }
        return rows.map { row in
            let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.unicodeScalars.count) }
            return cells.joined(separator: "  ").trimmingTrailingSpaces + "\n"
        }.joined()
    }

    /// A group without the punctuation of JSON.
    private static func group(_ json: String) -> String {
        let text = json.dropFirst().dropLast().filter { $0 != "\"" }
        return text.isEmpty ? "-" : String(text)
    }

    private static func time(_ milliseconds: Int64, in zone: TimeZoneRules) -> String {
        InstantText.local(Instant(milliseconds: milliseconds), in: zone)
    }

    private func history(of digits: String, in ledger: Ledger, isText: Bool) throws -> String {
        let ids = try ledger.ids(beginningWith: digits)
        guard let found = ids.first else {
            throw Failure(.configuration, "there is no alert whose id begins with '\(digits)' in \(state)")
        }
        guard ids.count == 1 || found == digits else {
            throw Failure(
                .configuration, "'\(digits)' begins the ids of several alerts: \(ids.joined(separator: ", "))")
        }
        let history = try ledger.history(of: found)
        guard isText else { return history.map { $0.line + "\n" }.joined() }
        guard let alert = try ledger.alert(found) else { return "" }
        var text = "\(alert.title) [\(alert.rule)], \(alert.level), \(alert.status)\n"
        if alert.group != "{}" { text += "  group  \(AlertsCommand.group(alert.group))\n" }
        for telling in history {
            text += "\n\(telling.number)  \(telling.status)  \(telling.alert)  known \(telling.knownAt)\n"
            text += "  \(telling.explanation)\n"
        }
        return text
    }
}

extension String {
    /// Without the spaces at its end.
    fileprivate var trimmingTrailingSpaces: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
