import Diagnostics
import Events

/// Reads `statistics:`.
struct StatisticReader {
    static let keys = [
        "title", "id", "name", "description", "measure", "field", "rules", "detection", "of", "among", "group-by",
        "windows", "every", "unit", "area", "ceasefire",
    ]
    static let measures = MeasureName.allCases.map(\.rawValue)
    private static let day = Timespan(milliseconds: 86_400_000)
    private static let standardWindows = [1, 7, 28].map { Timespan(milliseconds: $0 * day.milliseconds) }

    let rules: [Rule]
    let names: RuleNames
    let ceasefires: [Ceasefire]
    let detections: DetectionCompiler

    /// The statistics of all files.
    func read(_ nodes: [Node], _ scope: Scope) -> [StatisticDefinition] {
        var places: [String: Location] = [:]
        return nodes.compactMap { node in
            guard let opened = Section(node, "a statistic", keys: StatisticReader.keys, scope) else { return nil }
            let title = opened.requiredText("title")
            guard let name = opened.text("id") ?? opened.text("name") ?? title else { return nil }
            let section = opened.moved(to: scope.within("statistic '\(name)'"))
            let place = (section["id"] ?? section["name"] ?? section["title"])?.location ?? section.location
            if let first = places[name] {
                section.scope.error(
                    .duplicateStatistic, "the statistic '\(name)' is already at \(first.file):\(first.line)", at: place)
            }
            places[name] = places[name] ?? place
            return statistic(name, title ?? name, section)
        }
    }

    private func statistic(_ name: String, _ title: String, _ section: Section) -> StatisticDefinition? {
        let measure = measure(section)
        let isShare = if case .share = measure { true } else { false }
        let whole = isShare ? required("among", section) : events(section)
        let part = isShare ? required("of", section) : nil
        if measure != nil {
            let misplaced = isShare ? ["rules", "detection"] : ["of", "among"]
            section.refuse(
                misplaced, because: isShare ? "a share has 'of' and 'among'" : "only a share has a part and a whole")
        }
        let windows = windows(section)
        let every = section["every"] == nil ? StatisticReader.day : section.timespan("every")
        let ceasefire = section["ceasefire"].flatMap { self.ceasefire($0, section.scope) }
        let (description, unit, area) = (section.text("description"), section.text("unit"), section.text("area"))
        let groupBy = section.texts("group-by")
        guard let measure, let whole, part != nil || !isShare, let every, !windows.isEmpty else { return nil }
        return StatisticDefinition(
            name: name, title: title, description: description, measure: measure, events: whole, part: part,
            groupBy: groupBy, windows: windows, every: every, unit: unit, area: area, ceasefire: ceasefire,
            location: section.location)
    }

    // MARK: What is measured

    private enum MeasureName: String, CaseIterable {
        case count, sum, distinct, share
        case effectiveNumber = "effective_number"
    }

    private func measure(_ section: Section) -> StatisticDefinition.Measure? {
        guard let name: MeasureName = section.required("measure").flatMap({ section.scope.choice($0, "measure") })
        else { return nil }
        switch name {
        case .count:
            section.refuse(["field"], because: "a count is of events, not of values")
            return .count
        case .share: return .share(field: section.text("field"))
        case .sum: return section.requiredText("field").map { .sum(field: $0) }
        case .effectiveNumber: return section.requiredText("field").map { .effectiveNumber(field: $0) }
        case .distinct:
            guard let node = section.required("field") else { return nil }
            let fields = section.scope.texts(node, "field").map(\.text)
            return fields.isEmpty ? nil : .distinct(fields: fields)
        }
    }

    // MARK: Which events count

    private func events(_ section: Section) -> Condition? {
        switch (section["rules"], section["detection"]) {
        case (let rules?, nil): return condition(rules, "rules", section.scope)
        case (nil, let detection?): return detections.detection(detection, section.scope.within("detection"))
        case (_?, _?): section.refuse(["detection"], because: "a statistic has rules or a detection, not both")
        case (nil, nil): section.needs(oneOf: ["rules", "detection"])
        }
        return nil
    }

    private func required(_ key: String, _ section: Section) -> Condition? {
        section.required(key).flatMap { condition($0, key, section.scope) }
    }

    private func condition(_ node: Node, _ key: String, _ scope: Scope) -> Condition? {
        if node.items?.isEmpty == true {
            scope.error(.emptyList, "'\(key)' names no rules", at: node.location)
        }
        let named = scope.texts(node, key)
        let conditions = named.compactMap { text, node -> Condition? in
            guard let rule = names.rule(text, at: node.location, scope) else { return nil }
            if case .detection(let condition) = rules[rule].body { return condition }
            scope.error(
                .unsupported, "'\(text)' is a correlation; statistics are of events", at: node.location,
                help: ["name the detections that it refers to"])
            return nil
        }
        return conditions.isEmpty || conditions.count < named.count ? nil : .any(conditions)
    }

    // MARK: When, and since when

    private func windows(_ section: Section) -> [Timespan] {
        guard let node = section["windows"] else { return StatisticReader.standardWindows }
        if node.items?.isEmpty == true {
            section.scope.error(.emptyList, "the statistic has no window", at: node.location)
        }
        var windows: [Timespan] = []
        for item in node.items ?? [node] {
            guard let window = section.scope.timespan(item, "windows") else { continue }
            if windows.contains(window) {
                section.scope.error(.invalidValue, "this window stands twice", at: item.location)
            }
            windows.append(window)
        }
        return windows
    }

    private func ceasefire(_ node: Node, _ scope: Scope) -> Int? {
        guard let id = scope.text(node, "ceasefire") else { return nil }
        if let index = ceasefires.firstIndex(where: { $0.id == id }) { return index }
        scope.error(
            .unknownCeasefire, "there is no ceasefire '\(id)'", at: node.location,
            help: Suggestion.help(for: id, among: ceasefires.map(\.id)))
        return nil
    }
}
