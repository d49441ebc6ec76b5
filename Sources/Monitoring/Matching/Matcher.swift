import Events
import Rulebook

/// Decides for rows of columns which conditions they meet.
///
/// Conditions are compiled first; tests that several share are evaluated once. A test on a symbol is evaluated once for each
/// distinct symbol and remembered.
struct Matcher: ~Copyable {
    init(timeZone: TimeZoneRules) {}

    /// Compiles a condition and returns the index under which its outcome is asked for. The columns it needs are added to
    /// the schema.
    mutating func compile(_ condition: Condition, schema: inout Schema) -> Int { 0 }

    /// Evaluates all conditions for the rows of a range. `columns` are those of the schema.
    mutating func evaluate(columns: borrowing [Column], rows: Range<Int>, symbols: borrowing SymbolTable) {}

    /// Whether a row of the range last evaluated meets a condition.
    func isMet(_ condition: Int, row: Int) -> Bool { false }

    /// The first row at or after one, of the range last evaluated, that meets a condition; nil if there is none.
    func nextRow(meeting condition: Int, from row: Int) -> Int? { nil }
}
