import Events
import Rulebook

/// What the rules share while they follow the events: the records, stream time, each other, and where alerts go.
final class Network {
    let rulebook: Rulebook
    let options: Monitor.Options
    let table: EventTable
    let columns: EvidenceColumns
    let origin = StreamOrigin()
    let ceasefires = CeasefireClock()
    /// Stream time as far as the rules have been taken.
    var now = Instant.distantPast
    /// What is correlated, in an order in which each comes after those it refers to.
    var correlators: [any Correlating] = []
    /// The same, compiled.
    var compiled: [CompiledCorrelator] = []
    /// The streams that they read, each after those of the correlators that it takes alerts of; compiled.
    var streams: [CompiledStream] = []
    /// The stream of each kind of contributions, among those that several may read.
    var streamOfKey: [StreamKey: Int] = [:]
    /// The stream that each correlator reads, and the correlators of each stream whose alerts others refer to.
    private(set) var streamOfCorrelator: [Int] = []
    private(set) var sourcesOfStream: [[Int]] = []
    /// The index in `correlators` of each rule, nil for detections.
    var correlatorOfRule: [Int?]
    /// Whether what comes is one new event at the end of all: then each correlator can follow it at once.
    var isInOrder = false
    /// Up to when the run of rows goes that is being judged rule by rule; `Instant.distantPast` where there is none.
    var runEnd = Instant.distantPast
    /// Whether each stream has something left to do of that run, beside the rows that it takes.
    var hasRunWork: [Bool] = []
    /// The streams that have their turn yet in that run, those that others take alerts of first.
    var streamsToJudge = NumberQueue()
    /// The correlators that have let go of alerts in that run, of which others may still have to be told.
    var haveDropped: [Int] = []
    /// When rules alerted last in an earlier run, by rule and the group's JSON.
    var lastAlerted: [RuleReference: [String: Instant]] = [:]
    /// The longest time before an instant that anything can matter at it.
    var longestReach = Timespan.zero
    var deadlines = Deadlines()
    var outbox: Outbox
    /// What becomes of the alerts that are told; nil where the rule book asks for nothing, or nothing is told.
    let aftermath: Aftermath?
    /// The statistics that are followed; nil where there are none.
    var statistics: Statistics? { didSet { outbox.statistics = statistics } }
    /// Contributions left out, by rule and reason, of the events in force.
    var skipped: [[Summary.Skip: Int]]
    /// The correlators that have something to do, by index: a heap would cost more than it saves.
    private var dirty: [Int] = []
    /// The detections that have something to tell.
    var changedDetections: [DetectionAlerter] = []
    private var isDirty: [Bool] = []

    init(rulebook: Rulebook, options: Monitor.Options, table: EventTable, columns: EvidenceColumns) {
        self.rulebook = rulebook
        self.options = options
        self.table = table
        self.columns = columns
        correlatorOfRule = [Int?](repeating: nil, count: rulebook.rules.count)
        aftermath = options.emitsChanges ? Aftermath(rulebook: rulebook) : nil
        outbox = Outbox(rulebook: rulebook, isWanted: options.emitsChanges, aftermath: aftermath)
        skipped = [[Summary.Skip: Int]](repeating: [:], count: rulebook.rules.count)
    }

    /// How far back of stream time a change still counts.
    var horizonStart: Instant {
        options.horizon >= .unlimited || now == .distantPast ? .distantPast : now - options.horizon
    }

    /// Before this nothing is kept but what still holds.
    var retentionStart: Instant {
        horizonStart == .distantPast ? .distantPast : horizonStart - longestReach
    }

    func add(_ stream: CompiledStream) {
        streams.append(stream)
        sourcesOfStream.append([])
        hasRunWork.append(false)
    }

    func add(_ compiled: CompiledCorrelator, reading stream: Int) {
        let correlator = compiled.correlator
        streamOfCorrelator.append(stream)
        correlatorOfRule[correlator.rule] = correlators.count
        self.compiled.append(compiled)
        correlators.append(correlator)
        longestReach = max(longestReach, correlator.reach)
        isDirty.append(false)
    }

    /// Has a correlator take the alerts of another.
    func connect(_ source: Int, to dependent: Int) {
        if correlators[source].dependents.isEmpty { sourcesOfStream[streamOfCorrelator[source]].append(source) }
        correlators[source].dependents.append(dependent)
    }

    /// Marks a correlator as having something to do, in the order of dependence.
    func markDirty(_ correlator: Int) {
        // In a run each settles itself.
        if isDirty[correlator] || runEnd > .distantPast { return }
        isDirty[correlator] = true
        var position = dirty.count
        while position > 0, dirty[position - 1] < correlator { position -= 1 }
        dirty.insert(correlator, at: position)
    }

    /// Has all rules with something to do derive what follows, those that others refer to first.
    @inline(__always)
    func settle(symbols: borrowing SymbolTable) {
        if !dirty.isEmpty { settleAll(symbols: symbols) }
    }

    private func settleAll(symbols: borrowing SymbolTable) {
        while let next = dirty.popLast() {
            isDirty[next] = false
            let correlator = correlators[next]
            compiled[next].settle(symbols)
            for change in correlator.takeOnsetChanges() {
                for dependent in correlator.dependents {
                    streams[streamOfCorrelator[dependent]].receiveOnset(change, correlator, symbols)
                }
            }
            correlator.removeDropped()
        }
    }

    /// Has the detections with something to tell tell it. What a record changes is told at once, so that an event that has
    /// moved is seen to be the same.
    func settleDetections(symbols: borrowing SymbolTable) {
        if changedDetections.isEmpty { return }
        for alerter in changedDetections { alerter.settle(symbols: symbols) }
        changedDetections.removeAll(keepingCapacity: true)
    }

    /// Takes stream time on through all deadlines up to an instant, each in its turn.
    func runDeadlines(through limit: Instant, symbols: borrowing SymbolTable) {
        while let instant = deadlines.next, instant <= limit {
            now = max(now, instant)
            while deadlines.next == instant {
                let entry = deadlines.removeFirst()
                if compiled[Int(entry.correlator)].isDue(Int(entry.group), instant) {
                    markDirty(Int(entry.correlator))
                }
            }
            settle(symbols: symbols)
            outbox.seal(at: now)
        }
    }
}

/// A change in the onsets of a rule's alerts, for the correlations that refer to it.
struct OnsetChange {
    /// What happens to the onset.
    enum Kind { case added, removed, touched }

    var kind: Kind
    var onset: Instant
    var handle: Int
    var group: Int
    /// When it happens within the run of rows that is being judged.
    var moment: Moment
}

/// One correlation at work.
protocol Correlating: AnyObject {
    /// The index of its rule.
    var rule: Int { get }
    /// The correlators that refer to it, by index.
    var dependents: [Int] { get set }
    /// Its alerts.
    var alerts: AlertPool { get }

    /// Takes a group that is due within the run of rows that is being judged.
    func addDue(_ entry: Deadlines.Entry)
    /// The changes of onsets since the last call.
    func takeOnsetChanges() -> [OnsetChange]
    /// Lets go of the alerts that are gone, once those who refer to them have been told.
    func removeDropped()
    /// The identifier of an alert.
    func identifier(_ group: Int, onset: Instant, symbols: borrowing SymbolTable) -> String
    /// The values of a group.
    func groupSymbols(_ group: Int) -> [Symbol]
    /// How many groups there are.
    var groupCount: Int { get }
    /// Takes stream time back: what has been derived beyond an instant is undone.
    func rewind(to instant: Instant)
    /// Marks every group as changed within a span, for a change in the stream's first event.
    func originMoved(from old: Instant?, to new: Instant?)
    /// Takes what has become of the ceasefires.
    func ceasefiresChanged(_ change: CeasefireClock.Change, symbols: inout SymbolTable)
    /// How far what happens at an instant depends on what came before it, as far as that is bounded.
    var lookBack: Timespan { get }
    /// The start of what holds, or still matters, at an instant; the instant itself if nothing does.
    func oldestRelevant(at instant: Instant) -> Instant
    /// How long before an instant an event can matter at it.
    var reach: Timespan { get }
    /// The alerts that stand.
    func standing(symbols: borrowing SymbolTable) -> [Alert]
    /// The alert of an id and an onset; nil if there is none.
    func alert(_ id: String, onset: Instant, symbols: borrowing SymbolTable) -> Alert?
    /// The groups for which it is not decided yet whether the rule will hold, and when it will be.
    func undecided(symbols: borrowing SymbolTable) -> [Summary.Undecided]
}
