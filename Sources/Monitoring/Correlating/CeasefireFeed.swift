import Events
import Rulebook

// How rules that go by the terms of ceasefires learn of what became of them.
extension Correlator {
    func ceasefiresChanged(_ change: CeasefireClock.Change, symbols: inout SymbolTable) {
        if case .deadline(let only) = setup.correlation.pattern {
            for ceasefire in change.ceasefires where only == nil || only == ceasefire {
                feed(ceasefire, symbols: &symbols)
            }
        } else if pattern.dependsOnCeasefires {
            deriveAnew(from: change.from)
        }
    }

    /// Puts what became of a ceasefire into its group, in the place of what was thought before.
    private func feed(_ ceasefire: Int, symbols: inout SymbolTable) {
        let id = symbols.intern(text: network.rulebook.ceasefires[ceasefire].id)
        symbols.pin(id)
        let number = stream.number(of: [id])
        let group = group(number)
        let timeline = timeline(group)
        let known = (timeline.start..<timeline.end).map { timeline[$0] }
        // What was let go of is out of reach of any change.
        let first = timeline.start > 0 ? known.first?.time ?? .distantFuture : .distantPast
        let marks = network.ceasefires.spans[ceasefire].filter { $0.start > .distantPast && $0.start >= first }
            .map { (time: $0.start, raw: CeasefireFeed.raw($0)) }
        let same = zip(known, marks).prefix { $0.time == $1.time && $0.payload == stream.payload($1.raw) }.count
        for old in known.dropFirst(same) {
            stream.change(
                group: number, source: CeasefireFeed.source, at: old.time, RawPayload(steps: 0, end: old.time), true)
        }
        for new in marks.dropFirst(same) {
            stream.change(group: number, source: CeasefireFeed.source, at: new.time, new.raw, false)
        }
        groups[group].onlyAdded = false
        let after = Instant(milliseconds: groups[group].frontier.milliseconds + 1)
        groups[group].state = pattern.state(before: after, in: self.timeline(group))
        visit(group)
    }

    /// How things stand with the ceasefire that a group of a `deadline` is of.
    func ceasefireState(ofGroup group: Int, at instant: Instant, symbols: borrowing SymbolTable) -> Alert
        .CeasefireState?
    {
        guard case .deadline = setup.correlation.pattern,
            case .text(let id) = symbols.value(of: groupSymbols(group)[0]),
            let ceasefire = network.rulebook.ceasefires.firstIndex(where: { $0.id == id }),
            let span = network.ceasefires.span(of: ceasefire, at: instant)
        else { return nil }
        let day = span.effective.map { Int((instant - $0).milliseconds / 86_400_000) }
        return Alert.CeasefireState(id: id, phase: span.phase.rawValue, day: day)
    }
}

/// What becomes of a ceasefire as contributions, of which there is one at an instant.
private enum CeasefireFeed {
    static let source = Source.event(0)

    static func raw(_ span: PhaseSpan) -> RawPayload {
        RawPayload(
            steps: span.phase == .inForce || span.phase == .suspended ? 1 : 0, end: span.until ?? .distantFuture)
    }
}
