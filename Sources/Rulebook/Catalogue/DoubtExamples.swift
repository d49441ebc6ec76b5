extension ProblemExample {
    /// What a reader of an alert would miss, and options and comments that do nothing.
    static let ofDoubtfulRules: [ProblemExample] = [
        ProblemExample(
            .ruleWithoutDescription, "Whoever gets the alert should know what it means, its unit and its limits.",
            "«title: An attack\nlevel: high\nrunbook: Call.\n" + attack),
        ProblemExample(
            .ruleWithoutLevel, "Without a level a rule counts as medium.",
            "«title: An attack\ndescription: An attack.\nrunbook: Call.\n" + attack),
        ProblemExample(
            .ruleWithoutRunbook, "Whoever gets the alert should know what to do: the contingency plan.",
            "«title: An attack\ndescription: An attack.\nlevel: high\n" + attack),
        ProblemExample(
            .optionWithoutEffect, "The alert of a detection is of one instant, and has no length to wait for.",
            "title: An attack\ndescription: An attack.\nlevel: high\nrunbook: Call.\n«for: 6h\n" + attack),
        ProblemExample(
            .ignoreWithoutEffect,
            "The comment is about a finding that is not there: it was mended, or its id is mistyped.",
            "title: An attack   # lint: ignore «rule-without-runbok it is for the record\n"
                + "description: An attack.\nlevel: high\nrunbook: Call.\n" + attack),
        ProblemExample(
            .ignoreWithoutReason, "The next reader should know why the finding is meant.",
            "title: An attack   # lint: ignore «rule-without-runbook\ndescription: An attack.\nlevel: high\n" + attack),
    ]

    /// Fields and values that no event has.
    static let ofDoubtfulValues: [ProblemExample] = [
        ProblemExample(
            .fieldOfNoProfile,
            "No profile names such a column: the test is never met, unless a source has it all the same.",
            detection("«targt: police")),
        ProblemExample(
            .fieldNeverSet, "The field is derived from actors or ceasefires, and the rule book has none.",
            detection("«breach: confirmed")),
        ProblemExample(
            .valueOfNoVocabulary,
            "The field holds one of a few words, and this is none of them: the test is never met.",
            detection("attribution: «claimd")),
        ProblemExample(
            .unusualType, "A type of event that occurs nowhere else and is nearly one that is known.",
            detection("type: «bombng")),
        ProblemExample(
            .testNeverMet, "No value of the field meets the comparison.", detection("fatalities|lt: «0")),
        ProblemExample(
            .testAlwaysMet, "Every value of the field meets the comparison.", detection("fatalities|gte: «0")),
        ProblemExample(
            .ruleNeverFires, "What the selections ask for excludes each other.",
            doubtful("small: {fatalities|lt: 5}\n  large: {fatalities|gte: 20}", condition: "small and large")),
        ProblemExample(
            .ruleAlwaysFires, "Every event meets the condition.",
            doubtful("attack: {type: attack}", condition: "attack or not attack")),
    ]

    /// Silences, inhibitions and risks that do nothing.
    static let ofDoubtfulAftermath: [ProblemExample] = [
        ProblemExample(
            .matcherOfNoAlert, "No rule and no risk has such alerts, so that nothing is ever held back.",
            grouped + "\n---\nsilence: {matchers: {«level: low}, reason: the office moves}"),
        ProblemExample(
            .matcherOfNoGroup,
            "The alerts that are meant do not have the field in their group. An absent field counts as the empty text.",
            grouped + "\n---\nsilence: {matchers: {«admin1: Swat}, reason: the office moves}"),
        ProblemExample(
            .entityOfNoAlert, "No alert that gives points has the field whose values are scored.",
            grouped
                + "\n---\nrisk: {title: Strain, entity: «admin1, half_life: 2d, points: {high: 1}, thresholds: {strained: 4}}"
        ),
    ]

    private static let grouped =
        "title: An attack\ndescription: An attack.\nlevel: high\nrunbook: Call.\ngroup-by: [admin2]\n" + attack

    private static let attack = "detection: {attack: {type: attack}, condition: attack}"

    /// A rule with nothing missing, its finding at the condition.
    private static func doubtful(_ selections: String, condition: String) -> String {
        "title: An attack\ndescription: An attack.\nlevel: high\nrunbook: Call.\ndetection:\n  \(selections)\n"
            + "  condition: «\(condition)"
    }
}
