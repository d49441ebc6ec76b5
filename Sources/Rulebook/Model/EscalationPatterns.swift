import Events

// The parameters of the escalation patterns: SPEC section 7.
extension Correlation {
    /// The parameters of `share`.
    public struct Share: Sendable, Equatable {
        /// The rules whose contributions are the part, as positions among the correlation's rules.
        public var of: Set<Int>
        /// The rules whose contributions are the whole, as positions among the correlation's rules.
        public var among: Set<Int>
        /// The field whose sums are compared; nil where contributions are counted.
        public var field: String?
        /// How many contributions the whole must have.
        public var minimumCount: Int

        /// Creates the parameters.
        public init(of: Set<Int>, among: Set<Int>, field: String?, minimumCount: Int) {
            self.of = of
            self.among = among
            self.field = field
            self.minimumCount = minimumCount
        }
    }

    /// The parameters of `record`.
    public struct Record: Sendable, Equatable {
        /// The field that is summed; nil where contributions are counted.
        public var field: String?
        /// How far back it is compared with.
        public var baseline: Timespan
        /// How large it is at least.
        public var floor: Double

        /// Creates the parameters.
        public init(field: String?, baseline: Timespan, floor: Double) {
            self.field = field
            self.baseline = baseline
            self.floor = floor
        }
    }

    /// The parameters of `self_exciting`; the background is the correlation's timespan.
    public struct SelfExciting: Sendable, Equatable {
        /// After how long the effect of a contribution is half of what it was.
        public var halfLife: Timespan
        /// How many contributions each stirs up.
        public var branching: Double

        /// Creates the parameters.
        public init(halfLife: Timespan, branching: Double) {
            self.halfLife = halfLife
            self.branching = branching
        }
    }

    /// The parameters of `control_chart`; the length of a bin is the correlation's timespan.
    public struct ControlChart: Sendable, Equatable {
        /// What is charted.
        public enum Method: String, Sendable, CaseIterable {
            /// The cumulative sum of what exceeds expectation.
            case cusum
            /// The exponentially weighted moving average.
            case ewma
            /// The deviation from the baseline just before.
            case earsC1 = "ears_c1"
            /// The deviation from a baseline some bins before.
            case earsC2 = "ears_c2"
            /// What three deviations of C2 exceed 1 by.
            case earsC3 = "ears_c3"

            /// Whether it goes by the standard deviation of the baseline, and not by that of a Poisson count.
            public var isEARS: Bool { self != .cusum && self != .ewma }
        }

        /// What is charted.
        public var method: Method
        /// How many bins the baseline has.
        public var baseline: Int
        /// How many bins there are between the baseline and the bin that is judged.
        public var gap: Int
        /// The least deviation.
        public var minimumDeviation = 0.5
        /// CUSUM: the reference value.
        public var k = 1.04
        /// CUSUM: the decision interval.
        public var h = 2.26
        /// EWMA: the weight of the last bin.
        public var a = 0.2
        /// EWMA: how many deviations the limit is from the mean.
        public var l = 3.0
        /// EARS: the limit.
        public var z: Double

        /// Creates the parameters of a method with its usual values.
        public init(method: Method, baseline: Int, gap: Int) {
            self.method = method
            self.baseline = baseline
            self.gap = gap
            z = method == .earsC3 ? 2 : 3.0902
        }
    }

    /// Whether a contribution counts however inexact its time is, and not only where it is as exact as the timespan is long.
    public var takesImprecise: Bool {
        switch (pattern, window) {
        case (.newValue, _), (.selfExciting, _), (_, .session): true
        default: false
        }
    }
}
