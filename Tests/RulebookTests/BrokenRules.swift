@testable import Rulebook

extension BrokenBook {
    private static let detection = "\ndetection: {s: {type: x}, condition: s}"

    /// The keys around a detection or a correlation.
    static let rules: [BrokenBook] = [
        BrokenBook(.missingKey, "«title: T"),
        BrokenBook(.missingKey, "«name: n" + detection),
        BrokenBook(.unknownKey, "title: T\n«levle: high" + detection, help: "did you mean 'level'?"),
        BrokenBook(.unknownLevel, "title: T\nlevel: «hihg" + detection, help: "did you mean 'high'?"),
        BrokenBook(.invalidValue, "title: T\nstatus: «stabel" + detection, help: "did you mean 'stable'?"),
        BrokenBook(.invalidValue, "title: T\ndate: «yesterday" + detection),
        BrokenBook(.wrongType, "title: T\ntags: «{a: b}" + detection),
        BrokenBook(.wrongType, "title: T\nlogsource: «linux" + detection),
        BrokenBook(.invalidValue, "title: T\ncooldown: «7" + detection),
        BrokenBook(.invalidValue, "title: T\ncooldown: «3M" + detection),
        BrokenBook(.invalidValue, "title: T\nfor: «0d" + detection),
        BrokenBook(.invalidValue, "title: T\nfor: «99999999999999999999d" + detection),
        BrokenBook(.invalidValue, "title: T\nlimit: «1.5" + detection),
        BrokenBook(.duplicateRule, "title: T\nname: n" + detection + "\n---\ntitle: U\nid: «n" + detection),
        BrokenBook(.duplicateRule, "title: T" + detection + "\n---\ntitle: «T" + detection),
        BrokenBook(.misplacedKey, "title: T" + detection + "\n«correlation: {}"),
    ]

    /// What stands in `detection:`.
    static let detections: [BrokenBook] = [
        .detection(.missingKey, "«s: {type: x}"),
        .detection(.emptyList, "s: «{}\ncondition: s"),
        .detection(.emptyList, "s: «[]\ncondition: s"),
        .detection(.emptyList, "s: {type: «[]}\ncondition: s"),
        .detection(.wrongType, "s: {type: «{a: b}}\ncondition: s"),
        .detection(.unsupported, "s: {type: x}\n«timeframe: 5m\ncondition: s"),
        .detection(.unsupported, "s: {type: x}\ncondition: s «| count() > 5"),
        .detection(.unsupported, "s: {type: x}\ncondition: «2 of s*"),
        .detection(.unsupported, "s: {type|«base64: x}\ncondition: s"),
        .detection(.unsupported, "s: {type|«cidr: 10.0.0.0/8}\ncondition: s"),
        .detection(.unsupported, "s: {type|contains|«windash: x}\ncondition: s"),
        .detection(.unknownModifier, "s: {type|«contain: x}\ncondition: s", help: "did you mean 'contains'?"),
        .detection(.modifierConflict, "s: {type|contains|«startswith: x}\ncondition: s"),
        .detection(.modifierConflict, "s: {type|re|«cased: x}\ncondition: s"),
        .detection(.modifierConflict, "s: {type|«i|re: x}\ncondition: s"),
        .detection(.modifierConflict, "s: {type|exists|«all: true}\ncondition: s"),
        .detection(.wrongType, "s: {type|exists: «'true'}\ncondition: s"),
        .detection(.invalidExpression, "s: {type|re: 'a(b«'}\ncondition: s"),
        .detection(.invalidExpression, "s: {type|re: «\"a\\u0028b\"}\ncondition: s"),
        .detection(.invalidValue, "s: {fatalities|gt: «many}\ncondition: s"),
        .detection(.invalidValue, "s: {fatalities|gt: «'5'}\ncondition: s", help: "write it without quotes"),
        .detection(.invalidValue, "s: {fatalities: «.inf}\ncondition: s"),
        .detection(.invalidValue, "s: {time|hour: «24}\ncondition: s"),
        .detection(.wrongType, "s: {type|contains: «null}\ncondition: s"),
        .detection(.invalidValue, "s: {«place|within_km: [1, 2, 3]}\ncondition: s"),
        .detection(.invalidValue, "s: {location|within_km: «[1, 2]}\ncondition: s"),
        .detection(.invalidValue, "s: {location|within_km: [«91, 2, 3]}\ncondition: s"),
        .detection(.unknownList, "s: {type|expand: «'%nothing%'}\ncondition: s"),
        .detection(.missingPlaceholder, "s: {type|expand: «x}\ncondition: s"),
        .detection(.unknownSelection, "sel: {type: x}\ncondition: «sle", help: "did you mean 'sel'?"),
        .detection(.unknownSelection, "sel: {type: x}\ncondition: all of «other*"),
        .detection(.conditionSyntax, "s: {type: x}\ncondition: s and« "),
        .detection(.conditionSyntax, "s: {type: x}\ncondition: (s or s«"),
        .detection(.conditionSyntax, "s: {type: x}\ncondition: s «s"),
        .detection(.conditionSyntax, "s: {type: x}\ncondition: 's «) and s'"),
        .detection(.emptyList, "s: {type: x}\ncondition: «[]"),
    ]

    /// What stands in `correlation:`.
    static let correlations: [BrokenBook] = [
        .correlation(.missingKey, "«rules: a"),
        .correlation(.unknownCorrelationType, "type: «event_cuont", help: "did you mean 'event_count'?"),
        .correlation(.missingKey, "«type: share\nof: a\ntimespan: 1d\ncondition: {gte: 1}"),
        .correlation(.unknownRule, "type: share\nof: «c\namong: a\ntimespan: 1d\ncondition: {gte: 1}"),
        .correlation(
            .misplacedKey, "type: share\nof: a\namong: [a, b]\n«rules: a\ntimespan: 1d\ncondition: {gte: 1}"),
        .correlation(.unknownKey, "type: event_count\nrules: a\n«field: x\ntimespan: 1d\ncondition: {gte: 1}"),
        .correlation(.missingKey, "«type: effective_number\nrules: a\ntimespan: 1d\ncondition: {gte: 1}"),
        .correlation(
            .unknownKey, "type: effective_number\nrules: a\nfield: x\ntimespan: 1d\ncondition: {gte: 1, «field: x}"),
        .correlation(
            .misplacedKey, "type: reciprocity\nrules: a\n«ties: allow\ntimespan: 1d\ncondition: {gte: 1}"),
        .correlation(.missingKey, "«type: deadline"),
        .correlation(.misplacedKey, "type: deadline\nbefore: 7d\n«rules: a"),
        .correlation(.misplacedKey, "type: deadline\nbefore: 7d\n«group-by: admin1"),
        .correlation(.unknownCeasefire, "type: deadline\nbefore: 7d\nceasefire: «nay"),
        .correlation(
            .misplacedKey,
            "type: rate_change\nrules: a\ntimespan: 1d\nbaseline: 7d\n«baseline_length: 9d\ncondition: {ratio: 2}"),
        .correlation(
            .unknownCeasefire,
            "type: rate_change\nrules: a\ntimespan: 1d\nbaseline: before_ceasefire\nceasefire: «x\ncondition: {ratio: 2}"
        ),
        .correlation(
            .invalidValue,
            "type: rate_change\nrules: a\ntimespan: 1d\nbaseline: 7d\nmethod: «bayes\ncondition: {ratio: 2}"),
        .correlation(.missingKey, "«type: control_chart\nrules: a\nbin: 1d\nbaseline: 7"),
        .correlation(.missingKey, "«type: control_chart\nrules: a\nbin: 1d\nmethod: cusum"),
        .correlation(
            .invalidValue, "type: control_chart\nrules: a\nbin: 1d\nmethod: «ears_c4",
            help: "did you mean 'ears_c1' or 'ears_c2' or 'ears_c3'?"),
        .correlation(.invalidValue, "type: control_chart\nrules: a\nbin: «1s\nmethod: ears_c1"),
        .correlation(.invalidValue, "type: control_chart\nrules: a\nbin: 1d\nmethod: ears_c1\nbaseline: «1"),
        .correlation(.invalidValue, "type: control_chart\nrules: a\nbin: 1d\nmethod: ears_c1\nbaseline: «99999"),
        .correlation(.misplacedKey, "type: control_chart\nrules: a\nbin: 1d\nmethod: ears_c1\n«k: 1"),
        .correlation(.invalidValue, "type: control_chart\nrules: a\nbin: 1d\nmethod: ewma\nbaseline: 7\na: «1.5"),
        .correlation(.missingKey, "«type: new_value\nrules: a\nfield: x"),
        .correlation(.misplacedKey, "type: new_value\nrules: a\nfield: x\nmemory: 9d\n«timespan: 1d"),
        .correlation(.missingKey, "«type: record\nrules: a\ntimespan: 1d"),
        .correlation(.misplacedKey, "type: record\nrules: a\ntimespan: 1d\nbaseline: 9d\n«condition: {gte: 1}"),
        .correlation(.misplacedKey, "type: record\nrules: a\ntimespan: 1d\nbaseline: 9d\n«field: x"),
        .correlation(.missingKey, "«type: record\nrules: a\ntimespan: 1d\nbaseline: 9d\nmeasure: sum"),
        .correlation(
            .invalidValue, "type: record\nrules: a\ntimespan: 1d\nbaseline: 9d\nmeasure: «sums",
            help: "did you mean 'sum'?"),
        .correlation(.invalidValue, "type: record\nrules: a\ntimespan: 1d\nbaseline: 9d\nfloor: «0"),
        .correlation(
            .missingKey, "«type: self_exciting\nrules: a\nhalf_life: 1d\nbackground: 9d\ncondition: {gte: 2}"),
        .correlation(
            .unsupported,
            "type: self_exciting\nrules: a\nhalf_life: 1d\nbranching: 0.5\nbackground: 9d\ncondition: {«lt: 2}",
            help: "write 'gte' or 'gt'"),
        .correlation(
            .invalidValue,
            "type: self_exciting\nrules: a\nhalf_life: 1d\nbranching: «-1\nbackground: 9d\ncondition: {gte: 2}"),
        .correlation(.missingKey, "«type: event_count\ntimespan: 1d\ncondition: {gte: 1}"),
        .correlation(.emptyList, "type: event_count\nrules: «[]\ntimespan: 1d\ncondition: {gte: 1}"),
        .correlation(.unknownRule, "type: event_count\nrules: [a, «c]\ntimespan: 1d\ncondition: {gte: 1}"),
        .correlation(
            .unknownKey, "type: event_count\nrules: a\n«timspan: 1d\ntimespan: 1d\ncondition: {gte: 1}",
            help: "did you mean 'timespan'?"),
        .correlation(.missingKey, "«type: event_count\nrules: a\ncondition: {gte: 1}"),
        .correlation(.missingKey, "«type: event_count\nrules: a\ntimespan: 1d"),
        .correlation(.wrongType, "type: event_count\nrules: a\ntimespan: 1d\ncondition: «3"),
        .correlation(.unsupported, "type: temporal\nrules: [a, b]\ntimespan: 1d\ncondition: «a and not b"),
        .correlation(.unknownKey, "type: event_count\nrules: a\ntimespan: 1d\ncondition: {gte: 1, «field: x}"),
        .correlation(.wrongType, "type: event_count\nrules: a\ntimespan: 1d\ncondition: {gte: «many}"),
        .correlation(.missingKey, "type: value_sum\nrules: a\ntimespan: 1d\ncondition: {«gte: 1}"),
        .correlation(.missingKey, "type: value_percentile\nrules: a\ntimespan: 1d\ncondition: {«gte: 1, field: x}"),
        .correlation(
            .invalidValue,
            "type: value_percentile\nrules: a\ntimespan: 1d\ncondition: {gte: 1, field: x, percentile: «101}"),
        .correlation(
            .invalidValue,
            "type: value_percentile\nrules: a\ntimespan: 1d\ncondition: {gte: 1, field: x, percentile: «1e1}"),
        .correlation(.missingKey, "«type: event_count\nrules: a\nwindow: session\ncondition: {gte: 1}"),
        .correlation(.misplacedKey, "type: event_count\nrules: a\ntimespan: 1d\n«gap: 1h\ncondition: {gte: 1}"),
        .correlation(
            .invalidValue, "type: event_count\nrules: a\ntimespan: 1d\nwindow: «slidin\ncondition: {gte: 1}",
            help: "did you mean 'sliding'?"),
        .correlation(.misplacedKey, "type: temporal_ordered\nrules: [a, b]\ntimespan: 1d\n«condition: {gte: 1}"),
        .correlation(.invalidValue, "type: temporal_ordered\nrules: [a, b]\ntimespan: 1d\nties: «forbid"),
        .correlation(.unknownKey, "type: temporal\nrules: [a, b]\ntimespan: 1d\n«ties: allow"),
        .correlation(.misplacedKey, "type: absence\nrules: a\ntimespan: 1d\n«condition: {gte: 1}"),
        .correlation(.unknownRule, "type: absence\nrules: a\ntimespan: 1d\nafter: «c"),
        .correlation(.missingKey, "«type: rate_change\nrules: a\ntimespan: 1d\ncondition: {ratio: 2}"),
        .correlation(.missingKey, "«type: rate_change\nrules: a\ntimespan: 1d\nbaseline: 7d"),
        .correlation(
            .invalidValue, "type: rate_change\nrules: a\ntimespan: 1d\nbaseline: 7d\ncondition: {p_value: «5}"),
        .correlation(
            .misplacedKey,
            "type: rate_change\nrules: a\ntimespan: 1d\nbaseline: 7d\n«window: sliding\ncondition: {ratio: 2}"),
        .correlation(
            .missingAlias,
            "type: temporal\nrules: [a, b]\ntimespan: 1d\ngroup-by: x\naliases: {«x: {a: f}}"),
        .correlation(
            .unknownRule,
            "type: temporal\nrules: [a]\ntimespan: 1d\ngroup-by: x\naliases: {x: {a: f, «b: g}}"),
        .correlation(
            .unsupported,
            "type: value_sum\nrules: a\ntimespan: 1d\ngroup-by: x\naliases: {x: {a: f}}\ncondition: {gte: 1, field: «x}"
        ),
        BrokenBook(
            .correlationCycle,
            "«title: T\nname: t\ncorrelation: {type: absence, rules: u, timespan: 1d}\n---\n"
                + "title: U\nname: u\ncorrelation: {type: absence, rules: t, timespan: 1d}"),
        BrokenBook(.correlationCycle, "«title: T\ncorrelation: {type: absence, rules: T, timespan: 1d}"),
        BrokenBook(
            .misplacedKey,
            "title: T\nname: t\ndetection: {s: {type: x}, condition: s}\n---\n"
                + "title: U\n«group-by: type\ncorrelation: {type: absence, rules: t, timespan: 1d}"),
    ]
}
