import Diagnostics
import Events
import Monitoring
import Rulebook

/// Runs tests of rules. It opens no file and reads no clock: the same tests give the same outcomes.
public struct TestRunner: Sendable {
    /// How to run.
    public struct Options: Sendable {
        /// In how many orders of arrival a test is run beside the one it states.
        public var shuffles = 5
        /// What those orders are drawn from.
        public var seed: UInt64 = 20_140_301
        /// The zone of times without an offset.
        public var timeZone: TimeZoneRules = .utc
        /// Finds a zone by name; for profiles that name one.
        public var findTimeZone: @Sendable (String) -> TimeZoneRules? = { _ in nil }

        /// Five orders, times in UTC.
        public init() {}
    }

    /// The rule book.
    public let rulebook: Rulebook
    let options: Options

    /// Creates a runner of the tests of a rule book.
    public init(rulebook: Rulebook, options: Options = Options()) {
        self.rulebook = rulebook
        self.options = options
    }

    /// Runs a test.
    public func run(_ test: RuleTest) -> TestOutcome {
        var outcome = TestOutcome(test: test)
        if test.isBroken {
            outcome.failures.append(.broken)
            return outcome
        }
        if test.sources.isEmpty {
            outcome.failures.append(.noRules)
            return outcome
        }
        let scenario = scenario(of: test)
        let book = rulebook.restricted(to: test.sources)
        var orders = ArrivalOrders(test, seed: options.seed)
        let evaluation = scenario.follow(book, order: orders.stated)
        for (event, diagnostic) in evaluation.rejections {
            outcome.failures.append(.rejected(event: event, reason: diagnostic.message))
        }
        if !outcome.failures.isEmpty { return outcome }
        outcome.failures += evaluation.failures(of: test, in: rulebook)
        // Within a horizon the order of arrival makes a difference, and is meant to.
        guard test.horizon == .unlimited, test.events.count > 1 else { return outcome }
        for shuffle in 0..<options.shuffles {
            let order = orders.next()
            let standing = scenario.standingNotices(book, order: order)
            let difference = Difference(between: evaluation.standing, and: standing, in: rulebook)
            if difference.isEmpty { continue }
            outcome.failures.append(.order(shuffle: shuffle + 1, order: order, difference))
            break
        }
        return outcome
    }

    func scenario(of test: RuleTest) -> Scenario {
        Scenario(test, timeZone: options.timeZone, findTimeZone: options.findTimeZone)
    }
}

extension Evaluation {
    /// In what it differs from what a test says.
    func failures(of test: RuleTest, in rulebook: Rulebook) -> [TestFailure] {
        let sources = Set(test.sources)
        var failures: [TestFailure] = []
        var place = 0
        for arrival in test.arrivals ?? [] {
            let changes = arrival.event == nil ? end : steps[place]
            if arrival.event != nil { place += 1 }
            guard let emitted = arrival.emitted else { continue }
            let difference = Difference(emitted, changes.filter { sources.contains($0.source) }, in: rulebook)
            if !difference.isEmpty { failures.append(.emitted(at: arrival, difference)) }
        }
        // A test that only says what is emitted says nothing of what stands at the end.
        guard test.statesStanding else { return failures }
        let difference = Difference(test.expected, standing.filter { sources.contains($0.source) }, in: rulebook)
        if !difference.isEmpty { failures.append(.standing(difference)) }
        return failures
    }
}

/// How a test went.
public struct TestOutcome: Sendable {
    /// The test.
    public var test: RuleTest
    /// What is wrong; empty where it passes.
    public var failures: [TestFailure] = []

    /// Whether everything came as expected.
    public var passes: Bool { failures.isEmpty }
}

/// Why a test fails.
public enum TestFailure: Sendable {
    /// It is written wrongly; diagnostics say how.
    case broken
    /// There are no rules that it could test.
    case noRules
    /// A record of it could not be used.
    case rejected(event: Int, reason: String)
    /// Other alerts stand at the end than expected.
    case standing(Difference)
    /// Something else was emitted at an arrival than expected.
    case emitted(at: RuleTest.Arrival, Difference)
    /// Other alerts stand in another order of arrival: the number of the order, the records in it, the difference.
    case order(shuffle: Int, order: [Int], Difference)
}
