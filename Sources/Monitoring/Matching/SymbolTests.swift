import Events
import Rulebook

/// All tests on one column of symbols.
///
/// Which of them a symbol meets is worked out once and remembered, so that a row costs one look-up and a bit for each test that
/// it meets, however many tests there are.
struct SymbolTests {
    /// What a value must meet, other than to be a certain text.
    private enum Form {
        case like(WildcardMatcher)
        case equalsNumber(Double)
        case equalsBoolean(Bool)
        case matches(RegularExpression)
        case exists(Bool)
        case compareNumber(Comparison, Double)
        case compareInstant(Comparison, Instant)
        case calendar(CalendarTest)
        case never
    }

    /// The index of the column in the schema.
    let column: Int
    private let zone: TimeZoneRules
    // Tests for a certain text, by its UTF-8, with regard to case and (folded) without.
    private var casedTexts: [[UInt8]: [Int32]] = [:]
    private var foldedTexts: [[UInt8]: [Int32]] = [:]
    private var others: [(form: Form, node: Int32)] = []

    // Which nodes a symbol meets: an index into the sets, plus 1; 0 if not known yet.
    private var setOfSymbol: [Int32] = []
    private var knownReleases = 0
    // The distinct sets of nodes, end to end; `ends[i]` is the end of set i.
    private var members: [Int32] = []
    private var ends: [Int] = [0]
    private var sets: [[Int32]: Int32] = [[]: SymbolTests.empty]

    // The set of those that meet nothing.
    private static let empty: Int32 = 1

    /// Creates the tests of a column, of which there are none yet.
    init(column: Int, zone: TimeZoneRules) {
        self.column = column
        self.zone = zone
    }

    /// Adds a test whose outcome is that of a node.
    mutating func add(_ test: ValueTest, node: Int) {
        forget()
        let node = Int32(node)
        switch test {
        case .like(let pattern, let cased):
            guard let text = pattern.literalText else {
                return others.append((.like(.init(pattern, cased: cased)), node))
            }
            if cased {
                casedTexts[Array(text.utf8), default: []].append(node)
            } else {
                foldedTexts[Array(CaseFolding.fold(text).utf8), default: []].append(node)
            }
        default: others.append((form(of: test), node))
        }
    }

    /// Sets the bits of the rows that meet a test.
    mutating func evaluate(
        _ values: [Symbol], symbols: borrowing SymbolTable, into bits: inout RowBits, _ plan: inout EvaluationPlan
    ) {
        if symbols.releases != knownReleases {
            forget()
            knownReleases = symbols.releases
        }
        let missing = symbols.count - setOfSymbol.count
        if missing > 0 { setOfSymbol.append(contentsOf: repeatElement(0, count: missing)) }
        let end = bits.rows.upperBound
        var row = firstMeeting(values, from: bits.rows.lowerBound, to: end)
        while row < end {
            var set = setOfSymbol[Int(values[row].rawValue)]
            if set == 0 { set = learn(values[row], symbols: symbols) }
            let index = Int(set) - 1
            for position in (index == 0 ? 0 : ends[index - 1])..<ends[index] {
                let node = Int(members[position])
                if bits.set(node: node, row: row) { plan.note(node) }
            }
            row = firstMeeting(values, from: row + 1, to: end)
        }
    }

    /// The first row from one on whose value may meet something; most meet nothing.
    @inline(__always)
    private func firstMeeting(_ values: [Symbol], from start: Int, to end: Int) -> Int {
        var row = start
        while row < end, setOfSymbol[Int(values[row].rawValue)] == SymbolTests.empty { row += 1 }
        return row
    }

    /// Works out which nodes a symbol meets, and remembers it.
    private mutating func learn(_ symbol: Symbol, symbols: borrowing SymbolTable) -> Int32 {
        var met: [Int32]
        if symbols.isList(symbol) {
            met = symbols.members(of: symbol).flatMap { nodes(metBy: $0, symbols: symbols) }
        } else {
            met = nodes(metBy: symbol, symbols: symbols)
        }
        met.sort()
        var distinct: [Int32] = []
        for node in met where distinct.last != node { distinct.append(node) }
        let set = number(of: distinct)
        setOfSymbol[Int(symbol.rawValue)] = set
        return set
    }

    private mutating func number(of set: [Int32]) -> Int32 {
        if let number = sets[set] { return number }
        members.append(contentsOf: set)
        ends.append(members.count)
        sets[set] = Int32(ends.count)
        return Int32(ends.count)
    }

    private func nodes(metBy symbol: Symbol, symbols: borrowing SymbolTable) -> [Int32] {
        var reading = FieldReading(symbol, symbols: symbols, zone: zone)
        var met: [Int32] = []
        if !reading.isAbsent {
            if !casedTexts.isEmpty { met += casedTexts[Array(reading.text.utf8)] ?? [] }
            if !foldedTexts.isEmpty { met += foldedTexts[Array(reading.folded.utf8)] ?? [] }
        }
        for (form, node) in others where SymbolTests.isMet(form, by: &reading) { met.append(node) }
        return met
    }

    private static func isMet(_ form: Form, by reading: inout FieldReading) -> Bool {
        if case .exists(let isThere) = form { return reading.isAbsent != isThere }
        if reading.isAbsent { return false }
        switch form {
        case .like(let matcher): return matcher.matches(reading.text)
        case .equalsNumber(let number): return reading.number == number
        case .equalsBoolean(let boolean): return reading.equals(boolean)
        case .matches(let expression): return expression.isFound(in: reading.text)
        case .compareNumber(let comparison, let bound):
            return reading.number.map { comparison.holds($0, bound) } ?? false
        case .compareInstant(let comparison, let bound):
            return reading.instant.map { comparison.holds($0, bound) } ?? false
        case .calendar(let test): return reading.instant.map { test.isMet(by: $0) } ?? false
        case .exists, .never: return false
        }
    }

    private func form(of test: ValueTest) -> Form {
        switch test {
        case .like(let pattern, let cased): .like(WildcardMatcher(pattern, cased: cased))
        case .equalsNumber(let number): .equalsNumber(number)
        case .equalsBoolean(let boolean): .equalsBoolean(boolean)
        case .matches(let expression): .matches(expression)
        case .absent: .exists(false)
        case .exists(let isThere): .exists(isThere)
        case .compareNumber(let comparison, let number): .compareNumber(comparison, number)
        case .compareInstant(let comparison, let instant): .compareInstant(comparison, instant)
        case .calendar(let component, let inner): .calendar(CalendarTest(component, inner, in: zone))
        // These look at two columns, and are not added here.
        case .equalsField, .likeField, .compareField, .withinKilometers: .never
        }
    }

    private mutating func forget() {
        setOfSymbol = []
        members = []
        ends = [0]
        sets = [[]: SymbolTests.empty]
    }
}

extension WildcardPattern {
    /// The one text that it matches, if there is no wildcard in it.
    var literalText: String? {
        var text = ""
        for piece in pieces {
            guard case .literal(let literal) = piece else { return nil }
            text += literal
        }
        return text
    }
}
