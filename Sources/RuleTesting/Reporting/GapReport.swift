import Diagnostics
import Rulebook

/// What the tests of a rule book leave out: what they do not reach, or changes they do not notice.
public struct GapReport: Sendable {
    /// Something that is left out.
    public struct Gap: Sendable, Equatable {
        /// The rule, or the risk.
        public var source: AlertSource
        /// What it is, in the words by which a reason beside the rule names it.
        public var what: String
        /// What it is about.
        public var location: Location
    }

    /// How many things there were to reach, or changes to notice.
    public var count = 0
    /// Those that are left out without a reason, in the order of the rule book.
    public var gaps: [Gap] = []
    /// How many are left out for a reason that is written beside the rule.
    public var acceptedCount = 0
    /// Rules and risks that no test concerns, so that nothing of them is reached or noticed.
    public var untested: [AlertSource] = []
    /// How many things of those there are.
    public var untestedCount = 0
    /// The places of the reasons that were needed.
    public var neededReasons: Set<Location> = []

    /// How much is left out without a reason, that of the rules without any test included.
    public var leftOutCount: Int { gaps.count + untestedCount }

    /// Whether nothing is left out without a reason.
    public var isClean: Bool { gaps.isEmpty && untested.isEmpty }

    /// Notes that no test concerns a rule or a risk of which there are so many things.
    mutating func add(untested source: AlertSource, count: Int) {
        guard count > 0 else { return }
        untested.append(source)
        untestedCount += count
    }

    /// Notes what is left out of a rule or a risk.
    mutating func add(_ gap: Gap, in rulebook: Rulebook) {
        let reason = rulebook.acceptedGaps(of: gap.source).first { $0.what.matches(gap.what, cased: true) }
        if let reason {
            acceptedCount += 1
            neededReasons.insert(reason.location)
        } else {
            gaps.append(gap)
        }
    }
}

extension Rulebook {
    /// The reasons for gaps that none of some reports needed: the tests have closed the gap, or it never was.
    ///
    /// - Parameter reports: those of coverage and of changes, over all tests.
    public func unneededReasons(_ reports: [GapReport]) -> [(source: AlertSource, reason: AcceptedGap)] {
        let needed = reports.reduce(into: Set<Location>()) { $0.formUnion($1.neededReasons) }
        let sources: [AlertSource] = rules.indices.map { .rule($0) } + risks.indices.map { .risk($0) }
        return sources.flatMap { source in
            acceptedGaps(of: source).filter { !needed.contains($0.location) }.map { (source, $0) }
        }
    }
}
