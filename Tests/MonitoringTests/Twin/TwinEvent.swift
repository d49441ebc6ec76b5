import Events
import Monitoring
import Rulebook

/// A record as the slow twin takes it: already parsed, nothing derived.
struct TwinEvent: Hashable, Sendable {
    var id: String
    var revision = Revision.none
    var withdrawn = false
    var time: Instant
    /// The exclusive end; the same as `time` where that is exact.
    var timeEnd: Instant
    var reported: Instant?
    /// The new end that an act about a ceasefire sets.
    var until: Instant?
    var fields: [String: Value]

    init(id: String, time: Instant, timeEnd: Instant? = nil, fields: [String: Value] = [:]) {
        self.id = id
        self.time = time
        self.timeEnd = timeEnd ?? time
        self.fields = fields
    }
}

/// What was measured; a part is nil where the specification leaves it open, and is then not compared.
struct TwinFigure: Hashable, Sendable {
    var value: Double?
    var pValue: Double?
    /// Whether another order of summing may give another last digit.
    var isApproximate = false
}

/// What the slow twin says of one episode.
struct TwinAlert: Hashable, Sendable {
    /// An alert among the evidence.
    struct Reference: Hashable, Sendable {
        var rule: String
        var onset: Instant
    }

    var rule: RuleReference
    var ruleName: String
    /// In the order of the rule's fields; those that a detection's event lacks are left out.
    var group: [Alert.GroupValue]
    var onset: Instant
    var end: Instant?
    var figure: TwinFigure?
    var peak: TwinFigure?
    var evidenceCount: Int
    /// All of them, newest first, then by id; the listing's limit is applied by who compares.
    var evidenceEvents: [String]
    /// All of them, newest first, then by the rule's name.
    var evidenceAlerts: [Reference]
    var ceasefire: Alert.CeasefireState?
    /// Nil where it rests on nothing (an empty window), of which the specification says nothing.
    var knownAt: Instant?
    /// The event of a detection's alert, which is a part of its identity.
    var detectedEvent: String?
}

extension Value {
    /// The members of a list; of any other value that alone; of the absent one none.
    var twinMembers: [Value] {
        switch self {
        case .absent: []
        case .list(let members): members
        default: [self]
        }
    }

    /// The number it is or reads as.
    var twinNumber: Double? {
        switch self {
        case .number(let number): number
        case .text(let text): Double(text).flatMap { $0.isFinite ? $0 : nil }
        default: nil
        }
    }

    /// What a comparison of texts sees; nil for a list and the absent value.
    var twinText: String? {
        switch self {
        case .text(let text): text
        case .number(let number): NumberText.shortest(number)
        case .boolean(let boolean): boolean ? "true" : "false"
        default: nil
        }
    }
}

extension String {
    /// Whether it comes before another by code point (Swift's own order of texts is by canonical equivalence).
    func precedesByCodePoint(_ other: String) -> Bool {
        unicodeScalars.lexicographicallyPrecedes(other.unicodeScalars)
    }
}
