import Events
import Rulebook

/// What makes two tests the same, so that each is evaluated once however many conditions share it.
struct TestKey: Hashable {
    private var field: String
    private var test: Form

    /// The key of a test.
    init(_ test: FieldTest) {
        field = test.field
        self.test = Form(test.test)
    }

    /// A value test, with a regular expression known by its identity.
    private indirect enum Form: Hashable {
        case like(WildcardPattern, cased: Bool)
        case equalsNumber(Double)
        case equalsBoolean(Bool)
        case matches(ObjectIdentifier)
        case absent
        case exists(Bool)
        case compareNumber(Comparison, Double)
        case compareInstant(Comparison, Instant)
        case equalsField(String, cased: Bool)
        case likeField(String, ValueTest.Affix, cased: Bool)
        case compareField(Comparison, String)
        case calendar(CalendarComponent, Form)
        case withinKilometers(Double, Double, Double)

        init(_ test: ValueTest) {
            switch test {
            case .like(let pattern, let cased): self = .like(pattern, cased: cased)
            case .equalsNumber(let number): self = .equalsNumber(number)
            case .equalsBoolean(let boolean): self = .equalsBoolean(boolean)
            case .matches(let expression): self = .matches(ObjectIdentifier(expression))
            case .absent: self = .absent
            case .exists(let isThere): self = .exists(isThere)
            case .compareNumber(let comparison, let number): self = .compareNumber(comparison, number)
            case .compareInstant(let comparison, let instant): self = .compareInstant(comparison, instant)
            case .equalsField(let field, let cased): self = .equalsField(field, cased: cased)
            case .likeField(let field, let affix, let cased): self = .likeField(field, affix, cased: cased)
            case .compareField(let comparison, let field): self = .compareField(comparison, field)
            case .calendar(let component, let inner): self = .calendar(component, Form(inner))
            case .withinKilometers(let latitude, let longitude, let distance):
                self = .withinKilometers(latitude, longitude, distance)
            }
        }
    }
}
