import Events

/// Numbers the groups of a rule: tuples of symbols, in the order in which they are first met.
struct GroupIndex {
    /// How many fields a group has.
    let width: Int
    // The others, by key; of each the number.
    private var byKey = IntegerMap()
    private var numbers: [Int32] = []
    private var pairs = IntegerMap()
    private var members: [Symbol] = []
    // Of groups of one field, the number by symbol, -1 where it is not known here. As long as it is not much longer than there
    // are groups: what it has no room for is in the map.
    private var bySymbol: [Int32] = []

    init(width: Int) { self.width = width }

    /// How many groups there are.
    private(set) var count = 0

    /// The number of a group; a new one the first time.
    mutating func number(of group: [Symbol]) -> Int {
        if width == 1 { return number(of: group[0]) }
        // More than two symbols are folded into a pair: the number of the pair before, and the next symbol.
        var key: UInt64 = 0
        for (position, symbol) in group.enumerated() {
            if position >= 2 { key = UInt64(pairs.number(of: key)) }
            key = key << 32 | UInt64(UInt32(bitPattern: symbol.rawValue))
        }
        return number(of: key) { group }
    }

    private mutating func number(of key: UInt64, _ group: () -> [Symbol]) -> Int {
        let place = byKey.number(of: key)
        if place < numbers.count { return Int(numbers[place]) }
        numbers.append(Int32(count))
        return add(group())
    }

    private mutating func add(_ group: [Symbol]) -> Int {
        members.append(contentsOf: group)
        count += 1
        return count - 1
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
        let index = Int(symbol.rawValue)
        let key = UInt64(UInt32(bitPattern: symbol.rawValue))
        if index >= max(1024, count * 8) || byKey[key] != nil { return number(of: key) { [symbol] } }
        if index >= bySymbol.count {
            bySymbol.append(contentsOf: repeatElement(-1, count: index + 1 - bySymbol.count))
        }
        bySymbol[index] = Int32(count)
        return add([symbol])
    }

    /// The values of a group.
    func symbols(of number: Int) -> [Symbol] { Array(members[number * width..<(number + 1) * width]) }
}
