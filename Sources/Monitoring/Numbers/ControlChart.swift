import Glibc
import Rulebook

/// A control chart over counts in bins, fed bin by bin: each is judged against the mean and deviation of a baseline of bins
/// before it.
///
/// EARS C1 to C3: CDC; CUSUM: Rossi et al. 1999; EWMA: Borror, Champ & Rigdon 1998. O(1) a bin.
struct ControlChart {
    private let parameters: Correlation.ControlChart
    /// The counts of the last bins, as far back as the baseline reaches, in a ring.
    private var recent: [Int]
    /// How many bins there have been.
    private(set) var bins = 0
    // Of the baseline of the bin to come: the sum of the counts and that of their squares.
    private var sum: Int128 = 0
    private var squares: Int128 = 0
    /// The sum that CUSUM or EWMA carry on.
    private var carried = 0.0
    // For C3, the excess of C2 in the last two bins.
    private var excesses = (0.0, 0.0)
    private var occupied = 0

    /// The statistic of the last bin; nil where it had no whole baseline.
    private(set) var statistic: Double?
    /// Whether the last bin signals.
    private(set) var signals = false

    /// A chart before its first bin.
    init(_ parameters: Correlation.ControlChart) {
        self.parameters = parameters
        recent = [Int](repeating: 0, count: parameters.baseline + parameters.gap + 1)
    }

    /// Whether bins without a count change nothing any more.
    var isAtRest: Bool { occupied == 0 && carried == 0 && excesses == (0, 0) && !signals }

    /// Whether a bin without a count could signal though the last one does not.
    var canSignalEmpty: Bool {
        // The moving average goes down slowly, and its baseline may go down faster; all others fall with the count. Its limit is
        // never lower than that of the first bin over a baseline of nothing.
        guard parameters.method == .ewma else { return false }
        let isJudged = bins > parameters.baseline + parameters.gap
        return isJudged ? carried > parameters.l * parameters.minimumDeviation * parameters.a : occupied > 0
    }

    /// Takes the count of the next bin.
    mutating func take(_ count: Int) {
        if bins >= parameters.baseline + parameters.gap { judge(Double(count)) }
        push(count)
    }

    /// Takes a number of bins without a count, where the chart is at rest.
    mutating func rest(_ number: Int) {
        precondition(isAtRest, "a chart at rest stays so")
        bins += number
        statistic = bins > parameters.baseline + parameters.gap ? 0 : nil
    }

    private mutating func push(_ count: Int) {
        let size = recent.count
        let position = bins % size
        occupied += (count == 0 ? 0 : 1) - (recent[position] == 0 ? 0 : 1)
        recent[position] = count
        // The bin that now comes out of the gap joins the baseline, the one a whole baseline before it leaves.
        if bins >= parameters.gap { change(recent[(bins - parameters.gap) % size], by: 1) }
        let left = bins - parameters.gap - parameters.baseline
        if left >= 0 { change(recent[left % size], by: -1) }
        bins += 1
    }

    private mutating func change(_ count: Int, by sign: Int128) {
        sum += sign * Int128(count)
        squares += sign * Int128(count) * Int128(count)
    }

    // MARK: - Judging a bin

    private mutating func judge(_ count: Double) {
        let mean = ExactQuotient.divide(sum, by: Int128(parameters.baseline))
        switch parameters.method {
        case .cusum:
            carried = max(0, carried + (count - mean) / spread(mean) - parameters.k)
            tell(carried, signals: carried >= parameters.h)
        case .ewma: judgeAverage(count, mean)
        case .earsC1, .earsC2:
            let standard = (count - mean) / deviation
            tell(standard, signals: standard > parameters.z)
        case .earsC3:
            let excess = max(0, (count - mean) / deviation - 1)
            let total = excesses.0 + excesses.1 + excess
            excesses = (excesses.1, excess)
            tell(total, signals: total > parameters.z)
        }
    }

    private mutating func judgeAverage(_ count: Double, _ mean: Double) {
        let judged = bins - parameters.baseline - parameters.gap + 1
        let a = parameters.a
        if judged == 1 { carried = mean }
        carried = a * count + (1 - a) * carried
        let part = a / (2 - a) * (1 - pow(1 - a, Double(2 * judged)))
        tell(carried, signals: carried > mean + parameters.l * spread(mean) * part.squareRoot())
    }

    private mutating func tell(_ statistic: Double, signals: Bool) {
        self.statistic = statistic
        self.signals = signals
    }

    /// The deviation of a Poisson count, with its floor.
    private func spread(_ mean: Double) -> Double { max(mean.squareRoot(), parameters.minimumDeviation) }

    /// The standard deviation of the baseline, with n - 1 and its floor.
    private var deviation: Double {
        let n = Int128(parameters.baseline)
        let variance = ExactQuotient.divide(n * squares - sum * sum, by: n * (n - 1))
        return max(variance.squareRoot(), parameters.minimumDeviation)
    }
}
