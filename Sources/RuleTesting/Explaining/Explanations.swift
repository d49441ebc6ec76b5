import Events
import Monitoring
import Rulebook

/// Why an event is what it is to the rules.
public struct EventExplanation {
    /// A detection, and what it says of the event.
    struct Verdict {
        var rule: RuleReference
        var matches: Bool
        /// The tests that decide it, in words.
        var reasons: [String]
        /// How many tests would have to come out otherwise.
        var unmetCount: Int
    }

    /// A correlation that the event counts in.
    struct Place {
        var rule: RuleReference
        var group: [Value]
        /// The contributions of the window that the event ends, it among them.
        var window: [Contribution]
        /// What is measured of them, and what would be enough; nil where that cannot be said in one number.
        var figure: (value: Double, threshold: Double)?
        /// The alert that holds at the time of the event.
        var alert: Alert?
        /// Why the event is left out; nil where it counts.
        var reason: String?
    }

    var id: String
    var time: Instant
    var timeEnd: Instant
    /// The fields that rules look at, canonical ones and derived ones, with their values.
    var fields: [(name: String, values: [Value])]
    /// Whether it is a breach, of what, and why.
    var verdict: String
    /// The detections, those that match first, then the nearest.
    var detections: [Verdict]
    /// The correlations it counts in.
    var places: [Place]

    /// The ids of the events that are told of.
    public var events: Set<String> { Set([id] + places.flatMap { $0.window.map(\.id) }) }
}

/// Why a rule fired, and where it nearly did.
public struct RuleExplanation {
    /// An alert with what it rests on.
    struct Fired {
        var alert: Alert
        /// The contributions of the window at its onset; none for a detection.
        var window: [Contribution]
    }

    /// An event that nearly matched a detection.
    struct NearEvent {
        var id: String
        var time: Instant
        /// The test that was not met, and the value.
        var reason: String
        /// By how much of the threshold a number missed; nil where it was no number that missed.
        var distance: Double?
    }

    var rule: RuleReference
    /// Whether it is about one alert, and not about all that the rule did.
    var isOfOneAlert = false
    /// The alerts, in order of onset; of many only the newest.
    var fired: [Fired]
    /// How many there are.
    var firedCount: Int
    /// For a correlation, the groups that nearly fired, the nearest first.
    var nearMisses: [NearMiss] = []
    /// Whether near misses of this type of correlation can be told.
    var nearMissesAreKnown = true
    /// For a detection, the events that nearly matched, the nearest first.
    var nearEvents: [NearEvent] = []
    /// How many contributions there are.
    var contributionCount = 0
    /// Why contributions are left out, and how many.
    var leftOut: [(reason: String, count: Int)] = []

    /// The ids of the events that are told of.
    public var events: Set<String> {
        let ofAlerts = fired.flatMap { $0.window.map(\.id) + $0.alert.events.map(\.id) }
        let ofMisses = nearMisses.flatMap { ($0.window + ($0.late.map { [$0] } ?? [])).map(\.id) }
        return Set(ofAlerts + ofMisses + nearEvents.map(\.id))
    }
}
