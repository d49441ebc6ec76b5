import Diagnostics
import Events
import Rulebook

extension Monitor {
    /// Where the newest event stands that an alert rests on, if `Options.keepsPlaces` asks for it; nil if it rests on none, or
    /// that event has been let go of.
    ///
    /// Where the alert rests on alerts of other rules, the newest event of the newest of those.
    public func place(of alert: Alert, symbols: borrowing SymbolTable) -> Location? {
        if let event = alert.events.first {
            return table.place(ofEvent: event.id).map { Location(file: $0.source, line: $0.line) }
        }
        guard let earlier = alert.alerts.first, let index = network.correlatorOfRule[earlier.rule],
            let known = network.correlators[index].alert(earlier.id, onset: earlier.onset, symbols: symbols)
        else { return nil }
        return place(of: known, symbols: symbols)
    }
}

extension Correlator {
    /// The alert of an id and an onset; nil if there is none.
    func alert(_ id: String, onset: Instant, symbols: borrowing SymbolTable) -> Alert? {
        for group in groups.indices {
            for run in groups[group].runs.runs where run.onset == onset && run.handle >= 0 {
                guard identifier(group, onset: onset, symbols: symbols) == id else { continue }
                return describe(group, run, frozen: alerts[run.handle].frozen, symbols: symbols)
            }
        }
        return nil
    }
}
