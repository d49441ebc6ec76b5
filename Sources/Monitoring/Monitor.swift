import Events
import Rulebook

/// The machine that follows what a rule book says: batches of events in, alerts out.
///
/// Deterministic: it reads no clock and opens no file. What it emits does not depend on how the events are cut into batches,
/// and its standing alerts not on their order of arrival.
public struct Monitor: ~Copyable {
    /// How to follow.
    public struct Options: Sendable {
        /// How far stream time stays behind the largest event time.
        public var lateness: Timespan = .zero
        /// How far back of stream time a change still revises alerts.
        public var horizon: Timespan = .unlimited
        /// The zone of calendar tests.
        public var timeZone: TimeZoneRules = .utc
        /// Whether the standing alerts can be asked for at the end; if not, those beyond the horizon are let go of.
        public var keepsStanding = false

        /// Options for a finite input.
        public init() {}
    }

    /// The columns that the reader must extract.
    public let schema: Schema

    /// Creates a monitor that has seen nothing.
    public init(rulebook: Rulebook, options: Options) { schema = Schema() }

    /// Takes the next records and hands on what changes in the alerts by each, in order.
    ///
    /// - Parameters:
    ///   - batch: records with the columns of `schema`.
    ///   - symbols: the table that the batch's symbols are of.
    ///   - emit: takes each change; the alert's status says what it is.
    ///   - refuse: takes the index within the batch of each record that is further back than the horizon.
    public mutating func receive(
        _ batch: Batch, symbols: inout SymbolTable, emit: (Alert) -> Void, refuse: (Int) -> Void
    ) {}

    /// Ends a finite input: everything held back by the lateness is emitted.
    ///
    /// - Parameter until: up to when the input is complete; nil for no later than its last event.
    public mutating func finish(until: Instant?, symbols: inout SymbolTable, emit: (Alert) -> Void) {}

    /// The alerts that stand, sorted by onset, rule name, group as JSON and event id; firing or resolved, without `replaces`.
    public func standing(symbols: borrowing SymbolTable) -> [Alert] { [] }

    /// What became of the input so far.
    public func summary(symbols: borrowing SymbolTable) -> Summary { Summary() }
}
