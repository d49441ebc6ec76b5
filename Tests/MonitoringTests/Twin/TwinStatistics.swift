import Events
import Monitoring
import Rulebook

/// What the slow twin says of one group in one window before a cut-off (section 9), from the definition alone.
///
/// ## Reading of the specification
///
/// 22. The end of an `every` belongs to the next one: a window at a cut-off `c` is `[c - T, c)`. Days are those of the zone.
/// 23. A group has a line for each window as soon as it has an event in the longest of them. In a window it counts the events
///     that are as exact as that is long; in the total all of them.
/// 24. The ceasefire of the total is the one that the definition names, else that of the group's field `ceasefire`, else the
///     one that took effect last; how things stand is asked just before the cut-off.
struct TwinStatistic {
    var name: String
    var group: [Alert.GroupValue]
    var window: Timespan
    var cutOff: Instant
    var value, before: Double?
    var imprecise: Int
    /// The numbers of events, for the ratio of a count.
    var counts: (now: Int, before: Int)?
    var total: (ceasefire: String, effective: Instant, value: Double?)?

    /// What tells it from all others.
    var key: String {
        "\(TwinText.instant(cutOff)) \(name) \(TwinText.group(group)) \(window.milliseconds)"
    }
}

struct TwinStatistics {
    let rulebook: Rulebook
    let offset: Timespan
    let streamTime: Instant
    private let judge: TwinJudge
    private let events: [TwinRun.Judged]

    /// - Parameter offset: by how much the clocks of the zone are ahead.
    init(rulebook: Rulebook, records: [TwinEvent], until: Instant?, lateness: Timespan, offset: Timespan) {
        self.rulebook = rulebook
        self.offset = offset
        let inForce = Twin.inForce(records)
        let latest = inForce.map(\.time).max() ?? .distantPast
        streamTime = max(latest - lateness, until ?? .distantPast)
        judge = TwinJudge(rulebook: rulebook, events: inForce)
        events = TwinRun(rulebook: rulebook, events: inForce, streamTime: streamTime).events
    }

    var lines: [TwinStatistic] { rulebook.statistics.flatMap(lines) }

    private func lines(of definition: StatisticDefinition) -> [TwinStatistic] {
        var groups: [[Value]: [TwinRun.Judged]] = [:]
        for event in events where isCounted(event, definition) {
            for group in TwinGroups.combinations(definition.groupBy.map { event.fields[$0] ?? .absent }) {
                groups[group, default: []].append(event)
            }
        }
        return groups.flatMap { values, members in
            let group = zip(definition.groupBy, values).map { Alert.GroupValue(field: $0, value: $1) }
            return cutOffs(of: definition, members).flatMap { cutOff -> [TwinStatistic] in
                let longest = definition.windows.max() ?? .zero
                guard members.contains(where: { cutOff - longest <= $0.event.time && $0.event.time < cutOff }) else {
                    return []
                }
                return definition.windows.map { line(definition, group, members, $0, cutOff) }
            }
        }
    }

    private func isCounted(_ event: TwinRun.Judged, _ definition: StatisticDefinition) -> Bool {
        TwinMatching.isMet(definition.events, by: event.fields)
            || definition.part.map { TwinMatching.isMet($0, by: event.fields) } ?? false
    }

    /// All ends of `every` after the first event, up to stream time.
    private func cutOffs(of definition: StatisticDefinition, _ members: [TwinRun.Judged]) -> [Instant] {
        guard let first = members.map(\.event.time).min() else { return [] }
        let every = definition.every.milliseconds
        let local = first.milliseconds + offset.milliseconds
        var cutOff = Instant(milliseconds: local - ((local % every) + every) % every + every - offset.milliseconds)
        var found: [Instant] = []
        while cutOff <= streamTime {
            found.append(cutOff)
            cutOff = cutOff + definition.every
        }
        return found
    }

    private func line(
        _ definition: StatisticDefinition, _ group: [Alert.GroupValue], _ members: [TwinRun.Judged],
        _ window: Timespan, _ cutOff: Instant
    ) -> TwinStatistic {
        func within(_ start: Instant, _ end: Instant) -> [TwinRun.Judged] {
            members.filter { start <= $0.event.time && $0.event.time < end }
        }
        func isExact(_ event: TwinRun.Judged) -> Bool { event.event.timeEnd - event.event.time <= window }
        let all = within(cutOff - window, cutOff)
        let now = all.filter(isExact)
        let before = within(cutOff - window - window, cutOff - window).filter(isExact)
        var line = TwinStatistic(
            name: definition.name, group: group, window: window, cutOff: cutOff, value: measure(definition, now),
            before: measure(definition, before), imprecise: all.count - now.count)
        if definition.measure == .count { line.counts = (now.count, before.count) }
        if let truce = truce(definition, group, cutOff) {
            line.total = (truce.id, truce.effective, measure(definition, within(truce.effective, cutOff)))
        }
        return line
    }

    // MARK: Measures

    private func measure(_ definition: StatisticDefinition, _ events: [TwinRun.Judged]) -> Double? {
        switch definition.measure {
        case .count: return Double(events.count)
        case .sum(let field): return sum(field, events)
        case .distinct(let fields):
            return Double(
                Set(events.flatMap { event in TwinGroups.combinations(fields.map { event.fields[$0] ?? .absent }) })
                    .count)
        case .share(let field):
            let whole = events.filter { TwinMatching.isMet(definition.events, by: $0.fields) }
            let part = events.filter { event in
                definition.part.map { TwinMatching.isMet($0, by: event.fields) } ?? false
            }
            let denominator = field.map { sum($0, whole) } ?? Double(whole.count)
            return denominator == 0 ? nil : (field.map { sum($0, part) } ?? Double(part.count)) / denominator
        case .effectiveNumber(let field):
            let values = events.flatMap { ($0.fields[field] ?? .absent).twinMembers }
            let squares = Set(values).map { value in Double(values.count { $0 == value }) }.reduce(0) { $0 + $1 * $1 }
            return values.isEmpty ? nil : Double(values.count * values.count) / squares
        }
    }

    private func sum(_ field: String, _ events: [TwinRun.Judged]) -> Double {
        events.flatMap { ($0.fields[field] ?? .absent).twinMembers.compactMap(\.twinNumber) }.reduce(0, +)
    }

    // MARK: Ceasefires

    private func truce(
        _ definition: StatisticDefinition, _ group: [Alert.GroupValue], _ cutOff: Instant
    ) -> (id: String, effective: Instant)? {
        var named = definition.ceasefire.map { rulebook.ceasefires[$0].id }
        if named == nil, let value = group.first(where: { $0.field == "ceasefire" })?.value.twinText { named = value }
        let last = Instant(milliseconds: cutOff.milliseconds - 1)
        var found: [(id: String, effective: Instant)] = []
        for (ceasefire, history) in zip(rulebook.ceasefires, judge.histories)
        where named ?? ceasefire.id == ceasefire.id {
            if let effective = history.stretch(at: last).effective { found.append((ceasefire.id, effective)) }
        }
        return found.sorted {
            $0.effective != $1.effective ? $0.effective > $1.effective : $0.id.precedesByCodePoint($1.id)
        }.first
    }
}

/// Compares lines of statistics.
enum TwinStatisticComparison {
    /// What differs, as sentences; empty if nothing does.
    static func differences(engine: [Statistic], twin: [TwinStatistic], in book: Rulebook) -> [String] {
        let expected = Dictionary(twin.map { ($0.key, $0) }) { $1 }
        var found: [String] = []
        var seen: Set<String> = []
        for line in engine {
            let key = key(line, in: book)
            guard seen.insert(key).inserted else {
                found.append("the engine says twice: \(key)")
                continue
            }
            guard let other = expected[key] else {
                found.append("only the engine has the line \(key)")
                continue
            }
            if !isSame(line, other, in: book) {
                found.append(
                    "lines differ at \(key):\n      \(description(line, in: book))\n      \(description(other))")
            }
        }
        return found + expected.keys.filter { !seen.contains($0) }.sorted().map { "only the twin has the line \($0)" }
    }

    static func key(_ line: Statistic, in book: Rulebook) -> String {
        let name = book.statistics[line.definition].name
        return "\(TwinText.instant(line.cutOff)) \(name) \(TwinText.group(line.group)) \(line.window.milliseconds)"
    }

    private static func isSame(_ line: Statistic, _ twin: TwinStatistic, in book: Rulebook) -> Bool {
        let total = line.total.map { (id: book.ceasefires[$0.ceasefire].id, effective: $0.effective, value: $0.value) }
        return line.value == twin.value && line.before == twin.before && line.imprecise == twin.imprecise
            && total?.id == twin.total?.ceasefire && total?.effective == twin.total?.effective
            && total?.value == twin.total?.value && isRatio(line.ratio, of: twin.counts)
    }

    /// The window and the one before are of equal length; the limits are those at which a tail has 2.5 % (Fay 2010).
    private static func isRatio(_ ratio: Statistic.Ratio?, of counts: (now: Int, before: Int)?) -> Bool {
        guard let (now, before) = counts, now + before > 0 else { return ratio == nil }
        guard let ratio else { return false }
        func isLimit(_ limit: Double, isLower: Bool) -> Bool {
            let share = limit / (1 + limit)
            let tail = TwinBinomial.tail(now, of: now + before, share: share, isLower: !isLower)
            return abs(tail - 0.025) < 1e-9
        }
        let isLow = now == 0 ? ratio.low == 0 : isLimit(ratio.low, isLower: true)
        let isHigh = before == 0 ? ratio.high == nil : ratio.high.map { isLimit($0, isLower: false) } ?? false
        let isValue = before == 0 ? ratio.value == nil : ratio.value == Double(now) / Double(before)
        return isLow && isHigh && isValue
    }

    private static func description(_ line: Statistic, in book: Rulebook) -> String {
        let total = line.total.map {
            "\(book.ceasefires[$0.ceasefire].id) \(TwinText.instant($0.effective)) \($0.value ?? -1)"
        }
        return "\(line.value ?? -1) before \(line.before ?? -1) total \(total ?? "none") imprecise \(line.imprecise)"
            + " ratio \(line.ratio.map { "\($0.value ?? -1) \($0.low) \($0.high ?? -1)" } ?? "none")"
    }

    private static func description(_ line: TwinStatistic) -> String {
        let total = line.total.map { "\($0.ceasefire) \(TwinText.instant($0.effective)) \($0.value ?? -1)" }
        return "\(line.value ?? -1) before \(line.before ?? -1) total \(total ?? "none") imprecise \(line.imprecise)"
            + " counts \(line.counts.map { "\($0.now) \($0.before)" } ?? "none")"
    }
}

/// The lines that stand as who only reads the stream of messages would know them.
struct TwinStatisticFold {
    private(set) var standing: [String: Statistic] = [:]
    private(set) var contradictions: [String] = []

    /// The lines without what tells of their history, sorted by id.
    var plain: [Statistic] {
        standing.values.map { line in
            var line = line
            line.status = .issued
            return line
        }.sorted { $0.id < $1.id }
    }

    mutating func take(_ line: Statistic) {
        let stands = standing[line.id] != nil
        if (line.status == .issued) == stands {
            contradictions.append("\(line.id) is \(line.status) at the wrong time")
        }
        standing[line.id] = line.status == .retracted ? nil : line
    }
}
