import Events
import Monitoring
import Rulebook

/// What somebody knows who reads the output and nothing else.
struct SimulatedLines {
    private(set) var fold = TwinFold()
    /// What is wrong with the lines themselves.
    private(set) var faults: [String] = []
    private let book: Rulebook
    private let events: [String: TwinEvent]

    /// - Parameters:
    ///   - book: a rule book with the names of those whose alerts are read.
    ///   - events: the events in force in the end, by id.
    init(_ output: [UInt8], book: Rulebook, events: [TwinEvent]) {
        self.book = book
        self.events = Dictionary(events.map { ($0.id, $0) }) { $1 }
        if let last = output.last, last != 0x0a { faults.append("the last line of the output has no end") }
        for line in output.split(separator: 0x0a) {
            guard let object = SimulatedJSON.read(Array(line)), let notice = notice(object) else {
                faults.append("this line cannot be read: \(String(decoding: line, as: UTF8.self))")
                continue
            }
            fold.take(notice)
        }
        faults += fold.contradictions
    }

    /// What stands by now.
    var standing: [Notice] { Array(fold.standing.values) }

    /// What the evidence of the alerts that stand says otherwise than the events do.
    var evidenceFaults: [String] {
        standing.compactMap(\.alert).flatMap { alert in
            alert.events.compactMap { told in
                guard let event = events[told.id] else {
                    return "\(alert.id) rests on \(told.id), which is not in force"
                }
                let isSame =
                    told.time == event.time && told.timeEnd == event.timeEnd
                    && told.place == event.fields["place"]?.twinText
                    && told.fatalities == event.fields["fatalities"]?.twinNumber
                return isSame ? nil : "\(alert.id) tells of \(told), but it is \(TwinDescription.event(event))"
            }
        }
    }

    // MARK: - One line

    private func notice(_ object: SimulatedJSON) -> Notice? {
        guard let status = object["status"]?.text.flatMap(Alert.Status.init(rawValue:)), let id = object["id"]?.text,
            let name = object["rule"]?.text, let onset = object["onset"]?.instant,
            let known = object["known_at"]?.instant, let evidence = object["evidence"],
            let count = evidence["count"]?.number, let explanation = object["explanation"]?.text, !explanation.isEmpty
        else { return nil }
        let group = (object["group"]?.members ?? []).map { Alert.GroupValue(field: $0.key, value: $0.value.value) }
        if object["kind"]?.text == "risk" {
            guard let risk = book.risks.firstIndex(where: { $0.name == name }), let entity = group.first,
                let threshold = book.risks[risk].thresholds.firstIndex(where: { $0.name == object["threshold"]?.text }),
                let score = object["figure"]?.number
            else { return nil }
            let parts = (evidence["alerts"]?.items ?? []).compactMap(contribution)
            return .risk(
                RiskAlert(
                    status: status, id: id, replaces: object["replaces"]?.text, risk: risk, threshold: threshold,
                    entity: entity, onset: onset, end: object["end"]?.instant, score: score,
                    peak: object["peak"]?.number, contributionCount: Int(count), contributions: parts, knownAt: known))
        }
        guard object["kind"]?.text == "alert", let rule = book.rules.firstIndex(where: { $0.name == name }) else {
            return nil
        }
        return .alert(
            Alert(
                status: status, id: id, replaces: object["replaces"]?.text, rule: rule, group: group, onset: onset,
                end: object["end"]?.instant, figure: object["figure"].flatMap(figure),
                peak: object["peak"].flatMap(figure), ceasefire: object["ceasefire"].flatMap(state),
                evidenceCount: Int(count), events: (evidence["events"]?.items ?? []).compactMap(event),
                alerts: (evidence["alerts"]?.items ?? []).compactMap(alert), knownAt: known))
    }

    private func figure(_ object: SimulatedJSON) -> Alert.Figure? {
        if let number = object.number { return Alert.Figure(number) }
        if object.members.isEmpty { return nil }
        return Alert.Figure(object["ratio"]?.number, pValue: object["p_value"]?.number)
    }

    private func state(_ object: SimulatedJSON) -> Alert.CeasefireState? {
        guard let id = object["id"]?.text, let phase = object["phase"]?.text else { return nil }
        return Alert.CeasefireState(id: id, phase: phase, day: object["day"]?.number.map { Int($0) })
    }

    private func event(_ object: SimulatedJSON) -> Alert.EvidenceEvent? {
        guard let id = object["id"]?.text, let time = object["time"]?.instant else { return nil }
        return Alert.EvidenceEvent(
            id: id, time: time, timeEnd: object["time_end"]?.instant ?? time, place: object["place"]?.text,
            fatalities: object["fatalities"]?.number)
    }

    private func alert(_ object: SimulatedJSON) -> Alert.EvidenceAlert? {
        guard let id = object["id"]?.text, let onset = object["time"]?.instant,
            let rule = book.rules.firstIndex(where: { $0.name == object["rule"]?.text })
        else { return nil }
        return Alert.EvidenceAlert(id: id, rule: rule, onset: onset)
    }

    private func contribution(_ object: SimulatedJSON) -> RiskAlert.Contribution? {
        guard let alert = alert(object), let points = object["points"]?.number, let value = object["value"]?.number
        else { return nil }
        return RiskAlert.Contribution(id: alert.id, rule: alert.rule, onset: alert.onset, points: points, value: value)
    }
}
