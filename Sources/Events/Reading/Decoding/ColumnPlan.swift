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
    case absent

    init(_ request: ColumnRequest, index: Int) {
        if request.field == "*" {
            self = request.representation == .symbol ? .everything : .absent
            return
        }
        guard let field = EventField.named(request.field) else {
            self = CanonicalField.derived.contains(request.field) ? .absent : .own(index)
            return
        }
        switch (request.representation, field.kind) {
        case (.number, .number): self = .number(field)
        case (.instant, .instant): self = .instant(field)
        case (.symbol, .number): self = .numberSymbol(field)
        case (.symbol, .boolean): self = .booleanSymbol(field)
        case (.symbol, .instant): self = .instantSymbol(field)
        case (.symbol, .text): self = .text(field)
        default: self = .absent
        }
    }
}

/// The columns of a batch by what they hold, so that a value can be added without asking.
struct OpenColumns {
    var symbols: [[Symbol]] = []
    var numbers: [[Double]] = []
    var instants: [[Instant]] = []
    /// For every column where it is: which of the three, and the index therein.
    private(set) var places: [(representation: Representation, index: Int)] = []

    /// Takes the columns out of a batch.
    init(of batch: inout Batch) {
        for column in batch.columns {
            switch column {
            case .symbols(let values):
                places.append((.symbol, symbols.count))
                symbols.append(values)
            case .numbers(let values):
                places.append((.number, numbers.count))
                numbers.append(values)
            case .instants(let values):
                places.append((.instant, instants.count))
                instants.append(values)
            }
        }
        // The batch must not hold the arrays too, or the first change would copy them.
        batch.columns = []
    }

    /// Puts the columns back.
    mutating func close(into batch: inout Batch) {
        for place in places {
            switch place.representation {
            case .symbol: batch.columns.append(.symbols(symbols[place.index]))
            case .number: batch.columns.append(.numbers(numbers[place.index]))
            case .instant: batch.columns.append(.instants(instants[place.index]))
            }
        }
    }
}
