import Diagnostics

/// A selection that compiled, by its name.
struct NamedSelection {
    let name: String
    let condition: Condition
}

/// The selections that a condition may name, and those it has named.
struct SelectionNames {
    private let selections: [NamedSelection]
    private let indices: [String: Int]
    private let sizes: [Int]
    private var testsLeft: Int
    private(set) var used: Set<String> = []

    init(_ selections: [NamedSelection], testLimit: Int) {
        self.selections = selections
        indices = Dictionary(selections.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        sizes = selections.map { $0.condition.tests.count }
        testsLeft = testLimit
    }

    var names: [String] { selections.map(\.name) }

    /// The selection of a name.
    mutating func selection(_ name: String) -> Condition? { indices[name].map { use($0) } }

    /// The selections that `them` or a name with `*` stands for; names that begin with `_` only where the pattern does.
    mutating func selections(matching pattern: String) -> [Condition] {
        let matcher = WildcardMatcher(WildcardPattern(name: pattern == "them" ? "*" : pattern), cased: true)
        let includesHidden = pattern.hasPrefix("_")
        return selections.indices
            .filter { (includesHidden || !selections[$0].name.hasPrefix("_")) && matcher.matches(selections[$0].name) }
            .map { use($0) }
    }

    /// Whether more tests were asked for than a condition may have.
    var isExhausted: Bool { testsLeft < 0 }

    private mutating func use(_ index: Int) -> Condition {
        used.insert(selections[index].name)
        testsLeft -= sizes[index]
        return selections[index].condition
    }
}

/// Parses the condition of a detection: `not` binds before `and`, `and` before `or`.
struct ConditionParser {
    private struct Failure: Error {
        var problem = Problem.conditionSyntax
        var message: String
        var token: Int
        var help: [String] = []
        var candidates: [String] = []
    }

    /// How deep parentheses and `not` may nest.
    private static let depthLimit = 64

    private let tokens: [ConditionToken]
    private var position = 0
    private var depth = 0
    private var names: SelectionNames

    /// The condition a text stands for; nil (and a diagnostic) where it stands for none.
    static func parse(_ text: String, _ node: Node, _ names: inout SelectionNames, _ scope: Scope) -> Condition? {
        var parser = ConditionParser(tokens: ConditionToken.split(text), names: names)
        defer { names = parser.names }
        do throws(Failure) {
            return try parser.whole()
        } catch {
            let end = text.unicodeScalars.count
            let range = error.token < parser.tokens.count ? parser.tokens[error.token].range : end..<end + 1
            let place = node.location(ofCodePoints: range)
            let token = error.token < parser.tokens.count ? parser.tokens[error.token].text : ""
            scope.error(
                error.problem, error.message, at: place, help: error.help,
                fix: Suggestion.fix(for: token, at: place, among: error.candidates, isClosed: false))
            return nil
        }
    }

    private init(tokens: [ConditionToken], names: SelectionNames) {
        self.tokens = tokens
        self.names = names
    }

    private mutating func whole() throws(Failure) -> Condition {
        if let pipe = tokens.firstIndex(where: { $0.text == "|" }) {
            throw Failure(
                problem: .unsupported, message: "aggregations after '|' of the old Sigma are not supported",
                token: pipe, help: ["write a rule with 'correlation'"])
        }
        let condition = try disjunction()
        guard position == tokens.count else { throw unexpected("'and', 'or' or the end") }
        return condition
    }

    private mutating func disjunction() throws(Failure) -> Condition {
        var parts = [try conjunction()]
        while take("or") { parts.append(try conjunction()) }
        return .any(merging: parts)
    }

    private mutating func conjunction() throws(Failure) -> Condition {
        var parts = [try negation()]
        while take("and") { parts.append(try negation()) }
        return .all(merging: parts)
    }

    private mutating func negation() throws(Failure) -> Condition {
        depth += 1
        defer { depth -= 1 }
        guard depth <= ConditionParser.depthLimit else {
            throw Failure(
                problem: .tooDeep, message: "the condition nests more than \(ConditionParser.depthLimit) deep",
                token: position)
        }
        if take("not") { return .not(try negation()) }
        guard take("(") else { return try term() }
        let inner = try disjunction()
        guard take(")") else { throw unexpected("')'") }
        return inner
    }

    private mutating func term() throws(Failure) -> Condition {
        guard position < tokens.count, !tokens[position].isReserved else { throw unexpected("a selection") }
        let condition = try isQuantifier ? quantified() : single()
        guard !names.isExhausted else {
            throw Failure(
                problem: .tooManyTests, message: "with its selections put in, the condition has too many tests",
                token: position - 1)
        }
        return condition
    }

    private mutating func single() throws(Failure) -> Condition {
        let name = tokens[position].text
        guard let condition = names.selection(name) else {
            throw Failure(
                problem: .unknownSelection, message: "there is no selection '\(name)'", token: position,
                help: help(for: name), candidates: names.names)
        }
        position += 1
        return condition
    }

    private var isQuantifier: Bool { position + 1 < tokens.count && tokens[position + 1].isWord("of") }

    private mutating func quantified() throws(Failure) -> Condition {
        let quantifier = tokens[position]
        guard ["1", "any", "all"].contains(where: { quantifier.isWord($0) }) else {
            throw Failure(
                problem: .unsupported, message: "'\(quantifier.text) of' is not supported", token: position,
                help: ["write '1 of', 'any of' or 'all of'"])
        }
        position += 2
        guard position < tokens.count, !tokens[position].isReserved else {
            throw unexpected("'them' or the name of selections")
        }
        let name = tokens[position].text
        let pattern = tokens[position].isWord("them") ? "them" : name
        let selections = names.selections(matching: pattern)
        guard !selections.isEmpty else {
            throw Failure(
                problem: .unknownSelection, message: "no selection matches '\(name)'", token: position,
                help: help(for: name))
        }
        position += 1
        return quantifier.isWord("all") ? .all(merging: selections) : .any(merging: selections)
    }

    /// The nearest selection, or which ones there are.
    private func help(for name: String) -> [String] {
        let nearest = Suggestion.help(for: name, among: names.names)
        if !nearest.isEmpty || names.names.isEmpty || names.names.count > 12 { return nearest }
        let list = names.names.map { "'\($0)'" }.joined(separator: ", ")
        return [names.names.count == 1 ? "the only selection is \(list)" : "the selections are \(list)"]
    }

    private mutating func take(_ word: String) -> Bool {
        guard position < tokens.count, tokens[position].isWord(word) else { return false }
        position += 1
        return true
    }

    private func unexpected(_ expected: String) -> Failure {
        let found = position < tokens.count ? "'\(tokens[position].text)'" : "the end"
        return Failure(message: "\(expected) is expected here, not \(found)", token: position)
    }
}

/// A word, a parenthesis or a `|` of a condition.
struct ConditionToken {
    let text: String
    /// The code points it takes.
    let range: Range<Int>

    /// Whether it is a word of the grammar, in any case of letters.
    func isWord(_ word: String) -> Bool { text.utf8.count == word.utf8.count && text.lowercased() == word }

    /// Whether it cannot be the name of a selection.
    var isReserved: Bool { ["and", "or", "not", "of", "(", ")"].contains { isWord($0) } }

    /// The tokens of a condition.
    static func split(_ text: String) -> [ConditionToken] {
        var tokens: [ConditionToken] = []
        var word = String.UnicodeScalarView()
        var index = 0
        func endWord() {
            guard !word.isEmpty else { return }
            tokens.append(ConditionToken(text: String(word), range: index - word.count..<index))
            word = String.UnicodeScalarView()
        }
        for scalar in text.unicodeScalars {
            if scalar == "(" || scalar == ")" || scalar == "|" {
                endWord()
                tokens.append(ConditionToken(text: String(scalar), range: index..<index + 1))
            } else if scalar.properties.isWhitespace {
                endWord()
            } else {
                word.append(scalar)
            }
            index += 1
        }
        endWord()
        return tokens
    }
}
