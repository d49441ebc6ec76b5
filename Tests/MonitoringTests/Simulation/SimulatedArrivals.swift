import Events

/// What must become of records that arrive one after the other, from SPEC section 1 and 2: nothing is counted twice or lost.
struct SimulatedArrivals {
    private(set) var tally = SimulatedRun.Tally()
    private var latest: [String: SimulatedRecord] = [:]
    private let lateness: Timespan
    private let horizon: Timespan

    init(_ records: [SimulatedRecord], in world: SimulatedWorld, rejected: Int) {
        lateness = world.world.lateness
        horizon = world.horizon
        tally.rejected = rejected
        for record in records { take(record) }
        tally.inForce = inForce.count
    }

    /// The events in force.
    var inForce: [TwinEvent] {
        latest.values.map(\.event).filter { !$0.withdrawn }.sorted { $0.id.precedesByCodePoint($1.id) }
    }

    private var streamTime: Instant? {
        latest.values.map(\.event).filter { !$0.withdrawn }.map(\.time).max().map { $0 - lateness }
    }

    private mutating func take(_ record: SimulatedRecord) {
        tally.read += 1
        let before = latest[record.event.id]
        if let before {
            let (new, old) = (record.event.revision, before.event.revision)
            if new == old, record.digest == before.digest { return tally.duplicate += 1 }
            if new < old || (new == old && new.kind != .none && record.digest < before.digest) {
                return tally.superseded += 1
            }
        }
        let old = before.flatMap { $0.event.withdrawn ? nil : $0.event.time }
        if horizon < .unlimited, let streamTime {
            let time = record.event.withdrawn ? old ?? streamTime : record.event.time
            if min(time, old ?? time) < streamTime - horizon { return tally.beyondHorizon += 1 }
        }
        latest[record.event.id] = record
        if record.event.withdrawn {
            tally.withdrawn += 1
        } else if before != nil {
            tally.corrected += 1
        }
    }
}
