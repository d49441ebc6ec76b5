@testable import Rulebook

extension BrokenBook {
    /// A rule `a` that alerts, a rule `b` that only a correlation `c` refers to, and another document.
    static func besideRules(_ id: Problem, _ document: String, help: String? = nil) -> BrokenBook {
        let rules = ["a", "b"].map {
            "title: \($0)\nname: \($0)\nlevel: high\ndetection: {s: {type: x}, condition: s}\n---\n"
        }
        let correlation =
            "title: c\nname: c\ncorrelation: {type: event_count, rules: [b], timespan: 1d, condition: {gte: 1}}\n---\n"
        return BrokenBook(id, rules.joined() + correlation + document, help: help)
    }

    /// Silences and inhibitions.
    static let silences: [BrokenBook] = [
        besideRules(.wrongType, "silence: «a"),
        besideRules(.missingKey, "silence: {«reason: r}"),
        besideRules(.unknownKey, "silence: {matchers: {rule: a}, «form: 2014-03-01}", help: "did you mean 'from'?"),
        besideRules(.emptyList, "silence: {matchers: «[]}"),
        besideRules(.emptyList, "silence: {matchers: «{}}"),
        besideRules(.emptyList, "silence: {matchers: {rule: «[]}}"),
        besideRules(.invalidMatcher, "silence: {matchers: [«a]}"),
        besideRules(.invalidMatcher, "silence: {matchers: ['«=a']}".replacing("'«", with: "«'")),
        besideRules(.invalidMatcher, "silence: {matchers: [«'rule=\"a']}"),
        besideRules(.invalidMatcher, "silence: {matchers: [«'rule=\"a\" b']}"),
        besideRules(.invalidExpression, "silence: {matchers: [«'rule=~\"(\"']}"),
        besideRules(.unknownRule, "silence: {matchers: {rule: «aa}}", help: "did you mean 'a'?"),
        besideRules(.unknownRule, "silence: {matchers: [«rule=d]}"),
        besideRules(.unknownLevel, "silence: {matchers: {level: [high, «hihg]}}", help: "did you mean 'high'?"),
        besideRules(.invalidValue, "silence: {matchers: {rule: a}, from: «soon}"),
        besideRules(.emptyPeriod, "silence: {matchers: {rule: a}, from: 2014-03-02, until: «2014-03-01}"),
        besideRules(.missingKey, "inhibit: {«source: {rule: a}}"),
        besideRules(
            .unknownKey, "inhibit: {source: {rule: a}, target: {rule: a}, «equals: [x]}", help: "did you mean 'equal'?"),
        besideRules(.unknownLevel, "inhibit: {source: {level: «grave}, target: {rule: a}}"),
        besideRules(.invalidValue, "inhibit: {source: {rule: a}, target: {rule: a}, equal: [«tags]}"),
        besideRules(.wrongType, "inhibit: [«a]"),
    ]

    /// Risks.
    static let risks: [BrokenBook] = [
        risk(.missingKey, "«entity: x\nhalf_life: 1d\npoints: {high: 1}\nthresholds: {t: 1}", title: ""),
        risk(.missingKey, "half_life: 1d\npoints: {high: 1}\nthresholds: {t: 1}", title: "«title: r\n"),
        risk(
            .unknownKey, "entity: x\n«half-life: 1d\npoints: {high: 1}\nthresholds: {t: 1}",
            help: "did you mean 'half_life'?"),
        risk(.invalidValue, "entity: x\nhalf_life: «0d\npoints: {high: 1}\nthresholds: {t: 1}"),
        risk(.wrongType, "entity: x\nhalf_life: 1d\npoints: «[high]\nthresholds: {t: 1}"),
        risk(
            .unknownRule, "entity: x\nhalf_life: 1d\npoints: {«hihg: 1}\nthresholds: {t: 1}",
            help: "did you mean 'high'?"),
        risk(.ruleWithoutAlerts, "entity: x\nhalf_life: 1d\npoints: {«b: 1}\nthresholds: {t: 1}"),
        risk(.invalidValue, "entity: x\nhalf_life: 1d\npoints: {high: «-1}\nthresholds: {t: 1}"),
        risk(.wrongType, "entity: x\nhalf_life: 1d\npoints: {high: «x}\nthresholds: {t: 1}"),
        risk(.wrongType, "entity: x\nhalf_life: 1d\npoints: {high: 1}\nthresholds: «5"),
        risk(.invalidValue, "entity: x\nhalf_life: 1d\npoints: {high: 1}\nthresholds: {t: «0}"),
        risk(.unknownLevel, "entity: x\nhalf_life: 1d\npoints: {high: 1}\nthresholds: {t: {score: 1, level: «x}}"),
        risk(.missingKey, "entity: x\nhalf_life: 1d\npoints: {high: 1}\nthresholds: {t: {«level: low}}"),
        risk(.unknownLevel, "level: «x\nentity: x\nhalf_life: 1d\npoints: {high: 1}\nthresholds: {t: 1}"),
        risk(.duplicateRule, "name: «a\nentity: x\nhalf_life: 1d\npoints: {high: 1}\nthresholds: {t: 1}"),
    ]

    private static func risk(_ id: Problem, _ keys: String, title: String = "title: r\n", help: String? = nil)
        -> BrokenBook
    {
        let lines = (title + keys).split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
        return besideRules(id, "risk:\n" + lines, help: help)
    }
}
