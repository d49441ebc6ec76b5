import Events
import Monitoring
import Rulebook

/// Writes alerts for people: one block each, with an empty line behind it.
public struct AlertText: Sendable {
    /// How to write.
    public struct Options: Sendable {
        /// The zone of the times.
        public var timeZone: TimeZoneRules = .utc
        /// Whether to colour by level.
        public var isColoured = false
        /// How many columns a line may take.
        public var width = 80

        /// Options for a terminal of 80 columns without colour, times in UTC.
        public init() {}
    }

    private let rulebook: Rulebook
    private let options: Options
    private let style: TextStyle
    private let explanation: Explanation
    private let ceasefireTitles: [String: String]

    /// Creates a writer of the alerts of a rule book.
    public init(rulebook: Rulebook, options: Options) {
        self.rulebook = rulebook
        self.options = options
        style = TextStyle(isColoured: options.isColoured)
        explanation = Explanation(rulebook: rulebook, timeZone: options.timeZone)
        var titles: [String: String] = [:]
        for ceasefire in rulebook.ceasefires { titles[ceasefire.id] = ceasefire.title }
        ceasefireTitles = titles
    }

    /// Appends the block of an alert as UTF-8.
    public func write(_ alert: Alert, into bytes: inout [UInt8]) {
        var block = TextBlock(style: style, width: options.width)
        addHead(of: alert, to: &block)
        block.add(paragraph: explanation.text(of: alert))
        if !alert.group.isEmpty { block.add("group", group(alert.group)) }
        block.add("when", period(of: alert))
        if let peak = alert.peak?.value { block.add("peak", PeopleNumber.text(peak)) }
        if let ceasefire = alert.ceasefire { block.add("ceasefire", text(of: ceasefire)) }
        addEvidence(of: alert, to: &block)
        if let runbook = rulebook.rules[alert.rule].runbook { block.add("runbook", runbook) }
        block.add("known", time(alert.knownAt, withOffset: true))
        block.add("id", alert.id + (alert.replaces.map { ", replaces \($0)" } ?? ""))
        bytes.append(block.text)
        bytes.append("\n")
    }

    private func addHead(of alert: Alert, to block: inout TextBlock) {
        let rule = rulebook.rules[alert.rule]
        let status = alert.status.rawValue.uppercased()
        let level = " \(rule.level.rawValue.uppercased()) "
        let dressedStatus = alert.status == .retracted ? style.dim(status) : style.bold(status)
        let name = rule.name == rule.title ? "" : " [\(rule.name)]"
        block.add(
            head: dressedStatus + " " + style.colour(level, as: rule.level),
            width: status.utf8.count + 1 + level.utf8.count, title: rule.title + name)
    }

    private func group(_ group: [Alert.GroupValue]) -> String {
        group.filter { $0.value != .absent }.map { "\($0.field) \(GroupText.text(of: $0.value))" }
            .joined(separator: ", ")
    }

    private func text(of ceasefire: Alert.CeasefireState) -> String {
        let title = ceasefireTitles[ceasefire.id].map { "\($0) [\(ceasefire.id)]" } ?? ceasefire.id
        let phase = FieldNouns.underscoresAsSpaces(ceasefire.phase)
        return "\(title), \(phase)" + (ceasefire.day.map { ", day \($0)" } ?? "")
    }

    private func period(of alert: Alert) -> String {
        let onset = time(alert.onset, withOffset: true)
        guard let end = alert.end else { return "since \(onset)" }
        return end == alert.onset ? onset : "\(onset) to \(time(end, withOffset: true))"
    }

    private func time(_ instant: Instant, withOffset: Bool) -> String {
        if withOffset { return InstantText.local(instant, in: options.timeZone) }
        let civil = CivilTime(instant, in: options.timeZone)
        var bytes = Array("\(InstantText.date(civil.date)) ".utf8)
        bytes.append(timeOfDay: civil)
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension AlertText {
    private func addEvidence(of alert: Alert, to block: inout TextBlock) {
        var rows = alert.events.map { event in
            [time(of: event), event.place ?? "", toll(event.fatalities), event.id]
        }
        rows += alert.alerts.map { earlier in
            [time(earlier.onset, withOffset: false), rulebook.rules[earlier.rule].name, "", "alert \(earlier.id)"]
        }
        guard !rows.isEmpty else { return }
        block.add("evidence", rows: rows)
        let listed = alert.alerts.isEmpty ? alert.events.count : alert.alerts.count
        if alert.evidenceCount > listed {
            block.add("", "and \(PeopleNumber.text(Double(alert.evidenceCount - listed))) earlier")
        }
    }

    private func toll(_ fatalities: Double?) -> String {
        fatalities.map { "\(PeopleNumber.text($0)) killed" } ?? ""
    }

    /// An exact time; a day that is known as such without its hours; otherwise the first and the last day.
    private func time(of event: Alert.EvidenceEvent) -> String {
        if event.timeEnd == event.time { return time(event.time, withOffset: false) }
        let start = CivilTime(event.time, in: options.timeZone)
        let end = CivilTime(event.timeEnd, in: options.timeZone)
        guard start.isMidnight, end.isMidnight else {
            return "\(time(event.time, withOffset: false)) to \(time(event.timeEnd, withOffset: false))"
        }
        let last = CivilTime(event.timeEnd - Timespan(milliseconds: 1), in: options.timeZone)
        let (first, final) = (InstantText.date(start.date), InstantText.date(last.date))
        return first == final ? first : "\(first) to \(final)"
    }
}
