import Diagnostics
import Events
import Monitoring
import Rulebook

/// What was expected against what came.
public struct Difference: Sendable {
    /// An alert that was expected and did not come.
    public struct Missing: Sendable {
        /// What was expected.
        public var expected: ExpectedAlert
        /// The alert that is most like it; nil where its rule has none that is not expected otherwise.
        public var nearest: Notice?
        /// In what the two differ.
        public var mismatches: [Mismatch]
    }

    /// A key in which an alert differs from what was expected.
    public struct Mismatch: Sendable, Equatable {
        /// The key.
        public var key: String
        /// What was expected, as text.
        public var expected: String
        /// What came, as text.
        public var came: String
    }

    /// What was expected and did not come.
    public var missing: [Missing] = []
    /// What came and was not expected, and is not the nearest to anything that is missing.
    public var unexpected: [Notice] = []

    /// Whether everything came as expected.
    public var isEmpty: Bool { missing.isEmpty && unexpected.isEmpty }

    /// Compares alerts with what is expected: each must be the one that some expectation is of, and the other way round.
    init(_ expected: [ExpectedAlert], _ alerts: [Notice], in rulebook: Rulebook) {
        let mismatches = expected.map { expectation in
            alerts.map { Comparison.mismatches(expectation, $0, in: rulebook) }
        }
        let partners = Pairing(mismatches.map { row in row.indices.filter { row[$0].isEmpty } }).partners
        var isTaken = [Bool](repeating: false, count: alerts.count)
        for partner in partners { if let partner { isTaken[partner] = true } }
        for (index, expectation) in expected.enumerated() where partners[index] == nil {
            let candidates = alerts.indices.filter { !isTaken[$0] && alerts[$0].source == expectation.source }
            let nearest = candidates.min { mismatches[index][$0].count < mismatches[index][$1].count }
            if let nearest { isTaken[nearest] = true }
            missing.append(
                Missing(
                    expected: expectation, nearest: nearest.map { alerts[$0] },
                    mismatches: nearest.map { mismatches[index][$0] } ?? []))
        }
        unexpected = alerts.indices.filter { !isTaken[$0] }.map { alerts[$0] }
    }

    /// The difference between the alerts of two orders of arrival.
    init(between first: [Notice], and second: [Notice], in rulebook: Rulebook) {
        let (known, other) = (Set(first), Set(second))
        unexpected = second.filter { !known.contains($0) }
        missing = first.filter { !other.contains($0) }.map { notice in
            var expected = ExpectedAlert(notice.source, location: .init(file: ""))
            expected.threshold = notice.risk.map { rulebook.risks[$0.risk].thresholds[$0.threshold].name }
            expected.group = notice.group.map { .init(name: $0.field, value: $0.value) }
            expected.onset = notice.onset
            expected.end = notice.end.map { .at($0) } ?? .open
            return Missing(expected: expected, nearest: nil, mismatches: [])
        }
    }
}

/// Pairs as many expectations with alerts as can be, each with one that it is of (augmenting paths, after Kuhn).
private struct Pairing {
    /// The alert of each expectation; nil where it has none.
    var partners: [Int?]
    private var owners: [Int: Int] = [:]
    private let choices: [[Int]]

    init(_ choices: [[Int]]) {
        self.choices = choices
        partners = [Int?](repeating: nil, count: choices.count)
        for index in choices.indices {
            var visited: Set<Int> = []
            _ = assign(index, &visited)
        }
        for (alert, index) in owners { partners[index] = alert }
    }

    private mutating func assign(_ index: Int, _ visited: inout Set<Int>) -> Bool {
        for alert in choices[index] where visited.insert(alert).inserted {
            if let owner = owners[alert], !assign(owner, &visited) { continue }
            owners[alert] = index
            return true
        }
        return false
    }
}

/// Compares one alert with one expectation.
private enum Comparison {
    static func mismatches(
        _ expected: ExpectedAlert, _ notice: Notice, in rulebook: Rulebook
    ) -> [Difference.Mismatch] {
        guard expected.source == notice.source else { return [.init(key: "rule", expected: "", came: "")] }
        let group = expected.group.map { field in
            let value = notice.group.first { $0.field == field.name }?.value ?? .absent
            return isSame(value, field.value)
                ? nil : mismatch("group \(field.name)", AlertLine.text(field.value), AlertLine.text(value))
        }
        let end: ExpectedAlert.End = notice.end.map { .at($0) } ?? .open
        let others = [
            differing("status", expected.status, notice.status.rawValue) { $0 },
            differing("onset", expected.onset, notice.onset, InstantText.utc),
            differing("end", expected.end, end, AlertLine.text),
        ]
        let ofKind =
            switch notice {
            case .alert(let alert): mismatches(expected, alert)
            case .risk(let risk): mismatches(expected, risk, in: rulebook)
            }
        return (group + others + ofKind).compactMap { $0 }
    }

    private static func mismatches(_ expected: ExpectedAlert, _ alert: Alert) -> [Difference.Mismatch?] {
        let events = alert.events.map(\.id)
        return [
            figure("figure", expected.figure, alert.figure), figure("peak", expected.peak, alert.peak),
            differing("count", expected.count, alert.evidenceCount) { "\($0)" },
            differing("events", expected.events?.sorted(), events.sorted()) { $0.joined(separator: ", ") },
            differing("ceasefire", expected.ceasefire, alert.ceasefire?.id ?? "none") { $0 },
            differing("known_at", expected.knownAt, alert.knownAt, InstantText.utc),
        ]
    }

    private static func mismatches(
        _ expected: ExpectedAlert, _ risk: RiskAlert, in rulebook: Rulebook
    ) -> [Difference.Mismatch?] {
        let threshold = rulebook.risks[risk.risk].thresholds[risk.threshold].name
        return [
            differing("threshold", expected.threshold, threshold) { $0 },
            figure("figure", expected.figure, Alert.Figure(risk.score)),
            figure("peak", expected.peak, risk.peak.map { Alert.Figure($0) }),
            differing("count", expected.count, risk.contributionCount) { "\($0)" },
            differing("known_at", expected.knownAt, risk.knownAt, InstantText.utc),
        ]
    }

    private static func mismatch(_ key: String, _ expected: String, _ came: String) -> Difference.Mismatch {
        Difference.Mismatch(key: key, expected: expected, came: came)
    }

    /// The key, where something was expected of it and something else came.
    private static func differing<T: Equatable>(
        _ key: String, _ expected: T?, _ came: T, _ text: (T) -> String
    ) -> Difference.Mismatch? {
        guard let expected, expected != came else { return nil }
        return mismatch(key, text(expected), text(came))
    }

    private static func figure(
        _ key: String, _ expected: ExpectedAlert.Figure?, _ came: Alert.Figure?
    ) -> Difference.Mismatch? {
        guard let expected, !isSame(came, expected) else { return nil }
        return mismatch(key, AlertLine.text(expected), AlertLine.text(came))
    }

    /// A number may be written for a text that looks like it, since YAML does not tell `admin1: 12` apart.
    private static func isSame(_ value: Value, _ expected: Value) -> Bool {
        value == expected || (value != .absent && AlertLine.text(value) == AlertLine.text(expected))
    }

    /// Figures are equal to nine digits: nobody writes a p-value out.
    private static func isSame(_ figure: Alert.Figure?, _ expected: ExpectedAlert.Figure) -> Bool {
        isSame(figure?.value, expected.value) && isSame(figure?.pValue, expected.pValue)
    }

    private static func isSame(_ number: Double?, _ expected: Double?) -> Bool {
        guard let expected else { return true }
        guard let number else { return false }
        return number == expected || (number - expected).magnitude <= expected.magnitude * 1e-9
    }
}
