import Events

/// Whether some event can meet tests all at once, as far as that can be told beforehand: where in doubt it can.
struct Possibility {
    let vocabulary: FieldVocabulary

    /// Whether some event can meet a condition and has some fields.
    func canBeMet(_ condition: Condition, with present: [String] = []) -> Bool {
        guard let alternatives = Alternatives.of(condition) else { return true }
        return alternatives.contains { isPossible($0, with: present) }
    }

    /// Whether every event meets a condition.
    func isAlwaysMet(_ condition: Condition) -> Bool {
        guard let alternatives = Alternatives.of(condition, isNegated: true) else { return false }
        return !alternatives.contains { isPossible($0, with: []) }
    }

    /// Why no event meets a condition, as the end of a sentence: the fields that stand in the way.
    func reasonNeverMet(_ condition: Condition) -> String? {
        guard let alternatives = Alternatives.of(condition) else { return nil }
        var reasons: [String] = []
        for alternative in alternatives {
            guard let obstacle = obstacle(alternative, with: []) else { return nil }
            if !reasons.contains(obstacle) { reasons.append(obstacle) }
        }
        return reasons.joined(separator: "; ")
    }

    private func isPossible(_ literals: [Literal], with present: [String]) -> Bool {
        obstacle(literals, with: present) == nil
    }

    /// Which field cannot be as it is asked for; nil where all can.
    private func obstacle(_ literals: [Literal], with present: [String]) -> String? {
        var order: [String] = []
        var byField: [String: [Literal]] = [:]
        for field in literals.map(\.test.field) + present where byField[field] == nil {
            order.append(field)
            byField[field] = []
        }
        for literal in literals { byField[literal.test.field]?.append(literal) }
        var fields = byField.mapValues { FieldDemand($0) }
        for field in present { fields[field]?.isPresent = true }
        if let field = order.first(where: { fields[$0]?.isPossible(in: $0, vocabulary) == false }) {
            return "no value of '\(field)' meets all that is asked of it"
        }
        guard let (breach, other) = disagreement(fields, order) else { return nil }
        return "what is asked of '\(breach)' excludes what is asked of '\(other)'"
    }

    /// What does not agree with when an event has a breach, and when that has a side: SPEC section 4.
    private func disagreement(_ fields: [String: FieldDemand], _ order: [String]) -> (breach: String, other: String)? {
        func isAsked(_ field: String) -> Bool { fields[field]?.isPresent ?? false }
        let breach = order.first { ($0 == "breach" || $0.hasPrefix("breach.")) && isAsked($0) }
        guard let breach else { return nil }
        if let other = ["ceasefire_act", "claim"].first(where: isAsked) { return (breach, other) }
        if let phase = fields["ceasefire.phase"], !phase.accepts("in_force") { return (breach, "ceasefire.phase") }
        guard let kinds = fields["breach"] else { return nil }
        if isAsked("breach.side"), !["confirmed", "disputed", "alleged"].contains(where: kinds.accepts) {
            return ("breach", "breach.side")
        }
        let withoutClash = Vocabulary.closed["breach"]?.filter { $0 != "clash" } ?? []
        let agrees = !isAsked("breach.against") || withoutClash.contains(where: kinds.accepts)
        return agrees ? nil : ("breach", "breach.against")
    }
}

/// What is asked of one field.
private struct FieldDemand {
    private let literals: [Literal]
    /// Whether the field must be there.
    var isPresent: Bool
    private let isAbsent: Bool

    init(_ literals: [Literal]) {
        self.literals = literals
        isPresent = literals.contains { $0.test.test.asksForPresence != $0.isNegated && !$0.isNegatedValue }
        isAbsent = literals.contains { $0.test.test.asksForAbsence != $0.isNegated && $0.test.test.isAboutPresence }
    }

    /// Whether a word meets all that is asked of the field.
    func accepts(_ word: String) -> Bool {
        literals.allSatisfy { !$0.test.test.isAboutWords || $0.test.test.accepts(word) != $0.isNegated }
    }

    func isPossible(in field: String, _ vocabulary: FieldVocabulary) -> Bool {
        if isPresent, isAbsent { return false }
        if isContradiction { return false }
        guard isPresent, FieldVocabulary.isSingle(field) else { return true }
        if FieldVocabulary.isNumeric(field), !CanonicalField.instants.contains(field),
            literals.contains(where: { !$0.isNegated && $0.test.test.literal.map { Double($0) == nil } ?? false })
        {
            return false
        }
        if let words = vocabulary.words(of: field), !words.isEmpty, !words.contains(where: accepts) { return false }
        let asked = literals.compactMap { $0.isNegated ? nil : $0.test.test.literal }
        if let first = asked.first, !accepts(first) { return false }
        guard FieldVocabulary.isNumeric(field) else { return true }
        return hasNumber(within: FieldVocabulary.range(of: field) ?? -Double.infinity...Double.infinity)
    }

    /// Whether one thing is asked for and refused: then no value helps, nor any list of values.
    private var isContradiction: Bool {
        let refused = literals.filter(\.isNegated)
        guard !refused.isEmpty else { return false }
        for literal in literals where !literal.isNegated {
            if let word = literal.test.test.literal, refused.contains(where: { $0.test.test.refuses(word) }) {
                return true
            }
            guard let sketch = literal.test.test.sketch else { continue }
            if refused.contains(where: { $0.test.test.sketch == sketch }) { return true }
        }
        return false
    }

    /// Whether some number, or some instant, meets all comparisons.
    private func hasNumber(within range: ClosedRange<Double>) -> Bool {
        var bounds = NumericCondition()
        for literal in literals {
            guard let (comparison, value) = literal.test.test.comparison else { continue }
            bounds.terms.append(.init(literal.isNegated ? comparison.opposite : comparison, value))
        }
        return bounds.terms.isEmpty || bounds.canBeMet(within: range)
    }
}

extension Literal {
    /// Whether it only refuses a value, which an absent field meets too.
    fileprivate var isNegatedValue: Bool { isNegated && !test.test.isAboutPresence }
}

extension ValueTest {
    /// Whether it asks for whether the field is there, not for its value.
    fileprivate var isAboutPresence: Bool {
        switch self {
        case .absent, .exists: true
        default: false
        }
    }

    fileprivate var asksForAbsence: Bool {
        switch self {
        case .absent, .exists(false): true
        default: false
        }
    }

    fileprivate var asksForPresence: Bool { !asksForAbsence }

    fileprivate var isAboutWords: Bool {
        switch self {
        case .like, .matches: true
        default: false
        }
    }

    /// Whether it is a test on words that a word meets.
    fileprivate func refuses(_ word: String) -> Bool { isAboutWords && accepts(word) }

    /// The comparison with a number; instants count in milliseconds.
    fileprivate var comparison: (Comparison, Double)? {
        switch self {
        case .compareNumber(let comparison, let number): (comparison, number)
        case .equalsNumber(let number): (.equal, number)
        case .compareInstant(let comparison, let instant): (comparison, Double(instant.milliseconds))
        default: nil
        }
    }

    /// What it says, so that equal tests can be told; nil for what is not compared.
    fileprivate var sketch: String? {
        switch self {
        case .like(let pattern, let cased): "like \(cased) \(pattern.pieces)"
        case .matches(let expression): "matches \(expression.options.rawValue) \(expression.pattern)"
        case .equalsNumber(let number): "equals \(number)"
        case .equalsBoolean(let value): "equals \(value)"
        case .compareNumber(let comparison, let number): "\(comparison) \(number)"
        case .compareInstant(let comparison, let instant): "\(comparison) \(instant.milliseconds) ms"
        case .equalsField(let field, let cased): "equals field \(cased) \(field)"
        default: nil
        }
    }
}

extension Comparison {
    /// The comparison that holds of two numbers where this one does not.
    fileprivate var opposite: Comparison {
        switch self {
        case .equal: .notEqual
        case .notEqual: .equal
        case .less: .greaterOrEqual
        case .lessOrEqual: .greater
        case .greater: .lessOrEqual
        case .greaterOrEqual: .less
        }
    }
}
