import Diagnostics
import Events

extension LintCheck {
    /// Values that no event has: words that are not of a closed vocabulary, types that look mistyped, numbers out of range.
    static let values = LintCheck { subject in
        let values = ValueUse(subject)
        for (condition, scope) in subject.conditions {
            for test in condition.tests {
                values.checkWord(test, scope)
                values.checkType(test, scope)
                values.checkRange(test, scope)
            }
        }
    }
}

/// Compares the values that are asked for with those that there are.
private struct ValueUse {
    private let vocabulary: FieldVocabulary
    /// The types that are known, and how often the rule book asks for each other one.
    private let knownTypes: Set<String>
    private let foldedTypes: Set<String>
    private let typeCounts: [String: Int]

    init(_ subject: LintSubject) {
        vocabulary = FieldVocabulary(subject.rulebook)
        let translated = subject.rulebook.profiles.flatMap { profile -> [String] in
            var words = Array((profile.values["type"] ?? [:]).values)
            if case .text(let word) = profile.defaults["type"] { words.append(word) }
            return words
        }
        knownTypes = Vocabulary.commonTypes.union(subject.knownTypes).union(translated)
        foldedTypes = Set(knownTypes.map(CaseFolding.fold))
        let types = subject.conditions.flatMap { $0.condition.tests.compactMap(ValueUse.type) }
        typeCounts = Dictionary(types.map { (CaseFolding.fold($0), 1) }, uniquingKeysWith: +)
    }

    /// The type that a test asks for as it is.
    private static func type(_ test: FieldTest) -> String? { test.field == "type" ? test.test.literal : nil }

    func checkWord(_ test: FieldTest, _ scope: Scope) {
        guard let words = vocabulary.words(of: test.field), !words.isEmpty, !words.contains(where: test.test.accepts),
            let said = test.test.written
        else { return }
        let literal = test.test.literal
        let nearest = literal.map { Suggestion.help(for: $0, among: words) } ?? []
        let isClosed = Vocabulary.closed[test.field] != nil
        scope.warning(
            .valueOfNoVocabulary, "'\(test.field)' is never \(said)", at: test.valueLocation ?? test.location,
            help: nearest.isEmpty ? ["it is one of \(words.prefix(12).joined(separator: ", "))"] : nearest,
            fix: literal.flatMap { literal in
                test.valueLocation.flatMap {
                    Suggestion.fix(for: literal, at: $0, among: words, isClosed: isClosed)
                }
            })
    }

    /// A type that is asked for once, and is nearly one that is known or asked for more often.
    func checkType(_ test: FieldTest, _ scope: Scope) {
        guard let type = ValueUse.type(test) else { return }
        let folded = CaseFolding.fold(type)
        guard typeCounts[folded] == 1, !foldedTypes.contains(folded) else { return }
        // Words that begin with a capital are those of another source.
        let isCapital = type.first?.isUppercase
        let others = knownTypes.union(typeCounts.filter { $0.value > 1 }.keys)
            .filter { $0.first?.isUppercase == isCapital }.sorted()
        guard let meant = Suggestion.nearest(to: type, among: others), Suggestion.distance(meant, type) <= 2 else {
            return
        }
        scope.warning(
            .unusualType, "the type '\(type)' occurs nowhere else, and is nearly '\(meant)'",
            at: test.valueLocation ?? test.location, help: ["did you mean '\(meant)'?"],
            fix: test.valueLocation.flatMap {
                Suggestion.fix(for: type, at: $0, among: others, isClosed: false)
            })
    }

    /// A text that is asked of a field that holds numbers.
    private func checkText(_ test: FieldTest, _ scope: Scope) {
        guard CanonicalField.numbers.contains(test.field), let text = test.test.literal, Double(text) == nil else {
            return
        }
        scope.warning(
            .testNeverMet, "'\(test.field)' is never '\(text)': it holds numbers",
            at: test.valueLocation ?? test.location,
            help: ["write a comparison such as \(test.field)|gte: 5"])
    }

    /// A comparison that no value of the field meets, or every one.
    func checkRange(_ test: FieldTest, _ scope: Scope) {
        checkText(test, scope)
        guard case .compareNumber(let comparison, let bound) = test.test,
            let range = FieldVocabulary.range(of: test.field)
        else { return }
        let condition = NumericCondition([.init(comparison, bound)])
        let said = "\(comparison.rawValue): \(NumberText.shortest(bound))"
        if !condition.canBeMet(within: range) {
            scope.warning(
                .testNeverMet, "'\(test.field)' is never '\(said)': it is \(range.words)",
                at: test.valueLocation ?? test.location)
        } else if condition.isAlwaysMet(within: range) {
            scope.warning(
                .testAlwaysMet, "'\(test.field)' is always '\(said)' where it is known: it is \(range.words)",
                at: test.valueLocation ?? test.location,
                help: ["write '\(test.field)|exists: true' if that is meant"])
        }
    }
}

extension ClosedRange<Double> {
    /// The range in words.
    fileprivate var words: String {
        upperBound.isInfinite
            ? "at least \(NumberText.shortest(lowerBound))"
            : "from \(NumberText.shortest(lowerBound)) to \(NumberText.shortest(upperBound))"
    }
}

extension ValueTest {
    /// The text that it asks for without wildcards; nil if it asks for anything else.
    var literal: String? {
        guard case .like(let pattern, _) = self, pattern.isLiteral else { return nil }
        guard case .literal(let text) = pattern.pieces.first else { return "" }
        return text
    }

    /// What it asks for, in words; nil for tests that are not about words.
    fileprivate var written: String? {
        if let literal { return "'\(literal)'" }
        return switch self {
        case .like(let pattern, _): "like '\(pattern.text)'"
        case .matches(let expression): "matched by '\(expression.pattern)'"
        default: nil
        }
    }

    /// Whether a word meets it; of tests that are not about words nothing is said.
    func accepts(_ word: String) -> Bool {
        switch self {
        case .like(let pattern, let cased): pattern.matches(word, cased: cased)
        case .matches(let expression): expression.isFound(in: word)
        default: true
        }
    }
}

extension WildcardPattern {
    /// The pattern as it may be written.
    fileprivate var text: String {
        pieces.map { piece in
            switch piece {
            case .literal(let text): text
            case .any: "*"
            case .one: "?"
            }
        }.joined()
    }
}
