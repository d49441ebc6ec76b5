import Events

/// The longest sequence in order in which two directions take turns, over what is in a window: it enters in order of time and
/// leaves so.
///
/// Each moment acts on the direction of the last blow taken; such actions can be composed, so that two stacks of them give the
/// longest sequence in O(1) amortised, a blow. Only where times overlap, so that the order of moments does not say which blow
/// precedes which, are the blows gone through.
struct Alternation {
    /// The blows that begin at one instant.
    private struct Moment {
        var start: Instant
        var blows = 0
        /// When the first of each direction is over; nil where there is none.
        var forwardOver, backwardOver: Instant?
        /// Whether a blow from before may not be over.
        var isOverlapped: Bool
    }

    /// What moments do to the direction of the last blow taken: how many more are taken, and the direction then.
    private struct Action {
        var afterForward: (taken: Int, endsForward: Bool)
        var afterBackward: (taken: Int, endsForward: Bool)

        func then(_ next: Action) -> Action {
            Action(
                afterForward: Action.join(afterForward, next), afterBackward: Action.join(afterBackward, next))
        }

        private static func join(
            _ first: (taken: Int, endsForward: Bool), _ next: Action
        ) -> (taken: Int, endsForward: Bool) {
            let second = first.endsForward ? next.afterForward : next.afterBackward
            return (first.taken + second.taken, second.endsForward)
        }
    }

    private var moments: [Moment] = []
    /// The first moment in the window, and the first of the later stack. The last moment is always in the later stack.
    private var head = 0
    private var middle = 0
    // What all moments of the earlier stack from one on do, the last one first; and those of the later stack up to one.
    private var earlier: [Action] = []
    private var later: [Action] = []
    private var latestOver = Instant.distantPast
    private var overlaps = 0

    /// Whether nothing is in the window.
    var isEmpty: Bool { head == moments.count }

    /// How often the direction changes.
    var changes: Int { max(0, longest - 1) }

    private var longest: Int {
        guard let last = later.last else { return 0 }
        if overlaps > 0 { return max(taken(beginningForward: true), taken(beginningForward: false)) }
        let all = earlier.last?.then(last) ?? last
        return max(all.afterForward.taken, all.afterBackward.taken)
    }

    /// Takes in a blow.
    ///
    /// - Parameter over: from when on another one is later.
    mutating func enter(at start: Instant, over: Instant, isForward: Bool) {
        if isEmpty || moments[moments.count - 1].start != start {
            let isOverlapped = latestOver > start
            moments.append(Moment(start: start, isOverlapped: isOverlapped))
            if isOverlapped { overlaps += 1 }
        } else {
            later.removeLast()
        }
        let index = moments.count - 1
        moments[index].blows += 1
        if isForward {
            moments[index].forwardOver = min(moments[index].forwardOver ?? over, over)
        } else {
            moments[index].backwardOver = min(moments[index].backwardOver ?? over, over)
        }
        latestOver = max(latestOver, over)
        let action = Alternation.action(of: moments[index])
        later.append(later.last?.then(action) ?? action)
    }

    /// Lets go of one of the earliest blows: all of one moment go together.
    mutating func leave(at start: Instant) {
        guard !isEmpty, moments[head].start == start else { return }
        moments[head].blows -= 1
        if moments[head].blows > 0 { return }
        if head == middle { turnOver() }
        if moments[head].isOverlapped { overlaps -= 1 }
        head += 1
        if earlier.isEmpty { self = Alternation() } else { earlier.removeLast() }
    }

    /// Moves all but the last moment to the earlier stack.
    private mutating func turnOver() {
        moments.removeFirst(head)
        head = 0
        middle = moments.count - 1
        for index in (0..<middle).reversed() {
            let action = Alternation.action(of: moments[index])
            earlier.append(earlier.last.map { action.then($0) } ?? action)
        }
        later = [Alternation.action(of: moments[middle])]
    }

    private static func action(of moment: Moment) -> Action {
        let (forward, backward) = (moment.forwardOver != nil, moment.backwardOver != nil)
        return Action(
            afterForward: backward ? (1, false) : (0, true), afterBackward: forward ? (1, true) : (0, false))
    }

    /// The longest sequence, taking the blow that is over first each time: none leaves more room.
    private func taken(beginningForward: Bool) -> Int {
        var blows: [(start: Instant, over: Instant, isForward: Bool)] = []
        for moment in moments[head...] {
            if let over = moment.forwardOver { blows.append((moment.start, over, true)) }
            if let over = moment.backwardOver { blows.append((moment.start, over, false)) }
        }
        blows.sort { $0.over < $1.over }
        var (taken, wanted, bound) = (0, beginningForward, Instant.distantPast)
        for blow in blows where blow.isForward == wanted && blow.start >= bound {
            taken += 1
            wanted.toggle()
            bound = blow.over
        }
        return taken
    }
}
