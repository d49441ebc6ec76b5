import Diagnostics
import Events

/// How grave an alert is.
public enum Level: String, Sendable, CaseIterable, Comparable {
    case informational, low, medium, high, critical

    /// The order from `informational` to `critical`.
    public static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .informational: 0
        case .low: 1
        case .medium: 2
        case .high: 3
        case .critical: 4
        }
    }
}

/// An index into `Rulebook.rules`.
public typealias RuleReference = Int

/// A rule: what it looks for and how its alerts are told.
public struct Rule: Sendable {
    /// What a rule looks for.
    public enum Body: Sendable {
        /// One event that meets a condition.
        case detection(Condition)
        /// Several events, by number, values or order.
        case correlation(Correlation)
    }

    /// How episodes become alerts; applied in this order.
    public struct Options: Sendable, Equatable {
        /// How long an episode must last before it is alerted; its onset is then.
        public var `for`: Timespan = .zero
        /// Episodes less than this apart are one.
        public var keepFiringFor: Timespan = .zero
        /// An onset less than this after the last alerted one of the group is not alerted.
        public var cooldown: Timespan = .zero
        /// How many of the evidence's events are listed.
        public var limit: Int = 10

        /// The options of a rule that gives none.
        public init() {}
    }

    /// The name in output: `id`, else `name`, else `title`.
    public var name: String
    /// Its title.
    public var title: String
    /// Its level; `medium` where none is given.
    public var level: Level
    /// Whether its level is written rather than taken for granted.
    public var isLevelGiven = true
    /// What it means.
    public var description: String?
    /// What it is filed under.
    public var tags: [String]
    /// What to do when it fires: a link or a text.
    public var runbook: String?
    /// What it looks for.
    public var body: Body
    /// For a detection, the fields whose values make the group of an alert.
    public var groupBy: [String]
    /// How episodes become alerts.
    public var options: Options
    /// Whether it alerts: not so where only correlations without `generate` refer to it.
    public var raisesAlerts: Bool
    /// What its tests may leave out.
    public var acceptedGaps: [AcceptedGap] = []
    /// Where it is written.
    public var location: Location
    /// What is written there, to find the place of a part of it.
    var node: Node?

    /// Creates a rule.
    public init(
        name: String, title: String, level: Level, description: String?, tags: [String], runbook: String?, body: Body,
        groupBy: [String], options: Options, raisesAlerts: Bool, location: Location
    ) {
        self.name = name
        self.title = title
        self.level = level
        self.description = description
        self.tags = tags
        self.runbook = runbook
        self.body = body
        self.groupBy = groupBy
        self.options = options
        self.raisesAlerts = raisesAlerts
        self.location = location
    }
}

/// A rule that looks at the contributions of other rules over time.
public struct Correlation: Sendable {
    /// What the contributions within a window are asked for.
    public enum Pattern: Sendable {
        /// How many there are.
        case eventCount
        /// How many distinct values (tuples, where there are several fields) there are.
        case valueCount(fields: [String])
        /// The sum of a field's values.
        case valueSum(field: String)
        /// The mean of a field's values.
        case valueAverage(field: String)
        /// A percentile of a field's values; the median is the 50th.
        case valuePercentile(field: String, Percentile)
        /// Whether every rule (or as many as the condition says) has one.
        case temporal
        /// Whether there are distinct ones of each rule, in order.
        case temporalOrdered(tiesAllowed: Bool)
        /// How the rate compares with the rate before: see `RateChange`.
        case rateChange(RateChange)
        /// That there is none: since the last one, or after an event of another rule.
        case absence(after: RuleReference?)
        /// Those of some rules over those of others: see `Share`.
        case share(Share)
        /// To how many of equal size the values of a field amount.
        case effectiveNumber(field: String)
        /// How many values of a field have not been seen in the timespan before.
        case newValue(field: String)
        /// That a count or a sum is as high as it ever was before: see `Record`.
        case record(Record)
        /// That a ceasefire (an index into the rule book's; any, where none is named) runs out soon.
        case deadline(ceasefire: Int?)
        /// That the count of a bin is out of control: see `ControlChart`.
        case controlChart(ControlChart)
        /// How far each contribution stirs up others: see `SelfExciting`.
        case selfExciting(SelfExciting)
        /// How often two parties, named by two fields, answer each other.
        case reciprocity(from: String, to: String)
    }

    /// Which contributions belong together.
    public enum Window: Sendable, Equatable {
        /// Those in `(t - timespan, t]`.
        case sliding
        /// Those in the bucket of the epoch that `t` lies in, up to `t`.
        case tumbling
        /// Those of one session: a contribution at last + gap, or at first + timespan, begins a new one.
        case session(gap: Timespan)
    }

    /// The parameters of `rate_change`.
    public struct RateChange: Sendable, Equatable {
        /// How long the baseline before the window is.
        public var baseline: Timespan
        /// How many contributions there must be: in the window for a rise, in the baseline for a fall.
        public var minimumCount: Int
        /// How many there must be in the baseline, also for a rise.
        public var minimumBaseline: Int
        /// What the ratio must meet.
        public var ratio: NumericCondition?
        /// What the p-value must meet.
        public var pValue: NumericCondition?
        /// What the p-value is of.
        public var method: Method
        /// Before which ceasefire the baseline lies; nil where it lies before the window.
        public var anchor: Anchor?

        /// Creates the parameters.
        public init(
            baseline: Timespan, minimumCount: Int, ratio: NumericCondition?, pValue: NumericCondition?,
            method: Method = .exact, anchor: Anchor? = nil, minimumBaseline: Int = 0
        ) {
            self.baseline = baseline
            self.minimumCount = minimumCount
            self.minimumBaseline = minimumBaseline
            self.ratio = ratio
            self.pValue = pValue
            self.method = method
            self.anchor = anchor
        }

        /// A baseline that lies before a ceasefire took effect.
        public struct Anchor: Sendable, Equatable {
            /// The ceasefire, an index into the rule book's; nil for the one that took effect last.
            public var ceasefire: Int?

            /// Creates an anchor.
            public init(ceasefire: Int?) { self.ceasefire = ceasefire }
        }

        /// How a rate is tested against the one before.
        public enum Method: String, Sendable, CaseIterable {
            /// The exact conditional test of two Poisson rates.
            case exact
            /// The predictive distribution after what came before: honest with a short baseline.
            case gammaPoisson = "gamma_poisson"
        }

        /// Whether the ratio is asked to be low rather than high.
        public var isFall: Bool {
            ratio?.terms.contains { $0.comparison == .less || $0.comparison == .lessOrEqual } ?? false
        }
    }

    /// A percentile as the exact fraction `numerator / denominator` of one, such as 95/100.
    public struct Percentile: Sendable, Equatable {
        /// The numerator, at most the denominator.
        public var numerator: Int64
        /// The denominator: 100 times a power of ten, at most 10^9.
        public var denominator: Int64

        /// Creates a percentile.
        public init(numerator: Int64, denominator: Int64) {
            self.numerator = numerator
            self.denominator = denominator
        }
    }

    /// A field of the group, with the field that each rule takes it from where it is an alias.
    public struct GroupField: Sendable, Equatable {
        /// The name in the output.
        public var name: String
        /// For an alias: the field of each of the correlation's rules, by index into `rules`.
        ///
        /// For an `absence` with `after` there is one more, the last: the field of that rule.
        public var fieldByRule: [String]?

        /// Creates a field of the group.
        public init(name: String, fieldByRule: [String]?) {
            self.name = name
            self.fieldByRule = fieldByRule
        }
    }

    /// The name of its type, as it is written; empty where it was not read from a rule book.
    public var typeName = ""
    /// What is asked.
    public var pattern: Pattern
    /// Whose contributions count, without repetition; for `temporal_ordered` in order. A rule that stands twice in an
    /// ordered sequence stands twice here.
    public var rules: [RuleReference]
    /// The fields that make the groups.
    public var groupBy: [GroupField]
    /// How long the window is. (`.unlimited` for a session without one.)
    public var timespan: Timespan
    /// Which contributions belong together.
    public var window: Window
    /// What the figure must meet; empty for patterns without a figure, and for `rate_change`.
    public var condition: NumericCondition

    /// Creates a correlation.
    public init(
        pattern: Pattern, rules: [RuleReference], groupBy: [GroupField], timespan: Timespan, window: Window,
        condition: NumericCondition
    ) {
        self.pattern = pattern
        self.rules = rules
        self.groupBy = groupBy
        self.timespan = timespan
        self.window = window
        self.condition = condition
    }
}

/// An order comparison, or equality.
public enum Comparison: String, Sendable, CaseIterable {
    case equal = "eq"
    case notEqual = "neq"
    case less = "lt"
    case lessOrEqual = "lte"
    case greater = "gt"
    case greaterOrEqual = "gte"

    /// Whether two comparable values stand in this relation.
    @inlinable public func holds<T: Comparable>(_ left: T, _ right: T) -> Bool {
        switch self {
        case .equal: left == right
        case .notEqual: left != right
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        }
    }
}

/// Bounds that a figure must all meet, in the order of writing.
public struct NumericCondition: Sendable, Equatable {
    /// One bound.
    public struct Term: Sendable, Equatable {
        /// How the figure is compared.
        public var comparison: Comparison
        /// With what.
        public var value: Double

        /// Creates a bound.
        public init(_ comparison: Comparison, _ value: Double) {
            self.comparison = comparison
            self.value = value
        }
    }

    /// The bounds.
    public var terms: [Term]

    /// Creates a condition.
    public init(_ terms: [Term] = []) { self.terms = terms }

    /// Whether a figure meets every bound.
    @inlinable public func isMet(by figure: Double) -> Bool {
        var index = 0
        while index < terms.count {
            if !terms[index].comparison.holds(figure, terms[index].value) { return false }
            index += 1
        }
        return true
    }
}
