/// The keys and words of a rule book, from the tables by which it is read: for schemas and for documentation.
public enum RulebookVocabulary {
    /// A mapping of a rule book.
    public struct Mapping: Sendable {
        /// Its keys, in the order in which they are told.
        public var keys: [String]
        /// Those that must be there.
        public var required: [String]
    }

    /// A type of correlation.
    public struct CorrelationKind: Sendable {
        /// Its name, as `type` says it.
        public var name: String
        /// The keys that may stand beside `type`.
        public var keys: [String]
        /// Those that must.
        public var required: [String]
        /// Those of which one must; empty where there is no choice.
        public var alternatives: [String]
        /// What its condition looks like.
        public var condition: ConditionForm
        /// Whether its window can be chosen.
        public var hasWindow: Bool
    }

    /// The keys that make a document one of a kind.
    public static var documents: [String] { DocumentKind.all.map(\.key) }
    /// The keys of a rule.
    public static var rule: Mapping { Mapping(keys: RuleReader.keys, required: ["title"]) }
    /// The modifiers of the fields of a selection.
    public static var modifiers: [String] { Modifier.all.map(\.name) }
    /// The keys of an actor.
    public static var actor: Mapping { Mapping(keys: ActorReader.keys, required: ["id"]) }
    /// The keys of a ceasefire.
    public static var ceasefire: Mapping { Mapping(keys: CeasefireReader.keys, required: ["id"]) }
    /// The keys of a profile.
    public static var profile: Mapping { Mapping(keys: ProfileReader.keys, required: ["name"]) }
    /// The keys of a silence.
    public static var silence: Mapping { Mapping(keys: SilenceReader.silenceKeys, required: ["matchers"]) }
    /// The keys of an inhibition.
    public static var inhibition: Mapping {
        Mapping(keys: SilenceReader.inhibitionKeys, required: ["source", "target"])
    }
    /// The keys of a risk.
    public static var risk: Mapping {
        Mapping(keys: RiskReader.keys, required: ["title", "entity", "half_life", "points", "thresholds"])
    }
    /// The keys of a test.
    public static var test: Mapping { Mapping(keys: TestReader.keys, required: ["name", "events"]) }
    /// The keys of an expected alert, which must have one of `rule` and `risk`.
    public static var expectation: Mapping { Mapping(keys: ExpectationReader.keys, required: []) }
    /// What an alert that is emitted can be.
    public static var statuses: [String] { ExpectationReader.statuses }

    /// The keys of a statistic.
    public static var statistic: Mapping { Mapping(keys: StatisticReader.keys, required: ["title", "measure"]) }
    /// What a statistic can measure.
    public static var measures: [String] { StatisticReader.measures }
    /// The fields that hold one of a few words, and those words.
    public static var closedFields: [String: [String]] { Vocabulary.closed }

    /// The types of correlation.
    public static var correlations: [CorrelationKind] {
        CorrelationType.all.map { type in
            var keys = CorrelationReader.keys + type.keys
            if !type.hasWindow { keys.removeAll { ["window", "gap"].contains($0) } }
            if type.timespanKey != "timespan" { keys.removeAll { $0 == "timespan" } }
            if type.ruleKeys.isEmpty { keys.removeAll { $0 == "rules" } }
            if type.condition == .none { keys.removeAll { $0 == "condition" } }
            var seen: Set<String> = []
            // Without a window a session has no length; the last of several keys of rules falls back on `rules`.
            var required = ["type"] + type.required + (type.hasWindow ? [] : [type.timespanKey])
            if type.ruleKeys == ["rules"] { required.append("rules") }
            if type.condition != .none, type.condition != .optionalBounds { required.append("condition") }
            return CorrelationKind(
                name: type.name, keys: keys.filter { seen.insert($0).inserted }, required: required,
                alternatives: type.ruleKeys.count > 1 ? type.ruleKeys.suffix(1) + ["rules"] : [],
                condition: type.condition, hasWindow: type.hasWindow)
        }
    }
}
