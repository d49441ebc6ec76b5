import Diagnostics
import Events

/// A test of rules: events, and the alerts that must follow from them.
public struct RuleTest: Sendable {
    /// A record of a test, as it would come from a source.
    public struct Event: Sendable {
        /// A field of a record.
        public struct Field: Sendable {
            /// The column.
            public var name: String
            /// Its value.
            public var value: Value

            /// Creates a field.
            public init(name: String, value: Value) {
                self.name = name
                self.value = value
            }
        }

        /// Its id; nil where it has none.
        public var id: String?
        /// Its fields, `id` among them, in the order of writing; those of the event that it is like come first.
        public var fields: [Field]
        /// Where it is written.
        public var location: Location

        /// Creates a record.
        public init(id: String?, fields: [Field], location: Location) {
            self.id = id
            self.fields = fields
            self.location = location
        }
    }

    /// A step of an order of arrival: a record, or the end of the input.
    public struct Arrival: Sendable {
        /// The index of the record in `events`; nil for the end of the input.
        public var event: Int?
        /// What is emitted then, and nothing else; nil where the test says nothing of it.
        public var emitted: [ExpectedAlert]?
        /// Where it is written.
        public var location: Location

        /// Creates a step.
        public init(event: Int?, emitted: [ExpectedAlert]?, location: Location) {
            self.event = event
            self.emitted = emitted
            self.location = location
        }
    }

    /// Its name.
    public var name: String
    /// The rules that it holds to what it expects, in the order of the rule book: those it names anywhere, else all that
    /// raise alerts.
    public var rules: [RuleReference]
    /// The risks that it holds to what it expects.
    public var risks: [Int] = []
    /// The records, in the order of writing.
    public var events: [Event]
    /// The alerts of `rules` and `risks` that stand at the end, and no others.
    public var expected: [ExpectedAlert]
    /// Whether it says what stands at the end; if not, it is about what is emitted on the way alone.
    public var statesStanding: Bool
    /// The order of arrival; nil for that of writing. Each record is in it once.
    public var arrivals: [Arrival]?
    /// How far stream time stays behind the largest event time.
    public var lateness: Timespan
    /// How far back of stream time a change still revises alerts.
    public var horizon: Timespan
    /// Up to when the input is complete; nil for its last event.
    public var until: Instant?
    /// How the records call their columns.
    public var profile: Profile
    /// Whether something is wrong with how it is written, so that it cannot be run.
    public var isBroken: Bool
    /// Where it is written.
    public var location: Location

    /// What it holds to what it expects.
    public var sources: [AlertSource] { rules.map { .rule($0) } + risks.map { .risk($0) } }

    /// Creates a test without events that expects nothing.
    public init(name: String, rules: [RuleReference], location: Location) {
        self.name = name
        self.rules = rules
        self.location = location
        events = []
        expected = []
        statesStanding = false
        lateness = .zero
        horizon = .unlimited
        profile = .native
        isBroken = false
    }
}

/// What a test says of an alert; what it leaves open may be anything.
public struct ExpectedAlert: Sendable {
    /// What is said of the end of an alert.
    public enum End: Sendable, Equatable {
        /// It still holds.
        case open
        /// It ended then.
        case at(Instant)
    }

    /// What is said of a figure; nil is left open.
    public struct Figure: Sendable, Equatable {
        /// The figure; of `rate_change` the ratio.
        public var value: Double?
        /// The p-value of `rate_change`.
        public var pValue: Double?

        /// Creates a figure.
        public init(value: Double?, pValue: Double? = nil) {
            self.value = value
            self.pValue = pValue
        }
    }

    /// `firing`, `updated`, `resolved` or `retracted`, for what is emitted on the way.
    public var status: String?
    /// The rule, or the risk.
    public var source: AlertSource
    /// The threshold of a risk.
    public var threshold: String?
    /// Fields of the group and their values; fields that are not named may have any.
    public var group: [RuleTest.Event.Field] = []
    /// When it begins.
    public var onset: Instant?
    /// When it ends.
    public var end: End?
    /// The figure at the onset.
    public var figure: Figure?
    /// The most extreme figure.
    public var peak: Figure?
    /// How many contributions it rests on.
    public var count: Int?
    /// The ids of the events that are listed as its evidence, in any order.
    public var events: [String]?
    /// The id of the ceasefire it bears on.
    public var ceasefire: String?
    /// The largest `reported` that it rests on.
    public var knownAt: Instant?
    /// Where it is written.
    public var location: Location

    /// What is said of an alert, all else left open.
    public init(_ source: AlertSource, location: Location) {
        self.source = source
        self.location = location
    }
}

/// Something of a rule that its tests leave out, and why that is right.
public struct AcceptedGap: Sendable {
    /// What is left out, in the words of `trucewatch test --coverage` or `--mutate`; `*` and `?` are wildcards.
    public var what: WildcardPattern
    /// Why no test can or need reach or notice it.
    public var reason: String
    /// Where it is written.
    public var location: Location

    /// Creates a written reason.
    public init(what: WildcardPattern, reason: String, location: Location) {
        self.what = what
        self.reason = reason
        self.location = location
    }
}
