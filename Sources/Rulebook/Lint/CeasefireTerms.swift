extension LintCheck {
    /// Terms that a ceasefire leaves open: "unclear terms are found before they are contested".
    static let ceasefireTerms = LintCheck { subject in
        for ceasefire in subject.rulebook.ceasefires {
            let scope = subject.scope.within("ceasefire '\(ceasefire.id)'")
            let place = ceasefire.location
            if ceasefire.until == nil, !ceasefire.acts.contains(where: { $0.until != nil || $0.act == .ended }) {
                scope.warning(.ceasefireWithoutEnd, "the ceasefire has no end", at: place, help: ["write 'until'"])
            }
            if ceasefire.effective == nil, !ceasefire.acts.contains(where: { $0.act == .declared }) {
                scope.warning(
                    .ceasefireWithoutStart, "the ceasefire holds only once an event declares it", at: place,
                    help: ["write 'effective' where the beginning is known"])
            }
            if ceasefire.parties.isEmpty {
                scope.warning(
                    .ceasefireWithoutParty, "the ceasefire binds nobody", at: place, help: ["write 'parties'"])
            }
            if ceasefire.area == nil {
                scope.warning(
                    .ceasefireWithoutArea, "the ceasefire holds everywhere", at: place,
                    help: ["write 'area' where it holds"])
            }
            if !ceasefire.protectsParties, !ceasefire.protectsCivilians {
                scope.warning(
                    .ceasefireWithoutProtection, "the ceasefire protects nobody whom an incident names",
                    at: ceasefire.protectsPlace ?? place,
                    help: ["leave 'protects' out, or name 'parties', 'civilians' or both"])
            }
            if ceasefire.prohibits == nil {
                scope.warning(
                    .ceasefireWithoutProhibition, "the ceasefire prohibits any incident at all", at: place,
                    help: ["write 'prohibits' with the acts that break it"])
            }
        }
    }
}
