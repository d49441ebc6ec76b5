import Events
import Rulebook

/// Where ceasefires hold and what they prohibit, as conditions on events.
struct CeasefireTerms: ~Copyable {
    /// What an event is to the terms of one ceasefire.
    struct Outcome {
        /// Whether it lies in the area.
        var isInArea: Bool
        /// Whether it is prohibited; nil where the ceasefire does not say what it prohibits.
        var isProhibited: Bool?
    }

    private struct Chain: Hashable {
        var before: UInt64
        var word: UInt64
    }

    private static let perWord = 32

    private var matcher: Matcher
    private var conditions: [(area: Int?, prohibits: Int?)] = []
    private var chains: [Chain: UInt64] = [:]

    /// Compiles the conditions of ceasefires; the columns they need are added to the schema.
    init(_ ceasefires: [Ceasefire], timeZone: TimeZoneRules, schema: inout Schema) {
        matcher = Matcher(timeZone: timeZone)
        for ceasefire in ceasefires {
            let area = ceasefire.area.map { matcher.compile($0, schema: &schema) }
            conditions.append((area, ceasefire.prohibits.map { matcher.compile($0, schema: &schema) }))
        }
    }

    /// Evaluates the conditions for the rows of a range.
    mutating func evaluate(columns: borrowing [Column], rows: Range<Int>, symbols: borrowing SymbolTable) {
        matcher.evaluate(columns: columns, rows: rows, symbols: symbols)
    }

    /// What a row of the range last evaluated is to each ceasefire.
    func outcomes(row: Int) -> [Outcome] {
        var outcomes: [Outcome] = []
        for (area, prohibits) in conditions {
            let isInArea = area.map { matcher.isMet($0, row: row) } ?? true
            outcomes.append(Outcome(isInArea: isInArea, isProhibited: prohibits.map { matcher.isMet($0, row: row) }))
        }
        return outcomes
    }

    /// A number for what a row is to all ceasefires: rows with equal outcomes have equal numbers.
    mutating func number(row: Int) -> UInt64 {
        var word: UInt64 = 0
        var before: UInt64 = 0
        for (index, (area, prohibits)) in conditions.enumerated() {
            if index > 0, index % CeasefireTerms.perWord == 0 {
                before = number(of: Chain(before: before, word: word))
                word = 0
            }
            word = word << 2
            if let area, matcher.isMet(area, row: row) { word |= 1 }
            if let prohibits, matcher.isMet(prohibits, row: row) { word |= 2 }
        }
        // What fits into one word is its own number.
        return conditions.count <= CeasefireTerms.perWord ? word : number(of: Chain(before: before, word: word))
    }

    private mutating func number(of chain: Chain) -> UInt64 {
        if let number = chains[chain] { return number }
        chains[chain] = UInt64(chains.count)
        return UInt64(chains.count - 1)
    }
}
