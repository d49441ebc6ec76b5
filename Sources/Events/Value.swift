/// The value of a field as rules see it.
///
/// Values compare exactly: numbers by value, and a number never equals a text.
public indirect enum Value: Hashable, Sendable {
    /// The field is not there (or null, or an empty CSV cell).
    case absent
    /// A text.
    case text(String)
    /// A finite number.
    case number(Double)
    /// `true` or `false`.
    case boolean(Bool)
    /// Several values; never holds a list or an absent value, and has no fewer than one member.
    case list([Value])
}
