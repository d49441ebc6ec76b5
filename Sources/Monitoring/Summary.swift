import Events
import Rulebook

/// What became of the input: nothing that came in is lost in silence.
public struct Summary: Sendable {
    /// Why a contribution was left out of a correlation.
    public enum Skip: String, Sendable, CaseIterable, Comparable {
        /// It lacks a field of the group.
        case missingGroupField = "no value for a group field"
        /// Its time is less exact than the timespan is long.
        case imprecise = "time less exact than the timespan"
        /// It has no value, or none that is a number, for the field of a figure. (It still counts for nothing.)
        case missingValue = "no value for the field of the figure"

        /// The order of declaration.
        public static func < (left: Skip, right: Skip) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .missingGroupField: 0
            case .imprecise: 1
            case .missingValue: 2
            }
        }
    }

    /// Contributions left out of one rule for one reason.
    public struct Skipped: Sendable, Hashable {
        /// The rule.
        public var rule: RuleReference
        /// The reason.
        public var reason: Skip
        /// How many of the events in force.
        public var count: Int

        /// Creates a count.
        public init(rule: RuleReference, reason: Skip, count: Int) {
            self.rule = rule
            self.reason = reason
            self.count = count
        }
    }

    /// An actor name that no actor of the registry bears, and how many events in force name it.
    public struct UnresolvedName: Sendable, Hashable {
        /// The name.
        public var name: String
        /// How many events.
        public var count: Int

        /// Creates a count.
        public init(name: String, count: Int) {
            self.name = name
            self.count = count
        }
    }

    /// An absence that is not decided yet, since its time is not up.
    public struct Undecided: Sendable, Hashable {
        /// The rule.
        public var rule: RuleReference
        /// The group.
        public var group: [Alert.GroupValue]
        /// When it would be.
        public var due: Instant

        /// Creates an undecided absence.
        public init(rule: RuleReference, group: [Alert.GroupValue], due: Instant) {
            self.rule = rule
            self.group = group
            self.due = due
        }
    }

    /// Records that were read and not rejected.
    public var read = 0
    /// Records equal to the one in force under their id.
    public var duplicate = 0
    /// Records that replaced an earlier revision.
    public var corrected = 0
    /// Records that were older than the revision in force.
    public var superseded = 0
    /// Records that took an incident back.
    public var withdrawn = 0
    /// Changes further back than the horizon.
    public var beyondHorizon = 0
    /// Statements about an incident that is not known.
    public var unmetStatements = 0
    /// Events in force at the end.
    public var inForce = 0
    /// Standing alerts by level, those of risks among them: those that were emitted and not retracted.
    public var alertsByLevel: [Level: Int] = [:]
    /// How many alerts each silence holds back, in the order of the rule book; empty where there are none.
    public var silenced: [Int] = []
    /// How many alerts each inhibition holds back beyond those, in the order of the rule book.
    public var inhibited: [Int] = []
    /// How many alerts with points have no entity, by risk.
    public var alertsWithoutEntity: [Int] = []
    /// Of each statistic that is followed, how many events lack a field of its group, and how many a value for its measure.
    public var statisticsLeftOut: [(withoutGroup: Int, withoutValue: Int)] = []
    /// Names that no actor bears, the most frequent first, then by name.
    public var unresolvedNames: [UnresolvedName] = []
    /// Contributions left out, by rule and reason.
    public var skipped: [Skipped] = []
    /// Absences not decided yet, by rule and group.
    public var undecided: [Undecided] = []
    /// Acts that did not fit the phase of their ceasefire, as sentences.
    public var actWarnings: [String] = []

    /// A summary of nothing.
    public init() {}
}
