import Events
import Rulebook

/// A test on two columns of symbols; what a pair of symbols gives is remembered.
struct PairTest {
    /// What the two values must meet.
    enum Form {
        case equals(cased: Bool)
        case has(ValueTest.Affix, cased: Bool)
        case stands(Comparison)
    }

    /// How many pairs are remembered before all are forgotten, so that memory stays bounded.
    private static let capacity = 1 << 16

    private let left: Int
    private let right: Int
    private let form: Form
    private let zone: TimeZoneRules
    private var outcomes: [UInt64: Bool] = [:]
    private var knownReleases = 0

    /// Creates a test on two columns.
    init(left: Int, right: Int, form: Form, zone: TimeZoneRules) {
        self.left = left
        self.right = right
        self.form = form
        self.zone = zone
    }

    /// Sets the bits of the rows that meet the test.
    mutating func evaluate(
        _ columns: borrowing [Column], symbols: borrowing SymbolTable, node: Int, into bits: inout RowBits
    ) {
        forgetReleased(symbols)
        let (lefts, rights) = (columns[left].symbolValues, columns[right].symbolValues)
        for row in bits.rows where isMet(lefts[row], rights[row], symbols: symbols) {
            _ = bits.set(node: node, row: row)
        }
    }

    /// Leaves of a node only the rows that meet the test.
    mutating func restrict(
        _ columns: borrowing [Column], symbols: borrowing SymbolTable, node: Int, in bits: inout RowBits
    ) {
        forgetReleased(symbols)
        let (lefts, rights) = (columns[left].symbolValues, columns[right].symbolValues)
        bits.restrict(node: node) { isMet(lefts[$0], rights[$0], symbols: symbols) }
    }

    private mutating func forgetReleased(_ symbols: borrowing SymbolTable) {
        if symbols.releases == knownReleases { return }
        outcomes = [:]
        knownReleases = symbols.releases
    }

    private mutating func isMet(_ left: Symbol, _ right: Symbol, symbols: borrowing SymbolTable) -> Bool {
        if left.isAbsent || right.isAbsent { return false }
        let key = UInt64(UInt32(bitPattern: left.rawValue)) << 32 | UInt64(UInt32(bitPattern: right.rawValue))
        if let outcome = outcomes[key] { return outcome }
        if outcomes.count == PairTest.capacity { outcomes.removeAll(keepingCapacity: true) }
        let outcome = anyPair(left, right, symbols: symbols)
        outcomes[key] = outcome
        return outcome
    }

    private func anyPair(_ left: Symbol, _ right: Symbol, symbols: borrowing SymbolTable) -> Bool {
        for member in symbols.members(of: left) {
            var own = FieldReading(member, symbols: symbols, zone: zone)
            for other in symbols.members(of: right) {
                var its = FieldReading(other, symbols: symbols, zone: zone)
                if isMet(&own, &its) { return true }
            }
        }
        return false
    }

    private func isMet(_ left: inout FieldReading, _ right: inout FieldReading) -> Bool {
        switch form {
        case .equals(let cased): left.equals(&right, cased: cased)
        case .has(let affix, let cased): left.has(&right, at: affix, cased: cased)
        case .stands(let comparison): left.stands(comparison, to: &right)
        }
    }
}
