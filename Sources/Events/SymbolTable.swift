/// A value that occurs in the events, as a small number: equal values have equal symbols within one `SymbolTable`.
public struct Symbol: Hashable, Sendable {
    /// The index in the table; 0 is the absent value.
    public var rawValue: Int32

    /// Creates the symbol with that index.
    @inlinable public init(rawValue: Int32) { self.rawValue = rawValue }

    /// The absent value.
    @inlinable public static var absent: Symbol { Symbol(rawValue: 0) }
    /// Whether this is the absent value.
    @inlinable public var isAbsent: Bool { rawValue == 0 }
}

/// All distinct values met so far, each with its symbol.
///
/// Interning costs O(length) expected; reading a symbol back O(1). The order of symbols is that of first meeting, so it may
/// never reach the output.
public struct SymbolTable: ~Copyable {
    // Texts lie end to end in `bytes`. For numbers and booleans the text is
    // what a text comparison sees (the shortest form; `true` or `false`), for lists it is empty.
    private var bytes = GrowingMemory<UInt8>(capacity: 1 << 14)
    private var entries = GrowingMemory<Entry>(capacity: 1 << 9)
    private var lists: [[Symbol]] = []
    // An open hash table of symbols, 0 where it is free. Every text of every record is looked up in it, so that it and what it
    // leads to are memory of the table's own, read without checks: symbols come from this table alone.
    private var slots: UnsafeMutablePointer<Int32>
    private var mask: Int
    // Texts met lately, by a few bits of their beginning: found without their hash.
    private let recentSymbols: UnsafeMutablePointer<Int32>

    // Symbols and places in `lists` that values were let go of, to be given out again.
    private var freeSymbols: [Int32] = []
    private var freeLists: [Int] = []
    /// How often values were let go of. Whoever remembers something of symbols forgets it when this changes.
    public private(set) var releases = 0

    enum Kind: UInt8 { case absent, text, number, boolean, list, free }

    private struct Entry {
        /// The beginning of a text, to be compared without looking for it in `bytes`.
        var words = SIMD4<UInt64>.zero
        /// A text's hash, a number's bits, a boolean's 0 or 1, a list's index.
        var payload: UInt64
        /// Where the text lies in `bytes`.
        var start: Int
        var length: Int32
        var kind: Kind
        /// Whether it is never let go of.
        var isPinned = false
        /// What was found out about a text when it was first met.
        var traits: TextTraits = []
    }

    /// Creates a table that knows only the absent value.
    public init() {
        slots = .allocate(capacity: 1024)
        slots.initialize(repeating: 0, count: 1024)
        mask = 1023
        recentSymbols = .allocate(capacity: 4096)
        recentSymbols.initialize(repeating: 0, count: 4096)
        entries.append(Entry(payload: 0, start: 0, length: 0, kind: .absent))
    }

    deinit {
        slots.deallocate()
        recentSymbols.deallocate()
    }

    /// How many symbols have been given out at most at a time, the absent one included: each is below.
    public var count: Int { entries.count }

    /// How many symbols stand for a value now, the absent one included.
    public var countInUse: Int { entries.count - freeSymbols.count }

    /// The symbol of a UTF-8 text.
    public mutating func intern(text: borrowing Span<UInt8>) -> Symbol {
        text.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return intern(text: "") }
            let view = ByteView(base: base, count: buffer.count)
            return intern(view, hash: ByteHash.hash(view))
        }
    }

    /// The symbol of a UTF-8 text whose hash is known.
    @inline(__always)
    mutating func intern(_ text: ByteView, hash: UInt64) -> Symbol {
        var slot = Int(truncatingIfNeeded: hash) & mask
        while true {
            let candidate = slots[slot]
            if candidate == 0 { break }
            if textEquals(entries[Int(candidate)], hash, text) {
                return Symbol(rawValue: candidate)
            }
            slot = (slot + 1) & mask
        }
        return insert(text, hash: hash, slot: slot)
    }

    @inline(never)
    private mutating func insert(_ text: ByteView, hash: UInt64, slot: Int) -> Symbol {
        let start = bytes.count
        bytes.append(text.buffer)
        let symbol = insert(.text, payload: hash, textFrom: start, slot: slot)
        let entry = entries.base + Int(symbol.rawValue)
        let words = ByteHash.words(text.slice(0, min(text.count, 32)))
        entry.pointee.words = SIMD4(words.0, words.1, words.2, words.3)
        entry.pointee.traits = TextTraits(of: text)
        return symbol
    }

    /// The symbol and the hash of a text that was met lately with such traits; the absent one where that is not known.
    ///
    /// - Parameters:
    ///   - words: its first 32 bytes, zeros behind its end.
    ///   - count: its length; what goes beyond 32 bytes is compared too.
    @inline(__always)
    func recent(
        _ words: SIMD4<UInt64>, _ text: UnsafePointer<UInt8>, _ count: Int, _ traits: TextTraits
    ) -> (symbol: Symbol, hash: UInt64) {
        let candidate = recentSymbols[SymbolTable.place(words, count)]
        let entry = entries.base + Int(candidate)
        let difference = entry.pointee.words ^ words
        let halves = difference.lowHalf | difference.highHalf
        guard halves[0] | halves[1] == 0, Int(entry.pointee.length) == count,
            entry.pointee.traits.isSuperset(of: traits)
        else { return (.absent, 0) }
        if count > 32 {
            let start = UnsafeRawPointer(bytes.base + entry.pointee.start)
            guard ByteHash.equal(start + 32, UnsafeRawPointer(text) + 32, count - 32) else { return (.absent, 0) }
        }
        return (Symbol(rawValue: candidate), entry.pointee.payload)
    }

    /// The symbol of a text that is there and has such traits; the absent one where there is none.
    func find(_ text: ByteView, hash: UInt64, _ traits: TextTraits) -> Symbol {
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            let entry = entries[Int(slots[slot])]
            if textEquals(entry, hash, text) {
                return entry.traits.isSuperset(of: traits) ? Symbol(rawValue: slots[slot]) : .absent
            }
            slot = (slot + 1) & mask
        }
        return .absent
    }

    /// Remembers a text as met lately.
    func remember(_ symbol: Symbol) {
        let entry = entries.base + Int(symbol.rawValue)
        guard entry.pointee.kind == .text else { return }
        recentSymbols[SymbolTable.place(entry.pointee.words, Int(entry.pointee.length))] = symbol.rawValue
    }

    @inline(__always)
    private static func place(_ words: SIMD4<UInt64>, _ count: Int) -> Int {
        let mixed =
            (words[0] &+ UInt64(truncatingIfNeeded: count)) &* 0xa076_1d64_78bd_642f
            ^ (words[1] &* 0xe703_7ed1_a0b4_28db)
        return Int(truncatingIfNeeded: mixed &>> 52)
    }

    /// The symbol of a text.
    public mutating func intern(text: String) -> Symbol {
        Array(text.utf8).withView { intern($0, hash: ByteHash.hash($0)) }
    }

    /// The symbol of a finite number; -0 is 0.
    public mutating func intern(number: Double) -> Symbol {
        let value = number == 0 ? 0 : number
        return intern(.number, payload: value.bitPattern, text: NumberText.shortest(value))
    }

    /// The symbol of a boolean.
    public mutating func intern(boolean: Bool) -> Symbol {
        intern(.boolean, payload: boolean ? 1 : 0, text: boolean ? "true" : "false")
    }

    /// The symbol of a list; members that are absent are left out, an empty list is the absent value.
    public mutating func intern(list members: [Symbol]) -> Symbol {
        let members = members.filter { !$0.isAbsent }
        if members.isEmpty { return .absent }
        var hash: UInt64 = 0x9e37_79b9_7f4a_7c15
        for member in members { hash = SymbolTable.mix(hash ^ UInt64(truncatingIfNeeded: member.rawValue)) }
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            let candidate = Int(slots[slot])
            if entries[candidate].kind == .list, lists[Int(entries[candidate].payload)] == members {
                return Symbol(rawValue: slots[slot])
            }
            slot = (slot + 1) & mask
        }
        var place = lists.count
        if let free = freeLists.popLast() {
            place = free
            lists[place] = members
        } else {
            lists.append(members)
        }
        return insert(.list, payload: UInt64(place), textFrom: bytes.count, slot: slot)
    }

    /// The symbol of any value.
    public mutating func intern(_ value: Value) -> Symbol {
        switch value {
        case .absent: return .absent
        case .text(let text): return intern(text: text)
        case .number(let number): return intern(number: number)
        case .boolean(let boolean): return intern(boolean: boolean)
        case .list(let members):
            var symbols: [Symbol] = []
            for member in members { symbols.append(intern(member)) }
            return intern(list: symbols)
        }
    }

    /// The value behind a symbol.
    public func value(of symbol: Symbol) -> Value {
        let entry = entries[Int(symbol.rawValue)]
        switch entry.kind {
        case .absent, .free: return .absent
        case .text: return .text(text(of: symbol))
        case .number: return .number(Double(bitPattern: entry.payload))
        case .boolean: return .boolean(entry.payload == 1)
        case .list: return .list(lists[Int(entry.payload)].map { value(of: $0) })
        }
    }

    /// The text that text comparisons see: the text itself, a number's shortest form, `true` or `false`; empty for a list.
    public func text(of symbol: Symbol) -> String {
        let entry = entries[Int(symbol.rawValue)]
        return ByteView(base: bytes.base + entry.start, count: Int(entry.length)).text
    }

    /// The members of a list; of any other value that value alone; of the absent one none.
    public func members(of symbol: Symbol) -> [Symbol] {
        if symbol.isAbsent { return [] }
        return isList(symbol) ? lists[Int(entries[Int(symbol.rawValue)].payload)] : [symbol]
    }

    /// Whether the value is a list.
    @inline(__always)
    public func isList(_ symbol: Symbol) -> Bool { entries[Int(symbol.rawValue)].kind == .list }

    private mutating func intern(_ kind: Kind, payload: UInt64, text: @autoclosure () -> String) -> Symbol {
        var slot = Int(truncatingIfNeeded: SymbolTable.mix(payload ^ (UInt64(kind.rawValue) << 56))) & mask
        while slots[slot] != 0 {
            let candidate = Int(slots[slot])
            if entries[candidate].kind == kind, entries[candidate].payload == payload {
                return Symbol(rawValue: slots[slot])
            }
            slot = (slot + 1) & mask
        }
        let start = bytes.count
        Array(text().utf8).withUnsafeBufferPointer { bytes.append($0) }
        return insert(kind, payload: payload, textFrom: start, slot: slot)
    }

    private mutating func insert(_ kind: Kind, payload: UInt64, textFrom start: Int, slot: Int) -> Symbol {
        let entry = Entry(payload: payload, start: start, length: Int32(bytes.count - start), kind: kind)
        var symbol = Int32(entries.count)
        if let free = freeSymbols.popLast() {
            symbol = free
            entries.base[Int(symbol)] = entry
        } else {
            entries.append(entry)
        }
        slots[slot] = symbol
        if entries.count * 2 > mask { grow() }
        return Symbol(rawValue: symbol)
    }

    private mutating func grow() {
        let size = (mask + 1) * 2
        slots.deallocate()
        slots = .allocate(capacity: size)
        slots.initialize(repeating: 0, count: size)
        mask = size - 1
        fillSlots()
    }

    /// Puts all symbols into the hash table, which is empty.
    private func fillSlots() {
        for index in 1..<entries.count {
            let hash: UInt64
            let entry = entries[index]
            switch entry.kind {
            case .absent, .free: continue
            case .text: hash = entry.payload
            case .number, .boolean:
                hash = SymbolTable.mix(entry.payload ^ (UInt64(entry.kind.rawValue) << 56))
            case .list:
                hash = lists[Int(entry.payload)].reduce(0x9e37_79b9_7f4a_7c15) {
                    SymbolTable.mix($0 ^ UInt64(truncatingIfNeeded: $1.rawValue))
                }
            }
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = Int32(index)
        }
    }

    // MARK: - What is let go of

    /// Whether a symbol stands for no value now.
    public func isFree(_ symbol: Symbol) -> Bool { entries[Int(symbol.rawValue)].kind == .free }

    /// Never lets go of a value, nor of its members.
    public mutating func pin(_ symbol: Symbol) {
        let entry = entries.base + Int(symbol.rawValue)
        if entry.pointee.isPinned { return }
        entry.pointee.isPinned = true
        if entry.pointee.kind == .list {
            for member in lists[Int(entry.pointee.payload)] { pin(member) }
        }
    }

    /// Lets go of all values but those in use, their members, and those that are pinned. Their symbols come to stand for others.
    ///
    /// Complexity: O(n) in the number of symbols and the length of the texts that are kept.
    ///
    /// - Parameter used: whether each symbol is in use; it has `count` members.
    public mutating func release(inUse used: [Bool]) {
        var isKept = [Bool](repeating: false, count: entries.count)
        for index in 1..<entries.count where used[index] || entries[index].isPinned {
            keep(index, &isKept)
        }
        var texts = GrowingMemory<UInt8>(capacity: 1 << 14)
        for index in 1..<entries.count where entries[index].kind != .free {
            let entry = entries.base + index
            if isKept[index] {
                let start = texts.count
                texts.append(
                    UnsafeBufferPointer(
                        start: bytes.base + entry.pointee.start, count: Int(entry.pointee.length)))
                entry.pointee.start = start
                continue
            }
            if entry.pointee.kind == .list {
                lists[Int(entry.pointee.payload)] = []
                freeLists.append(Int(entry.pointee.payload))
            }
            entry.pointee = Entry(payload: 0, start: 0, length: 0, kind: .free)
            freeSymbols.append(Int32(index))
        }
        bytes = texts
        forgetPlaces()
        fillSlots()
    }

    private func keep(_ index: Int, _ isKept: inout [Bool]) {
        if isKept[index] { return }
        isKept[index] = true
        if entries[index].kind == .list {
            for member in lists[Int(entries[index].payload)] { keep(Int(member.rawValue), &isKept) }
        }
    }

    /// Lets go of all values.
    public mutating func removeAll() {
        entries.cut(to: 1)
        bytes.cut(to: 0)
        lists = []
        (freeSymbols, freeLists) = ([], [])
        forgetPlaces()
    }

    private mutating func forgetPlaces() {
        slots.update(repeating: 0, count: mask + 1)
        recentSymbols.update(repeating: 0, count: 4096)
        releases += 1
    }

    @inline(__always)
    private func textEquals(_ entry: Entry, _ hash: UInt64, _ text: ByteView) -> Bool {
        guard entry.payload == hash, Int(entry.length) == text.count, entry.kind == .text else { return false }
        return ByteHash.equal(UnsafeRawPointer(bytes.base + entry.start), UnsafeRawPointer(text.base), text.count)
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        var z = value &+ 0x9e37_79b9_7f4a_7c15
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
