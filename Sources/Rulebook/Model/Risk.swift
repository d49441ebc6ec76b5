import Diagnostics
import Events

/// A score of an entity that its alerts raise and time lowers: each alert adds points, which halve with every half-life.
public struct Risk: Sendable {
    /// A score that is worth an alert.
    public struct Threshold: Sendable {
        /// Its name.
        public var name: String
        /// The score from which on it is crossed.
        public var score: Double
        /// How grave that is.
        public var level: Level

        /// Creates a threshold.
        public init(name: String, score: Double, level: Level) {
            self.name = name
            self.score = score
            self.level = level
        }
    }

    /// A level or a rule that gives points.
    public struct Points: Sendable {
        /// The level, or the name of the rule.
        public var name: String
        /// How many.
        public var number: Double
        /// The rules whose alerts get them.
        public var rules: [RuleReference]

        /// Creates points.
        public init(name: String, number: Double, rules: [RuleReference]) {
            self.name = name
            self.number = number
            self.rules = rules
        }
    }

    /// The name in output: `id`, else `name`, else `title`.
    public var name: String
    /// Its title.
    public var title: String
    /// What it means.
    public var description: String?
    /// What it is filed under.
    public var tags: [String]
    /// What to do when a threshold is crossed.
    public var runbook: String?
    /// The field whose value is the entity: of an alert's group, or `ceasefire`, where the group has none that of the alert.
    public var entity: String
    /// How long it takes until an alert counts for half.
    public var halfLife: Timespan
    /// The points of an alert of each rule, by index; 0 for one that does not count.
    public var points: [Double]
    /// By what rules get them, in the order of writing.
    public var givenPoints: [Points] = []
    /// The thresholds, in the order of writing.
    public var thresholds: [Threshold]
    /// How many of the contributions are listed.
    public var limit: Int
    /// What its tests may leave out.
    public var acceptedGaps: [AcceptedGap] = []
    /// Where it is written.
    public var location: Location
    /// What is written there, to find the place of a part of it.
    var node: Node?

    /// Creates a risk.
    public init(
        name: String, title: String, description: String? = nil, tags: [String] = [], runbook: String? = nil,
        entity: String, halfLife: Timespan, points: [Double], thresholds: [Threshold], limit: Int = 10,
        location: Location
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.tags = tags
        self.runbook = runbook
        self.entity = entity
        self.halfLife = halfLife
        self.points = points
        self.thresholds = thresholds
        self.limit = limit
        self.location = location
    }
}
