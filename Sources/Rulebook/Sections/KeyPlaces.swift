/// Where keys belong that are often written in the wrong place, and how they are written.
enum KeyPlaces {
    /// An example of the value of a key.
    static let examples = [
        "timespan": "timespan: 7d", "gap": "gap: 1d", "baseline": "baseline: 28d", "rules": "rules: [name-of-a-rule]",
        "condition": "condition: {gte: 3}", "type": "type: event_count", "title": "title: Attack on the police",
        "parties": "parties: [{side: state, actors: [army]}]",
    ]

    /// Where a key belongs that is not known in a rule; nil for keys that belong nowhere else.
    static func help(for key: String, in what: String) -> String? {
        guard what == "a rule" else { return nil }
        if key == "condition" { return "indent it: it belongs to 'detection' or 'correlation'" }
        let isOfCorrelations = ["type", "rules", "timespan", "window", "gap", "aliases", "baseline", "min_count"]
            .contains(key)
        return isOfCorrelations ? "it belongs to 'correlation', indented" : nil
    }
}
