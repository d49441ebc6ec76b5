import Events

/// What became of a ceasefire by the acts that its document lists.
struct CeasefireHistory {
    private enum Phase: String { case before, inForce = "in force", suspended, after }

    /// From when until when it was in force or suspended; without an end where none is known.
    private(set) var periods: [(from: Instant, until: Instant?)] = []
    /// The acts that had no effect, and why.
    private(set) var withoutEffect: [(act: Ceasefire.Act, reason: String)] = []

    private var from: Instant?
    private var until: Instant?
    private var isSuspended = false

    init(_ ceasefire: Ceasefire) {
        from = ceasefire.effective
        until = ceasefire.until
        for act in ceasefire.acts { apply(act) }
        end(at: until)
    }

    private mutating func apply(_ act: Ceasefire.Act) {
        // An extension at the very instant of the end is in time.
        if let until, act.act == .extended ? until < act.at : until <= act.at { end(at: until) }
        let phase = phase(at: act.at)
        switch (act.act, phase) {
        case (.declared, .before), (.declared, .after):
            from = act.at
            until = act.until
        case (.extended, .before) where from != nil, (.extended, .inForce), (.extended, .suspended),
            (.extended, .after):
            extend(act)
        case (.suspended, .inForce): isSuspended = true
        case (.resumed, .suspended): isSuspended = false
        case (.ended, .inForce), (.ended, .suspended): end(at: act.at)
        default: withoutEffect.append((act, "the ceasefire is then \(describe(phase))"))
        }
    }

    private mutating func extend(_ act: Ceasefire.Act) {
        guard let end = act.until, end > act.at else {
            return withoutEffect.append((act, "its new end is not later than the act itself"))
        }
        if from == nil { from = act.at }
        until = end
    }

    private mutating func end(at instant: Instant?) {
        if let from { periods.append((from, instant)) }
        from = nil
        until = nil
        isSuspended = false
    }

    private func phase(at instant: Instant) -> Phase {
        guard let from else { return periods.isEmpty ? .before : .after }
        if instant < from { return .before }
        return isSuspended ? .suspended : .inForce
    }

    private func describe(_ phase: Phase) -> String {
        switch phase {
        case .before: "not yet in force"
        case .after: "over"
        case .inForce, .suspended: phase.rawValue
        }
    }
}

extension LintCheck {
    /// Acts "that do not fit the phase".
    static let ceasefireActs = LintCheck { subject in
        for ceasefire in subject.rulebook.ceasefires {
            let scope = subject.scope.within("ceasefire '\(ceasefire.id)'").within("acts")
            for (act, reason) in CeasefireHistory(ceasefire).withoutEffect {
                scope.warning(
                    .actWithoutEffect, "the act '\(act.act.rawValue)' has no effect: \(reason)", at: act.location)
            }
        }
    }
}
