import Events
import Rulebook

/// A group of a statistic: its contributions, and what was said of it at each cut-off.
final class StatisticGroup {
    /// What was said at a cut-off: a fingerprint for each window.
    struct Said {
        var bin: Int64
        var cutOff: Instant
        var fingerprints: [Int]
    }

    /// A running total from the moment at which a ceasefire took effect, up to a position.
    private struct Running {
        var effective: Instant
        var position: Int
        var figure: MeasureFigure
    }

    let values: [Alert.GroupValue]
    /// The value of the field `ceasefire`, where the group has it.
    let ceasefire: String?
    var timeline = Timeline<StatisticPayload>()
    /// What was said, in order of time.
    var said: [Said] = []
    /// From when on what was said may have changed.
    var changedFrom = Instant.distantFuture
    /// Whether it is among those that are looked at at the next cut-off.
    var isAwake = false
    private let measure: StatisticDefinition.Measure
    private var running: Running?
    /// What the contributions that were let go of amount to, by when a ceasefire took effect.
    private var released: [Instant: MeasureFigure] = [:]

    init(values: [Alert.GroupValue], measure: StatisticDefinition.Measure) {
        self.values = values
        self.measure = measure
        ceasefire =
            values.lazy.compactMap { member -> String? in
                if member.field == "ceasefire", case .text(let id) = member.value { id } else { nil }
            }.first
    }

    deinit { timeline.deallocate() }

    /// When the first of its contributions that are kept happened, and when the last.
    var firstTime: Instant? { timeline.isEmpty ? nil : timeline.time(timeline.start) }
    var lastTime: Instant? { timeline.isEmpty ? nil : timeline.time(timeline.end - 1) }

    /// When the first contribution from an instant on happened; nil if there is none.
    func firstTime(atOrAfter instant: Instant) -> Instant? {
        let position = timeline.position(atOrAfter: instant)
        return position < timeline.end ? timeline.time(position) : nil
    }

    /// The measure over `[start, end)`, and how many events there are left out, being less exact than that is long.
    func measured(from start: Instant, to end: Instant) -> (value: Double?, count: Int, imprecise: Int) {
        var figure = MeasureFigure(measure)
        var (count, imprecise) = (0, 0)
        let length = end - start
        for position in timeline.position(atOrAfter: start)..<timeline.position(atOrAfter: end) {
            let contribution = timeline[position]
            if contribution.payload.end - contribution.time > length {
                imprecise += 1
            } else {
                figure.add(contribution)
                count += 1
            }
        }
        return (figure.value, count, imprecise)
    }

    /// The measure over `[effective, end)`, however exact the times are. Going forward costs what was added.
    func total(from effective: Instant, to end: Instant) -> Double? {
        let last = timeline.position(atOrAfter: end)
        let first = timeline.position(atOrAfter: effective)
        var known = running
        if known?.effective != effective || known?.position ?? 0 > last || known?.position ?? 0 < first {
            known = Running(
                effective: effective, position: first, figure: released[effective] ?? MeasureFigure(measure))
        }
        running = nil
        guard var known else { return nil }
        while known.position < last {
            known.figure.add(timeline[known.position])
            known.position += 1
        }
        running = known
        return known.figure.value
    }

    /// Notes that something has changed at an instant.
    func noteChange(at instant: Instant) {
        changedFrom = min(changedFrom, instant)
        if let known = running, known.position > timeline.position(atOrAfter: instant) { running = nil }
    }

    /// Lets go of contributions and of what was said before an instant, once they are worth it.
    ///
    /// - Parameter effectives: when ceasefires took effect whose totals may still be asked for.
    func release(contributionsBefore instant: Instant, saidBefore cutOff: Instant, effectives: [Instant]) {
        let kept = said.firstIndex { $0.cutOff >= cutOff } ?? said.count
        if kept * 2 > said.count { said.removeFirst(kept) }
        let count = timeline.position(atOrAfter: instant) - timeline.start
        guard count > 0, count * 2 >= timeline.count else { return }
        for effective in effectives where effective < instant {
            var figure = released[effective] ?? MeasureFigure(measure)
            for position in timeline.start..<timeline.start + count where timeline.time(position) >= effective {
                figure.add(timeline[position])
            }
            released[effective] = figure
        }
        running = nil
        timeline.release(before: instant)
    }
}
