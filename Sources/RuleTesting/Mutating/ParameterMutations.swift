import Events
import Reporting
import Rulebook

/// A change of a correlation, in words and as a deed.
struct CorrelationChange {
    var words: String
    var apply: (inout Correlation) -> Void
}

extension Correlation {
    /// Whether its condition only repeats a parameter of the pattern.
    var conditionRepeatsParameter: Bool {
        switch pattern {
        case .controlChart, .record: true
        default: false
        }
    }

    /// Each parameter of the pattern on either side.
    var movedParameters: [CorrelationChange] {
        switch pattern {
        case .rateChange(let change): moved(change)
        case .share(let share):
            share.minimumCount.moved("min_count").map { words, count in
                CorrelationChange(words: words) {
                    var moved = share
                    moved.minimumCount = count
                    $0.pattern = .share(moved)
                }
            }
        case .record(let record): moved(record)
        case .selfExciting(let parameters): moved(parameters)
        case .controlChart(let chart): moved(chart)
        case .absence(.some): [CorrelationChange(words: "drop after") { $0.pattern = .absence(after: nil) }]
        default: []
        }
    }

    private func moved(_ change: RateChange) -> [CorrelationChange] {
        func changes<T>(
            _ path: WritableKeyPath<RateChange, T>, _ moved: [(String, T)]
        ) -> [CorrelationChange] {
            moved.map { words, value in
                CorrelationChange(words: words) {
                    var copy = change
                    copy[keyPath: path] = value
                    $0.pattern = .rateChange(copy)
                }
            }
        }
        let ratios = (change.ratio ?? NumericCondition()).moved("ratio").map { ($0.0, Optional($0.1)) }
        let pValues = (change.pValue ?? NumericCondition()).moved("p_value").map { ($0.0, Optional($0.1)) }
        return changes(\.ratio, ratios) + changes(\.pValue, pValues)
            + changes(\.minimumCount, change.minimumCount.moved("min_count"))
            + changes(\.minimumBaseline, change.minimumBaseline.moved("min_baseline"))
            + changes(\.baseline, change.baseline.moved("baseline"))
    }

    private func moved(_ record: Record) -> [CorrelationChange] {
        let floors = Neighbours.of(record.floor).filter { $0 > 0 }.map { floor in
            CorrelationChange(words: "floor \(NumberText.shortest(record.floor)) to \(NumberText.shortest(floor))") {
                $0.pattern = .record(Record(field: record.field, baseline: record.baseline, floor: floor))
                $0.condition = NumericCondition([.init(.greaterOrEqual, floor)])
            }
        }
        let baselines = record.baseline.moved("baseline").map { words, baseline in
            CorrelationChange(words: words) {
                $0.pattern = .record(Record(field: record.field, baseline: baseline, floor: record.floor))
            }
        }
        return floors + baselines
    }

    private func moved(_ parameters: SelfExciting) -> [CorrelationChange] {
        let halfLives = parameters.halfLife.moved("half_life").map { words, halfLife in
            CorrelationChange(words: words) {
                $0.pattern = .selfExciting(SelfExciting(halfLife: halfLife, branching: parameters.branching))
            }
        }
        let name = "branching \(NumberText.shortest(parameters.branching))"
        let branchings = Neighbours.of(parameters.branching).filter { $0 > 0 }.map { branching in
            CorrelationChange(words: "\(name) to \(NumberText.shortest(branching))") {
                $0.pattern = .selfExciting(SelfExciting(halfLife: parameters.halfLife, branching: branching))
            }
        }
        return halfLives + branchings
    }

    private func moved(_ chart: ControlChart) -> [CorrelationChange] {
        let bins: [(String, WritableKeyPath<ControlChart, Int>, Int)] = [
            ("baseline", \.baseline, chart.method.isEARS ? 2 : 1), ("guard", \.gap, 0),
        ]
        let counts = bins.flatMap { name, path, least in
            [-1, 1].map { chart[keyPath: path] + $0 }.filter { $0 >= least }.map { bins in
                var moved = chart
                moved[keyPath: path] = bins
                return CorrelationChange(words: "\(name) \(chart[keyPath: path]) to \(bins)") { [moved] in
                    $0.pattern = .controlChart(moved)
                }
            }
        }
        return counts + chart.limits.flatMap { name, path in moved(chart, name, path) }
    }

    /// A limit of a chart on either side, in the condition that repeats it too.
    private func moved(
        _ chart: ControlChart, _ name: String, _ path: WritableKeyPath<ControlChart, Double>
    ) -> [CorrelationChange] {
        let old = chart[keyPath: path]
        return Neighbours.of(old).filter { $0 > 0 && (name != "a" || $0 <= 1) }.map { value in
            var moved = chart
            moved[keyPath: path] = value
            return CorrelationChange(words: "\(name) \(NumberText.shortest(old)) to \(NumberText.shortest(value))") {
                [moved] in
                $0.pattern = .controlChart(moved)
                if name == "h" || name == "z", !$0.condition.terms.isEmpty { $0.condition.terms[0].value = value }
            }
        }
    }
}

extension Correlation.ControlChart {
    /// The limits that its method goes by.
    fileprivate var limits: [(name: String, path: WritableKeyPath<Correlation.ControlChart, Double>)] {
        switch method {
        case .cusum: [("k", \.k), ("h", \.h)]
        case .ewma: [("a", \.a), ("L", \.l)]
        case .earsC1, .earsC2, .earsC3: [("z", \.z)]
        }
    }
}
