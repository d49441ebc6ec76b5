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
    // What became known later within the run of rows that is being judged, in order of moments: when an alert became known
    // as far as could be said before.
    private var changes: [(handle: Int, knownAt: Instant, moment: Moment)] = []

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

    /// Notes that from a moment on it is another instant at which an alert became known.
    mutating func noteChange(of handle: Int, from knownAt: Instant, at moment: Moment) {
        changes.append((handle, knownAt, moment))
    }

    /// When an alert became known, as far as could be said at a moment.
    func knownAt(_ handle: Int, at moment: Moment) -> Instant {
        changes.first { $0.handle == handle && $0.moment > moment }?.knownAt ?? self[handle].knownAt
    }

    /// Forgets what was before: all that refer to it have been told.
    mutating func forgetChanges() { changes.removeAll(keepingCapacity: true) }

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
