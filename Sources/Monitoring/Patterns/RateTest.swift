import Events
import Rulebook

/// How the rate in a window compares with that of a baseline: the figures of `rate_change`, SPEC section 7.
struct RateTest {
    let timespan: Timespan
    let parameters: Correlation.RateChange
    /// Whether a fall is asked for rather than a rise.
    let isFall: Bool

    init(timespan: Timespan, parameters: Correlation.RateChange) {
        self.timespan = timespan
        self.parameters = parameters
        isFall = parameters.isFall
    }

    var peakDirections: (value: Int, pValue: Int) {
        (parameters.ratio?.peakDirection ?? 0, parameters.pValue?.peakDirection ?? 0)
    }

    /// Whether so few in the window can be no rise, whatever the baseline has.
    func isTooFew(_ recent: Int) -> Bool { !isFall && recent < parameters.minimumCount }

    func isMet(_ recent: Int, _ before: Int) -> Bool {
        guard (isFall ? before : recent) >= parameters.minimumCount, before >= parameters.minimumBaseline else {
            return false
        }
        if let ratio = parameters.ratio, !ratio.isMet(by: self.ratio(recent, before)) { return false }
        if let pValue = parameters.pValue, !pValue.isMet(by: self.pValue(recent, before)) { return false }
        return true
    }

    func figure(_ recent: Int, _ before: Int) -> Alert.Figure {
        Alert.Figure(ratio(recent, before), pValue: pValue(recent, before))
    }

    /// The figure with the interval of the ratio.
    func wholeFigure(_ recent: Int, _ before: Int) -> Alert.Figure {
        var figure = figure(recent, before)
        let exposure = Double(parameters.baseline.milliseconds) / Double(timespan.milliseconds)
        let limits = RateInterval.limits(n1: recent, n0: before, exposure: exposure)
        figure.interval = Alert.Interval(low: limits.low, high: limits.high)
        return figure
    }

    /// (n1 B) / (n0 T), divided once, with n0 = 0 taken as 0.5.
    private func ratio(_ recent: Int, _ before: Int) -> Double {
        let baseline = Double(parameters.baseline.milliseconds)
        let window = Double(timespan.milliseconds)
        if before == 0 { return Double(recent) * baseline * 2 / window }
        return Double(recent) * baseline / (Double(before) * window)
    }

    private func pValue(_ recent: Int, _ before: Int) -> Double {
        let share = Double(timespan.milliseconds) / Double((timespan + parameters.baseline).milliseconds)
        switch (parameters.method, isFall) {
        case (.exact, false): return PoissonComparison.upperTail(n1: recent, n0: before, share: share)
        case (.exact, true): return PoissonComparison.lowerTail(n1: recent, n0: before, share: share)
        case (.gammaPoisson, false): return GammaPoisson.upperTail(n1: recent, n0: before, share: share)
        case (.gammaPoisson, true): return GammaPoisson.lowerTail(n1: recent, n0: before, share: share)
        }
    }
}
