import Diagnostics
import Events

/// Reads the events of a test: records, written short by `like` and relative times.
struct TestEventReader {
    /// The fields whose times may be relative to the event's own.
    private static let ownTimes: Set<String> = ["time_end", "reported", "until"]

    let profile: Profile
    let rulebook: Rulebook
    let timeZone: TimeZoneRules

    /// An event as far as it has been read: what `like` and relative times of later ones need.
    private struct Known {
        var event: RuleTest.Event
        var time: ReadTime?
        /// Whether its time cannot be read, which was said: none is to be counted from it.
        var isTimeBroken = false

        /// Makes it one of several: `b` becomes `b-1`, `b-2` and so on.
        mutating func number(_ number: Int, _ idColumn: String) {
            guard let id = event.id else { return }
            event.id = "\(id)-\(number)"
            for index in event.fields.indices where event.fields[index].name == idColumn {
                event.fields[index].value = .text("\(id)-\(number)")
            }
        }
    }

    /// How many events a test may have, more or less the last repetition.
    private static let recordLimit = 100_000
    /// How often an event may be repeated.
    private static let repetitionLimit = 1000

    /// The records, in the order of writing.
    func read(_ node: Node, _ scope: Scope) -> [RuleTest.Event] {
        guard let items = node.items else {
            scope.error(.wrongType, "'events' is a list of events, not \(node.description)", at: node.location)
            return []
        }
        var known: [Known] = []
        for item in items {
            if known.count > TestEventReader.recordLimit {
                scope.error(
                    .invalidValue, "a test has at most \(TestEventReader.recordLimit) events", at: item.location)
                break
            }
            guard let entries = item.entries else {
                scope.error(.wrongType, "an event is a mapping of fields, not \(item.description)", at: item.location)
                continue
            }
            guard let node = entries.first(where: { $0.name == "repeat" })?.value else {
                known.append(event(item, entries, known, after: nil, scope))
                continue
            }
            let count = scope.whole(node, "repeat", atLeast: 1) ?? 0
            if count > TestEventReader.repetitionLimit {
                scope.error(
                    .invalidValue, "an event is repeated at most \(TestEventReader.repetitionLimit) times",
                    at: node.location)
            }
            var last: Known?
            for number in stride(from: 1, through: min(count, TestEventReader.repetitionLimit), by: 1) {
                var next = event(item, entries, known, after: last, scope)
                next.number(number, idColumn)
                known.append(next)
                last = next
            }
        }
        return known.map(\.event)
    }

    /// Reads an event; its time is relative to that of `after` where it repeats that one.
    private func event(
        _ node: Node, _ entries: [Node.Entry], _ known: [Known], after: Known?, _ scope: Scope
    ) -> Known {
        let model = entries.first { $0.name == "like" }.flatMap { like($0.value, known, scope) }
        var fields = (model?.event.fields ?? []).filter { $0.name != idColumn }
        var time = model?.time
        let basis = after ?? (model?.time == nil && model?.isTimeBroken != true ? known.last : model)
        var isTimeBroken = model?.isTimeBroken ?? false
        func set(_ name: String, _ value: Value) {
            fields.removeAll { $0.name == name }
            if value != .absent { fields.append(RuleTest.Event.Field(name: name, value: value)) }
        }
        for entry in entries where entry.name == timeColumn {
            (fields, time) = (fields.filter { $0.name != timeColumn }, nil)
            isTimeBroken = true
            guard let (text, read) = self.time(entry, from: basis?.time, isBroken: basis?.isTimeBroken, scope) else {
                continue
            }
            set(timeColumn, text)
            (time, isTimeBroken) = (read, false)
        }
        for entry in entries where !["like", "repeat", timeColumn].contains(entry.name) {
            if TestEventReader.ownTimes.contains(entry.name), isRelative(entry.value) {
                self.time(entry, from: time, isBroken: isTimeBroken, scope).map { set(entry.name, $0.value) }
            } else {
                check(entry, scope)
                for (name, value) in values(entry.name, entry.value, scope) { set(name, value) }
            }
        }
        let id = entries.first { $0.name == idColumn }?.value.scalar?.text
        return Known(
            event: RuleTest.Event(id: id, fields: fields, location: entries.first?.key.location ?? node.location),
            time: time, isTimeBroken: isTimeBroken)
    }

    private var idColumn: String { profile.fields["id"] ?? "id" }
    private var timeColumn: String { profile.fields["time"] ?? "time" }

    private func like(_ node: Node, _ known: [Known], _ scope: Scope) -> Known? {
        guard let id = scope.text(node, "like") else { return nil }
        if let model = known.last(where: { $0.event.id == id }) { return model }
        scope.error(
            .unknownEvent, "there is no event '\(id)' before this one", at: node.location,
            help: Suggestion.help(for: id, among: known.compactMap(\.event.id)))
        return nil
    }

    // MARK: Times

    private func isRelative(_ node: Node) -> Bool {
        guard let scalar = node.scalar, scalar.value == .text else { return false }
        return scalar.text.hasPrefix("+") || scalar.text.hasPrefix("-")
    }

    /// Reads a time, written out or counted from another.
    ///
    /// - Parameter isBroken: whether that other cannot be read, so that nothing more is to be said.
    private func time(
        _ entry: Node.Entry, from base: ReadTime?, isBroken: Bool?, _ scope: Scope
    ) -> (value: Value, read: ReadTime?)? {
        guard let scalar = entry.value.scalar, !entry.value.isNull else {
            scope.error(
                .wrongType, "'\(entry.name)' is a time, not \(entry.value.description)", at: entry.value.location)
            return nil
        }
        do throws(TimespanText.Failure) {
            guard let relative = try RelativeTime(scalar.text) else {
                let read = TimeText.read(scalar.text, in: timeZone)
                // A profile may say how else times are written; numbers are seconds.
                if read == nil, profile.dateFormat == nil, scalar.value == .text {
                    scope.error(
                        .invalidValue, "'\(scalar.text)' is not a time", at: entry.value.location,
                        help: ["write such as 2014-03-03T09:00Z or 2014-03-03"])
                    return nil
                }
                return (scalar.eventValue, read)
            }
            guard let base else {
                if isBroken == true { return nil }
                scope.error(
                    .invalidValue, "there is no event before this one that '\(scalar.text)' could be counted from",
                    at: entry.value.location, help: ["write the time of the first event out: 2014-03-03T09:00Z"])
                return nil
            }
            let text = relative.text(from: base, in: timeZone)
            return (.text(text), TimeText.read(text, in: timeZone))
        } catch {
            scope.error(
                .invalidValue, "'\(scalar.text)' is not a relative time: \(error.reason)", at: entry.value.location,
                help: ["write such as +2d, +90m or +6d23h"])
            return nil
        }
    }

    // MARK: Values

    /// The fields of an entry: members of nested mappings are joined by dots, as those of JSON are.
    private func values(_ name: String, _ node: Node, _ scope: Scope) -> [(String, Value)] {
        switch node.content {
        case .scalar(let scalar): return [(name, scalar.eventValue)]
        case .mapping(let entries):
            return entries.flatMap { values("\(name).\($0.name)", $0.value, scope) }
        case .sequence(let items):
            let members = items.compactMap { item -> Value? in
                if let scalar = item.scalar, !item.isNull { return scalar.eventValue }
                scope.error(.wrongType, "a value is expected, not \(item.description)", at: item.location)
                return nil
            }
            return [(name, members.isEmpty ? .absent : .list(members))]
        }
    }

    /// Warns of a field that is probably misspelt: nothing would ever look at it.
    private func check(_ entry: Node.Entry, _ scope: Scope) {
        let known = CanonicalField.all.union(profile.columns).union(rulebook.profiles.flatMap(\.columns))
        guard !known.contains(entry.name), entry.value.entries == nil else { return }
        let help = Suggestion.help(for: entry.name, among: known.sorted())
        if CanonicalField.derived.contains(entry.name) {
            scope.warning(
                .fieldOfNoProfile, "'\(entry.name)' is derived, and not read from an event", at: entry.key.location)
        } else if !help.isEmpty {
            scope.warning(
                .fieldOfNoProfile, "no profile has a field '\(entry.name)'", at: entry.key.location, help: help)
        }
    }
}

extension Scalar {
    /// What it is as a value of an event.
    var eventValue: Events.Value {
        switch value {
        case .null: .absent
        case .boolean(let boolean): .boolean(boolean)
        case .number(let number) where number.isFinite: .number(number)
        case .number, .text: .text(text)
        }
    }
}
