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

/// A column and where it stands among those of its type.
struct ColumnStep {
    let source: ColumnSource
    let representation: Representation
    let place: Int

    /// The steps that make a row.
    static func all(of schema: Schema) -> [ColumnStep] {
        var places: [Representation: Int] = [:]
        return schema.columns.enumerated().map { index, column in
            let place = places[column.representation, default: 0]
            places[column.representation] = place + 1
            return ColumnStep(
                source: ColumnSource(column, index: index), representation: column.representation, place: place)
        }
    }
}
