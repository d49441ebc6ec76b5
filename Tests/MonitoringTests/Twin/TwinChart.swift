import Events
import Foundation
import Rulebook

/// A control chart of section 7 where clocks never change, every bin worked out from the definitions.
struct TwinChart {
    struct Bin {
        var start: Instant
        var end: Instant
        var count: Int
        /// Nil where it has no whole baseline.
        var statistic: Double?
        var signals = false
    }

    private let chart: Correlation.ControlChart
    /// From that of the stream's first event to long after the last contribution.
    private(set) var bins: [Bin] = []

    init(_ chart: Correlation.ControlChart, _ history: TwinGroupHistory) {
        self.chart = chart
        let length = history.correlation.timespan
        guard let streamBegin = history.streamBegin, let last = history.contributions.map(\.start).max() else { return }
        let local = streamBegin.milliseconds + history.clockOffset.milliseconds
        let offset = ((local % length.milliseconds) + length.milliseconds) % length.milliseconds
        var start = Instant(milliseconds: streamBegin.milliseconds - offset)
        let beyond = Timespan(milliseconds: length.milliseconds * Int64(chart.baseline + chart.gap + 60))
        while start < last + beyond {
            let bin = Bin(start: start, end: start + length, count: 0)
            bins.append(bin)
            bins[bins.count - 1].count = history.contributions(in: bin).count
            start = bin.end
        }
        judge()
    }

    /// The statistic of the last bin that is over.
    func figure(at time: Instant) -> TwinFigure? {
        bins.last { $0.end <= time }?.statistic.map { TwinFigure(value: $0, isApproximate: true) }
    }

    /// From the end of a bin that signals until the end of the first that does not.
    var episodes: [TwinEpisode] {
        var found: [TwinEpisode] = []
        for (bin, next) in zip(bins, bins.dropFirst()) where bin.signals {
            if let last = found.last, last.end == bin.end {
                found[found.count - 1].end = next.end
            } else {
                found.append(TwinEpisode(start: bin.end, end: next.end))
            }
        }
        return found
    }

    // MARK: Statistics

    private func baseline(of bin: Int) -> [Double] {
        bins[bin - chart.gap - chart.baseline..<bin - chart.gap].map { Double($0.count) }
    }

    private mutating func judge() {
        let first = chart.baseline + chart.gap
        for bin in bins.indices.dropFirst(first) {
            let judged =
                switch chart.method {
                case .cusum: cusum(from: first, to: bin)
                case .ewma: ewma(from: first, to: bin)
                case .earsC1, .earsC2: (deviation(of: bin), deviation(of: bin) > chart.z)
                case .earsC3: excess(of: max(first, bin - 2)...bin)
                }
            (bins[bin].statistic, bins[bin].signals) = judged
        }
    }

    private func mean(_ counts: [Double]) -> Double { counts.reduce(0, +) / Double(counts.count) }

    private func spread(_ mean: Double) -> Double { max(mean.squareRoot(), chart.minimumDeviation) }

    private func cusum(from first: Int, to bin: Int) -> (Double, Bool) {
        var sum = 0.0
        for index in first...bin {
            let mean = mean(baseline(of: index))
            sum = max(0, sum + (Double(bins[index].count) - mean) / spread(mean) - chart.k)
        }
        return (sum, sum >= chart.h)
    }

    private func ewma(from first: Int, to bin: Int) -> (Double, Bool) {
        var average = mean(baseline(of: first))
        for index in first...bin { average = chart.a * Double(bins[index].count) + (1 - chart.a) * average }
        let mean = mean(baseline(of: bin))
        let steps = Double(bin - first + 1)
        let share = chart.a / (2 - chart.a) * (1 - pow(1 - chart.a, 2 * steps))
        return (average, average > mean + chart.l * spread(mean) * sqrt(share))
    }

    private func deviation(of bin: Int) -> Double {
        let counts = baseline(of: bin)
        let mean = mean(counts)
        let squares = counts.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
        return (Double(bins[bin].count) - mean) / max(sqrt(squares / Double(counts.count - 1)), chart.minimumDeviation)
    }

    private func excess(of bins: ClosedRange<Int>) -> (Double, Bool) {
        let sum = bins.map { max(0, deviation(of: $0) - 1) }.reduce(0, +)
        return (sum, sum > chart.z)
    }
}

extension TwinGroupHistory {
    func contributions(in bin: TwinChart.Bin) -> [TwinContribution] {
        contributions.filter { bin.start <= $0.start && $0.start < bin.end }
    }
}
