import Events

extension Column {
    // The array is taken out of the column before it is changed: while both hold it, a change would copy it whole.

    /// Appends all values of a column of the same representation.
    mutating func append(contentsOf other: Column) {
        switch (self, other) {
        case (.symbols(var mine), .symbols(let theirs)):
            self = .symbols([])
            mine.append(contentsOf: theirs)
            self = .symbols(mine)
        case (.numbers(var mine), .numbers(let theirs)):
            self = .numbers([])
            mine.append(contentsOf: theirs)
            self = .numbers(mine)
        case (.instants(var mine), .instants(let theirs)):
            self = .instants([])
            mine.append(contentsOf: theirs)
            self = .instants(mine)
        default: preconditionFailure("a batch has the columns of the schema")
        }
    }

    /// Appends one value of a column of the same representation.
    mutating func append(from other: Column, at index: Int) { append(contentsOf: other.slice(index..<index + 1)) }

    /// Sets one value to the only one of a column of the same representation.
    mutating func set(from other: Column, at index: Int) {
        switch (self, other) {
        case (.symbols(var mine), .symbols(let theirs)):
            self = .symbols([])
            mine[index] = theirs[0]
            self = .symbols(mine)
        case (.numbers(var mine), .numbers(let theirs)):
            self = .numbers([])
            mine[index] = theirs[0]
            self = .numbers(mine)
        case (.instants(var mine), .instants(let theirs)):
            self = .instants([])
            mine[index] = theirs[0]
            self = .instants(mine)
        default: preconditionFailure("a row has the columns of the schema")
        }
    }

    /// Removes the first values.
    mutating func removeFirst(_ count: Int) {
        switch self {
        case .symbols(var values):
            self = .symbols([])
            values.removeFirst(count)
            self = .symbols(values)
        case .numbers(var values):
            self = .numbers([])
            values.removeFirst(count)
            self = .numbers(values)
        case .instants(var values):
            self = .instants([])
            values.removeFirst(count)
            self = .instants(values)
        }
    }

    /// The values of a range.
    func slice(_ range: Range<Int>) -> Column {
        switch self {
        case .symbols(let values): .symbols(Array(values[range]))
        case .numbers(let values): .numbers(Array(values[range]))
        case .instants(let values): .instants(Array(values[range]))
        }
    }

    /// Whether the values at two places of two columns are the same.
    func equals(at index: Int, _ other: Column, at otherIndex: Int) -> Bool {
        switch (self, other) {
        case (.symbols(let mine), .symbols(let theirs)): mine[index] == theirs[otherIndex]
        case (.numbers(let mine), .numbers(let theirs)):
            mine[index].bitPattern == theirs[otherIndex].bitPattern
        case (.instants(let mine), .instants(let theirs)): mine[index] == theirs[otherIndex]
        default: false
        }
    }

    /// The symbol at an index.
    func symbol(at index: Int) -> Symbol {
        guard case .symbols(let values) = self else { preconditionFailure("not a column of symbols") }
        return values[index]
    }

    /// The number at an index, nil where absent.
    func number(at index: Int) -> Double? {
        guard case .numbers(let values) = self else { preconditionFailure("not a column of numbers") }
        return values[index].isNaN ? nil : values[index]
    }

    /// The instant at an index, nil where absent.
    func instant(at index: Int) -> Instant? {
        guard case .instants(let values) = self else { preconditionFailure("not a column of instants") }
        return values[index] == .distantPast ? nil : values[index]
    }
}
