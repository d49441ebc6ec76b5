extension ProblemExample {
    /// Rules as a whole.
    static let ofRules: [ProblemExample] = [
        ProblemExample(
            .duplicateRule, "Two rules have one name: correlations could mean either.",
            rule("name: attack") + "\n---\n" + rule("name: «attack", title: "Another attack")),
        ProblemExample(
            .unknownLevel, "A level is `informational`, `low`, `medium`, `high` or `critical`.", rule("level: «hihg")),
        ProblemExample(
            .unknownRule, "A correlation names a rule that does not exist.",
            rule("name: attack") + "\n---\n" + correlation("type: event_count, rules: [«atack], condition: {gte: 3}")),
    ]

    /// What stands in `detection:`.
    static let ofSelections: [ProblemExample] = [
        ProblemExample(
            .unknownModifier, "A word behind `|` that is no modifier.", detection("target|«contain: police")),
        ProblemExample(
            .modifierConflict, "Two modifiers that cannot both be meant.",
            detection("target|contains|«startswith: police")),
        ProblemExample(
            .missingPlaceholder, "`expand` fills in placeholders, and there is none.", detection("place|expand: «towns")
        ),
        ProblemExample(
            .invalidExpression, "A text that is no regular expression (PCRE2).", detection("target|re: police (force«")),
        ProblemExample(
            .conditionSyntax, "The condition of a detection joins selections by `and`, `or`, `not` and parentheses.",
            detection("type: attack", condition: "attack and «or other")),
        ProblemExample(
            .unknownSelection, "The condition names a selection that does not exist.",
            detection("type: attack", condition: "«atack")),
        ProblemExample(
            .unusedSelection, "The condition does not name a selection: it has no effect.",
            "title: An attack\ndescription: An attack.\nlevel: high\nrunbook: Call.\ndetection:\n"
                + "  attack: {type: attack}\n  «small: {fatalities|lt: 5}\n  condition: attack"),
        ProblemExample(
            .tooManyTests, "With its selections put in, a condition may have 100,000 tests.",
            described: "A condition that names a selection of 1,000 values 200 times.",
            made: {
                let values = (0..<1_000).map(String.init).joined(separator: ", ")
                let condition = repeatElement("s", count: 200).joined(separator: " or ")
                return Array("title: T\ndetection:\n  s: {type: [\(values)]}\n  condition: \(condition)\n".utf8)
            }),
    ]

    /// What stands in `correlation:`.
    static let ofCorrelations: [ProblemExample] = [
        ProblemExample(
            .unknownCorrelationType, "There is no such type of correlation.",
            rule("name: attack") + "\n---\n" + correlation("type: «event_cuont, rules: [attack], condition: {gte: 3}")),
        ProblemExample(
            .missingAlias, "An alias names one field for each rule of the correlation.",
            pair
                + correlation(
                    "type: temporal, rules: [attack, talks], group-by: [who], aliases: {«who: {attack: initiator}}")),
        ProblemExample(
            .unusedAlias, "An alias that `group-by` does not use has no effect.",
            pair
                + correlation(
                    "type: temporal, rules: [attack, talks], aliases: {«who: {attack: initiator, talks: by}}")),
        ProblemExample(
            .repeatedRule, "A rule stands twice where order does not matter: it counts once.",
            rule("name: attack") + "\n---\n"
                + correlation("type: event_count, rules: [attack, «attack], condition: {gte: 3}")),
        ProblemExample(
            .correlationCycle, "Correlations rest on each other in a circle.",
            "«title: First\nname: first\ncorrelation: {type: absence, rules: [second], timespan: 7d}\n---\n"
                + "title: Second\nname: second\ncorrelation: {type: absence, rules: [first], timespan: 7d}"),
        ProblemExample(
            .conditionNeverMet, "No figure can meet the condition: the rule never fires.",
            pair + correlation("type: temporal, rules: [attack, talks], «condition: {gte: 3}")),
        ProblemExample(
            .conditionAlwaysMet, "Every figure meets the condition: the rule fires and never ends.",
            rule("name: attack") + "\n---\n"
                + correlation("type: event_count, rules: [attack], «condition: {gte: 0}")),
        ProblemExample(
            .boundWithoutFloor,
            "A window with nothing in it meets the condition, so that the rule holds nearly always.",
            rule("name: attack") + "\n---\n"
                + correlation("type: event_count, rules: [attack], «condition: {lt: 3}")),
        ProblemExample(
            .rateWithoutMinimum, "A rate compared with nearly nothing is large whatever happens.",
            rule("name: attack") + "\n---\n"
                + correlation("type: «rate_change, rules: [attack], baseline: 28d, condition: {ratio: 2}")),
        ProblemExample(
            .stepOutOfReach, "What a rule contributes lacks a field that the correlation needs, and is left out.",
            """
            title: An attack
            name: attack
            detection: {attack: {type: attack}, condition: attack}
            ---
            title: Three attacks in a district
            name: three-attacks
            correlation: {type: event_count, rules: [attack], group-by: [admin2], timespan: 7d, condition: {gte: 3}}
            ---
            """ + "\n"
                + correlation("type: event_count, rules: [«three-attacks], group-by: [country], condition: {gte: 2}")),
        ProblemExample(
            .stepWithoutEffect, "One event matches both rules of the correlation: it needs no second one.",
            """
            title: Bombing
            name: bombing
            detection: {s: {type: bombing}, condition: s}
            ---
            title: Deadly bombing
            name: deadly-bombing
            detection: {s: {type: bombing, fatalities|gte: 5}, condition: s}
            ---
            """ + "\n" + correlation("type: temporal, rules: [«bombing, deadly-bombing]")),
    ]

    private static let pair =
        rule("name: attack") + "\n---\n" + rule("name: talks", title: "Talks", type: "talks") + "\n---\n"

    /// A rule with one line of its own.
    static func rule(_ line: String, title: String = "An attack", type: String = "attack") -> String {
        "title: \(title)\n\(line)\ndetection: {it: {type: \(type)}, condition: it}"
    }

    /// A rule with nothing missing and one test.
    static func detection(_ test: String, condition: String = "attack") -> String {
        "title: An attack\ndescription: An attack.\nlevel: high\nrunbook: Call.\ndetection:\n  attack:\n    \(test)\n"
            + "  condition: \(condition)"
    }

    /// A correlation with nothing missing, its entries a line each.
    static func correlation(_ entries: String) -> String {
        var lines = [""]
        var depth = 0
        for character in entries + ", timespan: 7d" {
            depth += "[{".contains(character) ? 1 : "]}".contains(character) ? -1 : 0
            if character == ",", depth == 0 { lines.append("") } else { lines[lines.count - 1].append(character) }
        }
        let body = lines.map { "  " + $0.drop { $0 == " " } }.joined(separator: "\n")
        return "title: Several\ndescription: Several.\nlevel: high\nrunbook: Call.\ncorrelation:\n" + body
    }
}
