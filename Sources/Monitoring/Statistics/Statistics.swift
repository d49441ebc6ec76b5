import Events
import Rulebook

/// The statistics of a rule book at work.
final class Statistics {
    private let definitions: [StatisticDefinition]
    private let followers: [StatisticFollower]
    private let clock: StatisticClock
    /// Whether lines are told as they arise; if not, they are only asked for at the end.
    private let tells: Bool

    /// Creates them from the columns that each reads.
    init(definitions: [StatisticDefinition], intakes: [Intake], clock: StatisticClock, tells: Bool) {
        self.definitions = definitions
        self.clock = clock
        self.tells = tells
        followers = zip(definitions, intakes).enumerated().map { index, pair in
            StatisticFollower(index: index, definition: pair.0, intake: pair.1, clock: clock, tells: tells)
        }
    }

    /// Counts an event in, or out, for one of them.
    func receive(
        _ statistic: Int, row: Row, steps: UInt64, isRemoval: Bool, table: EventTable, symbols: borrowing SymbolTable
    ) {
        followers[statistic].receive(row: row, steps: steps, isRemoval: isRemoval, table: table, symbols: symbols)
    }

    /// Takes what is known now of the ceasefires.
    func update(_ spans: [[PhaseSpan]]) {
        guard let start = clock.update(spans) else { return }
        for follower in followers { follower.ceasefiresChanged(from: start) }
    }

    /// Takes stream time to an instant, and tells the lines of all cut-offs up to it, in order.
    func advance(through instant: Instant, _ tell: (Statistic) -> Void) {
        guard tells else { return }
        for follower in followers { order(follower.rewind(to: instant)).forEach(tell) }
        while let cutOff = followers.compactMap({ $0.due(through: instant) }).min() {
            var lines: [Statistic] = []
            for follower in followers where follower.due(through: cutOff) != nil { lines += follower.takeDue() }
            order(lines).forEach(tell)
        }
        for follower in followers { follower.finish(through: instant) }
    }

    /// When lines are due next; nil while none are.
    var nextCutOff: Instant? { tells ? followers.compactMap { $0.due(through: .distantFuture) }.min() : nil }

    /// Tells what changes in lines that were told before.
    func settle(_ tell: (Statistic) -> Void) {
        guard tells else { return }
        order(followers.flatMap { $0.settle() }).forEach(tell)
    }

    /// All lines up to an instant, in the order of the output: by cut-off, name, group as JSON, and window as written.
    func standing(through instant: Instant) -> [Statistic] {
        order(followers.flatMap { $0.standing(through: instant) })
    }

    /// What a monitor's report says at the last cut-off of each up to an instant.
    ///
    /// - Parameter windows: how many windows back each line shows the values of.
    func reports(through instant: Instant, windows: Int) -> [StatisticReport] {
        followers.map { follower in
            let (cutOff, lines) = follower.report(through: instant, windows: windows)
            let sorted = order(lines.map(\.statistic))
            return StatisticReport(
                definition: follower.index, cutOff: cutOff,
                lines: sorted.compactMap { line in lines.first { $0.statistic.id == line.id } })
        }
    }

    /// Adds what was left out.
    func summarize(into summary: inout Summary) {
        for follower in followers {
            summary.statisticsLeftOut.append((withoutGroup: follower.withoutGroup, withoutValue: follower.withoutValue))
        }
    }

    /// Lets go of what no change can reach any more.
    func release(before instant: Instant, keepsStanding: Bool) {
        let effectives = clock.effectives
        for follower in followers {
            follower.release(before: instant, keepsStanding: keepsStanding, effectives: effectives)
        }
    }

    private func order(_ lines: [Statistic]) -> [Statistic] {
        if lines.count < 2 { return lines }
        var texts: [[Alert.GroupValue]: String] = [:]
        let keyed = lines.map { line in
            let text = texts[line.group] ?? AlertIdentity.text(of: line.group)
            texts[line.group] = text
            let window = definitions[line.definition].windows.firstIndex(of: line.window) ?? 0
            return (line: line, name: definitions[line.definition].name, group: text, window: window)
        }
        return keyed.sorted { left, right in
            if left.line.cutOff != right.line.cutOff { return left.line.cutOff < right.line.cutOff }
            if left.name != right.name { return left.name.precedesByCodePoint(right.name) }
            if left.group != right.group { return left.group.precedesByCodePoint(right.group) }
            if left.window != right.window { return left.window < right.window }
            return left.line.status.rawValue < right.line.status.rawValue
        }.map(\.line)
    }
}

/// What a monitor's report says of one statistic.
public struct StatisticReport: Sendable {
    /// A line, and what came before it.
    public struct Line: Sendable {
        /// The line.
        public var statistic: Statistic
        /// The values of the last windows, oldest first, its own the last; nil where there is none.
        public var history: [Double?]

        /// Creates a line.
        public init(statistic: Statistic, history: [Double?]) {
            self.statistic = statistic
            self.history = history
        }
    }

    /// The definition, by index.
    public var definition: Int
    /// The cut-off.
    public var cutOff: Instant
    /// The lines, in the order of the output; empty where nothing lies in any window.
    public var lines: [Line]

    /// Creates a report.
    public init(definition: Int, cutOff: Instant, lines: [Line]) {
        self.definition = definition
        self.cutOff = cutOff
        self.lines = lines
    }
}
