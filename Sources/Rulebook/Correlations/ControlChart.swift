import Diagnostics
import Events

extension CorrelationType {
    /// `control_chart`: the count of a bin is out of control.
    static let controlChart = CorrelationType(
        name: "control_chart", keys: ["method", "bin", "baseline", "guard", "sd_min", "k", "h", "a", "L", "z"],
        required: ["method"], condition: .none, hasWindow: false, timespanKey: "bin"
    ) { parts in
        parts.section.refuse(["condition"], because: "a chart signals by its own limits")
        guard let node = parts.section.required("method"),
            let method: Correlation.ControlChart.Method = parts.scope.choice(node, "method")
        else { return nil }
        if let bin = parts.section["bin"], let length = parts.section.timespan("bin"), length.milliseconds < 60_000 {
            parts.scope.error(.invalidValue, "a 'bin' is at least a minute long", at: bin.location)
        }
        guard let baseline = parts.bins("baseline", method.isEARS ? 7 : nil, atLeast: method.isEARS ? 2 : 1),
            let gap = parts.bins("guard", method == .earsC2 || method == .earsC3 ? 2 : 0, atLeast: 0)
        else { return nil }
        var chart = Correlation.ControlChart(method: method, baseline: baseline, gap: gap)
        parts.readLimits(into: &chart)
        return Reading(pattern: .controlChart(chart), condition: chart.condition)
    }
}

extension CorrelationParts {
    /// As many bins as are kept of every group.
    private static let mostBins = 10_000

    fileprivate func bins(_ key: String, _ usual: Int?, atLeast minimum: Int) -> Int? {
        if section[key] == nil, let usual { return usual }
        guard let node = section.required(key), let bins = scope.whole(node, key, atLeast: minimum) else { return nil }
        if bins <= CorrelationParts.mostBins { return bins }
        scope.error(.invalidValue, "'\(key)' is at most \(CorrelationParts.mostBins) bins", at: node.location)
        return nil
    }

    fileprivate func readLimits(into chart: inout Correlation.ControlChart) {
        chart.minimumDeviation = positive("sd_min") ?? chart.minimumDeviation
        let keys: [String]
        switch chart.method {
        case .cusum:
            keys = ["k", "h"]
            chart.k = positive("k") ?? chart.k
            chart.h = positive("h") ?? chart.h
        case .ewma:
            keys = ["a", "L"]
            chart.a = positive("a") ?? chart.a
            chart.l = positive("L") ?? chart.l
            if chart.a > 1, let node = section["a"] {
                scope.error(.invalidValue, "the weight 'a' is at most 1", at: node.location)
            }
        case .earsC1, .earsC2, .earsC3:
            keys = ["z"]
            chart.z = positive("z") ?? chart.z
        }
        let others = ["k", "h", "a", "L", "z"].filter { !keys.contains($0) }
        section.refuse(
            others, because: "the parameters of '\(chart.method.rawValue)' are \(keys.joined(separator: ", "))")
    }
}

extension Correlation.ControlChart {
    /// What the statistic is compared with, where that is a number.
    fileprivate var condition: NumericCondition {
        switch method {
        case .cusum: NumericCondition([.init(.greaterOrEqual, h)])
        case .ewma: NumericCondition()
        case .earsC1, .earsC2, .earsC3: NumericCondition([.init(.greater, z)])
        }
    }
}
