import Rulebook

/// The JSON Schema (2020-12) of a line of statistics.
public enum StatisticSchema {
    /// The schema as a document.
    public static var bytes: [UInt8] { tree.bytes }

    static var tree: JSONTree {
        let keys = [
            "kind", "status", "id", "statistic", "title", "measure", "field", "unit", "area", "group", "window", "from",
            "cut_off", "time_zone", "value", "before", "change", "ratio", "since", "imprecise",
            "by_clock",
        ]
        let optional: Set<String> = ["field", "ratio", "since", "imprecise", "by_clock"]
        return .record("statistic", properties, keys: keys, required: keys.filter { !optional.contains($0) })
    }

    private static var properties: [String: JSONTree] {
        let text = AlertSchema.text
        let number = AlertSchema.nullable(AlertSchema.number)
        return [
            "kind": .object([("const", .text("statistic"))]), "status": .words(["issued", "updated", "retracted"]),
            "id": AlertSchema.identifier, "statistic": text, "title": text,
            "measure": .words(RulebookVocabulary.measures), "field": AlertSchema.textOrTexts, "unit": text,
            "area": text,
            "group": AlertSchema.group, "window": AlertSchema.timespan, "from": AlertSchema.instant,
            "cut_off": AlertSchema.instant, "time_zone": text, "value": number, "before": number, "change": number,
            "ratio": .mapping(
                ["value": number, "low": AlertSchema.number, "high": number], keys: ["value", "low", "high"],
                required: ["value", "low", "high"]),
            "since": .mapping(
                ["ceasefire": text, "effective": AlertSchema.instant, "value": number],
                keys: ["ceasefire", "effective", "value"], required: ["ceasefire", "effective", "value"]),
            "imprecise": .object([("type", .text("integer")), ("minimum", .number(1))]),
            "by_clock": AlertSchema.byClock,
        ]
    }
}
