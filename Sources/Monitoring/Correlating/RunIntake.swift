import Events

/// How events of a run become contributions where that is plain: one group, of one field, and one value.
struct RunIntake {
    /// Where what the pattern needs to know of an event comes from.
    enum Kind {
        /// From what it matches.
        case steps
        /// From a column of symbols, or of numbers.
        case key, number
        /// From something else.
        case other
    }

    let kind: Kind
    /// The values that are counted.
    let symbols: [Symbol]
    /// The values that are measured.
    let numbers: [Double]
    private let groups: [Symbol]

    init(_ intake: Intake, need: PayloadNeed, takesPlainRows: Bool, table: EventTable) {
        // A rule about the terms of ceasefires looks at no events, and has no columns.
        let isPlain = takesPlainRows && intake.isUniform && intake.groupColumns.first?.count == 1
        groups = isPlain ? table.latest.columns[intake.groupColumns[0][0]].symbolValues : []
        var (symbols, numbers): ([Symbol], [Double]) = ([], [])
        switch need {
        case .nothing, .steps, .stepsAndEnd, .answers: kind = .steps
        case .keys where intake.valueColumns.count == 1:
            kind = .key
            symbols = table.latest.columns[intake.valueColumns[0]].symbolValues
        case .numbers:
            if case .numbers(let values) = table.latest.columns[intake.valueColumns[0]] {
                kind = .number
                numbers = values
            } else {
                kind = .other
            }
        default: kind = .other
        }
        self.symbols = symbols
        self.numbers = numbers
    }

    /// What makes the group of the event at an index of the table's latest block; the absent value if that is not plain.
    @inline(__always)
    func group(_ index: Int) -> Symbol { groups.isEmpty ? .absent : groups[index] }
}
