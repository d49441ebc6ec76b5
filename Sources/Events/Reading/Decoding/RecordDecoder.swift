/// Makes a row of a batch out of the fields of a record, or says why it cannot.
struct RecordDecoder: ~Copyable {
    private var values: FieldValues
    private let steps: [ColumnStep]
    private var row = RecordValues()
    private var path = RecordPath()
    private var json = CanonicalJSON()

    /// What all sources of a run share.
    struct Run {
        /// How many records without an id had a digest, and so one time.
        private(set) var identical: [UInt64: (count: Int, time: Instant)] = [:]
        private var countAtRelease = 0
        /// Who numbers them instead, where sources are read side by side, and the source.
        private let numbering: RecordNumbering?
        private let source: Int

        init(_ options: Reader.Options) {
            numbering = options.numbering
            source = options.sourceNumber
        }

        /// The number of a record among those with its digest.
        mutating func number(of digest: UInt64, at time: Instant) -> Int {
            if let numbering { return numbering.number(of: digest, at: time, in: source) }
            let number = (identical[digest]?.count ?? 0) + 1
            identical[digest] = (number, time)
            return number
        }

        /// Forgets the records from before an instant: O(1) amortised for each.
        mutating func release(before instant: Instant) {
            guard identical.count > 2 * countAtRelease + 1024 else { return }
            identical = identical.filter { $0.value.time >= instant }
            countAtRelease = identical.count
        }
    }

    init(profile: Profile, schema: Schema, zone: TimeZoneRules) {
        values = FieldValues(profile: profile, schema: schema, zone: zone)
        steps = ColumnStep.all(of: schema)
    }

    /// Forgets what it remembers of symbols.
    mutating func forgetSymbols() { values.forgetSymbols() }

    /// Makes the short way for records with keys in this order.
    mutating func foresee(
        _ keys: [PredictedKey], _ fields: borrowing RecordFields, _ symbols: inout SymbolTable,
        _ rows: borrowing OpenRows
    ) {
        values.bindings.update(fields)
        path.make(keys, values: values, columns: steps, fields: fields, rows: rows, symbols: &symbols)
    }

    /// Adds the record in the object that begins there, if it is as foreseen and, where so asked, ends with its line; returns
    /// where it ends, or nil if it must be read by `decode`.
    @inline(__always)
    mutating func decodeForeseen(
        object start: UnsafePointer<UInt8>, endsLine: Bool, line: Int, _ symbols: inout SymbolTable,
        _ rows: inout OpenRows
    ) -> UnsafePointer<UInt8>? {
        guard path.isOpen else { return nil }
        rows.idBytes.cut(to: rows.lastIDEnd)
        var found = RecordPath.Found()
        guard let end = path.read(object: start, &found, &values, &symbols, &rows),
            !endsLine || end[end[0] == 0x0d ? 1 : 0] == 0x0a, end - start <= SourceState.longestRecord
        else { return nil }
        add(found, line: line, &rows)
        return end
    }

    /// The same for the row that begins there; a line end must lie behind it.
    @inline(__always)
    mutating func decodeForeseen(
        row start: UnsafePointer<UInt8>, of scanner: (separator: UInt8, quotes: Bool), line: Int,
        _ symbols: inout SymbolTable, _ rows: inout OpenRows
    ) -> UnsafePointer<UInt8>? {
        guard path.isOpen else { return nil }
        rows.idBytes.cut(to: rows.lastIDEnd)
        var found = RecordPath.Found()
        let end = path.read(
            row: start, separator: scanner.separator, quotes: scanner.quotes, &found, &values, &symbols, &rows)
        guard let end, end - start <= SourceState.longestRecord else { return nil }
        add(found, line: line, &rows)
        return end
    }

    @inline(__always)
    private func add(_ found: RecordPath.Found, line: Int, _ rows: inout OpenRows) {
        for column in path.unfed { column.putAbsent(rows.count) }
        rows.add(
            OpenRows.Head(
                line: line, digest: found.fingerprint, interval: EventInterval(start: found.time, end: found.time),
                revision: .none, idEnd: rows.idBytes.count, idHash: found.idHash, withdrawn: false))
    }

    /// Adds the record to the rows.
    mutating func decode(
        _ fields: borrowing RecordFields, line: Int, run: inout Run, _ symbols: inout SymbolTable,
        _ rows: inout OpenRows
    ) throws(ScanFailure) {
        values.bindings.update(fields)
        row.clear()
        row.withdrawn = try values.boolean(.withdrawn, fields, &symbols) ?? false
        row.revision = try revision(fields)
        rows.idBytes.cut(to: rows.lastIDEnd)
        let idLength = try appendID(fields, &rows.idBytes)
        try readTimes(fields, &symbols)
        try readRest(fields, &symbols)
        let digest = try digest(fields, hasID: idLength > 0, &run, &symbols, &rows.idBytes)
        putColumns(fields, &symbols, rows)
        let id = ByteView(base: rows.idBytes.base + rows.lastIDEnd, count: rows.idBytes.count - rows.lastIDEnd)
        rows.add(
            OpenRows.Head(
                line: line, digest: digest, interval: row.interval, revision: row.revision,
                idEnd: rows.idBytes.count, idHash: ByteHash.hash(id), withdrawn: row.withdrawn))
    }

    private mutating func readTimes(
        _ fields: borrowing RecordFields, _ symbols: inout SymbolTable
    ) throws(ScanFailure) {
        if row.withdrawn, values.bindings.key(of: .time, in: fields) < 0 { return }
        guard let time = try values.time(.time, fields, &symbols) else {
            if row.withdrawn { return }
            throw FieldFailures.missingTime
        }
        let end = try values.time(.timeEnd, fields, &symbols)
        var precision: TimePrecision?
        if values.isGiven(.timePrecision, fields) {
            let symbol = try values.symbol(.timePrecision, fields, &symbols)
            if !symbol.isAbsent { precision = TimePrecision(rawValue: symbols.text(of: symbol)) }
        }
        let interval = EventInterval.of(
            time: time, end: end, precision: precision, spanOverrides: values.spanOverridesPrecision,
            in: values.zone)
        guard let interval else { throw FieldFailures.endBeforeStart }
        row.interval = interval
        if end != nil || interval.end != interval.start { row.timeEnd = interval.end }
    }

    /// Reads all other canonical fields that a wrong value would make the record unusable in.
    private mutating func readRest(
        _ fields: borrowing RecordFields, _ symbols: inout SymbolTable
    ) throws(ScanFailure) {
        for index in 0..<values.bindings.checked.count {
            let field = values.bindings.checked[index]
            switch field {
            case .latitude, .longitude, .fatalities, .fatalitiesLow, .fatalitiesHigh, .civilianFatalities, .injured,
                .displaced:
                row.numbers[field.rawValue] = try values.number(field, fields, &symbols)
            case .reported:
                row.reported = try values.time(field, fields, &symbols)?.instant ?? .distantPast
            case .until: row.until = try values.time(field, fields, &symbols)?.instant ?? .distantPast
            case .mutual: row.mutual = try values.boolean(field, fields, &symbols)
            case .civilianTargeting: row.civilianTargeting = try values.boolean(field, fields, &symbols)
            case .attribution, .claim, .ceasefireAct: _ = try values.symbol(field, fields, &symbols)
            default: break
            }
        }
    }

    private mutating func revision(_ fields: borrowing RecordFields) throws(ScanFailure) -> Revision {
        let key = values.bindings.key(of: .revision, in: fields)
        guard key >= 0 else { return .none }
        let slot = fields.slots[key]
        if slot.kind == .number { return Revision(kind: .number, value: slot.number) }
        let text = fields.text(slot)
        guard slot.kind == .text else { throw FieldFailures.badRevision(text.text) }
        if text.trimmed.isEmpty { return .none }
        if let number = NumberReader.lenient(text) { return Revision(kind: .number, value: number) }
        guard let time = TimeText.read(text, in: values.zone, pattern: nil) else {
            throw FieldFailures.badRevision(text.text)
        }
        return Revision(kind: .instant, value: Double(time.instant.milliseconds))
    }

    /// Adds the id's bytes and returns how many there are.
    private func appendID(
        _ fields: borrowing RecordFields, _ ids: inout GrowingMemory<UInt8>
    ) throws(ScanFailure) -> Int {
        let key = values.bindings.key(of: .id, in: fields)
        var length = 0
        if key >= 0 {
            let slot = fields.slots[key]
            let text = fields.text(slot)
            switch slot.kind {
            case .text:
                let trimmed = text.trimmed
                ids.append(trimmed.buffer)
                length = trimmed.count
            case .number:
                // Whole numbers stay as they are written: some are longer than a double is exact.
                let isWhole = (0..<text.count).allSatisfy { text[$0] <= 0x39 && text[$0] >= 0x30 }
                let digits = isWhole ? Array(text.buffer) : Array(NumberText.shortest(slot.number).utf8)
                digits.withView { ids.append($0.buffer) }
                length = digits.count
            default: throw FieldFailures.badID(text.text)
            }
        }
        if length == 0, row.withdrawn { throw FieldFailures.missingID }
        return length
    }

    /// The record's digest; adds the id that follows from it where it has none.
    private mutating func digest(
        _ fields: borrowing RecordFields, hasID: Bool, _ run: inout Run, _ symbols: inout SymbolTable,
        _ ids: inout GrowingMemory<UInt8>
    ) throws(ScanFailure) -> UInt64 {
        if hasID, row.revision.kind == .none { return fields.fingerprint }
        let prefix = SHA256.prefix(of: try json.bytes(fields, &values, &symbols))
        if !hasID {
            let count = run.number(of: prefix, at: row.interval.start)
            let id = SHA256.hexadecimal(prefix) + (count > 1 ? "-\(count)" : "")
            Array(id.utf8).withView { ids.append($0.buffer) }
        }
        return row.revision.kind == .none ? fields.fingerprint : prefix
    }

    private mutating func putColumns(
        _ fields: borrowing RecordFields, _ symbols: inout SymbolTable, _ rows: borrowing OpenRows
    ) {
        let place = rows.count
        for index in 0..<steps.count {
            let column = steps[index].place
            switch steps[index].source {
            case .number(let field): rows.numbers.put(number(field), row: place, column: column)
            case .noNumber: rows.numbers.put(.nan, row: place, column: column)
            case .instant(let field): rows.instants.put(instant(field), row: place, column: column)
            case .noInstant: rows.instants.put(.distantPast, row: place, column: column)
            case .text(let field), .instantSymbol(let field):
                // What could be wrong with a value has been said before: here it can only be that of a withdrawn record.
                let symbol = try? values.symbol(field, fields, &symbols)
                rows.symbols.put(symbol ?? .absent, row: place, column: column)
            default:
                let symbol = try? otherSymbol(steps[index].source, fields, &symbols)
                rows.symbols.put(symbol ?? .absent, row: place, column: column)
            }
        }
    }

    @inline(__always)
    private func number(_ field: EventField) -> Double {
        let number = row.numbers[field.rawValue]
        return number.isNaN ? values.defaultNumber(field) : number
    }

    private func instant(_ field: EventField) -> Instant {
        switch field {
        case .time: return row.interval.start
        case .timeEnd: return row.timeEnd
        case .reported: return row.reported
        default: return row.until
        }
    }

    private mutating func otherSymbol(
        _ source: ColumnSource, _ fields: borrowing RecordFields, _ symbols: inout SymbolTable
    ) throws(ScanFailure) -> Symbol {
        switch source {
        case .own(let column):
            let key = values.bindings.ownKeys[column]
            guard key >= 0, fields.has(key) else { return .absent }
            return FieldValues.symbol(fields.slots[key], fields, &symbols)
        case .numberSymbol(let field):
            let number = number(field)
            return number.isNaN ? .absent : symbols.intern(number: number)
        case .booleanSymbol(let field):
            let boolean = try values.boolean(field, fields, &symbols)
            return boolean.map { symbols.intern(boolean: $0) } ?? .absent
        case .everything: return try everything(fields, &symbols)
        default: return .absent
        }
    }

    /// The texts of all fields as they came, and what the profile makes of them.
    private mutating func everything(
        _ fields: borrowing RecordFields, _ symbols: inout SymbolTable
    ) throws(ScanFailure) -> Symbol {
        var members: [Symbol] = []
        for key in 0..<fields.count where fields.has(key) {
            members += symbols.members(of: FieldValues.symbol(fields.slots[key], fields, &symbols))
        }
        for field in values.bindings.bound where field.kind == .text && values.hasTranslation(field) {
            let meaning = try values.symbol(field, fields, &symbols)
            for member in symbols.members(of: meaning) where !members.contains(member) { members.append(member) }
        }
        return symbols.intern(list: members)
    }
}
