/// Reads the pieces that times are made of, from left to right.
struct TimeCursor {
    private let text: ByteView
    private(set) var position = 0

    /// An offset from UTC behind a time.
    enum Offset {
        /// There is none.
        case missing
        /// So many seconds east.
        case given(Int)
        /// Something is there that is no offset.
        case malformed
    }

    init(_ text: ByteView) { self.text = text }

    var isAtEnd: Bool { position == text.count }
    var peek: UInt8 { position < text.count ? text[position] : 0 }
    var isAtDigit: Bool { peek &- 0x30 <= 9 }

    mutating func take(_ character: Unicode.Scalar) -> Bool { take(byte: UInt8(ascii: character)) }

    /// Takes one byte, which may be part of a character.
    mutating func take(byte: UInt8) -> Bool {
        guard position < text.count, text[position] == byte else { return false }
        position += 1
        return true
    }

    /// A number of at least so many digits and no more than the other.
    mutating func number(_ least: Int, _ most: Int) -> Int? {
        let start = position
        var value = 0
        while position - start < most, isAtDigit {
            value = value * 10 + Int(peek - 0x30)
            position += 1
        }
        return position - start >= least ? value : nil
    }

    mutating func skipSpaces() {
        while peek == 0x20 { position += 1 }
    }

    /// An English month, whole or its first three letters, with an optional point behind.
    mutating func monthName() -> Int? {
        let start = position
        while peek | 0x20 >= 0x61, peek | 0x20 <= 0x7a { position += 1 }
        let word = text.slice(start, position).text.lowercased()
        _ = take(".")
        let month = word == "sept" ? "sep" : word
        let index = TimeCursor.months.firstIndex { $0 == month || $0.prefix(3) == month }
        return index.map { $0 + 1 }
    }

    /// `HH:MM[:SS[.fraction]]` in milliseconds.
    mutating func clock() -> Int? {
        guard let hour = number(1, 2), hour < 24, take(":"), let minute = number(2, 2), minute < 60 else { return nil }
        var milliseconds = (hour * 60 + minute) * 60_000
        guard take(":") else { return milliseconds }
        // A leap second is taken as the second after.
        guard let second = number(2, 2), second <= 60 else { return nil }
        milliseconds += second * 1000
        guard take(".") || take(",") else { return milliseconds }
        guard let fraction = fraction() else { return nil }
        return milliseconds + fraction
    }

    /// The digits behind a point, in milliseconds; finer ones are cut off.
    mutating func fraction() -> Int? {
        guard isAtDigit else { return nil }
        var value = 0
        var unit = 100
        while isAtDigit {
            value += Int(peek - 0x30) * unit
            unit /= 10
            position += 1
        }
        return value
    }

    /// `Z`, `UTC`, `+05:00`, `+0500` or `+05`, perhaps behind a space.
    mutating func offset() -> Offset {
        skipSpaces()
        if isAtEnd { return .missing }
        if take("Z") || take("z") { return .given(0) }
        let rest = text.slice(position, text.count)
        if rest.equals("UTC") || rest.equals("GMT") {
            position = text.count
            return .given(0)
        }
        let isNegative = peek == UInt8(ascii: "-")
        guard take("+") || take("-"), let hours = number(2, 2), hours < 24 else { return .malformed }
        var minutes = 0
        if take(":") || isAtDigit {
            guard let given = number(2, 2), given < 60 else { return .malformed }
            minutes = given
        }
        let seconds = (hours * 60 + minutes) * 60
        return .given(isNegative ? -seconds : seconds)
    }

    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]
}
