/// Reads single fields of a record by a profile.
struct FieldValues {
    var bindings: Bindings
    private let translations: [Translation?]
    private let defaults: [Value?]
    // Whether a field has a translation or a default, as plain booleans: asked for every value of every record.
    let isTranslated: EventTable<Bool>
    private let hasDefault: EventTable<Bool>
    // Words translated before, 64 to a field, by the lowest bits of their symbols: the word and, above it, its meaning.
    private var remembered = [UInt64](repeating: .max, count: EventField.allCases.count * 64)
    let spanOverridesPrecision: Bool
    private let midnightIsDate: Bool
    let zone: TimeZoneRules
    private let pattern: DatePattern?
    private let hasPattern: Bool
    private var days = DayMemo()

    init(profile: Profile, schema: Schema, zone: TimeZoneRules) {
        bindings = Bindings(profile: profile, schema: schema)
        translations = EventField.allCases.map { Translation($0, profile) }
        defaults = EventField.allCases.map { profile.defaults[$0.name] }
        isTranslated = EventTable { [translations] in translations[$0.rawValue] != nil }
        hasDefault = EventTable { [defaults] in defaults[$0.rawValue] != nil }
        spanOverridesPrecision = profile.spanOverridesPrecision
        midnightIsDate = profile.midnightIsDate
        pattern = profile.dateFormat.flatMap { DatePattern($0) }
        hasPattern = pattern != nil
        self.zone = zone
    }

    /// Forgets the words translated before.
    mutating func forgetSymbols() { remembered = [UInt64](repeating: .max, count: remembered.count) }

    /// Whether absent fields stay absent and times mean what they say.
    var isPlain: Bool { defaults.allSatisfy { $0 == nil } && !hasPattern && !midnightIsDate }

    /// The instant of a text in the form of nearly every record; nil for all others.
    @inline(__always)
    mutating func instant(_ text: ByteView) -> Instant? { days.instant(text) }

    /// Whether the record that is being read has a field, or the profile gives it a default.
    @inline(__always)
    func isGiven(_ field: EventField, _ fields: borrowing RecordFields) -> Bool {
        hasDefault[field] || bindings.key(of: field, in: fields) >= 0
    }

    /// Whether the profile gives words of the field a meaning.
    func hasTranslation(_ field: EventField) -> Bool { isTranslated[field] }

    /// The symbol of a slot's value as it came.
    @inline(__always)
    static func symbol(
        _ slot: FieldSlot, _ fields: borrowing RecordFields, _ symbols: inout SymbolTable
    ) -> Symbol {
        switch slot.kind {
        case .text: return symbols.intern(fields.text(slot), hash: slot.hash)
        case .number: return symbols.intern(number: slot.number)
        case .yes: return symbols.intern(boolean: true)
        case .no: return symbols.intern(boolean: false)
        case .list: return ListReader.symbol(fields.text(slot), &symbols)
        }
    }

    /// The symbol of a canonical field, translated.
    @inline(__always)
    mutating func symbol(
        _ field: EventField, _ fields: borrowing RecordFields, _ symbols: inout SymbolTable
    ) throws(ScanFailure) -> Symbol {
        let key = bindings.key(of: field, in: fields)
        guard key >= 0 else { return defaultSymbol(field, &symbols) }
        let slot = fields.slots[key]
        var symbol: Symbol
        if slot.kind == .text {
            let text = fields.text(slot)
            let trimmed = text.trimmed
            if trimmed.isEmpty { return defaultSymbol(field, &symbols) }
            let hash = trimmed.count == text.count ? slot.hash : ByteHash.hash(trimmed)
            symbol = symbols.intern(trimmed, hash: hash)
        } else {
            symbol = FieldValues.symbol(slot, fields, &symbols)
        }
        if isTranslated[field] { symbol = try meaning(field, symbol, &symbols) }
        return symbol.isAbsent ? defaultSymbol(field, &symbols) : symbol
    }

    @inline(__always)
    mutating func meaning(
        _ field: EventField, _ word: Symbol, _ symbols: inout SymbolTable
    ) throws(ScanFailure) -> Symbol {
        let place = field.rawValue &* 64 &+ Int(word.rawValue & 63)
        let known = remembered[place]
        if UInt32(truncatingIfNeeded: known) == UInt32(bitPattern: word.rawValue) {
            return Symbol(rawValue: Int32(truncatingIfNeeded: known >> 32))
        }
        guard let translation = translations[field.rawValue] else { return word }
        let meaning = try translation.meaning(of: word, &symbols)
        remembered[place] =
            UInt64(UInt32(bitPattern: meaning.rawValue)) << 32 | UInt64(UInt32(bitPattern: word.rawValue))
        return meaning
    }

    @inline(__always)
    private func defaultSymbol(_ field: EventField, _ symbols: inout SymbolTable) -> Symbol {
        guard hasDefault[field], let value = defaults[field.rawValue] else { return .absent }
        return symbols.intern(value)
    }

    /// The number of a canonical field; not a number where absent.
    @inline(__always)
    mutating func number(
        _ field: EventField, _ fields: borrowing RecordFields, _ symbols: inout SymbolTable
    ) throws(ScanFailure) -> Double {
        let key = bindings.key(of: field, in: fields)
        var number = Double.nan
        if key >= 0, fields.slots[key].kind == .number, !isTranslated[field] {
            number = fields.slots[key].number
        } else if key >= 0, fields.slots[key].kind == .text, !isTranslated[field] {
            let text = fields.text(fields.slots[key]).trimmed
            if !text.isEmpty {
                guard let read = NumberReader.lenient(text) else { throw FieldFailures.notANumber(field, text.text) }
                number = read
            }
        } else if key >= 0 {
            number = try translatedNumber(field, fields, &symbols)
        }
        if number.isNaN { return defaultNumber(field) }
        try FieldFailures.checkRange(field, number)
        return number
    }

    private mutating func translatedNumber(
        _ field: EventField, _ fields: borrowing RecordFields, _ symbols: inout SymbolTable
    ) throws(ScanFailure) -> Double {
        let symbol = try symbol(field, fields, &symbols)
        if symbol.isAbsent { return .nan }
        if case .number(let number) = symbols.value(of: symbol) { return number }
        let text = symbols.text(of: symbol)
        guard !symbols.isList(symbol), let number = Array(text.utf8).withView({ NumberReader.lenient($0) }) else {
            throw FieldFailures.notANumber(field, symbols.isList(symbol) ? "a list" : text)
        }
        return number
    }

    /// The number that a field has where the record has none.
    @inline(__always)
    func defaultNumber(_ field: EventField) -> Double {
        guard hasDefault[field] else { return .nan }
        switch defaults[field.rawValue] {
        case .number(let number): return number
        case .text(let text): return Array(text.utf8).withView { NumberReader.lenient($0) } ?? .nan
        default: return .nan
        }
    }

    /// The boolean of a canonical field; nil where absent.
    @inline(__always)
    mutating func boolean(
        _ field: EventField, _ fields: borrowing RecordFields, _ symbols: inout SymbolTable
    ) throws(ScanFailure) -> Bool? {
        let key = bindings.key(of: field, in: fields)
        if key < 0, !hasDefault[field] { return nil }
        let symbol = try symbol(field, fields, &symbols)
        if symbol.isAbsent { return nil }
        switch symbols.isList(symbol) ? "" : symbols.text(of: symbol).lowercased() {
        case "true", "yes", "1": return true
        case "false", "no", "0": return false
        default: throw FieldFailures.notABoolean(field, symbols.text(of: symbol))
        }
    }

    /// The time in a canonical field; nil where absent.
    @inline(__always)
    mutating func time(
        _ field: EventField, _ fields: borrowing RecordFields, _ symbols: inout SymbolTable
    ) throws(ScanFailure) -> ReadTime? {
        let key = bindings.key(of: field, in: fields)
        guard key >= 0 else { return hasDefault[field] ? try defaultTime(field) : nil }
        let slot = fields.slots[key]
        switch slot.kind {
        case .text:
            let text = fields.text(slot)
            if !hasPattern, !midnightIsDate, let instant = days.instant(text) {
                return ReadTime(instant: instant, isBareDate: false)
            }
            if var time = TimeText.read(text, in: zone, pattern: pattern) {
                if midnightIsDate { time.isBareDate = time.isBareDate || isMidnight(time) }
                return time
            }
            if text.trimmed.isEmpty { return try defaultTime(field) }
            throw FieldFailures.notATime(field, text.text)
        case .number:
            guard let time = TimeText.read(number: slot.number, in: zone) else {
                throw FieldFailures.notATime(field, NumberText.shortest(slot.number))
            }
            return time
        default: throw FieldFailures.notATime(field, fields.text(slot).text)
        }
    }

    private func isMidnight(_ time: ReadTime) -> Bool {
        let civil = CivilTime(time.instant, in: zone)
        return civil.hour == 0 && civil.minute == 0 && civil.second == 0 && civil.millisecond == 0
    }

    private func defaultTime(_ field: EventField) throws(ScanFailure) -> ReadTime? {
        switch defaults[field.rawValue] {
        case .text(let text):
            guard let time = TimeText.read(text, in: zone, pattern: pattern) else {
                throw FieldFailures.notATime(field, text)
            }
            return time
        case .number(let number): return TimeText.read(number: number, in: zone)
        default: return nil
        }
    }
}
