import Events

/// A correlator with the work that events ask of it, compiled for its pattern.
///
/// Called through a protocol, generic code is not specialised, and some thirty times slower: here it is called through closures
/// over one whose pattern is known where they are made.
struct CompiledCorrelator {
    /// The correlator.
    let correlator: any Correlating
    /// Judges a run of rows, some of which it takes, and does what time and others bring on the way.
    let judge: (OrderedRun, MatchedRows, borrowing SymbolTable) -> Void
    /// Counts an event in, or out: the steps are a bit for each of the correlation's rules that it matches.
    let receive: (_ row: Row, _ steps: UInt64, _ isRemoval: Bool, borrowing SymbolTable) -> Void
    /// Derives what follows from what came, and puts what changed into the outbox.
    let settle: (borrowing SymbolTable) -> Void

    /// Compiles a correlator; to be called where its pattern is known.
    @inline(__always)
    init<P: Pattern>(_ correlator: Correlator<P>) {
        self.correlator = correlator
        judge = { correlator.judge($0, $1, symbols: $2) }
        receive = { correlator.receive(row: $0, steps: $1, isRemoval: $2, symbols: $3) }
        settle = { correlator.settle(symbols: $0) }
    }
}
