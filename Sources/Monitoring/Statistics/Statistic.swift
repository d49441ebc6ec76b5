import Events
import Rulebook

/// What was counted for a group in one window before a cut-off.
public struct Statistic: Sendable, Hashable {
    /// What has happened to the line.
    public enum Status: String, Sendable {
        /// It is new.
        case issued
        /// Later reports have changed what it says.
        case updated
        /// Later reports have left nothing to say.
        case retracted
    }

    /// How a count compares with that of the window before.
    public struct Ratio: Sendable, Hashable {
        /// The ratio of the rates; nil where the window before has none.
        public var value: Double?
        /// The lower limit of its 95 % interval.
        public var low: Double
        /// The upper limit; nil for none, where the window before has no events.
        public var high: Double?

        /// Creates a ratio.
        public init(value: Double?, low: Double, high: Double?) {
            self.value = value
            self.low = low
            self.high = high
        }
    }

    /// The total since a ceasefire took effect.
    public struct Total: Sendable, Hashable {
        /// The ceasefire, by index.
        public var ceasefire: Int
        /// When it took effect.
        public var effective: Instant
        /// The total up to the cut-off; nil where there is none.
        public var value: Double?

        /// Creates a total.
        public init(ceasefire: Int, effective: Instant, value: Double?) {
            self.ceasefire = ceasefire
            self.effective = effective
            self.value = value
        }
    }

    /// What has happened to the line.
    public var status: Status
    /// 16 hexadecimal digits made of the statistic, group, window and cut-off: the same in every run.
    public var id: String
    /// The definition, by index.
    public var definition: Int
    /// The group, in the order of the definition's fields.
    public var group: [Alert.GroupValue]
    /// How long the window is.
    public var window: Timespan
    /// When it begins.
    public var from: Instant
    /// When it ends; what happens at this very instant is in the next one.
    public var cutOff: Instant
    /// What was measured; nil where there is nothing to measure it of.
    public var value: Double?
    /// The same one window before.
    public var before: Double?
    /// For a count, how it compares with the one before; nil where both are 0.
    public var ratio: Ratio?
    /// The total since the ceasefire took effect; nil where none has.
    public var total: Total?
    /// How many events in the window are left out, their time being less exact than the window is long.
    public var imprecise: Int

    /// Creates a line.
    public init(
        status: Status, id: String, definition: Int, group: [Alert.GroupValue], window: Timespan, from: Instant,
        cutOff: Instant, value: Double?, before: Double?, ratio: Ratio? = nil, total: Total? = nil, imprecise: Int = 0
    ) {
        self.status = status
        self.id = id
        self.definition = definition
        self.group = group
        self.window = window
        self.from = from
        self.cutOff = cutOff
        self.value = value
        self.before = before
        self.ratio = ratio
        self.total = total
        self.imprecise = imprecise
    }

    /// The value less the one before.
    public var change: Double? {
        guard let value, let before else { return nil }
        return value - before
    }
}
