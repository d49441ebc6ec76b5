import Events
import Rulebook

/// A stretch of time in which the score of an entity is at or above a threshold.
public struct RiskAlert: Sendable, Hashable {
    /// An alert that the score is made of.
    public struct Contribution: Sendable, Hashable {
        /// Its id.
        public var id: String
        /// Its rule.
        public var rule: RuleReference
        /// Its onset.
        public var onset: Instant
        /// The points it gave at its onset.
        public var points: Double
        /// What is left of them.
        public var value: Double

        /// Creates a contribution.
        public init(id: String, rule: RuleReference, onset: Instant, points: Double, value: Double) {
            self.id = id
            self.rule = rule
            self.onset = onset
            self.points = points
            self.value = value
        }
    }

    /// What has happened to it.
    public var status: Alert.Status
    /// 16 hexadecimal digits, the same in every run.
    public var id: String
    /// The id it had before a late report moved its onset.
    public var replaces: String?
    /// The risk, by index.
    public var risk: Int
    /// The threshold, by index into those of the risk.
    public var threshold: Int
    /// The entity: the risk's field, and its value.
    public var entity: Alert.GroupValue
    /// When the threshold was crossed upward.
    public var onset: Instant
    /// The first millisecond below it; nil while stream time has not reached that.
    public var end: Instant?
    /// The score at the onset.
    public var score: Double
    /// The largest score in `[onset, end)`, once it has ended.
    public var peak: Double?
    /// How many alerts have their onset within the ten half-lives up to the onset: of older ones less than a thousandth is left.
    public var contributionCount: Int
    /// The weightiest of them at the onset, the weightiest first, then the newest, then by id.
    public var contributions: [Contribution]
    /// The largest `known_at` of them.
    public var knownAt: Instant

    /// Creates an alert.
    public init(
        status: Alert.Status, id: String, replaces: String? = nil, risk: Int, threshold: Int, entity: Alert.GroupValue,
        onset: Instant, end: Instant?, score: Double, peak: Double?, contributionCount: Int,
        contributions: [Contribution], knownAt: Instant
    ) {
        self.status = status
        self.id = id
        self.replaces = replaces
        self.risk = risk
        self.threshold = threshold
        self.entity = entity
        self.onset = onset
        self.end = end
        self.score = score
        self.peak = peak
        self.contributionCount = contributionCount
        self.contributions = contributions
        self.knownAt = knownAt
    }
}
