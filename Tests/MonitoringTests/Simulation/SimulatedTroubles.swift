/// What disturbs a run. Each kind is switched off in some worlds, so that one does not hide another.
struct SimulatedTroubles: OptionSet, Hashable, Sendable {
    let rawValue: Int

    /// Records that come twice, that correct an incident, that take it back.
    static let duplicates = SimulatedTroubles(rawValue: 1 << 0)
    static let corrections = SimulatedTroubles(rawValue: 1 << 1)
    static let withdrawals = SimulatedTroubles(rawValue: 1 << 2)
    /// The reports come in no order of time.
    static let disorder = SimulatedTroubles(rawValue: 1 << 3)
    /// Rows of CSV instead of lines of JSON.
    static let rows = SimulatedTroubles(rawValue: 1 << 4)
    /// Several reporters, each with a file of its own.
    static let reporters = SimulatedTroubles(rawValue: 1 << 5)
    /// What is no record between the records.
    static let garbage = SimulatedTroubles(rawValue: 1 << 6)
    /// The same fields in another order, with other spaces and line ends, and times written in several ways.
    static let spellings = SimulatedTroubles(rawValue: 1 << 7)
    /// The input comes in pieces that end anywhere.
    static let pieces = SimulatedTroubles(rawValue: 1 << 8)
    /// Pauses, after which a last line is taken as it is.
    static let pauses = SimulatedTroubles(rawValue: 1 << 9)
    /// The run ends and goes on later; the process is killed; the rule book is another for a while.
    static let restarts = SimulatedTroubles(rawValue: 1 << 10)
    static let crashes = SimulatedTroubles(rawValue: 1 << 11)
    static let reloads = SimulatedTroubles(rawValue: 1 << 12)
    /// Stream time stays behind; what is too old changes nothing.
    static let lateness = SimulatedTroubles(rawValue: 1 << 13)
    static let horizon = SimulatedTroubles(rawValue: 1 << 14)
    /// Risks, silences and inhibitions.
    static let aftermath = SimulatedTroubles(rawValue: 1 << 15)

    static let names: [(SimulatedTroubles, String)] = [
        (.duplicates, "duplicates"), (.corrections, "corrections"), (.withdrawals, "withdrawals"),
        (.disorder, "disorder"), (.rows, "rows"), (.reporters, "reporters"), (.garbage, "garbage"),
        (.spellings, "spellings"), (.pieces, "pieces"), (.pauses, "pauses"), (.restarts, "restarts"),
        (.crashes, "crashes"), (.reloads, "reloads"), (.lateness, "lateness"), (.horizon, "horizon"),
        (.aftermath, "aftermath"),
    ]

    /// Draws which there are.
    init(_ random: inout SplitMix64) {
        var troubles = SimulatedTroubles()
        for (trouble, _) in SimulatedTroubles.names where random.chance(50) { troubles.insert(trouble) }
        if random.chance(50) { troubles.remove(.rows) }
        if random.chance(50) { troubles.remove(.horizon) }
        self = troubles
    }

    init(rawValue: Int) { self.rawValue = rawValue }

    /// The names of those that there are.
    var text: String {
        SimulatedTroubles.names.filter { contains($0.0) }.map(\.1).joined(separator: " ")
    }
}
