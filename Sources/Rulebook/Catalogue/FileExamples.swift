extension ProblemExample {
    /// The file as YAML.
    static let ofFiles: [ProblemExample] = [
        ProblemExample(
            .yamlSyntax, "The file is no YAML; what comes after the place is not read.",
            "title: Attack on the police«: five dead"),
        ProblemExample(
            .notUTF8, "A rule book is a text in UTF-8; a byte order mark is no harm.",
            described: "A file that an editor saved as Windows-1252, with `für` in it.",
            made: { Array("title: f".utf8) + [0xFC] + Array("r\n".utf8) }),
        ProblemExample(
            .controlCharacter, "Control characters other than tabs and line ends may not stand in YAML.",
            described: "A file with an escape character (U+001B) in it.",
            made: { Array("title: \u{1B}[31mred\n".utf8) }),
        ProblemExample(
            .tooLarge, "A file may have 4 MiB; nobody writes more by hand.", described: "A file of 5 MiB.",
            made: { Array(repeating: UInt8(ascii: "#"), count: 5 << 20) }),
        ProblemExample(
            .tooDeep, "Lists and mappings nest at most 64 deep.", described: "A file of 100 brackets.",
            made: { Array(repeating: UInt8(ascii: "["), count: 100) }),
        ProblemExample(
            .tooManyNodes,
            "With its aliases expanded a file may have 200,000 values: a few lines can stand for billions.",
            described: "A file in which each of eight lists names the one before it ten times.",
            made: {
                let lists = (1...8).map { level in
                    "  l\(level): &l\(level) [" + repeatElement("*l\(level - 1)", count: 10).joined(separator: ",")
                        + "]\n"
                }
                return Array(("lists:\n  l0: &l0 [a]\n" + lists.joined()).utf8)
            }),
        ProblemExample(
            .tooManyDiagnostics, "More than a thousand findings of one file are not shown.",
            described: "A file with 1,100 unknown keys.",
            made: { Array(("title: T\n" + (0..<1_100).map { "k\($0): 1\n" }.joined()).utf8) }),
        ProblemExample(
            .duplicateKey, "A key stands twice in one mapping: YAML would keep one of them in silence.",
            "title: An attack\nlevel: high\n«level: low\ndetection: {attack: {type: attack}, condition: attack}"),
        ProblemExample(
            .unknownAlias, "`*name` repeats what `&name` has named before it in the same document.",
            "lists:\n  towns: &towns [Bannu, Tank]\n  places: «*twons"),
        ProblemExample(
            .aliasCycle, "An alias stands within what it repeats.", "lists:\n  towns: &towns [Bannu, «*towns]"),
        ProblemExample(
            .unknownTag, "Tags such as `!python/object` have no meaning here; those of the core schema have.",
            "lists:\n  towns: «!set [Bannu]"),
        ProblemExample(.complexKey, "A key is a text, not a list or a mapping.", "lists: {«[a]: [b]}"),
        ProblemExample(
            .invalidMerge, "The key `<<` takes in the entries of a mapping, or of several.",
            "lists: {<<: «towns, a: [b]}"),
    ]

    /// Keys and values of every kind of document.
    static let ofValues: [ProblemExample] = [
        ProblemExample(.notADocument, "Each document of a file is a mapping.", "«- title: An attack\n- title: A clash"),
        ProblemExample(
            .unknownKey, "A key that is not known where it stands: it would do nothing.",
            "title: An attack\n«levle: high\ndetection: {attack: {type: attack}, condition: attack}"),
        ProblemExample(
            .missingKey, "A key that must be there is not.",
            "title: An attack\ndetection: {«attack: {type: attack}}"),
        ProblemExample(
            .misplacedKey, "A key that stands beside another that excludes it, or in the wrong part.",
            """
            title: An attack
            name: attack
            detection: {attack: {type: attack}, condition: attack}
            ---
            title: Three attacks
            «group-by: [admin2]
            correlation: {type: event_count, rules: [attack], timespan: 7d, condition: {gte: 3}}
            """),
        ProblemExample(
            .wrongType,
            "A list, a mapping, a text, a number or a boolean is expected, and something else stands there.",
            "title: An attack\ndetection:\n  attack: {fatalities|exists: «yes}\n  condition: attack"),
        ProblemExample(
            .invalidValue, "The value is of the right kind, and none that can stand there.",
            "title: An attack\ncooldown: «3M\ndetection: {attack: {type: attack}, condition: attack}"),
        ProblemExample(
            .emptyList, "An empty list or mapping would match nothing, or everything.",
            "title: An attack\ndetection:\n  attack: {type: «[]}\n  condition: attack"),
        ProblemExample(
            .unsupported,
            "Something of Sigma that has no meaning here, or is not built: the rule would not do what it says.",
            "title: A log-in from outside\ndetection:\n  address: {SourceIp|«cidr: 10.0.0.0/8}\n  condition: address"),
        ProblemExample(
            .emptyPeriod, "A period ends before it begins.",
            "ceasefire: {id: eid, effective: 2022-05-10, until: «2022-05-01}"),
    ]
}
