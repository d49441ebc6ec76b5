/// Where the values of a column come from.
enum ColumnSource {
    /// A canonical field as a symbol, translated.
    case text(EventField)
    /// A canonical number.
    case number(EventField)
    /// A canonical number, boolean or instant as a symbol.
    case numberSymbol(EventField), booleanSymbol(EventField), instantSymbol(EventField)
    /// A canonical time.
    case instant(EventField)
    /// A field of the source's own, by the column's index.
    case own(Int)
    /// The text of every field.
    case everything
    /// Nothing: it is derived later, or no source can have it.
    case absent, noNumber, noInstant

    init(_ request: ColumnRequest, index: Int) {
        switch request.representation {
        case .symbol: self = ColumnSource.symbol(request.field, index: index)
        case .number:
            let field = EventField.named(request.field)
            self = field.flatMap { $0.kind == .number ? .number($0) : nil } ?? .noNumber
        case .instant:
            let field = EventField.named(request.field)
            self = field.flatMap { $0.kind == .instant ? .instant($0) : nil } ?? .noInstant
        }
    }

    private static func symbol(_ name: String, index: Int) -> ColumnSource {
        if name == "*" { return .everything }
        guard let field = EventField.named(name) else {
            return CanonicalField.derived.contains(name) ? .absent : .own(index)
        }
        switch field.kind {
        case .number: return .numberSymbol(field)
        case .boolean: return .booleanSymbol(field)
        case .instant: return .instantSymbol(field)
        case .text: return .text(field)
        }
    }
}

/// The new rows of a batch: what becomes its columns, row by row, so that a row is added in one go.
struct OpenColumns {
    var symbols: [Symbol] = []
    var numbers: [Double] = []
    var instants: [Instant] = []

    /// Moves the rows to the columns of a batch.
    func close(into batch: inout Batch) {
        var widths = (symbols: 0, numbers: 0, instants: 0)
        for column in batch.columns {
            switch column {
            case .symbols: widths.symbols += 1
            case .numbers: widths.numbers += 1
            case .instants: widths.instants += 1
            }
        }
        var places = (symbols: 0, numbers: 0, instants: 0)
        for index in batch.columns.indices {
            // The column is taken out first, or adding to it would copy it.
            let column = batch.columns[index]
            batch.columns[index] = .symbols([])
            switch consume column {
            case .symbols(var values):
                OpenColumns.add(symbols, from: places.symbols, every: widths.symbols, to: &values)
                places.symbols += 1
                batch.columns[index] = .symbols(values)
            case .numbers(var values):
                OpenColumns.add(numbers, from: places.numbers, every: widths.numbers, to: &values)
                places.numbers += 1
                batch.columns[index] = .numbers(values)
            case .instants(var values):
                OpenColumns.add(instants, from: places.instants, every: widths.instants, to: &values)
                places.instants += 1
                batch.columns[index] = .instants(values)
            }
        }
    }

    @inline(__always)
    private static func add<Element>(
        _ rows: [Element], from first: Int, every width: Int, to values: inout [Element]
    ) {
        for index in stride(from: first, to: rows.count, by: width) { values.append(rows[index]) }
    }
}
