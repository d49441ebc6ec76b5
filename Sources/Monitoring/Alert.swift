import Events
import Rulebook

/// What is said of one episode of a rule in a group.
public struct Alert: Sendable, Hashable {
    /// What has happened to the alert.
    public enum Status: String, Sendable {
        /// It is new.
        case firing
        /// What was said of it has changed by a later report.
        case updated
        /// It has ended.
        case resolved
        /// It should never have been.
        case retracted
    }

    /// A field of the group and its value.
    public struct GroupValue: Sendable, Hashable {
        /// The field.
        public var field: String
        /// Its value, never a list; absent only where a detection's event lacks the field (it is then left out of the group).
        public var value: Value

        /// Creates a field of a group.
        public init(field: String, value: Value) {
            self.field = field
            self.value = value
        }
    }

    /// What was measured.
    public struct Figure: Sendable, Hashable {
        /// The figure; for `rate_change` the ratio, nil in a peak where the rule asks nothing of it.
        public var value: Double?
        /// For `rate_change`, the p-value.
        public var pValue: Double?
        /// For `rate_change`, the limits of the 95 % interval of the ratio.
        public var interval: Interval?

        /// Creates a figure.
        public init(_ value: Double?, pValue: Double? = nil, interval: Interval? = nil) {
            self.value = value
            self.pValue = pValue
            self.interval = interval
        }
    }

    /// Between what a figure lies, for all that is known.
    public struct Interval: Sendable, Hashable {
        /// The limits; the upper one is infinite where nothing came before.
        public var low, high: Double

        /// Creates an interval.
        public init(low: Double, high: Double) {
            self.low = low
            self.high = high
        }
    }

    /// How things stood with a ceasefire at the time of the newest piece of evidence that bears on one.
    public struct CeasefireState: Sendable, Hashable {
        /// The ceasefire's id.
        public var id: String
        /// `before`, `in_force`, `suspended` or `after`.
        public var phase: String
        /// Whole days since it took effect; nil before.
        public var day: Int?

        /// Creates a state.
        public init(id: String, phase: String, day: Int?) {
            self.id = id
            self.phase = phase
            self.day = day
        }
    }

    /// An event among the evidence.
    public struct EvidenceEvent: Sendable, Hashable {
        /// Its id.
        public var id: String
        /// When it happened.
        public var time: Instant
        /// The exclusive end of its time; the same as `time` where that is exact.
        public var timeEnd: Instant
        /// Where.
        public var place: String?
        /// How many died.
        public var fatalities: Double?
        /// Its type, initiator and target as reported, for the sentence that explains a detection.
        public var type, initiator, target: String?
        /// Whether it is not recorded who began: initiator and target are then only its two parties.
        public var isMutual: Bool
        /// Why it is a breach, if it is one.
        public var breachReason: String?

        /// Creates a piece of evidence.
        public init(
            id: String, time: Instant, timeEnd: Instant, place: String? = nil, fatalities: Double? = nil,
            type: String? = nil, initiator: String? = nil, target: String? = nil, isMutual: Bool = false,
            breachReason: String? = nil
        ) {
            self.id = id
            self.time = time
            self.timeEnd = timeEnd
            self.place = place
            self.fatalities = fatalities
            self.type = type
            self.initiator = initiator
            self.target = target
            self.isMutual = isMutual
            self.breachReason = breachReason
        }
    }

    /// An alert of another rule among the evidence.
    public struct EvidenceAlert: Sendable, Hashable {
        /// Its id.
        public var id: String
        /// Its rule.
        public var rule: RuleReference
        /// Its onset.
        public var onset: Instant

        /// Creates a piece of evidence.
        public init(id: String, rule: RuleReference, onset: Instant) {
            self.id = id
            self.rule = rule
            self.onset = onset
        }
    }

    /// What has happened to it.
    public var status: Status
    /// 16 hexadecimal digits, the same in every run.
    public var id: String
    /// The id it had before a late report moved its onset.
    public var replaces: String?
    /// Its rule.
    public var rule: RuleReference
    /// Its group, in the order of the rule's fields.
    public var group: [GroupValue]
    /// When it began.
    public var onset: Instant
    /// When it ended; nil while it holds.
    public var end: Instant?
    /// What was measured at the onset.
    public var figure: Figure?
    /// The most extreme figure in `[onset, end)`, once it has ended.
    public var peak: Figure?
    /// The ceasefire that the evidence bears on.
    public var ceasefire: CeasefireState?
    /// How many contributions there are.
    public var evidenceCount: Int
    /// The newest events among them, newest first, then by id.
    public var events: [EvidenceEvent]
    /// The newest alerts among them, newest first, then by rule name and id.
    public var alerts: [EvidenceAlert]
    /// The largest `reported` that it rests on.
    public var knownAt: Instant

    /// Creates an alert.
    public init(
        status: Status, id: String, replaces: String? = nil, rule: RuleReference, group: [GroupValue], onset: Instant,
        end: Instant?, figure: Figure?, peak: Figure?, ceasefire: CeasefireState?, evidenceCount: Int,
        events: [EvidenceEvent], alerts: [EvidenceAlert], knownAt: Instant
    ) {
        self.status = status
        self.id = id
        self.replaces = replaces
        self.rule = rule
        self.group = group
        self.onset = onset
        self.end = end
        self.figure = figure
        self.peak = peak
        self.ceasefire = ceasefire
        self.evidenceCount = evidenceCount
        self.events = events
        self.alerts = alerts
        self.knownAt = knownAt
    }
}
