import Glibc

/// How probable a count is after what was counted before, without taking the rate for known: the Gamma-Poisson predictive
/// distribution with the prior Gamma(0.5, 0), honest with short baselines.
///
/// After `n0` events in an exposure the next count is negative binomial with size `n0 + 0.5`.
enum GammaPoisson {
    /// How probable at least `n1` events in the window are.
    ///
    /// - Parameters:
    ///   - n1: events in the window.
    ///   - n0: events in the baseline.
    ///   - share: the window's share of the whole time, between 0 and 1.
    static func upperTail(n1: Int, n0: Int, share: Double) -> Double {
        let distribution = NegativeBinomial(size: Double(n0) + 0.5, share: share)
        if n1 <= 0 { return 1 }
        return Double(n1) > distribution.mean
            ? min(1, distribution.sumUpward(from: n1)) : max(0, 1 - distribution.sumDownward(from: n1 - 1))
    }

    /// How probable at most `n1` events in the window are.
    static func lowerTail(n1: Int, n0: Int, share: Double) -> Double {
        let distribution = NegativeBinomial(size: Double(n0) + 0.5, share: share)
        return Double(n1) < distribution.mean
            ? min(1, distribution.sumDownward(from: n1)) : max(0, 1 - distribution.sumUpward(from: n1 + 1))
    }

    /// The number of successes, each with the probability `share`, before so many failures.
    private struct NegativeBinomial {
        let size, share, failure: Double
        /// What the double `failure` lacks of `1 - share`.
        private let failureRest: Double

        init(size: Double, share: Double) {
            precondition(share > 0 && share < 1, "a share lies between 0 and 1")
            self.size = size
            self.share = share
            failure = 1 - share
            failureRest = (1 - failure) - share
        }

        var mean: Double { size * share / failure }

        /// The probability of `count` or more, for a count above the mean.
        func sumUpward(from count: Int) -> Double {
            var (term, sum, successes) = (1.0, 1.0, Double(count))
            while true {
                term *= (successes + size) / (successes + 1) * share
                sum += term
                if term < sum * 0x1p-60 { break }
                successes += 1
            }
            return probability(of: count) * sum
        }

        /// The probability of `count` or fewer, for a count below the mean.
        func sumDownward(from count: Int) -> Double {
            guard count >= 0 else { return 0 }
            var (term, sum, successes) = (1.0, 1.0, Double(count))
            while successes > 0 {
                term *= successes / ((successes - 1 + size) * share)
                sum += term
                if term < sum * 0x1p-60 { break }
                successes -= 1
            }
            return probability(of: count) * sum
        }

        private func probability(of count: Int) -> Double {
            if count == 0 { return exp(size * logarithmOfFailure) }
            let (x, n) = (Double(count), Double(count) + size)
            // The binomial term of `size` in `x + size`, which need not be whole, by size / (x + size).
            let exponent =
                SaddlePoint.stirlingError(n) - SaddlePoint.stirlingError(x) - SaddlePoint.stirlingError(size)
                - SaddlePoint.deviance(x, n, share, 0) - SaddlePoint.deviance(size, n, failure, failureRest)
            return size / n * exp(exponent) * (n / (2 * Double.pi * x * size)).squareRoot()
        }

        private var logarithmOfFailure: Double {
            share < 0.5 ? log1p(-share) : log(failure) + failureRest / failure
        }
    }
}
