/// In what ranges the numbers of a ledger lie: sums of them never overflow.
enum LedgerRanges {
    /// Of what is counted: records, lines, bytes.
    static let counts: ClosedRange<Int64> = 0...1 << 60
    /// Of instants in milliseconds, the ends of all time included.
    static let instants: ClosedRange<Int64> = Int64.min / 4...Int64.max / 4
    /// Of how many bytes a mark is made.
    static let marks: ClosedRange<Int64> = 0...1 << 16
}
