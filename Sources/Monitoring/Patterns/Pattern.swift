import Events
import Rulebook

/// When a rule holds for a group, as a function of the group's timeline.
///
/// A pattern is a constant; what changes is the `State` of each group: what it knows of the timeline at one instant. Truth
/// changes only at edges: where contributions enter, and where `nextEdge` says that they leave or that time is up. A new type
/// of correlation is one new file with a `Pattern`, and one line in `PatternList.swift`.
protocol Pattern<Payload> {
    /// What it needs to know of a contribution.
    associatedtype Payload: ContributionPayload
    /// What it knows of a group's timeline at an instant.
    associatedtype State

    /// The state before the first contribution.
    func initialState() -> State
    /// The state just before an instant, with all edges before it taken.
    func state(before instant: Instant, in timeline: Timeline<Payload>) -> State
    /// The next instant after the state's own at which something leaves, or time is up; nil if that cannot happen without a
    /// contribution. What enters is not its concern.
    func nextEdge(_ state: State) -> Instant?
    /// The next instant after the state's own at which a rule that does not hold may come to hold though nothing enters; nil if
    /// that cannot be. It may be too early, never too late.
    func nextBeginning(_ state: State, in timeline: Timeline<Payload>) -> Instant?
    /// Takes the edges at an instant: what leaves, then what enters.
    func step(_ state: inout State, to instant: Instant, in timeline: Timeline<Payload>)
    /// Whether the rule holds at the state's instant.
    func holds(_ state: inout State) -> Bool
    /// How much more must come in, by weight, before a rule that does not hold may come to hold; 0 where that is not known, or
    /// where time alone can bring it about.
    func shortfall(_ state: State) -> Double
    /// How long before an instant a contribution can make up for that shortfall.
    var restingReach: Timespan { get }
    /// What is measured at the state's instant.
    func figure(_ state: inout State) -> Alert.Figure?
    /// What is told of the state's instant where it is an onset: the figure, with what takes longer to compute.
    func onsetFigure(_ state: inout State) -> Alert.Figure?
    /// The contributions that the state rests on: those to list, and how many there are.
    func evidence(_ state: inout State, in timeline: Timeline<Payload>) -> Evidence
    /// The end of the time in which a contribution at an instant can change what holds or what is measured.
    func influence(of instant: Instant, in timeline: Timeline<Payload>) -> Instant
    /// Whether the rule can come to hold by an edge at which nothing enters; then an idle group is followed over time.
    var canBeginWithoutContribution: Bool { get }
    /// How long before an instant a contribution can matter at it.
    var reach: Timespan { get }
    /// Whether what is older than that rests on nothing else: no state has to be asked how far back it goes.
    var isBoundedByReach: Bool { get }
    /// What the peak is of, by figure: 1 the largest, -1 the smallest, 0 none.
    var peakDirections: (value: Int, pValue: Int) { get }
    /// The time of the oldest contribution that the state rests on; `Instant.distantFuture` if on none.
    func oldestNeeded(_ state: State, in timeline: Timeline<Payload>) -> Instant
    /// Of a group that may come to hold if nothing happens: when.
    func due(_ state: State) -> Instant?
    /// How long after the stream's first event the rule is asked; nil if that event plays no part.
    var originDelay: Timespan? { get }
    /// Whether it goes by when ceasefires took effect.
    var dependsOnCeasefires: Bool { get }
    /// What it remembers of a new group's timeline; nil if nothing.
    func makeNotes() -> (any TimelineNotes)?
    /// Whether it holds at single instants, each with an alert that ends at once.
    static var isInstantaneous: Bool { get }
    /// Whether the figure changes between edges too.
    static var isContinuous: Bool { get }
}

/// What a pattern needs to know of a contribution.
protocol ContributionPayload: Equatable {
    /// How much it brings a rule nearer to hold, at most: a whole number that is not negative.
    var weight: Double { get }
}

extension ContributionPayload {
    var weight: Double { 1 }
}

/// The contributions that an alert rests on.
struct Evidence {
    /// The positions in the timeline among which they are.
    var positions: Range<Int>
    /// Whether that at a position is listed; nil if all are.
    var isListed: ((Int) -> Bool)?
    /// How many there are.
    var count: Int
}

extension Pattern {
    func due(_ state: State) -> Instant? { nil }
    func shortfall(_ state: State) -> Double { 0 }
    var restingReach: Timespan { reach }

    func nextBeginning(_ state: State, in timeline: Timeline<Payload>) -> Instant? { nextEdge(state) }
    var isBoundedByReach: Bool { false }
    var originDelay: Timespan? { nil }
    var dependsOnCeasefires: Bool { false }
    func makeNotes() -> (any TimelineNotes)? { nil }
    func onsetFigure(_ state: inout State) -> Alert.Figure? { figure(&state) }
    static var isInstantaneous: Bool { false }
    static var isContinuous: Bool { false }
}

extension NumericCondition {
    /// Which extreme of a figure is worth telling: 1 the largest, -1 the smallest, 0 none. The first bound that has one decides.
    var peakDirection: Int {
        for term in terms {
            switch term.comparison {
            case .greater, .greaterOrEqual: return 1
            case .less, .lessOrEqual: return -1
            case .equal, .notEqual: continue
            }
        }
        return 0
    }

    /// What a figure must reach to meet it; of bounds from below only.
    var leastFigure: Double { terms.map(\.value).max() ?? 0 }

    /// Whether a figure that falls can come to meet it.
    var canBeMetByFalling: Bool {
        terms.contains { $0.comparison != .greater && $0.comparison != .greaterOrEqual }
    }
}
