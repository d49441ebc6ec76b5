/// The 95 % interval of a ratio of two Poisson rates: the Clopper-Pearson limits of the window's share of the events, made a ratio
/// (Fay 2010).
enum RateInterval {
    /// What the interval leaves out on either side.
    private static let outside = 0.025

    /// The limits of the ratio; the upper one is infinite where the baseline has no events.
    ///
    /// - Parameters:
    ///   - n1: events in the window.
    ///   - n0: events in the baseline.
    ///   - exposure: how many times as long as the window the baseline is.
    static func limits(n1: Int, n0: Int, exposure: Double) -> (low: Double, high: Double) {
        (lowestOdds(n1, n0) * exposure, exposure / lowestOdds(n0, n1))
    }

    /// The odds of a success at which that many or more, of all, are just improbable enough.
    ///
    /// Solved for the rarer of success and failure, so that no accuracy is lost in a difference from 1.
    private static func lowestOdds(_ successes: Int, _ failures: Int) -> Double {
        if successes == 0 { return 0 }
        if PoissonComparison.upperTail(n1: successes, n0: failures, share: 0.5) >= outside {
            let share = root { PoissonComparison.upperTail(n1: successes, n0: failures, share: $0) >= outside }
            return share / (1 - share)
        }
        // At least so many successes are at most so many failures.
        let share = root { PoissonComparison.lowerTail(n1: failures, n0: successes, share: $0) < outside }
        return (1 - share) / share
    }

    /// The smallest share, up to a half, at which something holds that then holds on.
    private static func root(_ holds: (Double) -> Bool) -> Double {
        var (low, high) = (Double.leastNormalMagnitude.bitPattern, (0.5).bitPattern)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if holds(Double(bitPattern: middle)) { high = middle } else { low = middle }
        }
        return Double(bitPattern: high)
    }
}
