import Events

/// A field that is derived from the ceasefires.
enum CeasefireField: String, CaseIterable {
    case ceasefire
    case phase = "ceasefire.phase"
    case overlap = "ceasefire.overlap"
    case day = "ceasefire.day"
    case daysAfter = "ceasefire.days_after"
    case breach
    case side = "breach.side"
    case against = "breach.against"
    case reason = "breach.reason"

    /// Those that evidence and explanations show, whatever the rules ask for.
    static let shown: [CeasefireField] = [.ceasefire, .phase, .day, .reason]
}

/// A field that names actors, and which derived fields are to be written for it.
struct NameColumn {
    /// The column of the names.
    var names: Int
    /// The columns to be written.
    var outputs: [(field: DerivedActorField, column: Int)]

    /// Looks up what a schema asks for; nil if nothing is derived from the field.
    init?(_ field: String, isNeeded: Bool, schema: inout Schema) {
        outputs = DerivedActorField.allCases.compactMap { derived in
            schema.existingIndex(of: ColumnRequest("\(field).\(derived.rawValue)")).map { (derived, $0) }
        }
        if outputs.isEmpty, !isNeeded { return nil }
        names = schema.index(of: ColumnRequest(field))
    }
}

/// The columns that ceasefires are judged by, and those to be written.
struct CeasefireColumns {
    let attribution, mutual, claim, act, until: Int
    /// What acts were found to name when they were first judged, so that judging again what was judged finds the same.
    let named: Int
    /// The column of `ceasefire`, read of acts and written.
    let ceasefire: Int
    /// The columns to be written.
    let outputs: [(field: CeasefireField, column: Int)]

    /// Asks for the columns that are read, and for those that are always shown.
    init(schema: inout Schema) {
        attribution = schema.index(of: ColumnRequest("attribution"))
        mutual = schema.index(of: ColumnRequest("mutual"))
        claim = schema.index(of: ColumnRequest("claim"))
        act = schema.index(of: ColumnRequest("ceasefire_act"))
        until = schema.index(of: ColumnRequest("until", as: .instant))
        // No source has a field of this name: it would be a member without a name.
        named = schema.index(of: ColumnRequest(".ceasefire"))
        for field in CeasefireField.shown { _ = schema.index(of: ColumnRequest(field.rawValue)) }
        ceasefire = schema.index(of: ColumnRequest(CeasefireField.ceasefire.rawValue))
        outputs = CeasefireField.allCases.compactMap { field in
            schema.existingIndex(of: ColumnRequest(field.rawValue)).map { (field, $0) }
        }
    }
}

extension Column {
    /// Changes the symbols of a column in place.
    mutating func changeSymbols(_ change: (inout [Symbol]) -> Void) {
        var values = symbolValues
        // Let go of the column's own reference, so that the change copies nothing.
        self = .symbols([])
        change(&values)
        self = .symbols(values)
    }
}
