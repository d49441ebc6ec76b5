import Testing

/// Rules that have the shapes of those of the Sigma project, in our own words.
struct SigmaRule: Sendable, CustomTestStringConvertible {
    /// What its shape is.
    let shape: String
    let text: String

    init(_ shape: String, _ text: String) {
        self.shape = shape
        self.text = text
    }

    var testDescription: String { shape }

    /// A detection with the keys that every rule of the project has.
    static func rule(_ shape: String, _ detection: String) -> SigmaRule {
        let lines = detection.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
        return SigmaRule(
            shape,
            """
            title: A log-in that should not be
            id: 3f2d6c1e-8a35-4d0b-9c3e-1f4a7b2c9d10
            related:
                - id: 5a1c1f0e-3b52-44c5-8d6a-0c6ad6d3f5a1
                  type: similar
            status: test
            description: Tells of a log-in that should not be.
            references:
                - https://example.org/log-ins
            author: A. Nalyst, O. Ther
            date: 2021/05/10
            modified: 2024-08-13
            tags:
                - attack.initial-access
                - attack.t1078
            logsource:
                product: windows
                category: process_creation
                definition: 'Requirements: auditing must be on'
            detection:
            \(lines)
            fields:
                - CommandLine
            falsepositives:
                - Unknown
            level: medium
            """)
    }

    /// Those that load unchanged.
    static let supported: [SigmaRule] = [
        rule(
            "a map of values, backslashes and wildcards",
            #"""
            selection:
                Image|endswith: '\tool.exe'
                CommandLine: 'C:\Users\*\AppData\\*.tmp'
            condition: selection
            """#),
        rule(
            "a list of maps, all of selection_*, contains|all",
            #"""
            selection_img:
                - Image|endswith: '\tool.exe'
                - OriginalFileName: 'tool.exe'
            selection_cli:
                CommandLine|contains|all:
                    - ' -add '
                    - 'user'
            condition: all of selection_*
            """#),
        rule(
            "1 of selection_* and not 1 of filter_main_*",
            """
            selection_a:
                EventID: 4625
            selection_b:
                EventID:
                    - 529
                    - 530
            filter_main_local:
                IpAddress: '127.0.0.1'
            filter_main_empty:
                IpAddress: ''
            filter_main_null:
                IpAddress: null
            condition: 1 of selection_* and not 1 of filter_main_*
            """),
        rule(
            "keywords",
            """
            keywords:
                - 'entered promiscuous mode'
                - 'left promiscuous mode'
            condition: keywords
            """),
        rule(
            "keywords that must all be there",
            """
            keywords:
                '|all':
                    - 'Remote'
                    - 'denied'
            condition: keywords
            """),
        rule(
            "a regular expression, with i",
            #"""
            selection:
                CommandLine|re|i: '(?:net|net1)\s+user\s+.{3,}'
            condition: selection
            """#),
        rule(
            "names of fields with dots, dashes, signs and digits",
            """
            selection:
                event.category: authentication
                cs-method: POST
                c-uri|contains: '/admin'
                '@metadata.type2': x
                userIdentity.sessionContext.mfa: 'false'
            condition: selection
            """),
        rule(
            "numbers as they are, as text, and in hexadecimal",
            """
            selection:
                EventID: 4769
                TicketOptions: '0x40810000'
                Status: '0'
                LogonType: 10
            condition: selection
            """),
        rule(
            "order comparisons", "selection:\n    Bytes|gte: 1000000\n    Ratio|lt: 0.5\ncondition: selection"),
        rule(
            "exists, and not exists",
            "selection:\n    UserName|exists: true\nfilter:\n    Reason|exists: false\ncondition: selection and not filter"
        ),
        rule(
            "references to fields",
            """
            selection:
                SubjectUser|fieldref: TargetUser
                Parent|fieldref|endswith: Image
                Source|fieldref|neq: Target
            condition: selection
            """),
        rule("cased", "selection:\n    Name|cased|startswith: 'Ab'\ncondition: selection"),
        rule("neq", "selection:\n    Name|neq:\n        - a\n        - b\ncondition: selection"),
        rule(
            "a condition over several lines, with parentheses",
            """
            selection:
                EventID: 1
            keywords:
                - word
            filter_a:
                User: SYSTEM
            condition: >-
                (selection or keywords)
                and not (filter_a
                or (selection and keywords))
            """),
        rule("several conditions", "a:\n    A: 1\nb:\n    B: 2\ncondition:\n    - a\n    - b"),
        rule("all of them, 1 of them", "a:\n    A: 1\n_b:\n    B: 2\ncondition: all of them or 1 of _*"),
        rule("parts of the time", "selection:\n    Time|hour|gte: 18\n    Time|month: 12\ncondition: selection"),
        SigmaRule(
            "a correlation and its rules in one file, by name and by id, chained, with generate",
            """
            title: Many failures, then a success
            id: 7c5f8e8e-4f0a-4b1e-9a64-6a3d0e5b1c22
            status: experimental
            correlation:
                type: temporal_ordered
                rules:
                    - many_failures
                    - 2f1d0c9b-58f5-4fe2-a2a5-0d3b9f5a7e11
                group-by:
                    - User
                timespan: 10m
                generate: true
            level: high
            ---
            title: Many failures
            name: many_failures
            correlation:
                type: event_count
                rules:
                    - failure
                group-by:
                    - User
                timespan: 10m
                condition:
                    gte: 10
            ---
            title: A failure
            name: failure
            logsource:
                product: windows
            detection:
                selection:
                    EventID: 4625
                condition: selection
            ---
            title: A success
            id: 2f1d0c9b-58f5-4fe2-a2a5-0d3b9f5a7e11
            logsource:
                product: windows
            detection:
                selection:
                    EventID: 4624
                condition: selection
            """),
        SigmaRule(
            "aliases, a range, generate beside the correlation, two fields counted",
            """
            title: An error after a connection
            correlation:
                type: temporal
                rules: [an_error, a_connection]
                group-by: [internal, remote]
                timespan: 10s
                aliases:
                    internal: {an_error: destination.ip, a_connection: source.ip}
                    remote: {an_error: source.ip, a_connection: destination.ip}
            generate: true
            ---
            title: Many ports
            correlation:
                type: value_count
                rules: [a_connection]
                group-by: [source.ip]
                timespan: 1h
                condition: {field: [destination.ip, destination.port], gt: 100, lte: 200}
            ---
            title: An error
            name: an_error
            detection: {selection: {http.response.status_code: 500}, condition: selection}
            ---
            title: A connection
            name: a_connection
            detection: {selection: {event.type: connection}, condition: selection}
            """),
        SigmaRule(
            "a rule with all that the project's rules carry besides",
            """
            title: A rule
            name: a_rule
            taxonomy: sigma
            license: DRL-1.1
            scope: [server]
            simulation:
                - type: a-simulation
                  name: one
            regression_tests_path: regression/rule/info.yml
            custom_attributes: {a: b}
            logsource: {product: linux}
            detection: {selection: {type: USER_CMD}, condition: selection}
            """),
    ]

    /// Those that are refused: what is said, and of what.
    static let refused: [(rule: SigmaRule, reason: String)] = [
        (
            rule("windash", "s:\n    CommandLine|windash|contains: ' -enc '\ncondition: s"),
            "'windash' is not supported: an incident holds no options"
        ),
        (
            rule("base64offset", "s:\n    CommandLine|base64offset|contains: 'IEX'\ncondition: s"),
            "'base64offset' is not supported: an incident holds no encoded"
        ),
        (
            rule("base64", "s:\n    CommandLine|base64: 'IEX'\ncondition: s"),
            "'base64' is not supported: an incident holds no encoded"
        ),
        (
            rule("utf16le", "s:\n    CommandLine|utf16le|base64offset|contains: 'IEX'\ncondition: s"),
            "'utf16le' is not supported: text is decoded"
        ),
        (
            rule("wide", "s:\n    CommandLine|wide|base64offset|contains: 'IEX'\ncondition: s"),
            "'wide' is not supported: text is decoded"
        ),
        (
            rule("cidr", "s:\n    SourceIp|cidr:\n        - '10.0.0.0/8'\n        - 'fe80::/10'\ncondition: s"),
            "'cidr' is not supported: an incident holds no network"
        ),
        (
            rule("count() by", "s:\n    EventID: 4625\ncondition: s | count() by User > 10"),
            "aggregations after '|' of the old Sigma"
        ),
        (
            rule("near", "s:\n    EventID: 4625\nt:\n    EventID: 1\ncondition: s | near t"),
            "aggregations after '|' of the old Sigma"
        ),
        (
            rule("timeframe", "s:\n    EventID: 4625\ntimeframe: 5m\ncondition: s"),
            "'timeframe' of the old Sigma is not supported"
        ),
        (rule("2 of", "s_a:\n    A: 1\ns_b:\n    B: 1\ncondition: 2 of s_*"), "'2 of' is not supported"),
        (
            rule("expand without a list", "s:\n    User|expand: '%Administrators%'\ncondition: s"),
            "there is no list 'Administrators'"
        ),
        (
            SigmaRule(
                "a collection by action",
                "action: global\ntitle: T\ndetection:\n    condition: s\n---\ndetection:\n    s: {A: 1}"),
            "collections of rules by 'action' are not supported"
        ),
        (
            SigmaRule(
                "a filter",
                "title: Administrators\nlogsource: {product: windows}\nfilter:\n    rules: [a_rule]\n    selection: {User|startswith: adm_}\n    condition: selection"
            ), "filters are not supported"
        ),
        (
            correlation("months", "type: event_count\ntimespan: 1M\ncondition: {gte: 3}"),
            "months and years have no fixed length"
        ),
        (
            correlation("a condition in words", "type: temporal\ntimespan: 1d\ncondition: a_rule and not other"),
            "conditions in words are not supported in correlations"
        ),
        (
            correlation(
                "a percentile of nothing", "type: value_percentile\ntimespan: 24h\ncondition: {field: image, lte: 1}"),
            "a condition needs 'percentile'"
        ),
    ]

    private static func correlation(_ shape: String, _ entries: String) -> SigmaRule {
        let lines = entries.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
        return SigmaRule(
            shape,
            "title: C\ncorrelation:\n    rules: [a_rule]\n\(lines)\n---\ntitle: R\nname: a_rule\n"
                + "detection: {selection: {A: 1}, condition: selection}")
    }
}
