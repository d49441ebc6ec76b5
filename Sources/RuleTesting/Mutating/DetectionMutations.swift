import Diagnostics
import Events
import Rulebook

extension MutationOperator {
    /// Moves each threshold of a detection.
    static let detectionThresholds = MutationOperator { rule in
        guard case .detection(let condition) = rule.body else { return [] }
        return condition.fieldTests.indices.flatMap { index -> [Mutation] in
            let test = condition.fieldTests[index]
            return test.moved.map { moved in
                var mutant = rule
                mutant.body = .detection(condition.replacing(index, by: moved))
                let change = "\(FieldTestText.text(test)) to \(FieldTestText.value(moved))"
                return Mutation(change: change, rule: mutant, location: test.location)
            }
        }
    }

    /// Drops each selection of a detection.
    static let selections = MutationOperator { rule in
        guard case .detection(let condition) = rule.body else { return [] }
        var names: [String] = []
        for test in condition.fieldTests { if let name = test.selection, !names.contains(name) { names.append(name) } }
        return names.map { name in
            var mutant = rule
            mutant.body = .detection(condition.dropping { $0.selection == name } ?? .all([]))
            let place = condition.fieldTests.first { $0.selection == name }?.location ?? rule.location
            return Mutation(change: "drop selection \(name)", rule: mutant, location: place)
        }
    }

    /// Drops each field of a selection that has several.
    static let selectionFields = MutationOperator { rule in
        guard case .detection(let condition) = rule.body else { return [] }
        var places: [String: Set<Location>] = [:]
        for test in condition.fieldTests { places[test.selection ?? "", default: []].insert(test.location) }
        var seen: Set<Location> = []
        return condition.fieldTests.compactMap { test in
            guard test.field != "*", let name = test.selection, places[name]?.count ?? 0 > 1,
                seen.insert(test.location).inserted
            else { return nil }
            var mutant = rule
            mutant.body = .detection(condition.dropping { $0.location == test.location } ?? .all([]))
            let change = "drop \(FieldTestText.key(test)) of \(name)"
            return Mutation(change: change, rule: mutant, location: test.location)
        }
    }
}

extension FieldTest {
    /// The test with its threshold on either side; none where it has no threshold.
    fileprivate var moved: [FieldTest] {
        test.moved.map { moved in
            var copy = self
            copy.test = moved
            return copy
        }
    }
}

extension ValueTest {
    fileprivate var moved: [ValueTest] {
        switch self {
        case .compareNumber(let comparison, let number):
            Neighbours.of(number).map { .compareNumber(comparison, $0) }
        case .compareInstant(let comparison, let instant):
            [-1, 1].map { .compareInstant(comparison, Instant(milliseconds: instant.milliseconds + $0 * 1000)) }
        case .calendar(let component, let inner):
            inner.moved.map { .calendar(component, $0) }
        case .withinKilometers(let latitude, let longitude, let distance):
            Neighbours.of(distance).map { .withinKilometers(latitude: latitude, longitude: longitude, $0) }
        default: []
        }
    }
}

extension Condition {
    /// The condition with another test in the place of one, counted in the order of writing.
    fileprivate func replacing(_ index: Int, by test: FieldTest) -> Condition {
        var next = 0
        return mapTests { old in
            defer { next += 1 }
            return next == index ? test : old
        }
    }

    private func mapTests(_ transform: (FieldTest) -> FieldTest) -> Condition {
        switch self {
        case .test(let test): .test(transform(test))
        case .all(let parts): .all(parts.map { $0.mapTests(transform) })
        case .any(let parts): .any(parts.map { $0.mapTests(transform) })
        case .not(let part): .not(part.mapTests(transform))
        }
    }

    /// The condition as if some tests were not written; nil where nothing is left.
    fileprivate func dropping(_ isDropped: (FieldTest) -> Bool) -> Condition? {
        switch self {
        case .test(let test): return isDropped(test) ? nil : self
        case .all(let parts):
            let kept = parts.compactMap { $0.dropping(isDropped) }
            return kept.isEmpty ? nil : .all(kept)
        case .any(let parts):
            let kept = parts.compactMap { $0.dropping(isDropped) }
            return kept.isEmpty ? nil : .any(kept)
        case .not(let part): return part.dropping(isDropped).map { .not($0) }
        }
    }
}
