import Events
import Rulebook

/// A correlator as a reader of a stream, with the work that contributions ask of it, compiled for its pattern.
///
/// Called through a protocol, generic code is not specialised, and some thirty times slower: here it is called through closures
/// over one whose pattern is known where they are made.
struct CompiledCorrelator {
    /// The correlator.
    let correlator: any Correlating
    /// The index of its rule, and its own among the network's correlators.
    let rule, index: Int
    /// The index of the stream that it reads.
    let stream: Int
    /// How long the time of an event may be, in milliseconds, to count for it.
    let longestTime: Int64
    /// The progress at which it must look at a new group.
    let firstWake: Double
    /// Looks at a group that a contribution has come to, at the end of all: whether it is the first of its time.
    let follow: (_ number: Int, _ time: Instant, _ isFirst: Bool, borrowing SymbolTable) -> Void
    /// Is told that a contribution is about to be taken out of a group.
    let willRemove: (_ number: Int, _ time: Instant) -> Void
    /// Is told that a contribution has come into a group, or has been taken out of it.
    let changed: (_ number: Int, _ time: Instant, _ isRemoval: Bool) -> Void
    /// Derives what follows from what came, and puts what changed into the outbox.
    let settle: (borrowing SymbolTable) -> Void
    /// Whether one of its own groups has to be looked at, at an instant; if so it will be.
    let isDue: (_ group: Int, Instant) -> Bool
    /// Lets go of what it knows of alerts that no change can reach any more.
    let release: (borrowing SymbolTable) -> Void
    /// The time of the oldest contribution of a group that it needs for what happens from an instant on.
    let oldestNeeded: (_ number: Int, Instant) -> Instant
    /// Is told that contributions of a group have been let go of.
    let released: (_ number: Int) -> Void
    /// Reads another stream from now on, with the same groups, at some place among its readers.
    let read: (_ stream: any ContributionReading, _ place: Int) -> Void

    /// Makes the correlator of a rule, which reads the stream of those like it, and compiles it; to be called where its pattern
    /// is known.
    ///
    /// - Parameter isShared: whether the payload follows from the event and what is needed of it alone.
    @inline(__always)
    init<P: Pattern>(
        _ setup: CorrelatorSetup, pattern: P, need: PayloadNeed, isShared: Bool = true,
        payload: @escaping (RawPayload) -> P.Payload
    ) {
        let (index, stream) = setup.network.stream(for: setup, need: need, isShared: isShared, payload: payload)
        self.stream = index
        let correlator = Correlator(setup, pattern: pattern, stream: stream)
        self.correlator = correlator
        (rule, self.index) = (setup.rule, setup.index)
        longestTime = setup.correlation.takesImprecise ? .max : setup.correlation.timespan.milliseconds
        firstWake = correlator.firstWake
        follow = { correlator.follow($0, at: $1, isFirst: $2, symbols: $3) }
        willRemove = { correlator.willRemove($0, at: $1) }
        changed = { correlator.changed($0, at: $1, isRemoval: $2) }
        settle = { correlator.settle(symbols: $0) }
        isDue = { correlator.isDue(group: $0, at: $1) }
        release = { correlator.release(symbols: $0) }
        oldestNeeded = { correlator.oldestNeeded($0, at: $1) }
        released = { correlator.released($0) }
        read = { correlator.read($0, at: $1) }
        stream.add(self)
    }
}

extension Network {
    /// The stream that a correlation reads: that of those like it, if there is one.
    @inline(__always)
    func stream<Payload>(
        for setup: CorrelatorSetup, need: PayloadNeed, isShared: Bool, payload: @escaping (RawPayload) -> Payload
    ) -> (index: Int, stream: ContributionStream<Payload>) {
        let key = StreamKey(
            conditions: setup.interest?.steps ?? [], groupColumns: setup.intake.distinctGroupColumns,
            valueColumns: setup.intake.valueColumns, payload: ObjectIdentifier(Payload.self))
        let ofEvents = setup.correlation.contributors.allSatisfy {
            if case .detection = rulebook.rules[$0].body { true } else { false }
        }
        let isShared = isShared && ofEvents && setup.interest != nil
        if isShared, let known = streamOfKey[key], let stream = streams[known].stream as? ContributionStream<Payload> {
            return (known, stream)
        }
        let stream = ContributionStream(
            StreamSetup(
                network: self, groupWidth: setup.correlation.groupBy.count, intake: setup.intake, need: need,
                contributors: setup.correlation.contributors, followsAtOnce: ofEvents, interest: setup.interest),
            payload: payload)
        if isShared { streamOfKey[key] = streams.count }
        add(CompiledStream(stream))
        return (streams.count - 1, stream)
    }
}
