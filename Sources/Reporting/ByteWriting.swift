import Events

extension [UInt8] {
    /// Appends a text as UTF-8.
    mutating func append(_ text: String) { append(contentsOf: text.utf8) }

    /// Appends a whole number in decimal.
    mutating func append(decimal number: Int64) {
        if number < 0 { append(UInt8(ascii: "-")) }
        var rest = number.magnitude
        var power: UInt64 = 1
        while rest / power >= 10 { power *= 10 }
        while power > 0 {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / power))
            rest %= power
            power /= 10
        }
    }

    /// Appends a number of two digits, zeros in front; larger ones keep all their digits.
    mutating func append(twoDigits number: Int) {
        guard (0..<100).contains(number) else { return append(decimal: Int64(number)) }
        append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10))
        append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
    }

    /// Appends a number as JSON, in its shortest form; what is not finite is `null`.
    public mutating func append(jsonNumber number: Double) {
        guard number.isFinite else { return append("null") }
        if let whole = Int64(exactly: number), whole.magnitude < 1 << 53 { return append(decimal: whole) }
        append(NumberText.shortest(number))
    }

    /// Appends UTF-8 as a JSON text, quotes included.
    ///
    /// Besides what JSON asks for, the other control characters (DEL and U+0080 to U+009F) are escaped too, so that a line
    /// shown on a terminal cannot steer it.
    mutating func append(jsonText utf8: some Sequence<UInt8>) {
        append(UInt8(ascii: "\""))
        if appendPlain(utf8) { return append(UInt8(ascii: "\"")) }
        var isAfterC2 = false
        for byte in utf8 {
            if isAfterC2 {
                isAfterC2 = false
                if byte < 0xA0 {
                    append(escapedControl: byte)
                    continue
                }
                append(0xC2)
            }
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                append(UInt8(ascii: "\\"))
                append(byte)
            case 0..<0x20, 0x7F: append(escapedControl: byte)
            case 0xC2: isAfterC2 = true
            default: append(byte)
            }
        }
        append(UInt8(ascii: "\""))
    }

    /// Appends UTF-8 as it is if nothing in it has to be escaped; whether that was so.
    private mutating func appendPlain(_ utf8: some Sequence<UInt8>) -> Bool {
        let isPlain = utf8.withContiguousStorageIfAvailable { bytes in
            for byte in bytes where byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F || byte == 0xC2 {
                return false
            }
            append(contentsOf: bytes)
            return true
        }
        return isPlain ?? false
    }

    /// Appends a text as a JSON text, quotes included.
    public mutating func append(jsonText text: String) { append(jsonText: text.utf8) }

    /// Appends a value as JSON.
    public mutating func append(json value: Value) {
        switch value {
        case .absent: append("null")
        case .text(let text): append(jsonText: text)
        case .number(let number): append(jsonNumber: number)
        case .boolean(let boolean): append(boolean ? "true" : "false")
        case .list(let members):
            append(UInt8(ascii: "["))
            for (index, member) in members.enumerated() {
                if index > 0 { append(UInt8(ascii: ",")) }
                append(json: member)
            }
            append(UInt8(ascii: "]"))
        }
    }

    private mutating func append(escapedControl byte: UInt8) {
        switch byte {
        case 0x08: append("\\b")
        case 0x09: append("\\t")
        case 0x0A: append("\\n")
        case 0x0C: append("\\f")
        case 0x0D: append("\\r")
        default:
            append("\\u00")
            append(hexadecimalDigit: byte >> 4)
            append(hexadecimalDigit: byte & 15)
        }
    }

    private mutating func append(hexadecimalDigit digit: UInt8) {
        append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
}
