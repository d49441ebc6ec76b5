import Events

/// The alerts of a rule, by handle: what other rules need of them, and what was last said of each.
struct AlertPool {
    /// An alert.
    struct Record {
        var group: Int
        var onset: Instant
        /// The end as it was last said; nil while it holds.
        var end: Instant?
        /// The largest `reported` that it rests on.
        var knownAt: Instant
        /// A fingerprint of what was last said.
        var said: Int
        /// What can no longer change, once the onset is out of reach.
        var frozen: FrozenAlert?
    }

    private var records: [Record?] = []
    private var free: [Int] = []

    subscript(handle: Int) -> Record {
        get {
            guard let record = records[handle] else { preconditionFailure("an alert that was let go of") }
            return record
        }
        set { records[handle] = newValue }
    }

    mutating func add(_ record: Record) -> Int {
        if let handle = free.popLast() {
            records[handle] = record
            return handle
        }
        records.append(record)
        return records.count - 1
    }

    mutating func remove(_ handle: Int) {
        records[handle] = nil
        free.append(handle)
    }
}

/// What is said of an alert whose onset is further back than any change can reach.
final class FrozenAlert {
    let alert: Alert
    /// The peak up to an instant.
    let peak: Alert.Figure?
    let peakEnd: Instant

    init(alert: Alert, peak: Alert.Figure?, peakEnd: Instant) {
        self.alert = alert
        self.peak = peak
        self.peakEnd = peakEnd
    }
}
