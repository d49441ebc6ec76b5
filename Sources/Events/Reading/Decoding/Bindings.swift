/// Which keys of a source feed which fields and columns.
struct Bindings {
    /// A canonical field's keys: the column that the profile names, and the one that bears the field's own name.
    private struct Keys {
        var mapped: Int32 = -1
        var own: Int32 = -1
    }

    private var keys = EventTable(repeating: Keys())
    /// The canonical fields that some key of the source feeds.
    private(set) var bound: [EventField] = []
    /// Those of them in which a wrong value makes a record unusable, but the times that are read before.
    private(set) var checked: [EventField] = []
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
        let candidates = keys[field]
        if candidates.mapped >= 0, fields.has(Int(candidates.mapped)) { return Int(candidates.mapped) }
        if candidates.own >= 0, fields.has(Int(candidates.own)) { return Int(candidates.own) }
        return -1
    }

    /// The one key that can feed a field, where no other could in another record.
    func onlyKey(of field: EventField) -> Int? {
        let candidates = keys[field]
        if candidates.mapped >= 0, candidates.own >= 0, candidates.mapped != candidates.own { return nil }
        let key = Int(max(candidates.mapped, candidates.own))
        return key >= 0 ? key : nil
    }

    /// The canonical fields that a key can feed.
    func candidates(of key: Int) -> [EventField] {
        bound.filter { keys[$0].mapped == Int32(key) || keys[$0].own == Int32(key) }
    }

    /// Whether a key feeds some canonical field in the record that is being read.
    func feeds(_ key: Int, in fields: borrowing RecordFields) -> Bool {
        for index in 0..<bound.count where self.key(of: bound[index], in: fields) == key { return true }
        return false
    }

    private mutating func learn(_ fields: borrowing RecordFields) {
        if fields.count < knownKeys { forget() }
        for key in knownKeys..<fields.count {
            let name = fields.names[key]
            for field in fieldsOfColumn[name] ?? [] { keys[field].mapped = Int32(key) }
            if let field = EventField.named(name) { keys[field].own = Int32(key) }
            for column in columnsOfName[name] ?? [] { ownKeys[column] = key }
        }
        knownKeys = fields.count
        bound = EventField.allCases.filter { keys[$0].mapped >= 0 || keys[$0].own >= 0 }
        checked = bound.filter { $0.isCheckedLast }
    }

    private mutating func forget() {
        keys = EventTable(repeating: Keys())
        ownKeys = [Int](repeating: -1, count: ownKeys.count)
        knownKeys = 0
    }
}
