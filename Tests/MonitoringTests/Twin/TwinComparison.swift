import Events
import Monitoring
import Rulebook

/// Compares what the engine says with what the twin says.
enum TwinComparison {
    /// What differs between two lists of standing alerts, as sentences; empty if nothing does.
    static func differences(engine: [Alert], twin: [TwinAlert], in book: Rulebook) -> [String] {
        let engineKeys = engine.map { key($0, in: book) }
        let twinKeys = twin.map(key)
        var found: [String] = []
        for (key, alert) in zip(twinKeys, twin) where !engineKeys.contains(key) {
            found.append("only the twin has: \(TwinDescription.alert(alert))")
        }
        for (key, alert) in zip(engineKeys, engine) where !twinKeys.contains(key) {
            found.append("only the engine has: \(TwinDescription.alert(alert, in: book))")
        }
        if Set(engineKeys).count != engineKeys.count { found.append("the engine has an alert twice") }
        if Set(engine.map(\.id)).count != engine.count { found.append("two alerts of the engine have one id") }
        if found.isEmpty, engineKeys != twinKeys { found.append("the order differs: \(engineKeys) and \(twinKeys)") }
        for (key, alert) in zip(twinKeys, twin) {
            guard let index = engineKeys.firstIndex(of: key) else { continue }
            let parts = differingParts(engine[index], alert, in: book)
            if parts.isEmpty { continue }
            found.append(
                """
                \(parts.joined(separator: ", ")) differ: the engine says
                      \(TwinDescription.alert(engine[index], in: book))
                  the twin
                      \(TwinDescription.alert(alert))
                """)
        }
        return found
    }

    private static func key(_ alert: TwinAlert) -> String {
        "\(TwinText.instant(alert.onset)) \(alert.ruleName) \(TwinText.group(alert.group)) \(alert.detectedEvent ?? "")"
    }

    private static func key(_ alert: Alert, in book: Rulebook) -> String {
        let rule = book.rules[alert.rule]
        let event = rule.correlation == nil ? alert.events.first?.id ?? "" : ""
        return "\(TwinText.instant(alert.onset)) \(rule.name) \(TwinText.group(alert.group)) \(event)"
    }

    private static func differingParts(_ engine: Alert, _ twin: TwinAlert, in book: Rulebook) -> [String] {
        var parts: [String] = []
        func compare(_ part: String, _ isEqual: Bool) { if !isEqual { parts.append(part) } }
        compare("ends", engine.end == twin.end)
        compare("figures", isEqual(engine.figure, twin.figure))
        compare("peaks", isEqual(engine.peak, twin.peak))
        compare("counts", engine.evidenceCount == twin.evidenceCount)
        compare("ceasefires", engine.ceasefire == twin.ceasefire)
        compare("known_at", twin.knownAt == nil || engine.knownAt == twin.knownAt)
        let limit = book.rules[engine.rule].options.limit
        let alerts = engine.alerts.map { TwinAlert.Reference(rule: book.rules[$0.rule].name, onset: $0.onset) }
        compare("events", isListing(engine.events.map(\.id), of: twin.evidenceEvents, limit, !alerts.isEmpty))
        compare("alerts", isListing(alerts, of: twin.evidenceAlerts, limit, !engine.events.isEmpty))
        compare("listings", engine.events.count + alerts.count >= min(limit, twin.evidenceCount))
        return parts
    }

    /// Whether a listing is the first so many; where the other kind of evidence is there too it may be fewer.
    private static func isListing<Item: Equatable>(
        _ listed: [Item], of all: [Item], _ limit: Int, _ isMixed: Bool
    ) -> Bool {
        let expected = Array(all.prefix(limit))
        return isMixed ? expected.starts(with: listed) : expected == listed
    }

    private static func isEqual(_ engine: Alert.Figure?, _ twin: TwinFigure?) -> Bool {
        guard let engine, let twin else { return (engine == nil) == (twin == nil) }
        if let value = twin.value, value != engine.value {
            guard twin.isApproximate, let other = engine.value else { return false }
            if abs(value - other) > 1e-9 * max(1, abs(value)) { return false }
        }
        guard let expected = twin.pValue else { return true }
        guard let pValue = engine.pValue else { return false }
        return abs(pValue - expected) <= 1e-9 * max(abs(expected), 1e-300)
    }
}

/// The standing alerts as who only reads the stream of changes would know them.
struct TwinFold {
    private(set) var standing: [String: Notice] = [:]
    /// Changes that contradict what was said before.
    private(set) var contradictions: [String] = []

    mutating func take(_ change: Notice) {
        if let replaced = change.replaces {
            if standing.removeValue(forKey: replaced) == nil {
                contradictions.append("\(change.id) replaces \(replaced), which does not stand")
            }
        }
        let stands = standing[change.id] != nil
        switch change.status {
        case .firing where stands: contradictions.append("\(change.id) fires, but stands already")
        case .retracted where !stands: contradictions.append("\(change.id) is retracted, but does not stand")
        case .updated where !stands && change.replaces == nil:
            contradictions.append("\(change.id) is updated, but does not stand")
        case .resolved where !stands && change.replaces == nil && change.end != change.onset:
            contradictions.append("\(change.id) is resolved, but does not stand")
        default: break
        }
        standing[change.id] = change.status == .retracted ? nil : change
    }

    /// What differs from the engine's own list.
    func differences(from list: [Notice], in book: Rulebook) -> [String] {
        var found: [String] = []
        for notice in list {
            guard let known = standing[notice.id] else {
                found.append("never emitted: \(TwinDescription.notice(notice, in: book))")
                continue
            }
            if TwinFold.plain(known) == TwinFold.plain(notice) { continue }
            found.append(
                """
                last emitted: \(TwinDescription.notice(known, in: book))
                  but stands: \(TwinDescription.notice(notice, in: book))
                """)
        }
        let ids = Set(list.map(\.id))
        for (id, notice) in standing where !ids.contains(id) {
            found.append("emitted, but does not stand: \(TwinDescription.notice(notice, in: book))")
        }
        return found.sorted()
    }

    /// The notice without what tells of its history.
    private static func plain(_ notice: Notice) -> Notice {
        switch notice {
        case .alert(var alert):
            (alert.status, alert.replaces) = (.firing, nil)
            return .alert(alert)
        case .risk(var risk):
            (risk.status, risk.replaces) = (.firing, nil)
            return .risk(risk)
        }
    }
}
