import Events

/// A stream with the work that events ask of it, compiled for its contributions.
///
/// Called through a protocol, generic code is not specialised, and some thirty times slower: here it is called through closures
/// over one whose contributions are known where they are made.
struct CompiledStream {
    /// The stream.
    let stream: any ContributionReading
    /// Judges a run of rows, some of which it takes, and does what time and others bring on the way.
    let judge: (OrderedRun, MatchedRows, borrowing SymbolTable) -> Void
    /// Counts an event in, or out: the steps are a bit for each of the rules that it matches.
    let receive: (_ row: Row, _ steps: UInt64, _ isRemoval: Bool, borrowing SymbolTable) -> Void
    /// Takes a change in the onsets of a rule that is counted.
    let receiveOnset: (OnsetChange, any Correlating, borrowing SymbolTable) -> Void
    /// Takes stream time back.
    let rewind: (Instant) -> Void
    /// Lets go of what no reader needs for what happens from an instant on.
    let release: (Instant) -> Void

    /// Compiles a stream; to be called where its payload is known.
    @inline(__always)
    init<Payload>(_ stream: ContributionStream<Payload>) {
        self.stream = stream
        judge = { stream.judge($0, $1, symbols: $2) }
        receive = { stream.receive(row: $0, steps: $1, isRemoval: $2, symbols: $3) }
        receiveOnset = { stream.receive($0, from: $1, symbols: $2) }
        rewind = { stream.rewind(to: $0) }
        release = { stream.release(before: $0) }
    }
}
