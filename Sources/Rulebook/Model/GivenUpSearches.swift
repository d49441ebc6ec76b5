import Diagnostics

/// Tells, once each, which regular expressions of a rule book searched a text for too long and gave up.
///
/// Such a text counts as one in which nothing is found, and whoever wrote the expression has to know that.
public struct GivenUpSearches {
    private var untold: [(expression: RegularExpression, location: Location)] = []
    private var watched: Set<ObjectIdentifier> = []

    /// Watches the expressions of a rule book.
    public init(_ rulebook: Rulebook) {
        for rule in rulebook.rules {
            if case .detection(let condition) = rule.body { add(condition) }
        }
        for ceasefire in rulebook.ceasefires {
            for condition in [ceasefire.area, ceasefire.prohibits] { if let condition { add(condition) } }
        }
        for silence in rulebook.silences { add(silence.matchers, at: silence.location) }
        for inhibition in rulebook.inhibitions { add(inhibition.source + inhibition.target, at: inhibition.location) }
        for statistic in rulebook.statistics {
            add(statistic.events)
            if let part = statistic.part { add(part) }
        }
    }

    /// What has not been told yet.
    ///
    /// - Complexity: O(expressions that have given up nothing).
    public mutating func takeNews() -> [Diagnostic] {
        if untold.isEmpty { return [] }
        var news: [Diagnostic] = []
        untold.removeAll { expression, location in
            guard let text = expression.givenUpText else { return false }
            news.append(
                Diagnostic(
                    .warning, id: "search-given-up",
                    "the search for '\(expression.pattern)' takes too many steps in '\(text)' and is given up; it counts as not found",
                    at: location, help: ["write it without repetitions within repetitions, such as (a+)+"]))
            return true
        }
        return news
    }

    private mutating func add(_ condition: Condition) {
        for test in condition.tests { add(test.test, at: test.valueLocation ?? test.location) }
    }

    private mutating func add(_ test: ValueTest, at location: Location) {
        switch test {
        case .matches(let expression): add(expression, at: location)
        case .calendar(_, let inner): add(inner, at: location)
        default: break
        }
    }

    private mutating func add(_ matchers: [AlertMatcher], at location: Location) {
        for matcher in matchers {
            if case .matches(let expression) = matcher.test { add(expression, at: location) }
        }
    }

    // A statistic of a rule has the expressions of that rule.
    private mutating func add(_ expression: RegularExpression, at location: Location) {
        if watched.insert(ObjectIdentifier(expression)).inserted { untold.append((expression, location)) }
    }
}
