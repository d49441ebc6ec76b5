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
        public var nearest: Alert?
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
    public var unexpected: [Alert] = []

    /// Whether everything came as expected.
    public var isEmpty: Bool { missing.isEmpty && unexpected.isEmpty }

    /// Compares alerts with what is expected: each must be the one that some expectation is of, and the other way round.
    init(_ expected: [ExpectedAlert], _ alerts: [Alert]) {
        let mismatches = expected.map { expectation in alerts.map { Comparison.mismatches(expectation, $0) } }
        let partners = Pairing(mismatches.map { row in row.indices.filter { row[$0].isEmpty } }).partners
        var isTaken = [Bool](repeating: false, count: alerts.count)
        for partner in partners { if let partner { isTaken[partner] = true } }
        for (index, expectation) in expected.enumerated() where partners[index] == nil {
            let candidates = alerts.indices.filter { !isTaken[$0] && alerts[$0].rule == expectation.rule }
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
    init(between first: [Alert], and second: [Alert]) {
        let (known, other) = (Set(first), Set(second))
        unexpected = second.filter { !known.contains($0) }
        missing = first.filter { !other.contains($0) }.map { alert in
            var expected = ExpectedAlert(rule: alert.rule, location: .init(file: ""))
            expected.group = alert.group.map { .init(name: $0.field, value: $0.value) }
            expected.onset = alert.onset
            expected.end = alert.end.map { .at($0) } ?? .open
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
    static func mismatches(_ expected: ExpectedAlert, _ alert: Alert) -> [Difference.Mismatch] {
        guard expected.rule == alert.rule else { return [.init(key: "rule", expected: "", came: "")] }
        var found: [Difference.Mismatch] = []
        func compare(_ key: String, _ isSame: Bool, _ expected: String, _ came: String) {
            if !isSame { found.append(.init(key: key, expected: expected, came: came)) }
        }
        if let status = expected.status {
            compare("status", alert.status.rawValue == status, status, alert.status.rawValue)
        }
        for field in expected.group {
            let value = alert.group.first { $0.field == field.name }?.value ?? .absent
            compare(
                "group \(field.name)", isSame(value, field.value), AlertLine.text(field.value), AlertLine.text(value))
        }
        if let onset = expected.onset {
            compare("onset", alert.onset == onset, InstantText.utc(onset), InstantText.utc(alert.onset))
        }
        if let end = expected.end {
            let came: ExpectedAlert.End = alert.end.map { .at($0) } ?? .open
            compare("end", came == end, AlertLine.text(end), AlertLine.text(came))
        }
        if let figure = expected.figure {
            compare("figure", isSame(alert.figure, figure), AlertLine.text(figure), AlertLine.text(alert.figure))
        }
        if let peak = expected.peak {
            compare("peak", isSame(alert.peak, peak), AlertLine.text(peak), AlertLine.text(alert.peak))
        }
        if let count = expected.count {
            compare("count", alert.evidenceCount == count, "\(count)", "\(alert.evidenceCount)")
        }
        if let events = expected.events {
            let came = alert.events.map(\.id)
            compare(
                "events", came.sorted() == events.sorted(), events.joined(separator: ", "),
                came.joined(separator: ", "))
        }
        if let ceasefire = expected.ceasefire {
            compare("ceasefire", alert.ceasefire?.id == ceasefire, ceasefire, alert.ceasefire?.id ?? "none")
        }
        if let knownAt = expected.knownAt {
            compare("known_at", alert.knownAt == knownAt, InstantText.utc(knownAt), InstantText.utc(alert.knownAt))
        }
        return found
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
