import Diagnostics
import Events

/// What an event must meet: tests on fields, joined.
///
/// A detection's selections and its `condition`, with `1 of`, `all of` and wildcards resolved, are already merged here.
/// There are two truth values: a test on an absent field is false, and its negation true.
public indirect enum Condition: Sendable {
    /// A test on one field; a list-valued field meets it if any member does.
    case test(FieldTest)
    /// All of them (true if there are none).
    case all([Condition])
    /// At least one of them (false if there are none).
    case any([Condition])
    /// Not that.
    case not(Condition)
}

/// A test on one field.
public struct FieldTest: Sendable {
    /// The field; `*` stands for the text of every field.
    public var field: String
    /// What its value must meet.
    public var test: ValueTest
    /// The name of the selection it was written in, if any.
    public var selection: String?
    /// Where it is written.
    public var location: Location
    /// Where the value is written that it asks for.
    var valueLocation: Location?

    /// Creates a test.
    public init(field: String, test: ValueTest, selection: String?, location: Location) {
        self.field = field
        self.test = test
        self.selection = selection
        self.location = location
    }
}

/// What a value must meet. Only `absent` and `exists(false)` are met by an absent one.
public indirect enum ValueTest: Sendable {
    /// The text (for a number or boolean its shortest text) matches, wildcards included; without regard to case unless `cased`.
    case like(WildcardPattern, cased: Bool)
    /// It is, or reads as, the same number.
    case equalsNumber(Double)
    /// It is that boolean, or a text that reads so.
    case equalsBoolean(Bool)
    /// A regular expression is found in the text.
    case matches(RegularExpression)
    /// The field is absent (`null`).
    case absent
    /// The field is there, or is not.
    case exists(Bool)
    /// It is, or reads as, a finite number in this relation to another.
    case compareNumber(Comparison, Double)
    /// It is, or reads as, an instant in this relation to another.
    case compareInstant(Comparison, Instant)
    /// It equals another field's value: texts without regard to case unless `cased`, numbers by value; of two lists any pair.
    case equalsField(String, cased: Bool)
    /// Its text begins with, ends with or contains another field's text.
    case likeField(String, Affix, cased: Bool)
    /// It stands in an order relation to another field's value; both finite numbers, or both instants.
    case compareField(Comparison, String)
    /// A component of the instant it is or reads as, in UTC or the zone of the run, meets a number test.
    case calendar(CalendarComponent, ValueTest)
    /// The field is `location`: the event's coordinates lie within so many kilometres of a point (haversine).
    case withinKilometers(latitude: Double, longitude: Double, Double)

    /// Where one text must stand in another.
    public enum Affix: Sendable { case contains, prefix, suffix }
}

/// A part of an instant.
public enum CalendarComponent: String, Sendable, CaseIterable {
    case minute, hour, day, week, month, year
}
