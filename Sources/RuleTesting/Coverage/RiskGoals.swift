import Diagnostics
import Events
import Monitoring
import Rulebook

/// What tests can reach of a risk, and what they have reached so far: each threshold crossed and not crossed, and all that gives
/// points.
struct RiskGoals {
    private let risk: Risk
    private var crossed: Set<Int> = []
    private var quiet: Set<Int> = []
    private var counted: Set<String> = []
    private(set) var isConcerned = false

    init(_ risk: Risk) { self.risk = risk }

    private var points: [Risk.Points] { risk.givenPoints.filter { $0.number > 0 && !$0.rules.isEmpty } }

    /// How much there is to reach.
    var count: Int { 2 * risk.thresholds.count + points.count }

    /// Notes what a test reaches, by the alerts that stand at its end.
    mutating func note(_ notices: [Notice], of index: Int) {
        isConcerned = true
        var entities: Set<Value> = []
        for alert in notices.compactMap(\.alert) where risk.points[alert.rule] > 0 {
            guard let entity = risk.entity(of: alert) else { continue }
            entities.insert(entity)
            counted.formUnion(points.filter { $0.rules.contains(alert.rule) }.map(\.name))
        }
        for threshold in risk.thresholds.indices {
            let over = notices.compactMap(\.risk).filter { $0.risk == index && $0.threshold == threshold }
            if !over.isEmpty { crossed.insert(threshold) }
            if !entities.subtracting(over.map(\.entity.value)).isEmpty { quiet.insert(threshold) }
        }
    }

    /// What has not been reached.
    var gaps: [(what: String, location: Location)] {
        let ofThresholds = risk.thresholds.indices.flatMap { index in
            let name = risk.thresholds[index].name
            return (crossed.contains(index) ? [] : ["in which threshold '\(name)' is crossed"])
                + (quiet.contains(index) ? [] : ["in which something counts and threshold '\(name)' is not crossed"])
        }
        let ofPoints = points.filter { !counted.contains($0.name) }.map { "in which '\($0.name)' gives points" }
        return (ofThresholds + ofPoints).map { ($0, risk.location) }
    }
}
