import Events
import Rulebook

/// What all statistics go by: the calendar of a zone, when ceasefires took effect, and the intervals of ratios.
///
/// Lengths of windows and of `every` are counted on the clocks of the zone, so that a day is from midnight to midnight also
/// where the clocks change.
final class StatisticClock {
    private struct Counts: Hashable {
        var now, before: Int
        var exposure: Double
    }

    private static let keptRatios = 100_000

    private let timeZone: TimeZoneRules
    private let ceasefires: [String]
    private var spans: [[PhaseSpan]]
    // Small counts come again and again, and the limits of their ratios take a while to find.
    private var ratios: [Counts: Statistic.Ratio] = [:]

    init(timeZone: TimeZoneRules, ceasefires: [Ceasefire], spans: [[PhaseSpan]]) {
        self.timeZone = timeZone
        self.ceasefires = ceasefires.map(\.id)
        self.spans = spans
    }

    // MARK: - The calendar

    private func calendar(of definition: StatisticDefinition) -> BinCalendar {
        BinCalendar(length: definition.every.milliseconds, timeZone: timeZone)
    }

    /// The first cut-off after an instant.
    func next(after instant: Instant, of definition: StatisticDefinition) -> (bin: Int64, cutOff: Instant) {
        let calendar = calendar(of: definition)
        let next = calendar.next(after: calendar.bin(of: instant))
        return (next.bin, next.start)
    }

    /// The last cut-off up to an instant, itself included.
    func last(through instant: Instant, of definition: StatisticDefinition) -> (bin: Int64, cutOff: Instant) {
        let calendar = calendar(of: definition)
        let bin = calendar.bin(of: instant)
        return (bin, calendar.start(of: bin))
    }

    /// When a span before a cut-off begins.
    func start(of span: Timespan, bin: Int64, of definition: StatisticDefinition) -> Instant {
        timeZone.instant(ofLocal: bin * definition.every.milliseconds - span.milliseconds)
    }

    /// The longest window of a statistic.
    func longestWindow(of definition: StatisticDefinition) -> Timespan { definition.windows.max() ?? .zero }

    // MARK: - Ceasefires

    /// The index of the ceasefire of an id.
    func index(ofCeasefire id: String) -> Int? { ceasefires.firstIndex(of: id) }

    /// When a ceasefire took effect as things stand just before a cut-off; of all, where none is named, the latest to do so.
    func effective(_ named: Int?, before cutOff: Instant) -> (ceasefire: Int, effective: Instant)? {
        var latest: (ceasefire: Int, effective: Instant)?
        for (index, spans) in spans.enumerated() where named == nil || named == index {
            guard let effective = spans.last(where: { $0.start < cutOff })?.effective else { continue }
            if let latest, latest.effective > effective { continue }
            if let latest, latest.effective == effective,
                ceasefires[latest.ceasefire].precedesByCodePoint(ceasefires[index])
            {
                continue
            }
            latest = (index, effective)
        }
        return latest
    }

    /// All instants at which some ceasefire took effect.
    var effectives: [Instant] { Set(spans.joined().compactMap(\.effective)).sorted() }

    /// Takes what is known now of the ceasefires, and returns from when on that is something else; nil if it is not.
    func update(_ spans: [[PhaseSpan]]) -> Instant? {
        var earliest: Instant?
        for (old, new) in zip(self.spans, spans) where old != new {
            let same = zip(old, new).prefix { $0 == $1 }.count
            let starts = [old, new].compactMap { same < $0.count ? $0[same].start : nil }
            if let start = starts.min() { earliest = min(earliest ?? .distantFuture, start) }
        }
        self.spans = spans
        return earliest
    }

    // MARK: - Ratios

    /// How a count compares with another over a time that is `exposure` times as long; nil where both are 0.
    func ratio(_ now: Int, _ before: Int, exposure: Double) -> Statistic.Ratio? {
        if now == 0, before == 0 { return nil }
        let counts = Counts(now: now, before: before, exposure: exposure)
        if let known = ratios[counts] { return known }
        let limits = RateInterval.limits(n1: now, n0: before, exposure: exposure)
        let value = before == 0 ? nil : Double(now) * exposure / Double(before)
        let ratio = Statistic.Ratio(value: value, low: limits.low, high: limits.high.isFinite ? limits.high : nil)
        if ratios.count >= StatisticClock.keptRatios { ratios.removeAll() }
        ratios[counts] = ratio
        return ratio
    }
}
