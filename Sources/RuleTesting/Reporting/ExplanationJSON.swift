import Events
import Monitoring
import Reporting
import Rulebook

/// Writes explanations as JSON, one object a line.
public struct ExplanationJSON {
    private let rulebook: Rulebook

    /// Creates a writer of explanations of a rule book's rules.
    public init(rulebook: Rulebook) { self.rulebook = rulebook }

    /// An event.
    public func line(_ explanation: EventExplanation) -> [UInt8] {
        var object = JSONMembers()
        object.add("kind", .text("event"))
        object.add("id", .text(explanation.id))
        object.add("time", .text(InstantText.utc(explanation.time)))
        if explanation.timeEnd != explanation.time {
            object.add("time_end", .text(InstantText.utc(explanation.timeEnd)))
        }
        var fields = JSONMembers()
        for field in explanation.fields {
            fields.add(field.name, field.values.count == 1 ? field.values[0] : .list(field.values))
        }
        object.add("fields", fields)
        object.add("verdict", .text(explanation.verdict))
        object.add("detections", explanation.detections.map { members(of: $0) })
        object.add("correlations", explanation.places.map { members(of: $0) })
        return object.line
    }

    /// A rule.
    public func line(_ explanation: RuleExplanation) -> [UInt8] {
        let rule = rulebook.rules[explanation.rule]
        var object = JSONMembers()
        object.add("kind", .text("rule"))
        object.add("rule", .text(rule.name))
        object.add("fired", .number(Double(explanation.firedCount)))
        object.add("alerts", explanation.fired.map { members(of: $0) })
        if case .correlation(let correlation) = rule.body {
            object.add("contributions", .number(Double(explanation.contributionCount)))
            object.add(
                "left_out",
                explanation.leftOut.map { reason, count in
                    var members = JSONMembers()
                    members.add("reason", .text(reason))
                    members.add("count", .number(Double(count)))
                    return members
                })
            object.add("near_misses", explanation.nearMisses.map { members(of: $0, correlation) })
        } else {
            object.add("near_misses", explanation.nearEvents.map { members(of: $0) })
        }
        return object.line
    }

    private func members(of verdict: EventExplanation.Verdict) -> JSONMembers {
        var members = JSONMembers()
        members.add("rule", .text(rulebook.rules[verdict.rule].name))
        members.add("matches", .boolean(verdict.matches))
        members.add("reasons", texts: verdict.reasons)
        return members
    }

    private func members(of place: EventExplanation.Place) -> JSONMembers {
        var members = JSONMembers()
        members.add("rule", .text(rulebook.rules[place.rule].name))
        if case .correlation(let correlation) = rulebook.rules[place.rule].body {
            members.add("group", group(place.group, correlation))
        }
        if let reason = place.reason { members.add("left_out", .text(reason)) }
        members.add("holds", .boolean(place.alert != nil))
        if let alert = place.alert { members.add("alert", .text(alert.id)) }
        if let figure = place.figure {
            members.add("figure", .number(figure.value))
            members.add("threshold", .number(figure.threshold))
        }
        members.add("window", place.window.map { self.members(of: $0) })
        return members
    }

    private func members(of fired: RuleExplanation.Fired) -> JSONMembers {
        var members = JSONMembers()
        members.add("id", .text(fired.alert.id))
        var group = JSONMembers()
        for field in fired.alert.group where field.value != .absent { group.add(field.field, field.value) }
        members.add("group", group)
        members.add("onset", .text(InstantText.utc(fired.alert.onset)))
        members.add("end", fired.alert.end.map { .text(InstantText.utc($0)) } ?? .absent)
        if let event = fired.alert.events.first, fired.window.isEmpty { members.add("event", .text(event.id)) }
        members.add("window", fired.window.map { self.members(of: $0) })
        return members
    }

    private func members(of miss: NearMiss, _ correlation: Correlation) -> JSONMembers {
        var members = JSONMembers()
        members.add("group", group(miss.group, correlation))
        members.add("figure", .number(miss.figure))
        members.add("threshold", .number(miss.threshold))
        if let time = miss.time { members.add("at", .text(InstantText.utc(time))) }
        if !miss.shortfalls.isEmpty {
            members.add("unmet", miss.shortfalls.map { self.members(of: $0, correlation) })
        }
        if let lateness = miss.lateness {
            members.add("late_by_seconds", .number(Double(lateness.milliseconds) / 1000))
        }
        if let late = miss.late { members.add("late", self.members(of: late)) }
        members.add("explanation", .text(NearMissSentence.text(miss, of: correlation)))
        members.add("window", miss.window.map { self.members(of: $0) })
        return members
    }

    private func members(of shortfall: Shortfall, _ correlation: Correlation) -> JSONMembers {
        var asked = JSONMembers()
        asked.add(shortfall.comparison.rawValue, .number(shortfall.threshold))
        var members = JSONMembers()
        members.add("what", .text(ShortfallText.key(shortfall.requirement, correlation)))
        members.add("value", .number(shortfall.value))
        members.add("asked", asked)
        return members
    }

    private func members(of event: RuleExplanation.NearEvent) -> JSONMembers {
        var members = JSONMembers()
        members.add("event", .text(event.id))
        members.add("time", .text(InstantText.utc(event.time)))
        members.add("explanation", .text(event.reason))
        return members
    }

    private func members(of contribution: Contribution) -> JSONMembers {
        var members = JSONMembers()
        members.add("id", .text(contribution.id))
        members.add("time", .text(InstantText.utc(contribution.time)))
        if let value = contribution.values.first { members.add("value", value) }
        return members
    }

    private func group(_ values: [Value], _ correlation: Correlation) -> JSONMembers {
        var members = JSONMembers()
        for (field, value) in zip(correlation.groupBy, values) { members.add(field.name, value) }
        return members
    }
}

/// The members of a JSON object, in the order in which they are added.
private struct JSONMembers {
    private var bytes: [UInt8] = []

    /// The object as a line.
    var line: [UInt8] { object + [0x0A] }

    private var object: [UInt8] { [UInt8(ascii: "{")] + bytes + [UInt8(ascii: "}")] }

    mutating func add(_ key: String, _ value: Value) {
        begin(key)
        bytes.append(json: value)
    }

    mutating func add(_ key: String, _ members: JSONMembers) {
        begin(key)
        bytes += members.object
    }

    mutating func add(_ key: String, _ items: [JSONMembers]) {
        begin(key)
        bytes += Array("[".utf8) + Array(items.map(\.object).joined(separator: Array(",".utf8))) + Array("]".utf8)
    }

    mutating func add(_ key: String, texts: [String]) {
        begin(key)
        bytes.append(json: .list(texts.map { .text($0) }))
    }

    private mutating func begin(_ key: String) {
        if !bytes.isEmpty { bytes.append(UInt8(ascii: ",")) }
        bytes.append(jsonText: key)
        bytes.append(UInt8(ascii: ":"))
    }
}
