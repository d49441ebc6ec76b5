import Events
import Rulebook

/// Decides for rows of columns which conditions they meet.
///
/// Conditions are compiled first; tests that several share are evaluated once. A test on a symbol is evaluated once for each
/// distinct symbol and remembered.
struct Matcher: ~Copyable {
    private let zone: TimeZoneRules
    private var graph = ConditionGraph()
    private var symbolTests: [SymbolTests] = []
    private var columnTests: [(test: ColumnTest, node: Int)] = []
    private var pairTests: [(test: PairTest, node: Int)] = []
    private var bits = RowBits()
    // The nodes that are asked for, how all are evaluated, and by node the tests that need not be asked of every row.
    private var wanted: Set<Int> = []
    private var plan: EvaluationPlan?
    private var costly: [CostlyTest?] = []

    /// A test that need not be asked of every row: its place among those of its kind.
    private enum CostlyTest { case column(Int), pair(Int) }

    /// Creates a matcher without conditions; components of instants are those of a zone's clocks.
    init(timeZone: TimeZoneRules) { zone = timeZone }

    /// Compiles a condition and returns the index under which its outcome is asked for. The columns it needs are added to
    /// the schema.
    mutating func compile(_ condition: Condition, schema: inout Schema) -> Int {
        plan = nil
        let node = node(of: condition, schema: &schema)
        wanted.insert(node)
        return node
    }

    private mutating func node(of condition: Condition, schema: inout Schema) -> Int {
        switch condition {
        case .test(let test): return leaf(test, schema: &schema)
        case .not(let inner): return graph.complement(of: node(of: inner, schema: &schema))
        case .all(let parts): return graph.intersection(of: parts.map { node(of: $0, schema: &schema) })
        case .any(let parts): return graph.union(of: parts.map { node(of: $0, schema: &schema) })
        }
    }

    /// Evaluates all conditions for the rows of a range. `columns` are those of the schema.
    mutating func evaluate(columns: borrowing [Column], rows: Range<Int>, symbols: borrowing SymbolTable) {
        var own = RowBits()
        swap(&own, &bits)
        evaluate(columns: columns, rows: rows, symbols: symbols, into: &own)
        swap(&own, &bits)
    }

    /// Evaluates all conditions for the rows of a range into bits that the caller keeps: a node for each condition.
    mutating func evaluate(
        columns: borrowing [Column], rows: Range<Int>, symbols: borrowing SymbolTable, into bits: inout RowBits
    ) {
        var plan = takePlan()
        plan.begin()
        bits.begin(rows: rows, nodes: graph.count)
        for index in symbolTests.indices {
            let values = columns[symbolTests[index].column].symbolValues
            symbolTests[index].evaluate(values, symbols: symbols, into: &bits, &plan)
        }
        for index in columnTests.indices where plan.isEager[columnTests[index].node] {
            let node = columnTests[index].node
            columnTests[index].test.evaluate(columns, node: node, into: &bits)
            if bits.mayBeMet(node) { plan.note(node) }
        }
        for index in pairTests.indices where plan.isEager[pairTests[index].node] {
            let node = pairTests[index].node
            pairTests[index].test.evaluate(columns, symbols: symbols, node: node, into: &bits)
            if bits.mayBeMet(node) { plan.note(node) }
        }
        plan.finish(&bits) { node, test, bits in
            switch costly[test] {
            case .column(let index): columnTests[index].test.restrict(columns, node: node, in: &bits)
            case .pair(let index):
                pairTests[index].test.restrict(columns, symbols: symbols, node: node, in: &bits)
            case nil: break
            }
        }
        self.plan = plan
    }

    private mutating func takePlan() -> EvaluationPlan {
        if let known = plan {
            plan = nil
            return known
        }
        costly = [CostlyTest?](repeating: nil, count: graph.count)
        for (index, test) in columnTests.enumerated() { costly[test.node] = .column(index) }
        for (index, test) in pairTests.enumerated() { costly[test.node] = .pair(index) }
        return graph.plan(wanted: wanted) { costly[$0] != nil }
    }

    /// How many conditions there are, with those that others are made of.
    var nodeCount: Int { graph.count }

    /// Whether a row of the range last evaluated meets a condition.
    @inline(__always)
    func isMet(_ condition: Int, row: Int) -> Bool { bits.isSet(node: condition, row: row) }

    /// The first row at or after one, of the range last evaluated, that meets a condition; nil if there is none.
    @inline(__always)
    func nextRow(meeting condition: Int, from row: Int) -> Int? { bits.next(node: condition, from: row) }

    // MARK: - Tests

    private mutating func leaf(_ test: FieldTest, schema: inout Schema) -> Int {
        let (node, isNew) = graph.leaf(TestKey(test))
        guard isNew else { return node }
        if let columnTest = columnTest(test, schema: &schema) {
            columnTests.append((columnTest, node))
        } else if let pairTest = pairTest(test, schema: &schema) {
            pairTests.append((pairTest, node))
        } else {
            addSymbolTest(test, node: node, schema: &schema)
        }
        return node
    }

    private mutating func addSymbolTest(_ test: FieldTest, node: Int, schema: inout Schema) {
        let column = schema.index(of: ColumnRequest(test.field))
        if let index = symbolTests.firstIndex(where: { $0.column == column }) {
            symbolTests[index].add(test.test, node: node)
        } else {
            symbolTests.append(SymbolTests(column: column, zone: zone))
            symbolTests[symbolTests.count - 1].add(test.test, node: node)
        }
    }

    private func pairTest(_ test: FieldTest, schema: inout Schema) -> PairTest? {
        let (other, form): (String, PairTest.Form)
        switch test.test {
        case .equalsField(let field, let cased): (other, form) = (field, .equals(cased: cased))
        case .likeField(let field, let affix, let cased): (other, form) = (field, .has(affix, cased: cased))
        case .compareField(let comparison, let field): (other, form) = (field, .stands(comparison))
        default: return nil
        }
        let left = schema.index(of: ColumnRequest(test.field))
        return PairTest(left: left, right: schema.index(of: ColumnRequest(other)), form: form, zone: zone)
    }

    /// The test on columns of numbers or instants, where the fields are held so.
    private func columnTest(_ test: FieldTest, schema: inout Schema) -> ColumnTest? {
        if case .withinKilometers(let latitude, let longitude, let distance) = test.test {
            return .within(
                latitudes: schema.index(of: ColumnRequest("latitude", as: .number)),
                longitudes: schema.index(of: ColumnRequest("longitude", as: .number)),
                Circle(latitude: latitude, longitude: longitude, kilometers: distance))
        }
        if CanonicalField.numbers.contains(test.field) { return numberTest(test, schema: &schema) }
        if CanonicalField.instants.contains(test.field) { return instantTest(test, schema: &schema) }
        return nil
    }

    private func numberTest(_ test: FieldTest, schema: inout Schema) -> ColumnTest? {
        func column(_ field: String) -> Int { schema.index(of: ColumnRequest(field, as: .number)) }
        switch test.test {
        case .equalsNumber(let number): return .compareNumber(column: column(test.field), .equal, number)
        case .compareNumber(let comparison, let number):
            return .compareNumber(column: column(test.field), comparison, number)
        case .absent: return .numberExists(column: column(test.field), false)
        case .exists(let isThere): return .numberExists(column: column(test.field), isThere)
        case .equalsField(let other, _) where CanonicalField.numbers.contains(other):
            return .compareNumbers(left: column(test.field), .equal, right: column(other))
        case .compareField(let comparison, let other) where CanonicalField.numbers.contains(other):
            return .compareNumbers(left: column(test.field), comparison, right: column(other))
        default: return nil
        }
    }

    private func instantTest(_ test: FieldTest, schema: inout Schema) -> ColumnTest? {
        func column(_ field: String) -> Int { schema.index(of: ColumnRequest(field, as: .instant)) }
        switch test.test {
        case .compareInstant(let comparison, let instant):
            return .compareInstant(column: column(test.field), comparison, instant)
        case .calendar(let component, let inner):
            return .calendar(column: column(test.field), CalendarTest(component, inner, in: zone))
        case .absent: return .instantExists(column: column(test.field), false)
        case .exists(let isThere): return .instantExists(column: column(test.field), isThere)
        case .equalsField(let other, _) where CanonicalField.instants.contains(other):
            return .compareInstants(left: column(test.field), .equal, right: column(other))
        case .compareField(let comparison, let other) where CanonicalField.instants.contains(other):
            return .compareInstants(left: column(test.field), comparison, right: column(other))
        default: return nil
        }
    }
}
