import Events

/// Numbers the groups of a rule: tuples of symbols, in the order in which they are first met.
struct GroupIndex {
    /// How many fields a group has.
    let width: Int
    private var byKey = IntegerMap()
    private var pairs = IntegerMap()
    private var members: [Symbol] = []

    init(width: Int) { self.width = width }

    /// How many groups there are.
    var count: Int { byKey.count }

    /// The number of a group; a new one the first time.
    mutating func number(of group: [Symbol]) -> Int {
        // More than two symbols are folded into a pair: the number of the pair before, and the next symbol.
        var key: UInt64 = 0
        for (position, symbol) in group.enumerated() {
            if position >= 2 { key = UInt64(pairs.number(of: key)) }
            key = key << 32 | UInt64(UInt32(bitPattern: symbol.rawValue))
        }
        let number = byKey.number(of: key)
        if number * width == members.count { members.append(contentsOf: group) }
        return number
    }

    /// The number of a group of one field, without an array for it.
    mutating func number(of symbol: Symbol) -> Int {
        let number = byKey.number(of: UInt64(UInt32(bitPattern: symbol.rawValue)))
        if number == members.count { members.append(symbol) }
        return number
    }

    /// The values of a group.
    func symbols(of number: Int) -> [Symbol] { Array(members[number * width..<(number + 1) * width]) }
}
