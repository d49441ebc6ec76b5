import Events

extension CeasefireTimeline {
    /// From when until when the ceasefire was in force or suspended; without an end where none is known.
    var periods: [(from: Instant, until: Instant?)] {
        var periods: [(from: Instant, until: Instant?)] = []
        var isLasting = false
        for span in spans {
            let lasts = span.phase == .inForce || span.phase == .suspended
            if lasts, !isLasting { periods.append((span.start, nil)) }
            if !lasts, isLasting { periods[periods.count - 1].until = span.start }
            isLasting = lasts
        }
        return periods
    }
}

extension LintCheck {
    /// Acts "that do not fit the phase".
    static let ceasefireActs = LintCheck { subject in
        for ceasefire in subject.rulebook.ceasefires {
            let scope = subject.scope.within("ceasefire '\(ceasefire.id)'").within("acts")
            let refusals = CeasefireTimeline(ceasefire, streamActs: []).refusals
            for act in ceasefire.acts {
                let dated = DatedAct(at: act.at, act: act.act, until: act.until)
                guard let refusal = refusals.first(where: { $0.act == dated }) else { continue }
                scope.warning(
                    .actWithoutEffect, "the act '\(act.act.rawValue)' has no effect: \(refusal.reason)",
                    at: act.location)
            }
        }
    }
}
