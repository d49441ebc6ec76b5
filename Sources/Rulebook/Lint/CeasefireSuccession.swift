import Diagnostics
import Events

extension LintCheck {
    /// "Overlapping or gapped periods between the same sides, an end with neither extension nor successor."
    static let ceasefireSuccession = LintCheck { subject in
        let bySides = Dictionary(grouping: subject.rulebook.ceasefires.filter { !$0.parties.isEmpty }) { ceasefire in
            Set(ceasefire.parties.map { Set($0.actors) })
        }
        for ceasefires in bySides.values { CeasefireSuccession(ceasefires).report(subject.scope) }
    }
}

/// The ceasefires between the same sides, one after the other.
private struct CeasefireSuccession {
    private struct Period {
        var ceasefire: Ceasefire
        var from: Instant
        var until: Instant?
    }

    private let ceasefires: [Ceasefire]
    private let periods: [Period]

    init(_ ceasefires: [Ceasefire]) {
        self.ceasefires = ceasefires
        periods =
            ceasefires
            .flatMap { ceasefire in
                CeasefireTimeline(ceasefire, streamActs: []).periods.map {
                    Period(ceasefire: ceasefire, from: $0.from, until: $0.until)
                }
            }
            .sorted { ($0.from, $0.ceasefire.id) < ($1.from, $1.ceasefire.id) }
    }

    func report(_ scope: Scope) {
        let ends = lastEnds()
        for ceasefire in ceasefires { reportLapse(of: ceasefire, ends, scope) }
        guard var last = periods.first else { return }
        for next in periods.dropFirst() {
            if next.ceasefire.id != last.ceasefire.id { compare(last, next, scope) }
            if (next.until ?? .distantFuture) >= (last.until ?? .distantFuture) { last = next }
        }
    }

    private func compare(_ last: Period, _ next: Period, _ scope: Scope) {
        let scope = scope.within("ceasefire '\(next.ceasefire.id)'")
        let end = last.until ?? .distantFuture
        if next.from < end {
            scope.warning(
                .ceasefireOverlap, "it overlaps with '\(last.ceasefire.id)' between the same sides",
                at: next.ceasefire.location)
        } else if end < next.from {
            scope.warning(
                .ceasefireGap, "between the end of '\(last.ceasefire.id)' and this one there is no ceasefire",
                at: next.ceasefire.location)
        }
    }

    /// Until when there is a ceasefire at the longest, the latest first: of two different ones, which is enough to know whether
    /// another lasts longer than a given one.
    private func lastEnds() -> [(id: String, until: Instant)] {
        var ends: [String: Instant] = [:]
        for period in periods {
            ends[period.ceasefire.id] = max(ends[period.ceasefire.id] ?? .distantPast, period.until ?? .distantFuture)
        }
        let inOrder = ends.map { (id: $0.key, until: $0.value) }.sorted { ($1.until, $0.id) < ($0.until, $1.id) }
        return Array(inOrder.prefix(2))
    }

    private func reportLapse(of ceasefire: Ceasefire, _ ends: [(id: String, until: Instant)], _ scope: Scope) {
        guard let until = ceasefire.until, !ceasefire.acts.contains(where: { $0.act == .extended || $0.act == .ended }),
            !ends.contains(where: { $0.id != ceasefire.id && $0.until > until })
        else { return }
        scope.within("ceasefire '\(ceasefire.id)'").warning(
            .ceasefireLapse, "the ceasefire runs out with neither extension nor successor", at: ceasefire.location,
            help: [
                "add the act that extended or ended it, if there was one; if it just ran out, ignore this with the reason"
            ])
    }
}
