import Events
import Rulebook

/// A value, never a list, in the ways in which tests look at it; each is worked out when first asked for.
struct FieldReading {
    private let value: Value
    private let zone: TimeZoneRules
    /// The text that text tests see.
    let text: String
    /// That text without regard to case.
    private(set) lazy var folded: String = CaseFolding.fold(text)
    /// The finite number that it is or reads as.
    private(set) lazy var number: Double? = readNumber()
    /// The instant that it reads as.
    private(set) lazy var instant: Instant? = isAbsent ? nil : TimeText.read(text, in: zone)?.instant

    /// Reads a symbol's value.
    init(_ symbol: Symbol, symbols: borrowing SymbolTable, zone: TimeZoneRules) {
        value = symbols.value(of: symbol)
        text = symbols.text(of: symbol)
        self.zone = zone
    }

    /// Whether there is no value.
    var isAbsent: Bool { value == .absent }

    /// Whether it is a number rather than a text that may read as one.
    var isNumber: Bool { if case .number = value { true } else { false } }

    /// Whether it is that boolean, or a text that reads so.
    mutating func equals(_ boolean: Bool) -> Bool {
        switch value {
        case .boolean(let own): own == boolean
        case .text: folded == (boolean ? "true" : "false")
        default: false
        }
    }

    /// Whether it equals another: texts by their text, numbers by value.
    mutating func equals(_ other: inout FieldReading, cased: Bool) -> Bool {
        if isAbsent || other.isAbsent { return false }
        if isNumber || other.isNumber, let own = number, let its = other.number { return own == its }
        return text(cased: cased).utf8.elementsEqual(other.text(cased: cased).utf8)
    }

    /// Whether its text begins with, ends with or contains another's.
    mutating func has(_ other: inout FieldReading, at affix: ValueTest.Affix, cased: Bool) -> Bool {
        if isAbsent || other.isAbsent { return false }
        let (own, its) = (Array(text(cased: cased).utf8), Array(other.text(cased: cased).utf8))
        guard its.count <= own.count else { return false }
        switch affix {
        case .prefix: return own.starts(with: its)
        case .suffix: return own.suffix(its.count).elementsEqual(its)
        case .contains: return (0...(own.count - its.count)).contains { own[$0...].starts(with: its) }
        }
    }

    /// Whether it stands in a relation to another; false unless both are numbers, or both instants.
    mutating func stands(_ comparison: Comparison, to other: inout FieldReading) -> Bool {
        if let own = number, let its = other.number { return comparison.holds(own, its) }
        if let own = instant, let its = other.instant { return comparison.holds(own, its) }
        return false
    }

    private mutating func text(cased: Bool) -> String { cased ? text : folded }

    private func readNumber() -> Double? {
        switch value {
        case .number(let number): number
        case .text(let text): NumberReading.read(text)
        default: nil
        }
    }
}
