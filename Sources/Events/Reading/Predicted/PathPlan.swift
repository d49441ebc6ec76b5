/// Finds out what is to be done with each key of a source.
struct PathPlan {
    private var fieldOfKey: [EventField?]
    private var columnOfKey: [Int?]
    private let columns: [ColumnStep]
    private let values: (isTranslated: EventTable<Bool>, Void)
    /// The columns that no key feeds.
    private(set) var unfed: [ColumnStep] = []
    /// Whether the source has keys for all that a record must have.
    private(set) var hasRequired = false

    /// Nil where a key feeds several fields or columns, a field has several keys, or a column is made of several fields.
    ///
    /// - Parameters:
    ///   - keys: the keys that have steps.
    ///   - keyCount: how many keys the source has.
    init?(values: borrowing FieldValues, columns: [ColumnStep], keys: Set<Int>, keyCount: Int) {
        self.columns = columns
        self.values = (values.isTranslated, ())
        fieldOfKey = [EventField?](repeating: nil, count: keyCount)
        columnOfKey = [Int?](repeating: nil, count: keyCount)
        var keyOfField = EventTable<Int?>(repeating: nil)
        for field in values.bindings.bound {
            guard let key = values.bindings.onlyKey(of: field), fieldOfKey[key] == nil else { return nil }
            fieldOfKey[key] = field
            keyOfField[field] = key
        }
        for (index, column) in columns.enumerated() {
            let key: Int?
            switch column.source {
            case .text(let field), .number(let field), .instant(let field), .booleanSymbol(let field):
                key = keyOfField[field]
            case .own(let own): key = values.bindings.ownKeys[own] >= 0 ? values.bindings.ownKeys[own] : nil
            case .numberSymbol(let field), .instantSymbol(let field):
                if keyOfField[field] != nil { return nil }
                key = nil
            case .everything: return nil
            case .absent, .noNumber, .noInstant: key = nil
            }
            guard let key, keys.contains(key) else {
                unfed.append(column)
                continue
            }
            if columnOfKey[key] != nil { return nil }
            columnOfKey[key] = index
        }
        hasRequired = [EventField.id, .time].allSatisfy { keyOfField[$0].map { keys.contains($0) } ?? false }
    }

    /// The step of a key.
    func step(
        _ key: PredictedKey, isRepeated: Bool, _ rows: borrowing OpenRows, nowhere: UnsafeMutableRawPointer
    ) -> PathStep {
        let field = fieldOfKey[key.key]
        let column = columnOfKey[key.key].map { columns[$0] }
        let action = PathPlan.action(
            field, hasColumn: column != nil, isTranslated: field.map { values.isTranslated[$0] })
        var range = (0.0, Double.infinity)
        if field == .latitude { range = (-90, 90) }
        if field == .longitude { range = (-180, 180) }
        return PathStep(
            key: key, action: action, field: field ?? .notes, isRequired: field == .id || field == .time,
            bit: isRepeated ? 1 << UInt64(key.key) : 0, column: column.map { rows.memory($0) } ?? nowhere,
            representation: column?.representation ?? .symbol, range: range)
    }

    /// A step that only makes a column absent.
    func absent(_ column: ColumnStep, _ rows: borrowing OpenRows) -> PathStep {
        PathStep(
            key: PredictedKey(), action: .other, field: .notes, isRequired: false, bit: 0, column: rows.memory(column),
            representation: column.representation, range: (0, 0))
    }

    private static func action(_ field: EventField?, hasColumn: Bool, isTranslated: Bool?) -> PathStep.Action {
        guard let field else { return hasColumn ? .own : .count }
        switch field {
        case .id: return hasColumn ? .other : .id
        case .time: return .time
        case .reported, .until: return .reported
        case .timeEnd, .withdrawn, .revision, .timePrecision: return .other
        default: break
        }
        switch field.kind {
        case .number: return isTranslated == true ? .other : .number
        case .boolean: return isTranslated == true ? .other : .boolean
        default: return isTranslated == true && (hasColumn || field.isCheckedLast) ? .word : hasColumn ? .text : .count
        }
    }
}
