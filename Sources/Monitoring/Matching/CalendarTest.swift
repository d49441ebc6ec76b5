import Events
import Rulebook

/// A test on a component of an instant.
struct CalendarTest {
    private let component: CalendarComponent
    private let test: ValueTest
    private let zone: TimeZoneRules

    /// Creates a test whose components are those of a zone's clocks.
    init(_ component: CalendarComponent, _ test: ValueTest, in zone: TimeZoneRules) {
        self.component = component
        self.test = test
        self.zone = zone
    }

    /// Whether an instant meets it.
    func isMet(by instant: Instant) -> Bool {
        CalendarTest.meets(Double(value(at: instant)), test)
    }

    private func value(at instant: Instant) -> Int {
        let time = CivilTime(instant, in: zone)
        switch component {
        case .minute: return time.minute
        case .hour: return time.hour
        case .day: return time.date.day
        case .week: return time.date.isoWeek.week
        case .month: return time.date.month
        case .year: return time.date.year
        }
    }

    private static func meets(_ number: Double, _ test: ValueTest) -> Bool {
        switch test {
        case .equalsNumber(let expected): number == expected
        case .compareNumber(let comparison, let bound): comparison.holds(number, bound)
        case .like(let pattern, let cased): WildcardMatcher(pattern, cased: cased).matches(NumberText.shortest(number))
        case .matches(let expression): expression.isFound(in: NumberText.shortest(number))
        case .exists(let isThere): isThere
        default: false
        }
    }
}
