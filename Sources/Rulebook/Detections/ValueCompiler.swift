import Diagnostics
import Events

/// Lowers a field, its modifiers and its values to tests.
struct ValueCompiler {
    let placeholders: Placeholders
    let timeZone: TimeZoneRules

    /// The condition that `field|modifiers: values` stands for; nil (and diagnostics) where it stands for none.
    func condition(
        _ field: String, _ modifiers: FieldModifiers, _ entry: Node.Entry, selection: String, _ scope: Scope
    ) -> Condition? {
        if case .within = modifiers.operation {
            return within(field, modifiers, entry, selection: selection, scope)
        }
        let nodes = entry.value.items ?? [entry.value]
        if nodes.isEmpty {
            scope.error(.emptyList, "'\(field)' has no values and can match nothing", at: entry.value.location)
            return nil
        }
        let conditions = nodes.map { node -> Condition? in
            tests(modifiers, node, scope).map { tests in
                .any(merging: tests.map { self.test(field, $0, entry, selection, at: node.location) })
            }
        }
        let readable = conditions.compactMap { $0 }
        guard readable.count == conditions.count else { return nil }
        let joined: Condition = modifiers.isAll ? .all(merging: readable) : .any(merging: readable)
        return modifiers.isNegated ? .not(joined) : joined
    }

    private func test(
        _ field: String, _ test: ValueTest, _ entry: Node.Entry, _ selection: String, at place: Location
    ) -> Condition {
        var test = FieldTest(field: field, test: test, selection: selection, location: entry.key.location)
        test.valueLocation = place
        return .test(test)
    }

    /// The tests that one value stands for: one, or one for each value of its placeholders.
    private func tests(_ modifiers: FieldModifiers, _ node: Node, _ scope: Scope) -> [ValueTest]? {
        guard let scalar = node.scalar else {
            scope.error(.wrongType, "a value is expected, not \(node.description)", at: node.location)
            return nil
        }
        if modifiers.isFieldReference { return fieldReference(modifiers, node, scope).map { [$0] } }
        if let component = modifiers.calendar {
            return calendar(component, modifiers, node, scope).map { [$0] }
        }
        switch modifiers.operation {
        case .exists: return scope.boolean(node, "exists").map { [.exists($0)] }
        case .compare(let comparison): return compare(comparison, node, scope).map { [$0] }
        case .expression: return expression(modifiers, node, scope).map { [$0] }
        case .within: return nil
        case .equals where !modifiers.isExpanded:
            return equals(scalar, node, cased: modifiers.isCased, scope).map { [$0] }
        case .equals:
            let expanded = placeholders.expand(node, scope)
            return expanded?.compactMap { equals($0, node, cased: modifiers.isCased, scope) }
        case .affix(let affix):
            let scalars = modifiers.isExpanded ? placeholders.expand(node, scope) : text(node, scope).map { [$0] }
            return scalars?.map { .like(pattern($0.text, affix), cased: modifiers.isCased) }
        }
    }

    private func equals(_ scalar: Scalar, _ node: Node, cased: Bool, _ scope: Scope) -> ValueTest? {
        switch scalar.value {
        case .null: return .absent
        case .boolean(let value): return .equalsBoolean(value)
        case .number(let value) where value.isFinite: return .equalsNumber(value)
        case .number:
            scope.error(.invalidValue, "no event holds a number that is not finite", at: node.location)
            return nil
        case .text: return .like(WildcardPattern(sigma: scalar.text), cased: cased)
        }
    }

    /// A scalar that may be looked for within a text.
    private func text(_ node: Node, _ scope: Scope) -> Scalar? {
        guard let scalar = node.scalar, !node.isNull else {
            scope.error(
                .wrongType, "a text is expected, not \(node.description)", at: node.location,
                help: ["write 'field: null' without a modifier for a field that is absent"])
            return nil
        }
        return scalar
    }

    private func pattern(_ text: String, _ affix: ValueTest.Affix) -> WildcardPattern {
        var pieces = WildcardPattern(sigma: text).pieces
        if affix != .prefix, pieces.first != .any { pieces.insert(.any, at: 0) }
        if affix != .suffix, pieces.last != .any { pieces.append(.any) }
        return WildcardPattern(pieces: pieces)
    }

    private func compare(_ comparison: Comparison, _ node: Node, _ scope: Scope) -> ValueTest? {
        guard case .text = node.scalar?.value, let scalar = node.scalar else {
            return scope.number(node, comparison.rawValue).map { .compareNumber(comparison, $0) }
        }
        if let instant = scalar.instant(in: timeZone) { return .compareInstant(comparison, instant) }
        scope.error(
            .invalidValue, "'\(comparison.rawValue)' takes a number or a point in time, not '\(scalar.text)'",
            at: node.location, help: Double(scalar.text) == nil ? [] : ["write it without quotes"],
            fix: Scope.unquoted(scalar, at: node.location, if: scalar.readsAsNumber))
        return nil
    }

    private func expression(_ modifiers: FieldModifiers, _ node: Node, _ scope: Scope) -> ValueTest? {
        guard let scalar = text(node, scope) else { return nil }
        do throws(RegularExpressionError) {
            return .matches(try RegularExpression(pattern: scalar.text, options: modifiers.expressionOptions))
        } catch {
            scope.error(
                .invalidExpression, "not a regular expression: \(error.message)",
                at: node.location(ofCodePoints: error.offset..<error.offset + 1))
            return nil
        }
    }

    private func fieldReference(_ modifiers: FieldModifiers, _ node: Node, _ scope: Scope) -> ValueTest? {
        guard let other = scope.text(node, "fieldref") else { return nil }
        return switch modifiers.operation {
        case .affix(let affix): .likeField(other, affix, cased: modifiers.isCased)
        case .compare(let comparison): .compareField(comparison, other)
        default: .equalsField(other, cased: modifiers.isCased)
        }
    }

    private func calendar(
        _ component: CalendarComponent, _ modifiers: FieldModifiers, _ node: Node, _ scope: Scope
    ) -> ValueTest? {
        guard let value = scope.number(node, component.rawValue) else { return nil }
        if case .compare(let comparison) = modifiers.operation {
            return .calendar(component, .compareNumber(comparison, value))
        }
        let range = component.range
        guard value == value.rounded(), range.contains(value) else {
            let (first, last) = (Int(range.lowerBound), Int(range.upperBound))
            scope.error(
                .invalidValue, "'\(component.rawValue)' takes a whole number from \(first) to \(last)",
                at: node.location)
            return nil
        }
        return .calendar(component, .equalsNumber(value))
    }
}

extension CalendarComponent {
    /// The values that occur.
    fileprivate var range: ClosedRange<Double> {
        switch self {
        case .minute: 0...59
        case .hour: 0...23
        case .day: 1...31
        case .week: 1...53
        case .month: 1...12
        case .year: 0...9999
        }
    }
}
