/// Turns the symbols of one table into those of another: reading has a table of its own, so that it can run beside what
/// takes the batches.
///
/// The values that came anew are told with each batch, in the order of their symbols; translating costs a look-up a value.
public struct SymbolTranslation: Sendable {
    private var targets: [Symbol] = [.absent]

    /// Creates a translation of the absent value alone.
    public init() {}

    /// Turns the symbols of a batch into those of a table.
    ///
    /// - Parameter newValues: the values behind the symbols of the other table that were not there at the batch before.
    public mutating func translate(_ batch: inout Batch, newValues: [Value], into symbols: inout SymbolTable) {
        for value in newValues { targets.append(symbols.intern(value)) }
        for column in batch.columns.indices {
            guard case .symbols(var values) = batch.columns[column] else { continue }
            // The array is taken out of the column before it is changed, so that it is not copied.
            batch.columns[column] = .symbols([])
            for index in values.indices { values[index] = targets[Int(values[index].rawValue)] }
            batch.columns[column] = .symbols(values)
        }
    }
}

extension SymbolTable {
    /// The values behind the symbols from one on, in their order.
    public func values(from first: Int) -> [Value] {
        var values: [Value] = []
        for index in first..<count { values.append(value(of: Symbol(rawValue: Int32(index)))) }
        return values
    }
}
