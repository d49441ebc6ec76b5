import Events
import Rulebook

// How events and the alerts of other rules become contributions.
extension ContributionStream {
    /// Counts an event in, or out: the steps are a bit for each of the rules that it matches.
    @inline(__always)
    func receive(row: Row, steps: UInt64, isRemoval: Bool, symbols: borrowing SymbolTable) {
        take(row: row, steps: steps, isRemoval: isRemoval, symbols: symbols)
        var next = stricter
        while let stream = next {
            stream.take(row: row, steps: steps, isRemoval: isRemoval, symbols: symbols)
            next = stream.stricter
        }
    }

    /// Counts an event in, or out, for the readers of this stream alone.
    @inline(__always)
    func take(row: Row, steps: UInt64, isRemoval: Bool, symbols: borrowing SymbolTable) {
        let table = network.table
        let time = table.time(row)
        let end = table.timeEnd(row)
        var steps = steps
        if isTooLong(end.milliseconds - time.milliseconds) {
            // What asks for an answer is taken however exact it is; what answers is not.
            let after: UInt64 = if case .answers = setup.need { 1 << UInt64(setup.contributors.count - 1) } else { 0 }
            if steps & ~after != 0 { countSkipped(.imprecise, isRemoval: isRemoval) }
            steps &= after
            if steps == 0 { return }
        }
        if let symbol = setup.intake.onlyValue(of: row, table: table, symbols: symbols) {
            let raw = rawPayload(of: row, steps: steps, end: end, isRemoval: isRemoval, symbols: symbols)
            if isDormant, sleeps(on: raw, of: row, isRemoval, symbols: symbols) { return }
            take(row, into: number(of: symbol), at: time, raw, isRemoval, symbols: symbols)
            return
        }
        let memberships = setup.intake.groups(of: row, steps: steps, table: table, symbols: symbols)
        if memberships.isEmpty {
            countSkipped(.missingGroupField, isRemoval: isRemoval)
            return
        }
        var raw = rawPayload(of: row, steps: steps, end: end, isRemoval: isRemoval, symbols: symbols)
        if isDormant { awaken(symbols: symbols) }
        for membership in memberships {
            raw.steps = membership.steps
            take(row, into: number(of: membership.group), at: time, raw, isRemoval, symbols: symbols)
        }
    }

    /// Whether a row that is about to be counted in or out brings nothing about, so that it is but noted.
    private func sleeps(on raw: RawPayload, of row: Row, _ isRemoval: Bool, symbols: borrowing SymbolTable) -> Bool {
        if payload(raw).weight > 0 {
            awaken(symbols: symbols)
            return false
        }
        // One that is counted out is no longer in force when the others are asked for.
        if !isRemoval { dormantRows.append(row, steps: raw.steps) }
        return true
    }

    /// Makes contributions of the rows that were noted.
    @inline(never)
    func awaken(symbols: borrowing SymbolTable) {
        isDormant = false
        let table = network.table
        for entry in dormantRows.removeAll(in: table) {
            guard let symbol = setup.intake.onlyValue(of: entry.row, table: table, symbols: symbols) else { continue }
            let raw = rawPayload(
                of: entry.row, steps: entry.steps, end: table.timeEnd(entry.row), isRemoval: false, symbols: symbols)
            let contribution = Contribution(
                time: table.time(entry.row), source: .event(entry.row), payload: constantPayload ?? payload(raw))
            groups[number(of: symbol)].timeline.insert(contribution)
        }
    }

    @inline(__always)
    private func take(
        _ row: Row, into group: Int, at time: Instant, _ raw: RawPayload, _ isRemoval: Bool,
        symbols: borrowing SymbolTable
    ) {
        if network.isInOrder, followsAtOnce {
            let contribution = Contribution(time: time, source: .event(row), payload: constantPayload ?? payload(raw))
            follow(group, contribution, isFirst: true, symbols: symbols)
        } else {
            change(group: group, source: .event(row), at: time, raw, isRemoval)
        }
    }

    @inline(__always)
    private func rawPayload(
        of row: Row, steps: UInt64, end: Instant, isRemoval: Bool, symbols: borrowing SymbolTable
    ) -> RawPayload {
        var raw = RawPayload(steps: steps, end: end)
        switch setup.need {
        case .nothing, .steps, .stepsAndEnd, .answers: break
        case .keys:
            if let symbol = setup.intake.onlyKey(of: row, table: network.table, symbols: symbols) {
                raw.keys = .one(UInt64(UInt32(bitPattern: symbol.rawValue)))
                break
            }
            let tuples = Intake.tuples(
                columns: setup.intake.valueColumns, row: row, table: network.table, symbols: symbols)
            raw.keys = Values(tuples.map { key(of: $0) })
            if raw.keys.isEmpty { countSkipped(.missingValue, isRemoval: isRemoval) }
        case .numbers:
            raw.numbers = setup.intake.numbers(of: row, table: network.table, symbols: symbols)
            if raw.numbers.isEmpty { countSkipped(.missingValue, isRemoval: isRemoval) }
        case .directions:
            let tuples = Intake.tuples(
                columns: setup.intake.valueColumns, row: row, table: network.table, symbols: symbols)
            raw.keys = Intake.directions(tuples)
            if tuples.isEmpty { countSkipped(.missingValue, isRemoval: isRemoval) }
        }
        return raw
    }

    /// Takes a change in the onsets of a rule that is counted here.
    func receive(_ onset: OnsetChange, from source: any Correlating, symbols: borrowing SymbolTable) {
        var steps: UInt64 = 0
        var group: [Symbol]?
        let fields = source.groupSymbols(onset.group)
        for (step, rule) in setup.contributors.enumerated() where rule == source.rule {
            let positions = setup.intake.groupPositions[step]
            let values = positions.compactMap { $0.map { fields[$0] } }
            guard values.count == positions.count else { continue }
            group = values
            steps |= 1 << UInt64(step)
        }
        let isRemoval = onset.kind == .removed
        guard let group else {
            if onset.kind != .touched { countSkipped(.missingGroupField, isRemoval: isRemoval) }
            return
        }
        if onset.kind == .touched {
            let number = number(of: group)
            for reader in readers { reader.changed(number, onset.onset, true) }
            return
        }
        var raw = RawPayload(steps: steps, end: onset.onset)
        if !setup.intake.valueFields.isEmpty {
            addValues(of: source, fields: fields, to: &raw, symbols: symbols)
            if raw.keys.isEmpty, raw.numbers.isEmpty { countSkipped(.missingValue, isRemoval: isRemoval) }
        }
        let from = Source.alert(rule: source.rule, handle: onset.handle)
        change(group: number(of: group), source: from, at: onset.onset, raw, isRemoval)
    }

    private func addValues(
        of source: any Correlating, fields: [Symbol], to raw: inout RawPayload, symbols: borrowing SymbolTable
    ) {
        guard case .correlation(let other) = network.rulebook.rules[source.rule].body else { return }
        let values = setup.intake.valueFields.compactMap { field in
            other.groupBy.firstIndex { $0.name == field }.map { fields[$0] }
        }
        guard values.count == setup.intake.valueFields.count else { return }
        switch setup.need {
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
}
