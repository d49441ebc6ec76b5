extension ProblemExample {
    /// Tests of rules.
    static let ofTests: [ProblemExample] = [
        ProblemExample(
            .duplicateTest, "Two tests have one name.",
            test(
                "{name: one, events: [{id: a, time: 2014-03-01}], expect: []}",
                "{name: «one, events: [{id: b, time: 2014-03-01}], expect: []}")
        ),
        ProblemExample(
            .unknownEvent, "The test has no event of that id.",
            test("{name: one, events: [{id: a, time: 2014-03-01}], arrive: [a, «b], expect: []}")),
        ProblemExample(
            .missingArrival, "A test that states the order of arrival names every record once.",
            test(
                "{name: one, events: [{id: a, time: 2014-03-01}, {id: b, time: 2014-03-02}], arrive: «[a], expect: []}")
        ),
        ProblemExample(
            .ruleWithoutAlerts, "Correlations refer to the rule, so that it raises no alerts of its own.",
            rule("name: attack") + "\n---\n" + correlation("type: event_count, rules: [attack], condition: {gte: 3}")
                + "\n---\n" + "tests:\n  - name: one\n    events: [{id: a, time: 2014-03-01, type: attack}]\n"
                + "    expect: [{rule: «attack, onset: 2014-03-01}]"),
    ]

    /// A rule, and tests of it.
    private static func test(_ tests: String...) -> String {
        rule("level: high") + "\n---\ntests:\n" + tests.map { "  - \($0)" }.joined(separator: "\n")
    }
}
