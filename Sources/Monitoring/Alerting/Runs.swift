import Events
import Rulebook

/// Episodes that a rule's options have made one: what an alert is about.
struct Run: Equatable {
    /// The onset.
    var onset: Instant
    /// The end of the last episode; `Instant.distantFuture` while it is not known.
    var end: Instant
    /// Whether it is alerted: not so within the cooldown.
    var isAlerted: Bool
    /// Its alert's place among the rule's, -1 where there is none.
    var handle = -1
}

/// The runs of a group, as `for`, `keep_firing_for` and `cooldown` make them of its episodes: SPEC section 8.
struct Runs {
    private(set) var runs: [Run] = []
    /// The end of the last run that was let go of, and the onset of the last alerted one.
    private var releasedEnd = Instant.distantPast
    private var releasedOnset: Instant?

    /// Whether there has been no run yet.
    var isNew: Bool { runs.isEmpty && releasedOnset == nil && releasedEnd == .distantPast }

    /// Takes up when an earlier run alerted last.
    mutating func resume(lastOnset: Instant?) { releasedOnset = lastOnset }

    /// The last run, if there is one.
    var last: Run? { runs.last }

    /// The index of the first run that what happens from an instant on can change.
    func firstAffected(from instant: Instant, options: Rule.Options) -> Int {
        var index = runs.count
        while index > 0 {
            let run = runs[index - 1]
            if run.end < instant, run.end + options.keepFiringFor <= instant { break }
            index -= 1
        }
        return index
    }

    /// Derives the runs from an index on anew, and returns those that stood there before.
    ///
    /// - Parameters:
    ///   - settled: from when on the episodes are what they were; once a run is as it was from then on, the rest are too.
    mutating func derive(
        from index: Int, truth: Truth, options: Rule.Options, now: Instant, settled: Instant
    ) -> (old: [Run], new: Range<Int>) {
        let old = Array(runs[index...])
        runs.removeSubrange(index...)
        var lastOnset = runs.last(where: \.isAlerted)?.onset ?? releasedOnset
        let previousEnd = runs.last?.end ?? releasedEnd
        var oldIndex = 0
        var episode = truth.firstIndex(startingAtOrAfter: previousEnd)
        // An episode without length is what the run before was made of.
        if episode < truth.episodes.count, truth.episodes[episode].end == previousEnd { episode += 1 }
        var open: Run?
        func isSettled(_ run: Run) -> Bool {
            guard run.onset >= settled, run.isAlerted || options.cooldown == .zero else { return false }
            while oldIndex < old.count, old[oldIndex].onset < run.onset { oldIndex += 1 }
            return oldIndex < old.count && old[oldIndex].onset == run.onset && old[oldIndex].end == run.end
                && old[oldIndex].isAlerted == run.isAlerted
        }
        while episode < truth.episodes.count {
            let next = truth.episodes[episode]
            let onset = next.start + options.for
            episode += 1
            let lasts = next.end == .distantFuture ? onset <= now : onset < next.end || next.isInstant
            guard lasts else { continue }
            if let current = open, onset - current.end < options.keepFiringFor {
                open?.end = next.end
                continue
            }
            if let finished = open {
                if isSettled(finished) {
                    let rest = Array(old[oldIndex...])
                    let end = runs.count
                    runs.append(contentsOf: rest)
                    return (Array(old[..<oldIndex]), index..<end)
                }
                runs.append(finished)
                if finished.isAlerted { lastOnset = finished.onset }
            }
            let isAlerted = lastOnset.map { onset - $0 >= options.cooldown } ?? true
            open = Run(onset: onset, end: next.end, isAlerted: isAlerted)
        }
        if let open { runs.append(open) }
        return (old, index..<runs.count)
    }

    /// Gives a run its alert.
    mutating func setHandle(_ handle: Int, at index: Int) { runs[index].handle = handle }

    /// Lets go of the runs that ended before an instant, and returns them.
    mutating func release(before instant: Instant) -> [Run] {
        var count = 0
        while count < runs.count, runs[count].end < instant { count += 1 }
        guard count > 0 else { return [] }
        let released = Array(runs[..<count])
        releasedEnd = released[count - 1].end
        releasedOnset = released.last(where: \.isAlerted)?.onset ?? releasedOnset
        runs.removeFirst(count)
        return released
    }
}
