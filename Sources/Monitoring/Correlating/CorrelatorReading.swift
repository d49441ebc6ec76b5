import Events
import Rulebook

// How a correlator reads its stream: it follows what comes at the end, and looks again where the past has changed.
extension Correlator {
    /// Looks at a group that a contribution has come to, at the end of all.
    ///
    /// - Parameter isFirst: whether it is the first of its time, so that what follows can be derived without waiting for more.
    @inline(__always)
    func follow(_ number: Int, at time: Instant, isFirst: Bool, symbols: borrowing SymbolTable) {
        if firstWake > 0, restsOn(number, at: time) { return }
        let group = group(number)
        guard isFirst, groups[group].canFollow(to: time) else {
            changed(number, at: time, isRemoval: false)
            return
        }
        let pattern = pattern
        groups[group].notes?.forget(after: time)
        let timeline = timeline(group)
        skipRest(of: group, to: time, in: timeline)
        let frontier = groups[group].frontier
        if groups[group].follow(pattern, to: time, in: timeline) {
            let from = Instant(milliseconds: frontier.milliseconds + 1)
            update(group, from: from, settled: .distantFuture, symbols: symbols)
            if !onsetChanges.isEmpty { network.markDirty(setup.index) }
        }
        schedule(group, pattern, now: time)
        rest(group)
    }

    /// Lets a group that has rested rest on, where all that lies in the window is still too little: without looking at its state.
    private func restsOn(_ number: Int, at time: Instant) -> Bool {
        let progress = stream.groups[number].progress
        if stream.wake(of: place, in: number) <= 0 || progress >= 0x1p52 { return false }
        let timeline = stream.groups[number].timeline
        let first = timeline.position(after: time - pattern.restingReach)
        // Where much lies in the window, the state knows sooner.
        if timeline.end - first > 64 { return false }
        var weight = 0.0
        for position in first..<timeline.end { weight += timeline[position].payload.weight }
        if weight >= firstWake { return false }
        stream.groups[number].restedTo = time
        stream.setWake(of: place, in: number, to: progress + firstWake - weight)
        return true
    }

    /// Takes a group to where it has rested to, where looking at what lies in the window is less than looking at what has come.
    @inline(__always)
    private func skipRest(of group: Int, to time: Instant, in timeline: Timeline<P.Payload>) {
        if stream.wake(of: place, in: groups[group].number) <= 0 { return }
        let recent = timeline.end - timeline.position(after: time - pattern.reach)
        let missed = timeline.end - timeline.position(after: groups[group].frontier)
        if recent >= missed { return }
        groups[group].state = pattern.state(before: time, in: timeline)
        groups[group].frontier = Instant(milliseconds: time.milliseconds - 1)
    }

    /// Lets a group rest for as long as it cannot come to hold.
    @inline(__always)
    func rest(_ group: Int) {
        let number = groups[group].number
        let shortfall = groups[group].truth.isOpen ? 0 : pattern.shortfall(groups[group].state)
        // Sums are no longer whole beyond that.
        let wake = stream.groups[number].progress + shortfall
        stream.setWake(of: place, in: number, to: shortfall > 0 && wake < 0x1p52 ? wake : 0)
    }

    /// Whether nothing that comes or goes after what is known can have the rule hold in a group yet.
    private func isResting(_ group: Int) -> Bool {
        let number = groups[group].number
        return !groups[group].isMarked && stream.groups[number].progress < stream.wake(of: place, in: number)
    }

    /// Is told that a contribution is about to be taken out of a group: what it reaches is asked while it is there.
    func willRemove(_ number: Int, at time: Instant) {
        guard let group = known(number) else { return }
        let influence = pattern.influence(of: time, in: timeline(group))
        groups[group].changedTo = max(groups[group].changedTo, influence)
    }

    /// Is told that a contribution has come into a group, or has been taken out of it.
    func changed(_ number: Int, at time: Instant, isRemoval: Bool) {
        // What comes in where the group has but rested may meet with what was not looked at.
        let isBeyondRest = isRemoval || time > stream.groups[number].restedTo
        if isBeyondRest, known(number) == nil, stream.groups[number].progress < stream.wake(of: place, in: number) {
            return
        }
        let group = group(number)
        groups[group].notes?.forget(after: time)
        if isBeyondRest, time > groups[group].frontier, isResting(group) { return }
        mark(group, at: time, isRemoval: isRemoval)
    }

    /// The time of the oldest contribution of a group that is needed for what happens from an instant on.
    func oldestNeeded(_ number: Int, at instant: Instant) -> Instant {
        let group = known(number)
        if group == nil || pattern.isBoundedByReach, pattern.reach < .unlimited { return instant - pattern.reach }
        let timeline = group.map { self.timeline($0) } ?? stream.groups[number].timeline
        return pattern.oldestNeeded(pattern.state(before: instant, in: timeline), in: timeline)
    }

    /// Is told that contributions of a group have been let go of.
    func released(_ number: Int) {
        guard let group = known(number) else { return }
        // An idle group has not been followed to where time is now: what it remembers of may be gone.
        groups[group].frontier = max(groups[group].frontier, network.now)
        groups[group].state = pattern.state(
            before: Instant(milliseconds: groups[group].frontier.milliseconds + 1), in: timeline(group))
        rest(group)
    }

    /// Reads another stream from now on, with the same groups, at some place among its readers.
    func read(_ stream: any ContributionReading, at place: Int) {
        guard let stream = stream as? ContributionStream<P.Payload> else {
            preconditionFailure("a stream of the same contributions")
        }
        self.stream = stream
        self.place = place
    }
}
