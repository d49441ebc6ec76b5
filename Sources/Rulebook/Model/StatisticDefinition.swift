import Diagnostics
import Events

/// What is counted at the end of each day (or `every`) of event time, by group and window.
public struct StatisticDefinition: Sendable {
    /// What is measured of the contributions in a window.
    public enum Measure: Sendable, Equatable {
        /// How many there are.
        case count
        /// The sum of a field's values.
        case sum(field: String)
        /// How many distinct values (tuples, where there are several fields) there are.
        case distinct(fields: [String])
        /// What part those of `part` are of those of `events`, by number or by the sum of a field; none where there are none.
        case share(field: String?)
        /// 1 / sum of the squared shares of a field's values; none where there are none.
        case effectiveNumber(field: String)

        /// The name in rule books and output.
        public var name: String {
            switch self {
            case .count: "count"
            case .sum: "sum"
            case .distinct: "distinct"
            case .share: "share"
            case .effectiveNumber: "effective_number"
            }
        }

        /// The fields whose values it measures.
        public var fields: [String] {
            switch self {
            case .count, .share(nil): []
            case .sum(let field), .share(.some(let field)), .effectiveNumber(let field): [field]
            case .distinct(let fields): fields
            }
        }
    }

    /// The name in output: `id`, else `name`, else `title`.
    public var name: String
    /// Its title.
    public var title: String
    /// What it means.
    public var description: String?
    /// What is measured.
    public var measure: Measure
    /// What an event must meet to count; for a share, to count in the whole.
    public var events: Condition
    /// For a share, what an event must meet to count in the part.
    public var part: Condition?
    /// The fields that make the groups.
    public var groupBy: [String]
    /// How long the windows are; never empty.
    public var windows: [Timespan]
    /// How often lines are due.
    public var every: Timespan
    /// What one is one of, such as `incidents`; nil for what the measure says.
    public var unit: String?
    /// What area it is of; nil for the places in the group, or everywhere.
    public var area: String?
    /// The ceasefire since which the total counts, by index; nil for that of the group, or the latest to take effect.
    public var ceasefire: Int?
    /// Where it is written.
    public var location: Location

    /// Creates a definition.
    public init(
        name: String, title: String, description: String? = nil, measure: Measure, events: Condition,
        part: Condition? = nil, groupBy: [String] = [], windows: [Timespan], every: Timespan, unit: String? = nil,
        area: String? = nil, ceasefire: Int? = nil, location: Location
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.measure = measure
        self.events = events
        self.part = part
        self.groupBy = groupBy
        self.windows = windows
        self.every = every
        self.unit = unit
        self.area = area
        self.ceasefire = ceasefire
        self.location = location
    }
}
