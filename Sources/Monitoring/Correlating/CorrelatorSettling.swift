import Events
import Rulebook

// What follows from the contributions of a group: where the rule holds.
extension Correlator {
    func settle(symbols: borrowing SymbolTable) {
        while let group = marked.popLast() {
            groups[group].isMarked = false
            settle(group, symbols: symbols)
        }
    }

    @inline(__always)
    private func settle(_ group: Int, symbols: borrowing SymbolTable) {
        let now = network.now
        let timeline = timeline(group)
        let changedFrom = groups[group].changedFrom
        let changedTo = groups[group].changedTo
        let frontier = groups[group].frontier
        let isDue = groups[group].isDue || now >= groups[group].deadline
        groups[group].changedFrom = .distantFuture
        groups[group].changedTo = .distantPast
        if changedFrom < frontier || (changedFrom == frontier && !groups[group].onlyAdded) {
            rederive(group, from: changedFrom, to: changedTo)
        } else if changedFrom == frontier {
            // More at the instant reached last: that instant is judged again.
            groups[group].truth.cut(at: frontier)
            groups[group].step(pattern, to: frontier, in: timeline)
        }
        groups[group].onlyAdded = true
        groups[group].isDue = false
        let advanced = groups[group].advance(pattern, to: now, in: timeline)
        if changedFrom <= frontier {
            // What comes after the change is as it was, unless time has gone on too.
            let isSettled = !advanced && !isDue && (options.for == .zero || frontier == now)
            update(group, from: changedFrom, settled: isSettled ? changedTo : .distantFuture, symbols: symbols)
        } else if advanced || isDue {
            let from = Instant(milliseconds: frontier.milliseconds + 1)
            update(group, from: from, settled: .distantFuture, symbols: symbols)
        }
        schedule(group, pattern, now: network.now)
        rest(group)
    }

    /// Derives the truth anew from an instant on, as far as a change can matter.
    private func rederive(_ number: Int, from start: Instant, to end: Instant) {
        let frontier = groups[number].frontier
        let timeline = timeline(number)
        var past = Group<P>(number: groups[number].number, state: pattern.state(before: start, in: timeline))
        past.frontier = Instant(milliseconds: start.milliseconds - 1)
        if groups[number].truth.holds(before: start) { past.truth.append(true, from: start) }
        let limit = end <= frontier ? Instant(milliseconds: end.milliseconds - 1) : frontier
        _ = past.advance(pattern, to: limit, in: timeline)
        if end <= frontier {
            groups[number].truth.replace(from: start, upTo: end, by: past.truth)
            groups[number].state = pattern.state(
                before: Instant(milliseconds: frontier.milliseconds + 1), in: timeline)
        } else {
            groups[number].truth.replace(from: start, upTo: .distantFuture, by: past.truth)
            groups[number].state = past.state
        }
    }

    /// Sees to it that the group is looked at when time alone changes something.
    @inline(__always)
    func schedule(_ group: Int, _ pattern: P, now: Instant) {
        let next = nextVisit(of: group, pattern, after: now)
        // Looking once too early costs less than a new entry whenever it gets later.
        guard next < groups[group].deadline else { return }
        groups[group].deadline = next
        let entry = Deadlines.Entry(instant: next, correlator: Int32(setup.index), group: Int32(group))
        if next <= network.runEnd { stream.runWork.due.add(entry) } else { network.deadlines.add(entry) }
    }

    @inline(__always)
    private func nextVisit(of group: Int, _ pattern: P, after now: Instant) -> Instant {
        var next = Instant.distantFuture
        if let edge = groups[group].nextEdge(pattern, in: timeline(group)), edge > now { next = edge }
        if options.for > .zero, let last = groups[group].truth.episodes.last, last.end == .distantFuture {
            let onset = last.start + options.for
            if onset > now { next = min(next, onset) }
        }
        if options.keepFiringFor > .zero, let last = groups[group].runs.last, last.end < .distantFuture {
            let end = last.end + options.keepFiringFor
            if end > now { next = min(next, end) }
        }
        return next
    }

    // MARK: - When the ground moves

    func rewind(to instant: Instant) {
        for group in groups.indices where groups[group].frontier > instant {
            let after = Instant(milliseconds: instant.milliseconds + 1)
            groups[group].truth.cut(at: after)
            groups[group].state = pattern.state(before: after, in: timeline(group))
            groups[group].frontier = instant
            groups[group].changedFrom = min(groups[group].changedFrom, instant)
            groups[group].changedTo = .distantFuture
            groups[group].onlyAdded = false
            groups[group].deadline = .distantFuture
            visit(group)
        }
    }

    func originMoved(from old: Instant?, to new: Instant?) {
        guard let delay = pattern.originDelay, let earliest = [old, new].compactMap({ $0 }).min() else { return }
        deriveAnew(from: earliest + delay)
    }

    /// Has the truth of every group derived anew from an instant on.
    func deriveAnew(from instant: Instant) {
        for group in groups.indices {
            if groups[group].frontier >= instant {
                groups[group].changedFrom = min(groups[group].changedFrom, instant)
                groups[group].changedTo = .distantFuture
                groups[group].onlyAdded = false
            }
            visit(group)
        }
    }
}
