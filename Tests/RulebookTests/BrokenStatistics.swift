@testable import Rulebook

extension BrokenBook {
    /// Statistics.
    static let statistics: [BrokenBook] = [
        statistic(.missingKey, "«measure: count\nrules: a", title: ""),
        statistic(.missingKey, "rules: a", title: "«title: s\n"),
        statistic(.invalidValue, "measure: «cuont\nrules: a", help: "did you mean 'count'?"),
        statistic(.missingKey, "measure: count", title: "«title: s\n"),
        statistic(.unknownRule, "measure: count\nrules: «aa", help: "did you mean 'a'?"),
        statistic(.unsupported, "measure: count\nrules: «c"),
        statistic(.emptyList, "measure: count\nrules: «[]"),
        statistic(.misplacedKey, "measure: count\nrules: a\n«detection: {s: {type: x}, condition: s}"),
        statistic(.misplacedKey, "measure: count\n«field: x\nrules: a"),
        statistic(.missingKey, "measure: sum\nrules: a", title: "«title: s\n"),
        statistic(.missingKey, "measure: share\nof: a", title: "«title: s\n"),
        statistic(.misplacedKey, "measure: share\nof: a\namong: a\n«rules: a"),
        statistic(.emptyList, "measure: count\nrules: a\nwindows: «[]"),
        statistic(.invalidValue, "measure: count\nrules: a\nwindows: [1d, «24h]"),
        statistic(.invalidValue, "measure: count\nrules: a\nevery: «0d"),
        statistic(.unknownCeasefire, "measure: count\nrules: a\nceasefire: «t"),
        statistic(.unknownKey, "measure: count\nrules: a\n«window: 1d", help: "did you mean 'windows'?"),
    ]

    private static func statistic(
        _ id: Problem, _ keys: String, title: String = "title: s\n", help: String? = nil
    ) -> BrokenBook {
        let lines = (title + keys).split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
        return besideRules(id, "statistics:\n" + lines, help: help)
    }
}
