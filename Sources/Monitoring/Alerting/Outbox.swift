import Events
import Rulebook

/// What has changed in the alerts, in the order in which it is told.
///
/// What one record, or one instant at which time is up, changes is sorted by onset, rule, group and event: nothing depends on
/// the order in which rules and groups are visited.
struct Outbox {
    private let order: NoticeOrder
    private let levels: [Level]
    private let aftermath: Aftermath?
    /// Lines of statistics have their place among the alerts; nil where none are asked for.
    var statistics: Statistics?
    /// Whether anybody wants to be told; if not, alerts are only counted.
    let isWanted: Bool
    private var sealed: [Notice] = []
    private var open: [Notice] = []
    // With an aftermath or statistics: stream time at each moment that is sealed, and up to where of what is sealed it goes.
    private var sealedMoments: [(time: Instant, end: Int)] = []
    // While a run of rows is judged rule by rule: the moment of each open change.
    private var moments: [Moment] = []
    private var isInRun = false
    /// The moment of what is added next, while a run of rows is judged.
    var moment = Moment.row(0)
    /// Alerts of rules that stand, by level.
    private(set) var standing: [Level: Int] = [:]

    init(rulebook: Rulebook, isWanted: Bool, aftermath: Aftermath?) {
        order = NoticeOrder(rulebook: rulebook)
        levels = rulebook.rules.map(\.level)
        self.isWanted = isWanted
        self.aftermath = aftermath
    }

    var isEmpty: Bool { sealed.isEmpty && open.isEmpty }

    /// Counts an alert of a rule that came to stand, or no longer does.
    mutating func count(rule: Int, by change: Int) { standing[levels[rule], default: 0] += change }

    /// Adds a change.
    mutating func add(_ alert: Alert) {
        open.append(.alert(alert))
        if isInRun { moments.append(moment) }
    }

    /// Begins a run of rows that is judged rule by rule: what happens at which moment is told apart.
    mutating func beginRun() { isInRun = true }

    /// Ends a run of rows, and what happened at each of its moments.
    mutating func endRun(_ run: OrderedRun) {
        isInRun = false
        moment = .row(0)
        if open.isEmpty { return }
        let places = moments.indices.sorted {
            moments[$0] != moments[$1] ? moments[$0] < moments[$1] : $0 < $1
        }
        var start = 0
        while start < places.count {
            var end = start + 1
            while end < places.count, moments[places[end]] == moments[places[start]] { end += 1 }
            seal(places[start..<end].map { open[$0] }, at: run.time(at: moments[places[start]]))
            start = end
        }
        open.removeAll(keepingCapacity: true)
        moments.removeAll(keepingCapacity: true)
    }

    /// Ends what happens at once.
    ///
    /// - Parameter time: stream time as it is then.
    mutating func seal(at time: Instant) {
        if open.isEmpty { return }
        seal(open, at: time)
        open.removeAll(keepingCapacity: true)
    }

    private mutating func seal(_ atOnce: [Notice], at time: Instant) {
        sealed.append(contentsOf: atOnce.count > 1 ? order.sorted(atOnce) : atOnce)
        if aftermath != nil || statistics != nil { sealedMoments.append((time, sealed.count)) }
    }

    /// Hands on what is sealed.
    ///
    /// - Parameter now: stream time.
    mutating func drain(at now: Instant, _ tell: (Message) -> Void) {
        if aftermath != nil || statistics != nil {
            drainByMoment(at: now, tell)
        } else if sealed.isEmpty {
            return
        } else {
            for notice in sealed { tell(.notice(notice)) }
        }
        sealed.removeAll(keepingCapacity: true)
    }

    private mutating func drainByMoment(at now: Instant, _ tell: (Message) -> Void) {
        var start = 0
        for (time, end) in sealedMoments {
            follow(sealed[start..<end], at: time, tell)
            start = end
        }
        sealedMoments.removeAll(keepingCapacity: true)
        follow([], at: now, tell)
        statistics?.settle { tell(.statistic($0)) }
    }

    /// Tells the lines of statistics up to a time, which know nothing of what happens at it, and what time alone ends before
    /// each; then what happens at it.
    private func follow(_ notices: ArraySlice<Notice>, at time: Instant, _ tell: (Message) -> Void) {
        while let cutOff = statistics?.nextCutOff, cutOff <= time {
            tellEnds(through: Instant(milliseconds: cutOff.milliseconds - 1), tell)
            statistics?.advance(through: cutOff) { tell(.statistic($0)) }
        }
        statistics?.advance(through: time) { tell(.statistic($0)) }
        if let aftermath {
            for notice in aftermath.follow(notices, at: time) { tell(.notice(notice)) }
        } else {
            for notice in notices { tell(.notice(notice)) }
        }
    }

    private func tellEnds(through time: Instant, _ tell: (Message) -> Void) {
        guard let aftermath, let end = aftermath.nextEnd, end <= time else { return }
        for notice in aftermath.follow([], at: time) { tell(.notice(notice)) }
    }
}
