/// The short way from the bytes of a record to a row, for records like those before them.
///
/// Nearly all records of a source have the same keys in the same order, with plain values. For them each key has a step
/// that puts its value where it belongs at once, without the fields between. Whatever is not just as it was foreseen is
/// left to `RecordDecoder.decode`, which begins the record anew; the row is the same either way.
struct RecordPath: ~Copyable {
    /// No source with more keys is read this way: a bit for each is kept.
    private static let mostKeys = 64

    private var steps: UnsafeMutablePointer<PathStep>
    /// How many steps there are, one for each predicted key.
    private(set) var count = 0
    /// Puts what is absent in the columns that no key feeds.
    private(set) var unfed: [PathStep] = []
    /// The bits of those of the keys that a record must have, its id and its time, that stand at several places.
    private(set) var repeatedRequired: UInt64 = 0
    /// 32 bytes of ones and 32 of zeros.
    let masks: UnsafeMutablePointer<UInt8>
    /// Takes the values of fields that no column holds.
    private let nowhere: UnsafeMutablePointer<UInt64>
    /// Whether records can be read this way.
    private(set) var isOpen = false

    init() {
        steps = .allocate(capacity: RecordPath.mostKeys * 2 + 1)
        masks = .allocate(capacity: 64)
        masks.initialize(repeating: 0xff, count: 32)
        (masks + 32).initialize(repeating: 0, count: 32)
        nowhere = .allocate(capacity: OpenRows.capacity)
        nowhere.initialize(repeating: 0, count: OpenRows.capacity)
    }

    deinit {
        steps.deallocate()
        masks.deallocate()
        nowhere.deallocate()
    }

    /// The step of a predicted key.
    @inline(__always)
    func step(_ index: Int) -> UnsafeMutablePointer<PathStep> { steps + index }

    /// Makes the steps for keys in this order.
    mutating func make(
        _ keys: [PredictedKey], values: borrowing FieldValues, columns: [ColumnStep],
        fields: borrowing RecordFields, rows: borrowing OpenRows, symbols: inout SymbolTable
    ) {
        isOpen = false
        guard keys.count <= RecordPath.mostKeys * 2, fields.count <= RecordPath.mostKeys, values.isPlain else { return }
        let plan = PathPlan(
            values: values, columns: columns, keys: Set(keys.map(\.key)), keyCount: fields.count)
        guard let plan, plan.hasRequired else { return }
        repeatedRequired = 0
        for (index, key) in keys.enumerated() {
            let isRepeated = keys.count { $0.key == key.key } > 1
            let step = plan.step(key, isRepeated: isRepeated, rows, nowhere: UnsafeMutableRawPointer(nowhere))
            (steps + index).initialize(to: step)
            if step.isRequired { repeatedRequired |= step.bit }
        }
        (steps + keys.count).initialize(to: PathStep.last(column: UnsafeMutableRawPointer(nowhere)))
        count = keys.count
        unfed = plan.unfed.map { plan.absent($0, rows) }
        booleans = (symbols.intern(boolean: false), symbols.intern(boolean: true))
        isOpen = true
    }

    /// The symbols of `false` and `true`.
    private(set) var booleans = (Symbol.absent, Symbol.absent)
}

/// What is done with the value of a key.
struct PathStep {
    enum Action: UInt8 {
        /// It only counts for the digest.
        case count
        /// The text of a canonical field.
        case text
        /// The same, with a meaning by the profile or a vocabulary.
        case word
        /// A field of the source's own.
        case own
        case number, time, reported, boolean, id
        /// Anything but nothing is left to the decoder.
        case other
    }

    let key: PredictedKey
    let action: Action
    let field: EventField
    /// Whether no record is without it.
    let isRequired: Bool
    /// The key's bit, if it stands at several places and may thus come twice; else 0.
    let bit: UInt64
    /// Where its column begins, of the type that goes with the action.
    let column: UnsafeMutableRawPointer
    let representation: Representation
    /// Between which a number must lie.
    let range: (Double, Double)

    /// What stands behind the last step: its key is matched by no well-formed text, and nothing is done for it.
    static func last(column: UnsafeMutableRawPointer) -> PathStep {
        let nothing = [UInt8](repeating: 0xff, count: 16).withView { PredictedKey($0, key: 0, keyHash: 0) }
        return PathStep(
            key: nothing, action: .other, field: .notes, isRequired: true, bit: 0, column: column,
            representation: .symbol, range: (0, 0))
    }

    @inline(__always)
    func put<Value>(_ value: Value, _ row: Int) {
        column.assumingMemoryBound(to: Value.self)[row] = value
    }

    /// Makes the field absent.
    @inline(__always)
    func putAbsent(_ row: Int) {
        switch representation {
        case .symbol: put(Symbol.absent, row)
        case .number: put(Double.nan, row)
        case .instant: put(Instant.distantPast, row)
        }
    }
}
