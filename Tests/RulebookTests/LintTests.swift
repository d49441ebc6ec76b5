import Diagnostics
import Testing

@testable import Rulebook

@Suite("\"lint examines the ceasefires too\", and the rules")
struct LintTests {
    /// What lint finds, as `line:column id`.
    private func lint(_ text: String, knownFields: Set<String> = []) throws -> [String] {
        let source = RulebookSource(file: "rules.yml", bytes: Array(text.utf8))
        let book = try #require(Rulebook.load([source]).rulebook)
        return book.lint(knownFields: knownFields, sources: [source]).map {
            "\($0.location.line):\($0.location.column) \($0.id)"
        }
    }

    private let actors = "actors: [{id: a}, {id: b}]\nceasefires:\n"

    private func ceasefire(_ id: String, _ rest: String) -> String {
        "- {id: \(id), parties: [{side: x, actors: a}, {side: y, actors: b}], area: {country: C}, "
            + "prohibits: {type: t}, \(rest)}\n"
    }

    @Test("\"no end, no party, no area, no prohibited act\"")
    func openTerms() throws {
        #expect(
            try lint("ceasefire:\n  id: c\n  effective: 2014-03-01") == [
                "2:7 ceasefire-without-end", "2:7 ceasefire-without-party", "2:7 ceasefire-without-area",
                "2:7 ceasefire-without-prohibition",
            ])
        #expect(try lint("ceasefire: {id: c}").contains("1:17 ceasefire-without-start"))
    }

    @Test(
        "\"overlapping or gapped periods between the same sides\"",
        arguments: [
            ("2014-03-15", ["4:8 ceasefire-overlap"]), ("2014-05-01", ["4:8 ceasefire-gap"]), ("2014-04-01", []),
        ])
    func succession(_ start: String, _ expected: [String]) throws {
        let text =
            actors + ceasefire("one", "effective: 2014-03-01, until: 2014-04-01")
            + ceasefire("two", "effective: \(start), acts: [{at: 2014-06-01, act: ended}]")
        #expect(try lint(text) == expected)
    }

    @Test("\"an end with neither extension nor successor\"")
    func lapse() throws {
        #expect(
            try lint(actors + ceasefire("one", "effective: 2014-03-01, until: 2014-04-01")) == ["3:8 ceasefire-lapse"])
        let extended = "acts: [{at: 2014-04-01, act: extended, until: 2014-05-01}]"
        #expect(try lint(actors + ceasefire("one", "effective: 2014-03-01, until: 2014-04-01, \(extended)")) == [])
    }

    @Test(
        "acts that do not fit the phase",
        arguments: [
            ("{at: 2014-03-10, act: suspended}, {at: 2014-03-12, act: resumed}", 0),
            ("{at: 2014-03-10, act: resumed}", 1), ("{at: 2014-02-10, act: ended}", 1),
            ("{at: 2014-03-10, act: declared}", 1), ("{at: 2014-04-02, act: suspended}", 1),
            ("{at: 2014-04-01, act: extended, until: 2014-05-01}, {at: 2014-04-20, act: suspended}", 0),
            ("{at: 2014-04-02, act: extended, until: 2014-04-02}", 1),
            ("{at: 2014-04-05, act: extended, until: 2014-05-02}, {at: 2014-04-06, act: ended}", 0),
            ("{at: 2014-03-10, act: suspended}, {at: 2014-03-11, act: suspended}", 1),
            ("{at: 2014-04-05, act: declared, until: 2014-05-02}", 0),
        ])
    func acts(_ acts: String, _ expected: Int) throws {
        let text = actors + ceasefire("one", "effective: 2014-03-01, until: 2014-04-01, acts: [\(acts)]")
        #expect(try lint(text).filter { $0.hasSuffix("act-without-effect") }.count == expected)
    }

    private static let head = "title: T\ndescription: d\nlevel: low\nrunbook: r\n"

    /// A detection of nothing but a word, and a correlation with nothing missing.
    private func correlation(_ entries: String, of detection: String = "s: {type: attack}, condition: s") throws
        -> [String]
    {
        try lint(
            "title: A\nname: a\ndetection: {\(detection)}\n---\n" + Self.head + "correlation:\n"
                + entries.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))
    }

    /// What lint finds in a detection, as the id alone where that stands at the mark `«`.
    private func marked(_ text: String) throws -> [String] {
        let parts = (Self.head + "detection: {" + text).split(separator: "«", maxSplits: 1)
        let lines = parts[0].split(separator: "\n")
        let place = "\(lines.count):\((lines.last?.count ?? 0) + 1) "
        return try detection(text.replacing("«", with: "")).map {
            parts.count > 1 && $0.hasPrefix(place) ? String($0.dropFirst(place.count)) : $0
        }
    }

    private func detection(_ text: String) throws -> [String] { try lint(Self.head + "detection: {\(text)}") }

    @Test("\"rules without a runbook, level or description\", and options without effect")
    func completeness() throws {
        let detection = "detection: {s: {type: attack}, condition: s}"
        #expect(
            try lint("title: T\nfor: 1h\n" + detection) == [
                "1:1 rule-without-description", "1:1 rule-without-level", "1:1 rule-without-runbook",
                "2:1 option-without-effect",
            ])
        #expect(try lint(Self.head + detection) == [])
        // A rule that raises no alerts of its own needs none of them.
        #expect(try correlation("type: event_count\nrules: [a]\ntimespan: 1d\ncondition: {gte: 3}") == [])
    }

    @Test(
        "\"thresholds that a window cannot reach\", conditions that every window meets, and \"lt without a floor\"",
        arguments: [
            ("type: event_count\ncondition: {gte: 3, lt: 3}", ["8:3 condition-never-met"]),
            ("type: event_count\ncondition: {gt: 2, lt: 3}", ["8:3 condition-never-met"]),
            ("type: event_count\ncondition: {lt: 0}", ["8:3 condition-never-met"]),
            ("type: event_count\ncondition: {gte: 0}", ["8:3 condition-always-met"]),
            ("type: event_count\ncondition: {lte: 3}", ["8:3 bound-without-floor"]),
            ("type: event_count\ncondition: {gte: 1, lt: 3}", []),
            ("type: event_count\ncondition: {gte: 3, lt: 4}", []),
            ("type: temporal\ncondition: {gte: 2}", ["8:3 condition-never-met"]),
            ("type: temporal\ncondition: {gte: 1}", []),
            ("type: value_count\ncondition: {field: attribution, gte: 7}", ["8:3 condition-never-met"]),
            ("type: value_count\ncondition: {field: [attribution, mutual], gte: 7}", []),
            ("type: value_sum\ncondition: {field: fatalities, gte: 0}", ["8:3 condition-always-met"]),
            ("type: value_sum\ncondition: {field: fatalities, lt: 5}", []),
            ("type: value_avg\ncondition: {field: latitude, gt: 91}", ["8:3 condition-never-met"]),
            ("type: share\nof: a\nmin_count: 3\ncondition: {gte: 30}", ["13:3 condition-never-met"]),
            ("type: share\nof: a\nmin_count: 3\ncondition: {gte: 0.3}", []),
            ("type: effective_number\nfield: initiator\ncondition: {lt: 1}", ["12:3 condition-never-met"]),
            ("type: effective_number\nfield: attribution\ncondition: {gte: 7}", ["12:3 condition-never-met"]),
            (
                "type: rate_change\nbaseline: 7d\nmin_count: 2\ncondition: {ratio: 0, p_value: {lt: 0}}",
                ["13:22 condition-always-met", "13:25 condition-never-met"]
            ),
            ("type: rate_change\nbaseline: 7d\nmin_count: 2\ncondition: {ratio: 2, p_value: 0.1}", []),
        ])
    func thresholds(_ entries: String, _ expected: [String]) throws {
        // The condition stands on line 11, behind `type`; the rest comes after it.
        let found = try correlation(entries + "\nrules: [a]\ntimespan: 1d")
        #expect(found == expected.map { $0.replacing("8:3", with: "11:3") })
    }

    @Test("\"comparisons of rates without min_count\"")
    func rates() throws {
        let rate = "type: rate_change\nrules: [a]\ntimespan: 1d\nbaseline: 7d\ncondition: {ratio: 2}"
        #expect(try correlation(rate) == ["10:9 rate-without-minimum"])
        #expect(try correlation(rate + "\nmin_count: 3") == [])
        let share = "type: share\nrules: [a]\nof: a\ntimespan: 1d\ncondition: {gte: 0.5}"
        #expect(try correlation(share) == ["10:9 rate-without-minimum"])
    }

    @Test("No more alerts lie in a timespan than their cooldown lets through")
    func cooldown() throws {
        func twice(_ timespan: String) throws -> [String] {
            try lint(
                "title: A\nname: a\ndetection: {s: {type: attack}, condition: s}\n---\ntitle: B\nname: b\ncooldown: 7d\n"
                    + "correlation: {type: event_count, rules: a, timespan: 1d, condition: {gte: 2}}\n---\n" + Self.head
                    + "correlation: {type: event_count, rules: b, timespan: \(timespan), condition: {gte: 2}}")
        }
        #expect(try twice("7d") == ["14:58 condition-never-met"])
        #expect(try twice("8d") == [])
    }

    @Test(
        "No more alerts make a record, or a bin out of control, than their cooldown lets through",
        arguments: [
            ("type: record, timespan: 7d, baseline: 90d, floor: 2", "floor"),
            ("type: record, timespan: 8d, baseline: 90d, floor: 2", nil),
            ("type: control_chart, bin: 7d, method: ears_c1, z: 2", "z"),
            ("type: control_chart, bin: 7d, method: ears_c1, z: 1.9", nil),
            ("type: control_chart, bin: 7d, method: ears_c3, z: 3.5", "z"),
            ("type: control_chart, bin: 7d, method: ears_c3, z: 2.9", nil),
            ("type: control_chart, bin: 7d, method: cusum, baseline: 9, h: 9", nil),
        ] as [(String, String?)])
    func cooldownOfPatterns(_ entries: String, _ key: String?) throws {
        let last = "correlation: {rules: b, \(entries)}"
        let found = try lint(
            "title: A\nname: a\ndetection: {s: {type: attack}, condition: s}\n---\ntitle: B\nname: b\ncooldown: 7d\n"
                + "correlation: {type: event_count, rules: a, timespan: 1d, condition: {gte: 2}}\n---\n" + Self.head
                + last)
        let column = key.flatMap { last.firstRange(of: "\($0): ")?.upperBound }
            .map { last.distance(from: last.startIndex, to: $0) + 1 }
        #expect(found == column.map { ["14:\($0) condition-never-met"] } ?? [])
    }

    @Test(
        "One event is enough where whatever matches one rule of a temporal matches another too",
        arguments: [
            ("type: attack, fatalities|gte: 5", "type: temporal", ["step-without-effect"]),
            ("type: bombing", "type: temporal", []),
            ("type: [attack, bombing]", "type: temporal", ["step-without-effect"]),
            ("type: attack, fatalities|gte: 5", "type: temporal_ordered", []),
            ("type: attack, fatalities|gte: 5", "type: temporal, condition: {gte: 1}", []),
        ])
    func impliedSteps(_ selection: String, _ type: String, _ expected: [String]) throws {
        let found = try lint(
            "title: A\nname: a\ndetection: {s: {type: attack}, condition: s}\n---\ntitle: B\nname: b\n"
                + "detection: {s: {\(selection)}, condition: s}\n---\n" + Self.head
                + "correlation: {\(type), rules: [a, b], timespan: 1d}")
        #expect(found.map { String($0.drop { $0 != " " }.dropFirst()) } == expected)
    }

    @Test("What others call a field is told by its name here")
    func otherNames() throws {
        let text = Self.head + "group-by: [district]\ndetection: {s: {type: x}, condition: s}"
        let (book, loading) = load(text)
        let said = try #require(book?.lint(loading: loading).first)
        #expect(said.help == ["here it is called 'admin2'"])
    }

    @Test("The intensity is above its background at every contribution")
    func intensities() throws {
        func asked(_ condition: String) throws -> [String] {
            try correlation(
                "type: self_exciting\nrules: [a]\nhalf_life: 2d\nbranching: 0.5\nbackground: 90d\ncondition: \(condition)"
            )
        }
        #expect(try asked("{gte: 1}") == ["15:3 condition-always-met"])
        #expect(try asked("{gt: 1}") == ["15:3 condition-always-met"])
        #expect(try asked("{gte: 1.5}") == [])
    }

    @Test("\"a field that no profile and no event has ever had is a warning\", where it stands")
    func fields() throws {
        let text = "s: {typ: [x, y], place|contains: '*', type|fieldref: Column}, condition: s"
        #expect(try detection(text) == ["5:17 field-of-no-profile", "5:51 field-of-no-profile"])
        #expect(try lint(Self.head + "detection: {\(text)}", knownFields: ["typ", "Column"]) == [])
        #expect(
            try correlation("type: effective_number\nrules: a\ntimespan: 1d\nfield: dead\ncondition: {lt: 3}")
                == ["13:10 field-of-no-profile"])
        #expect(try detection("s: {location|within_km: [1, 2, 3]}, condition: s") == [])
        #expect(try detection("s: word, condition: s") == [])
        let group = "group-by: [type, zone]\ndetection: {s: word, condition: s}"
        #expect(try lint(Self.head + group) == ["5:18 field-of-no-profile"])
        #expect(
            try correlation("type: event_count\nrules: a\ngroup-by: [zone]\ntimespan: 1d\ncondition: {gte: 3}")
                == ["12:14 field-of-no-profile"])
        #expect(
            try correlation("type: value_sum\nrules: a\ntimespan: 1d\ncondition: {gte: 3, field: dead}")
                == ["13:30 field-of-no-profile"])
    }

    @Test("A field that only actors or ceasefires give needs some in the rule book")
    func derivedFields() throws {
        #expect(
            try detection("s: {breach: '*', initiator.party: '*'}, condition: s").map { $0.suffix(15) } == [
                "field-never-set", "field-never-set",
            ])
    }

    @Test(
        "\"values that no known vocabulary holds\", where they stand",
        arguments: [
            ("attribution: «claimd", ["value-of-no-vocabulary"]),
            ("attribution: [confirmed, «sure]", ["value-of-no-vocabulary"]),
            ("attribution: 'claim*'", []), ("attribution|re: «'^sure'", ["value-of-no-vocabulary"]),
            ("attribution|re: '^c'", []), ("attribution: CLAIMED", []),
            ("attribution|cased: «CLAIMED", ["value-of-no-vocabulary"]),
            ("type: «bombng", ["unusual-type"]), ("type: carnival", []), ("type: attack", []),
            ("fatalities|lt: «0", ["test-never-met"]),
            ("fatalities|gte: «0", ["test-always-met"]), ("fatalities|gt: 0", []),
            ("latitude|gt: «90", ["test-never-met"]),
        ])
    func values(_ test: String, _ expected: [String]) throws {
        let found = try marked("s: {\(test)}, condition: s")
        #expect(found == expected)
    }

    @Test("A type that is known from events, a profile, or more than one place is no slip")
    func types() throws {
        let rule = "detection: {s: {type: bombng}, condition: s}"
        let book = try #require(load(Self.head + rule).rulebook)
        #expect(book.lint(knownTypes: ["bombng"]).isEmpty)
        #expect(try lint(Self.head + rule + "\n---\nprofile: {name: p, values: {type: {IED: bombng}}}") == [])
        #expect(try lint(Self.head + "detection: {s: {type: bombng}, o: {type: bombng}, condition: s or o}") == [])
    }

    @Test(
        "\"rules that can never fire or always do (contradictory selections)\"",
        arguments: [
            ("s: {fatalities|gte: 5, fatalities|lt: 5}, condition: s", "never"),
            ("s: {fatalities|gte: 5}, o: {fatalities|gte: 3}, condition: s and not o", "never"),
            ("s: {fatalities: 5}, o: {fatalities|gt: 6}, condition: s and o", "never"),
            ("s: {type: attack}, o: {type: bombing}, condition: s and o", "never"),
            ("s: {type: attack}, o: {type: 'at*'}, condition: s and not o", "never"),
            ("s: {type: attack}, condition: s and not s", "never"),
            ("s: {place: null, place|contains: a}, condition: s", "never"),
            ("s: {time|gte: 2014-03-01, time|lt: 2014-02-01}, condition: s", "never"),
            ("s: {initiator: a}, condition: s and not s", "never"),
            ("s: {type: attack}, condition: s or not s", "always"),
            ("s: {fatalities|gte: 5}, condition: s or not s", "always"),
            ("s: {place|exists: true}, o: {place: null}, condition: s or o", "always"),
            // A list can hold both; an absent field is not less; and a negation holds of what is absent.
            ("s: {initiator: a}, o: {initiator: b}, condition: s and o", nil),
            ("s: {type: attack}, o: {type: bombing}, condition: s or o", nil),
            ("s: {fatalities|gte: 5}, o: {fatalities|lt: 5}, condition: s or o", nil),
            ("s: {type: attack}, o: {type: 'at*'}, condition: s and o", nil),
            ("s: {type: attack}, o: {place: null}, condition: s and not o", nil),
            ("s: {attribution: null}, condition: not s", nil),
            ("s: {attribution|neq: claimed}, condition: s", nil),
            ("s: {type: [attack, bombing]}, o: {type: bombing}, condition: s and not o", nil),
        ] as [(String, String?)])
    func contradictions(_ text: String, _ expected: String?) throws {
        let found = try detection(text).map { $0.drop { $0 != " " }.dropFirst() }
        #expect(found == (expected.map { $0 == "never" ? ["rule-never-fires"] : ["rule-always-fires"] } ?? []))
    }

    @Test("\"steps out of reach\": a rule whose contributions lack a field that the correlation needs")
    func reach() throws {
        func grouped(_ detection: String, by field: String) throws -> [String] {
            let text = "type: event_count\nrules: [a]\ntimespan: 1d\ngroup-by: [\(field)]\ncondition: {gte: 3}"
            return try correlation(text, of: detection).filter { $0.hasSuffix("step-out-of-reach") }
        }
        #expect(try grouped("s: {place: null}, condition: s", by: "place") == ["11:11 step-out-of-reach"])
        #expect(try grouped("s: {breach: clash}, condition: s", by: "breach.side") == ["11:11 step-out-of-reach"])
        #expect(try grouped("s: {breach: [clash, alleged]}, condition: s", by: "breach.side") == [])
        #expect(try grouped("s: {claim: '*'}, condition: s", by: "breach") == ["11:11 step-out-of-reach"])
        #expect(try grouped("s: {type: attack}, condition: not s", by: "type") == [])
        let silence =
            "title: Q\nname: q\ndetection: {s: {place: null}, condition: s}\n---\ntitle: A\nname: a\n"
            + "detection: {s: {type: attack}, condition: s}\n---\n" + Self.head
            + "correlation: {type: absence, rules: a, after: q, group-by: [place], timespan: 1d}"
        #expect(try lint(silence) == ["13:47 step-out-of-reach"])
        let chain =
            "title: B\nname: b\ncorrelation: {type: event_count, rules: a, group-by: [place], timespan: 1d, condition: {gte: 2}}"
        let first =
            "title: A\nname: a\ndetection: {s: {type: attack}, condition: s}\n---\n" + chain + "\n---\n" + Self.head
        func counting(_ field: String) throws -> [String] {
            try lint(
                first
                    + "correlation: {type: value_count, rules: [b], timespan: 9d, condition: {field: \(field), gte: 2}}"
            )
        }
        #expect(try counting("place") == [])
        #expect(try counting("country") == ["13:42 step-out-of-reach"])
    }

    @Test("\"actors and aliases that clash\": wildcards for the same names, and names that count as none")
    func names() throws {
        let two = "actors:\n- {id: a, aliases: ['Lashkar*']}\n- {id: b, aliases: ['"
        #expect(try lint(two + "*e-Islam']}") == ["3:21 overlapping-aliases"])
        #expect(try lint(two + "Lashkar-e-*']}") == [])
        #expect(try lint(two + "Jama?a*']}") == [])
        #expect(
            try lint("actors: [{id: a, aliases: [X, 'UN*']}]\n---\nunidentified: ['un*']") == [
                "1:31 alias-never-resolves"
            ])
    }

    @Test("A comment says that a warning is meant, on its line or before it; what it says must be so")
    func ignoring() throws {
        let rest = "description: d\nlevel: low\ndetection: {s: {type: attack}, condition: s}"
        #expect(try lint("title: T   # lint: ignore rule-without-runbook for the record\n" + rest) == [])
        #expect(try lint("# lint: ignore rule-without-runbook: for the record\n# more\n\ntitle: T\n" + rest) == [])
        #expect(
            try lint("title: T # lint: ignore rule-without-runbook\n" + rest) == ["1:25 ignore-without-reason"])
        #expect(
            try lint("title: T # lint: ignore rule-without-level why\n" + rest) == [
                "1:1 rule-without-runbook", "1:25 ignore-without-effect",
            ])
        #expect(
            try lint("title: T # lint: ignore rule-without-runbok why\n" + rest) == [
                "1:1 rule-without-runbook", "1:25 ignore-without-effect",
            ])
        // An error is never ignored.
        #expect(findings("titel: T # lint: ignore unknown-key why\ndetection: {s: {type: x}, condition: s}").count == 1)
    }
}
