/// Which keys of a source feed which fields and columns.
struct Bindings {
    /// A canonical field's keys: the column that the profile names, and the one that bears the field's own name.
    private struct Keys {
        var mapped = -1
        var own = -1
    }

    private var keys = [Keys](repeating: Keys(), count: EventField.allCases.count)
    /// The canonical fields that some key of the source feeds.
    private(set) var bound: [EventField] = []
    /// For columns that hold a source's own field: its key, or -1.
    private(set) var ownKeys: [Int]
    private var knownKeys = 0
    private var fieldsOfColumn: [String: [EventField]] = [:]
    private var columnsOfName: [String: [Int]] = [:]

    init(profile: Profile, schema: Schema) {
        for field in EventField.allCases {
            if let column = profile.fields[field.name] { fieldsOfColumn[column, default: []].append(field) }
        }
        ownKeys = [Int](repeating: -1, count: schema.columns.count)
        for (index, column) in schema.columns.enumerated() { columnsOfName[column.field, default: []].append(index) }
    }

    /// Takes in the keys that were met since.
    @inline(__always)
    mutating func update(_ fields: borrowing RecordFields) {
        if fields.count != knownKeys { learn(fields) }
    }

    /// The key that feeds a field in the record that is being read; -1 if it has none.
    @inline(__always)
    func key(of field: EventField, in fields: borrowing RecordFields) -> Int {
        let candidates = keys[field.rawValue]
        if candidates.mapped >= 0, fields.has(candidates.mapped) { return candidates.mapped }
        if candidates.own >= 0, fields.has(candidates.own) { return candidates.own }
        return -1
    }

    /// The canonical fields that a key feeds.
    func fields(fedBy key: Int, in fields: borrowing RecordFields) -> [EventField] {
        bound.filter { self.key(of: $0, in: fields) == key }
    }

    private mutating func learn(_ fields: borrowing RecordFields) {
        if fields.count < knownKeys { forget() }
        for key in knownKeys..<fields.count {
            let name = fields.names[key]
            for field in fieldsOfColumn[name] ?? [] { keys[field.rawValue].mapped = key }
            if let field = EventField.named(name) { keys[field.rawValue].own = key }
            for column in columnsOfName[name] ?? [] { ownKeys[column] = key }
        }
        knownKeys = fields.count
        bound = EventField.allCases.filter { keys[$0.rawValue].mapped >= 0 || keys[$0.rawValue].own >= 0 }
    }

    private mutating func forget() {
        keys = [Keys](repeating: Keys(), count: keys.count)
        ownKeys = [Int](repeating: -1, count: ownKeys.count)
        knownKeys = 0
    }
}
