import Events
import Rulebook

// How events and the alerts of other rules become contributions.
extension Correlator {
    @inline(__always)
    func receive(row: Row, steps: UInt64, isRemoval: Bool, symbols: borrowing SymbolTable) {
        let table = network.table
        let time = table.time(row)
        let end = table.timeEnd(row)
        var steps = steps
        if isTooImprecise(time, end) {
            // What asks for an answer is taken however exact it is; what answers is not.
            let after: UInt64 = if case .answers = need { 1 << UInt64(setup.correlation.rules.count) } else { 0 }
            if steps & ~after != 0 { skip(.imprecise, isRemoval) }
            steps &= after
            if steps == 0 { return }
        }
        if let symbol = setup.intake.onlyValue(of: row, table: table, symbols: symbols) {
            let raw = rawPayload(of: row, steps: steps, end: end, isRemoval: isRemoval, symbols: symbols)
            let number = number(of: symbol)
            if network.isInOrder, followsAtOnce {
                let contribution = Contribution(
                    time: time, source: .event(row), payload: constantPayload ?? payload(raw))
                follow(number, contribution, symbols: symbols)
            } else {
                change(group: number, source: .event(row), at: time, raw, isRemoval)
            }
            return
        }
        let memberships = setup.intake.groups(of: row, steps: steps, table: table, symbols: symbols)
        if memberships.isEmpty {
            skip(.missingGroupField, isRemoval)
            return
        }
        var raw = rawPayload(of: row, steps: steps, end: end, isRemoval: isRemoval, symbols: symbols)
        for membership in memberships {
            raw.steps = membership.steps
            change(group: number(of: membership.group), source: .event(row), at: time, raw, isRemoval)
        }
    }

    @inline(__always)
    func rawPayload(
        of row: Row, steps: UInt64, end: Instant, isRemoval: Bool, symbols: borrowing SymbolTable
    ) -> RawPayload {
        var raw = RawPayload(steps: steps, end: end)
        switch need {
        case .nothing, .steps, .stepsAndEnd, .answers: break
        case .keys:
            if let symbol = setup.intake.onlyKey(of: row, table: network.table, symbols: symbols) {
                raw.keys = .one(UInt64(UInt32(bitPattern: symbol.rawValue)))
                break
            }
            let tuples = Intake.tuples(
                columns: setup.intake.valueColumns, row: row, table: network.table, symbols: symbols)
            raw.keys = Values(tuples.map { key(of: $0) })
            if raw.keys.isEmpty { skip(.missingValue, isRemoval) }
        case .numbers:
            raw.numbers = setup.intake.numbers(of: row, table: network.table, symbols: symbols)
            if raw.numbers.isEmpty { skip(.missingValue, isRemoval) }
        case .directions:
            let tuples = Intake.tuples(
                columns: setup.intake.valueColumns, row: row, table: network.table, symbols: symbols)
            raw.keys = Intake.directions(tuples)
            if tuples.isEmpty { skip(.missingValue, isRemoval) }
        }
        return raw
    }

    func receive(_ onset: OnsetChange, from source: any Correlating, symbols: borrowing SymbolTable) {
        var steps: UInt64 = 0
        var group: [Symbol]?
        let fields = source.groupSymbols(onset.group)
        for (step, rule) in Correlator.contributors(setup.correlation).enumerated() where rule == source.rule {
            let positions = setup.intake.groupPositions[step]
            let values = positions.compactMap { $0.map { fields[$0] } }
            guard values.count == positions.count else { continue }
            group = values
            steps |= 1 << UInt64(step)
        }
        guard let group else {
            if onset.kind != .touched { skip(.missingGroupField, onset.kind == .removed) }
            return
        }
        var raw = RawPayload(steps: steps, end: onset.onset)
        if !setup.intake.valueFields.isEmpty {
            addValues(of: source, fields: fields, to: &raw, symbols: symbols)
            if onset.kind != .touched, raw.keys.isEmpty, raw.numbers.isEmpty {
                skip(.missingValue, onset.kind == .removed)
            }
        }
        let from = Source.alert(rule: source.rule, handle: onset.handle)
        if onset.kind == .touched {
            mark(number(of: group), at: onset.onset, isRemoval: true)
        } else {
            change(group: number(of: group), source: from, at: onset.onset, raw, onset.kind == .removed)
        }
    }

    private func addValues(
        of source: any Correlating, fields: [Symbol], to raw: inout RawPayload, symbols: borrowing SymbolTable
    ) {
        guard case .correlation(let other) = network.rulebook.rules[source.rule].body else { return }
        let values = setup.intake.valueFields.compactMap { field in
            other.groupBy.firstIndex { $0.name == field }.map { fields[$0] }
        }
        guard values.count == setup.intake.valueFields.count else { return }
        switch need {
        case .keys: raw.keys = .one(key(of: values))
        case .numbers:
            if let number = Intake.number(symbols.value(of: values[0])) { raw.numbers = .one(number) }
        case .directions: raw.keys = Intake.directions([values])
        case .nothing, .steps, .stepsAndEnd, .answers: break
        }
    }

    private func key(of values: [Symbol]) -> UInt64 {
        var key = UInt64(UInt32(bitPattern: values[0].rawValue))
        for value in values.dropFirst() {
            key = UInt64(valuePairs.number(of: key << 32 | UInt64(UInt32(bitPattern: value.rawValue))))
        }
        return key
    }

    private func isTooImprecise(_ time: Instant, _ end: Instant) -> Bool {
        end.milliseconds - time.milliseconds > longestTime
    }

    private func skip(_ reason: Summary.Skip, _ isRemoval: Bool) {
        network.skipped[rule][reason, default: 0] += isRemoval ? -1 : 1
    }

    func change(
        group: Int, source: Source, at time: Instant, _ raw: RawPayload, _ isRemoval: Bool
    ) {
        if isRemoval {
            // What it reaches is asked while it is there: it may be the group's first.
            let influence = pattern.influence(of: time, in: groups[group].timeline)
            guard groups[group].timeline.remove(source, at: time) != nil else { return }
            groups[group].changedTo = max(groups[group].changedTo, influence)
        } else {
            groups[group].timeline.insert(
                Contribution(time: time, source: source, payload: constantPayload ?? payload(raw)))
        }
        mark(group, at: time, isRemoval: isRemoval)
    }
}
