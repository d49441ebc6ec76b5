import Glibc

/// The exact conditional comparison of two Poisson rates (Przyborowski & Wilenski 1940; Fay 2010).
///
/// Under equal rates, of `n1 + n0` events those of the window are binomial with the window's share of the time. Probabilities
/// come by Loader's saddle-point form ("Fast and accurate computation of binomial probabilities", 2000), which keeps its relative
/// accuracy far out in the tails and for millions of events; the tail is summed from its largest term.
enum PoissonComparison {
    /// How probable at least `n1` events in the window are, if the rates are equal: the one-sided p of a rise.
    ///
    /// - Parameters:
    ///   - n1: events in the window.
    ///   - n0: events in the baseline.
    ///   - share: the window's share of the whole time, between 0 and 1.
    static func upperTail(n1: Int, n0: Int, share: Double) -> Double {
        let odds = Odds(success: share)
        return tail(atLeast: n1, of: n1 + n0, odds)
    }

    /// How probable at most `n1` events in the window are, if the rates are equal: the one-sided p of a fall.
    static func lowerTail(n1: Int, n0: Int, share: Double) -> Double {
        // At most n1 successes are at least n0 failures.
        let odds = Odds(success: share)
        return tail(atLeast: n0, of: n1 + n0, odds.swapped)
    }

    /// A probability and its complement, each as a double and what that double lacks.
    private struct Odds {
        var success, successRest, failure, failureRest: Double

        init(success: Double) {
            precondition(success > 0 && success < 1, "a share lies between 0 and 1")
            self.success = success
            successRest = 0
            failure = 1 - success
            failureRest = (1 - failure) - success
        }

        var swapped: Odds {
            var other = self
            (other.success, other.successRest) = (failure, failureRest)
            (other.failure, other.failureRest) = (success, successRest)
            return other
        }
    }

    private static func tail(atLeast count: Int, of trials: Int, _ odds: Odds) -> Double {
        if count <= 0 { return 1 }
        // Sum the side that falls from its first term on; the other one is what it leaves of 1.
        if Double(count) > Double(trials) * odds.success {
            return min(1, risingSum(from: count, of: trials, odds))
        }
        return max(0, 1 - risingSum(from: trials - count + 1, of: trials, odds.swapped))
    }

    /// The probability of `count` or more, for a count above the mean.
    private static func risingSum(from count: Int, of trials: Int, _ odds: Odds) -> Double {
        let ratio = odds.success / odds.failure
        var (term, sum, successes) = (1.0, 1.0, count)
        while successes < trials {
            term *= Double(trials - successes) / Double(successes + 1) * ratio
            sum += term
            if term < sum * 0x1p-60 { break }
            successes += 1
        }
        return probability(of: count, of: trials, odds) * sum
    }

    private static func probability(of count: Int, of trials: Int, _ odds: Odds) -> Double {
        let (n, x) = (Double(trials), Double(count))
        if count == trials { return exp(n * logarithm(odds)) }
        if count == 0 { return exp(n * logarithm(odds.swapped)) }
        let exponent =
            SaddlePoint.stirlingError(n) - SaddlePoint.stirlingError(x) - SaddlePoint.stirlingError(n - x)
            - SaddlePoint.deviance(x, n, odds.success, odds.successRest)
            - SaddlePoint.deviance(n - x, n, odds.failure, odds.failureRest)
        return exp(exponent) * (n / (2 * Double.pi * x * (n - x))).squareRoot()
    }

    /// The logarithm of the probability of success.
    private static func logarithm(_ odds: Odds) -> Double {
        odds.success < 0.5 ? log(odds.success) + odds.successRest / odds.success : log1p(-odds.failure)
    }
}
