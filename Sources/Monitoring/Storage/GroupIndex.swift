import Events

/// Numbers the groups of a rule: tuples of symbols, in the order in which they are first met.
struct GroupIndex {
    /// How many fields a group has.
    let width: Int
    private var byKey = IntegerMap()
    private var pairs = IntegerMap()
    private var members: [Symbol] = []
    // Of groups of one field, the number by symbol, -1 where there is none. As long as it is not much longer than there are
    // groups: what it has no room for is in the map alone.
    private var bySymbol: [Int32] = []

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

    /// The number of a group of one field, if it has been met and its symbol is among those that are found at once.
    @inline(__always)
    func known(_ symbol: Symbol) -> Int? {
        let index = Int(symbol.rawValue)
        guard index < bySymbol.count, bySymbol[index] >= 0 else { return nil }
        return Int(bySymbol[index])
    }

    /// The number of a group of one field, without an array for it.
    mutating func number(of symbol: Symbol) -> Int {
        if let known = known(symbol) { return known }
        let number = byKey.number(of: UInt64(UInt32(bitPattern: symbol.rawValue)))
        if number == members.count { members.append(symbol) }
        let index = Int(symbol.rawValue)
        if index < max(1024, count * 8) {
            if index >= bySymbol.count {
                bySymbol.append(contentsOf: repeatElement(-1, count: index + 1 - bySymbol.count))
            }
            bySymbol[index] = Int32(number)
        }
        return number
    }

    /// The values of a group.
    func symbols(of number: Int) -> [Symbol] { Array(members[number * width..<(number + 1) * width]) }
}
