import Events
import Rulebook

/// Alerts of a rule that looks at one event: one an event, and one a value where its group field is a list.
final class DetectionAlerter {
    /// An event that is, or was, to be alerted in a group.
    private struct Alerted {
        var row: Row
        var group: [Symbol]
    }

    /// An event of a group with a cooldown: its place in time, and whether it is alerted.
    private struct Entry {
        var time: Instant
        var row: Row
        var isAlerted = false
    }

    let rule: Int
    private let definition: Rule
    private let groupColumns: [Int]
    private unowned let network: Network
    private var added: [Alerted] = []
    private var removed: [Alerted] = []
    // With a cooldown only: the events of each group, sorted by time and id, and from which on they are to be judged anew.
    private var groups: [[Symbol]: [Entry]] = [:]
    private var changed: [(group: [Symbol], from: Instant)] = []
    private var lastReleased: [[Symbol]: Instant] = [:]
    private var archive: [Alert] = []
    private var isChanged = false

    init(rule: Int, groupColumns: [Int], network: Network) {
        self.rule = rule
        self.groupColumns = groupColumns
        self.network = network
        definition = network.rulebook.rules[rule]
    }

    private var cooldown: Timespan { definition.options.cooldown }

    /// Counts an event in, or out.
    func receive(row: Row, isRemoval: Bool, symbols: borrowing SymbolTable) {
        if !isChanged {
            isChanged = true
            network.changedDetections.append(self)
        }
        take(row, isRemoval: isRemoval, symbols: symbols)
    }

    /// Judges a run of rows, some of which are its.
    func judge(_ run: OrderedRun, _ rows: MatchedRows, symbols: borrowing SymbolTable) {
        var rows = rows
        while let match = rows.next() {
            network.moment = .row(match.row)
            take(match.row, isRemoval: false, symbols: symbols)
            settle(symbols: symbols)
        }
    }

    private func take(_ row: Row, isRemoval: Bool, symbols: borrowing SymbolTable) {
        for group in groups(of: row, symbols: symbols) {
            let alerted = Alerted(row: row, group: group)
            if cooldown > .zero {
                change(alerted, isRemoval)
            } else if isRemoval {
                removed.append(alerted)
            } else {
                added.append(alerted)
            }
        }
    }

    /// The groups of an event; a field that it lacks is absent in its group.
    private func groups(of row: Row, symbols: borrowing SymbolTable) -> [[Symbol]] {
        let table = network.table
        var tuples: [[Symbol]] = [[]]
        for column in groupColumns {
            let symbol = table.symbol(column, of: row)
            var members: [Symbol] = []
            for member in symbols.members(of: symbol) where !members.contains(member) { members.append(member) }
            if members.isEmpty { members = [.absent] }
            var extended: [[Symbol]] = []
            for tuple in tuples { for member in members { extended.append(tuple + [member]) } }
            tuples = extended
        }
        return tuples
    }

    // MARK: - Cooldown

    private func change(_ alerted: Alerted, _ isRemoval: Bool) {
        let time = network.table.time(alerted.row)
        if isRemoval {
            guard let index = groups[alerted.group]?.firstIndex(where: { $0.row == alerted.row }),
                let entry = groups[alerted.group]?.remove(at: index)
            else { return }
            if entry.isAlerted { removed.append(alerted) }
        } else {
            let id = network.table.id(alerted.row)
            var position = groups[alerted.group]?.count ?? 0
            while position > 0, let before = groups[alerted.group]?[position - 1],
                before.time > time
                    || (before.time == time && id.precedesByCodePoint(network.table.id(before.row)))
            { position -= 1 }
            groups[alerted.group, default: []].insert(Entry(time: time, row: alerted.row), at: position)
        }
        changed.append((alerted.group, time))
    }

    /// When an earlier run alerted last in a group.
    private func resumed(_ group: [Symbol], _ symbols: borrowing SymbolTable) -> Instant? {
        guard let known = network.lastAlerted[rule] else { return nil }
        return known[AlertIdentity.text(of: values(of: group, symbols: symbols))]
    }

    private func values(of group: [Symbol], symbols: borrowing SymbolTable) -> [Alert.GroupValue] {
        var values: [Alert.GroupValue] = []
        for (field, symbol) in zip(definition.groupBy, group) where !symbol.isAbsent {
            values.append(Alert.GroupValue(field: field, value: symbols.value(of: symbol)))
        }
        return values
    }

    private func applyCooldowns(symbols: borrowing SymbolTable) {
        for (group, from) in changed {
            guard var entries = groups[group] else { continue }
            var index = entries.firstIndex { $0.time >= from } ?? entries.count
            var last =
                entries[..<index].last(where: \.isAlerted)?.time ?? lastReleased[group] ?? resumed(group, symbols)
            while index < entries.count {
                let isAlerted = last.map { entries[index].time.milliseconds - $0.milliseconds >= cooldown.milliseconds }
                if isAlerted ?? true { last = entries[index].time }
                if entries[index].isAlerted != (isAlerted ?? true) {
                    entries[index].isAlerted.toggle()
                    let alerted = Alerted(row: entries[index].row, group: group)
                    if entries[index].isAlerted { added.append(alerted) } else { removed.append(alerted) }
                }
                index += 1
            }
            groups[group] = entries
        }
        changed.removeAll(keepingCapacity: true)
    }

    // MARK: - What follows

    /// Puts what changed into the outbox.
    func settle(symbols: borrowing SymbolTable) {
        isChanged = false
        if !changed.isEmpty { applyCooldowns(symbols: symbols) }
        if added.isEmpty, removed.isEmpty { return }
        cancelOut()
        guard network.outbox.isWanted else {
            network.outbox.count(rule: rule, by: added.count - removed.count)
            added.removeAll(keepingCapacity: true)
            removed.removeAll(keepingCapacity: true)
            return
        }
        for alerted in added { raise(alerted, symbols: symbols) }
        for alerted in removed {
            var alert = describe(alerted, symbols: symbols)
            alert.status = .retracted
            network.outbox.count(rule: rule, by: -1)
            network.outbox.add(alert)
        }
        added.removeAll(keepingCapacity: true)
        removed.removeAll(keepingCapacity: true)
    }

    /// What came and went within one step has not been told.
    private func cancelOut() {
        guard !added.isEmpty, !removed.isEmpty else { return }
        for alerted in removed {
            guard let index = added.firstIndex(where: { $0.row == alerted.row && $0.group == alerted.group }) else {
                continue
            }
            added.remove(at: index)
            removed.removeAll { $0.row == alerted.row && $0.group == alerted.group }
        }
    }

    private func raise(_ alerted: Alerted, symbols: borrowing SymbolTable) {
        var alert = describe(alerted, symbols: symbols)
        let id = network.table.id(alerted.row)
        let before = removed.firstIndex { $0.group == alerted.group && network.table.id($0.row) == id }
        if let before {
            let old = describe(removed.remove(at: before), symbols: symbols)
            if old == alert { return }
            alert.status = .updated
            alert.replaces = old.id == alert.id ? nil : old.id
        } else {
            network.outbox.count(rule: rule, by: 1)
            alert.status = .firing
        }
        network.outbox.add(alert)
    }

    private func describe(_ alerted: Alerted, symbols: borrowing SymbolTable) -> Alert {
        let table = network.table
        let event = network.columns.event(alerted.row, in: table, symbols: symbols)
        let group = values(of: alerted.group, symbols: symbols)
        let id = AlertIdentity.identifier(
            rule: definition.name, group: group, onset: event.time, event: event.id)
        return Alert(
            status: .resolved, id: id, rule: rule, group: group, onset: event.time, end: event.time, figure: nil,
            peak: nil, ceasefire: network.columns.ceasefireState(alerted.row, in: table, symbols: symbols),
            evidenceCount: 1, events: [event], alerts: [], knownAt: network.columns.knownAt(alerted.row, in: table))
    }

    // MARK: - The end, and what is let go of

    /// The alert of an event in each of its groups, as it stands: for a rule without a cooldown.
    func standing(row: Row, symbols: borrowing SymbolTable) -> [Alert] {
        if cooldown > .zero { return [] }
        return groups(of: row, symbols: symbols).map { describe(Alerted(row: row, group: $0), symbols: symbols) }
    }

    /// The alerts that are kept by group, and those that no change can reach any more.
    func standing(symbols: borrowing SymbolTable) -> [Alert] {
        var result = archive
        for (group, entries) in groups {
            for entry in entries where entry.isAlerted {
                result.append(describe(Alerted(row: entry.row, group: group), symbols: symbols))
            }
        }
        return result
    }

    /// Lets go of the events before an instant.
    func release(before instant: Instant, symbols: borrowing SymbolTable) {
        for group in Array(groups.keys) {
            guard var entries = groups[group] else { continue }
            let count = entries.firstIndex { $0.time >= instant } ?? entries.count
            for entry in entries[..<count] where entry.isAlerted {
                lastReleased[group] = entry.time
                if network.options.keepsStanding {
                    archive.append(describe(Alerted(row: entry.row, group: group), symbols: symbols))
                }
            }
            entries.removeFirst(count)
            groups[group] = entries.isEmpty ? nil : entries
        }
    }

    /// Keeps the alerts of an event that is let go of.
    func archive(row: Row, symbols: borrowing SymbolTable) {
        archive += standing(row: row, symbols: symbols)
    }
}
