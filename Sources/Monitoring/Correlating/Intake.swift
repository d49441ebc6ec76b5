import Events
import Rulebook

/// What a correlator is made from.
struct CorrelatorSetup {
    let rule: Int
    let index: Int
    let definition: Rule
    let correlation: Correlation
    let network: Network
    let intake: Intake
    /// The conditions of the events that contribute; nil where only alerts do.
    let interest: Interest?
}

/// How the contributions of a correlation are read from events and from the alerts of other rules: their groups and values.
struct Intake {
    /// For each of the correlation's rules (and `after`, which comes last): the column of each group field.
    var groupColumns: [[Int]]
    /// For each of them that is a correlation: the position of each group field among its own, nil where it has none.
    var groupPositions: [[Int?]]
    /// The columns of the values that the pattern needs.
    var valueColumns: [Int]
    /// The fields of the values that the pattern needs.
    var valueFields: [String]
    /// Whether each rule takes the group from the same columns.
    let isUniform: Bool

    init(groupColumns: [[Int]], groupPositions: [[Int?]], valueColumns: [Int], valueFields: [String]) {
        self.groupColumns = groupColumns
        self.groupPositions = groupPositions
        self.valueColumns = valueColumns
        self.valueFields = valueFields
        isUniform = groupColumns.allSatisfy { $0 == groupColumns.first }
    }

    /// The columns of the group for each rule, once where they are the same for all.
    var distinctGroupColumns: [[Int]] { isUniform ? Array(groupColumns.prefix(1)) : groupColumns }

    /// The one value that makes an event's group, the common case: one field, the same for all rules, and no list.
    @inline(__always)
    func onlyValue(of row: Row, table: EventTable, symbols: borrowing SymbolTable) -> Symbol? {
        guard isUniform, groupColumns[0].count == 1 else { return nil }
        let symbol = table.symbol(groupColumns[0][0], of: row)
        return symbol.isAbsent || symbols.isList(symbol) ? nil : symbol
    }

    /// The one value that is counted of an event, the common case: one field, and no list.
    @inline(__always)
    func onlyKey(of row: Row, table: EventTable, symbols: borrowing SymbolTable) -> Symbol? {
        guard valueColumns.count == 1 else { return nil }
        let symbol = table.symbol(valueColumns[0], of: row)
        return symbol.isAbsent || symbols.isList(symbol) ? nil : symbol
    }

    /// The groups that an event belongs to, and the rules that put it there; a list puts it into each of its groups.
    ///
    /// - Returns: empty if it lacks a field of the group.
    func groups(
        of row: Row, steps: UInt64, table: EventTable, symbols: borrowing SymbolTable
    ) -> [(group: [Symbol], steps: UInt64)] {
        if isUniform {
            let groups = Intake.tuples(columns: groupColumns[0], row: row, table: table, symbols: symbols)
            return groups.map { ($0, steps) }
        }
        var result: [(group: [Symbol], steps: UInt64)] = []
        for step in groupColumns.indices where steps & (1 << UInt64(step)) != 0 {
            for group in Intake.tuples(columns: groupColumns[step], row: row, table: table, symbols: symbols) {
                if let known = result.firstIndex(where: { $0.group == group }) {
                    result[known].steps |= 1 << UInt64(step)
                } else {
                    result.append((group, 1 << UInt64(step)))
                }
            }
        }
        return result
    }

    /// All tuples of the values of some columns; empty if one has none.
    static func tuples(columns: [Int], row: Row, table: EventTable, symbols: borrowing SymbolTable) -> [[Symbol]] {
        var tuples: [[Symbol]] = [[]]
        for column in columns {
            let symbol = table.symbol(column, of: row)
            if symbol.isAbsent { return [] }
            if !symbols.isList(symbol) {
                for position in tuples.indices { tuples[position].append(symbol) }
                continue
            }
            var members: [Symbol] = []
            for member in symbols.members(of: symbol) where !members.contains(member) { members.append(member) }
            var extended: [[Symbol]] = []
            for tuple in tuples { for member in members { extended.append(tuple + [member]) } }
            tuples = extended
        }
        return tuples
    }

    /// Of pairs of values those that differ, each from the first to the second.
    static func directions(_ pairs: [[Symbol]]) -> Values<UInt64> {
        var directions: [UInt64] = []
        for pair in pairs where pair[0] != pair[1] {
            directions.append(
                UInt64(UInt32(bitPattern: pair[0].rawValue)) << 32 | UInt64(UInt32(bitPattern: pair[1].rawValue)))
        }
        return Values(directions)
    }

    /// The numbers in a column of a row: numbers, and texts that read as one.
    func numbers(of row: Row, table: EventTable, symbols: borrowing SymbolTable) -> Values<Double> {
        switch table.latest.columns[valueColumns[0]] {
        case .numbers: return table.number(valueColumns[0], of: row).map { .one($0) } ?? .none
        case .symbols:
            var numbers: [Double] = []
            for member in symbols.members(of: table.symbol(valueColumns[0], of: row)) {
                if let number = Intake.number(symbols.value(of: member)) { numbers.append(number) }
            }
            return Values(numbers)
        case .instants: return .none
        }
    }

    /// The number that a value is, or that its text reads as.
    static func number(_ value: Value) -> Double? {
        switch value {
        case .number(let number): return number
        case .text(let text):
            guard text.utf8.allSatisfy({ (48...57).contains($0) || "+-.eE".utf8.contains($0) }) else { return nil }
            return Double(text).flatMap { $0.isFinite ? $0 : nil }
        case .absent, .boolean, .list: return nil
        }
    }
}
