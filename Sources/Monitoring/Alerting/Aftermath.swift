import Events
import Rulebook

/// What becomes of the alerts once they are known: risks are scored by them, and silences and inhibitions hold some back.
///
/// A function of the alerts that stand and of stream time. It takes what changes moment by moment, in order.
final class Aftermath {
    private let assessor: RiskAssessor?
    private let silencer: Silencer?
    private let order: NoticeOrder

    /// Fails where the rule book asks for nothing of the kind: then alerts go out as they are, at no cost.
    init?(rulebook: Rulebook) {
        guard rulebook.holdsBack || !rulebook.risks.isEmpty else { return nil }
        assessor = rulebook.risks.isEmpty ? nil : RiskAssessor(rulebook: rulebook)
        silencer = rulebook.holdsBack ? Silencer(rulebook: rulebook) : nil
        order = NoticeOrder(rulebook: rulebook)
    }

    /// Takes what changes in the alerts at a moment, in the order of the output, and returns what is to be told, up to and at it.
    func follow(_ changes: ArraySlice<Notice>, at moment: Instant) -> [Notice] {
        var told: [Notice] = []
        var atMoment = Array(changes)
        if let assessor {
            let before = Instant(milliseconds: moment.milliseconds - 1)
            while let notices = assessor.nextEnds(through: before) { told += hold(notices) }
            atMoment += assessor.follow(changes, at: moment)
            // What ends at the moment does so unless something at it goes on.
            while let notices = assessor.nextEnds(through: moment) { atMoment += notices }
        }
        return told + hold(order.sorted(atMoment))
    }

    /// When the next alert of a risk ends by time alone; nil if none does.
    var nextEnd: Instant? { assessor?.nextEnd }

    private func hold(_ notices: [Notice]) -> [Notice] { silencer?.follow(notices) ?? notices }

    /// Adds what is held back, what counts for no risk, and to the alerts that stand those of risks, less what is held back.
    func summarize(into summary: inout Summary, rulebook: Rulebook) {
        for risk in assessor?.standing ?? [] {
            summary.alertsByLevel[Notice.risk(risk).level(in: rulebook), default: 0] += 1
        }
        for (level, count) in silencer?.heldByLevel ?? [:] { summary.alertsByLevel[level, default: 0] -= count }
        for index in rulebook.silences.indices { summary.silenced.append(silencer?.held[.silence(index)] ?? 0) }
        for index in rulebook.inhibitions.indices { summary.inhibited.append(silencer?.held[.inhibition(index)] ?? 0) }
        summary.alertsWithoutEntity = assessor?.unplaced ?? []
    }

    /// Lets go of what no change can reach any more.
    func release(before instant: Instant) {
        assessor?.release(before: instant)
        silencer?.release(before: instant)
    }

    /// What stands of a list of standing alerts: those held back left out, the alerts of risks added, in the order of the output.
    func standing(_ alerts: [Alert], at now: Instant) -> [Notice] {
        let alerts = alerts.map { Notice.alert($0).retold(as: .firing) }
        _ = follow(alerts[...], at: now)
        var notices = silencer?.standing ?? alerts + (assessor?.standing ?? []).map { .risk($0) }
        for index in notices.indices {
            let status: Alert.Status = notices[index].end == nil ? .firing : .resolved
            notices[index] = notices[index].retold(as: status)
        }
        return order.sorted(notices)
    }
}

extension Rulebook {
    /// Whether some alerts are not to be told of.
    var holdsBack: Bool { !silences.isEmpty || !inhibitions.isEmpty }
}
