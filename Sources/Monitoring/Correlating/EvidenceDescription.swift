import Events
import Rulebook

/// What is said of the contributions that an alert rests on.
struct EvidenceDescription {
    private let network: Network
    private let limit: Int
    private(set) var events: [Alert.EvidenceEvent] = []
    private(set) var alerts: [Alert.EvidenceAlert] = []
    private(set) var ceasefire: Alert.CeasefireState?
    private(set) var knownAt: Instant?
    private var ceasefireEvent: (time: Instant, id: String)?

    init(network: Network, limit: Int) {
        self.network = network
        self.limit = limit
    }

    /// Takes in the contributions at the positions of a timeline: O(n) for when they became known.
    mutating func add<Payload>(
        _ evidence: Evidence, in timeline: Timeline<Payload>, symbols: borrowing SymbolTable
    ) {
        var listed = 0
        var oldestListed = Instant.distantFuture
        for position in evidence.positions.reversed() {
            if let isListed = evidence.isListed, !isListed(position) { continue }
            let contribution = timeline[position]
            knownAt = max(knownAt ?? .distantPast, known(contribution.source))
            noteCeasefire(contribution.source, at: contribution.time, symbols: symbols)
            // Of tied ones the id decides which are listed: all of them are taken in first.
            if listed >= limit, contribution.time < oldestListed { continue }
            listed += 1
            oldestListed = contribution.time
            list(contribution.source, symbols: symbols)
        }
        sort()
    }

    private func known(_ source: Source) -> Instant {
        if let row = source.row { return network.columns.knownAt(row, in: network.table) }
        guard let alert = source.alert, let correlator = network.correlatorOfRule[alert.rule] else {
            return .distantPast
        }
        return network.correlators[correlator].alerts.knownAt(alert.handle, at: network.moment)
    }

    private mutating func noteCeasefire(_ source: Source, at time: Instant, symbols: borrowing SymbolTable) {
        guard let row = source.row, time >= ceasefireEvent?.time ?? .distantPast else { return }
        guard let state = network.columns.ceasefireState(row, in: network.table, symbols: symbols) else { return }
        let id = network.table.id(row)
        if let known = ceasefireEvent, known.time == time, known.id.precedesByCodePoint(id) { return }
        ceasefireEvent = (time, id)
        ceasefire = state
    }

    private mutating func list(_ source: Source, symbols: borrowing SymbolTable) {
        if let row = source.row {
            events.append(network.columns.event(row, in: network.table, symbols: symbols))
        } else if let alert = source.alert, let index = network.correlatorOfRule[alert.rule] {
            let correlator = network.correlators[index]
            let record = correlator.alerts[alert.handle]
            let id = correlator.identifier(record.group, onset: record.onset, symbols: symbols)
            alerts.append(Alert.EvidenceAlert(id: id, rule: alert.rule, onset: record.onset))
        }
    }

    /// Newest first, then by id (of alerts by rule name first); as many as the limit of both together.
    private mutating func sort() {
        let names = network.rulebook.rules
        events.sort { $0.time != $1.time ? $0.time > $1.time : $0.id.precedesByCodePoint($1.id) }
        alerts.sort { left, right in
            if left.onset != right.onset { return left.onset > right.onset }
            if left.rule != right.rule { return names[left.rule].name.precedesByCodePoint(names[right.rule].name) }
            return left.id < right.id
        }
        while events.count + alerts.count > limit {
            let event = events.last?.time ?? .distantFuture
            let alert = alerts.last?.onset ?? .distantFuture
            if event < alert { events.removeLast() } else { alerts.removeLast() }
        }
    }
}
