/// Reads the texts of JSON.
enum JSONText {
    /// Reads the text whose opening quote is there; returns what it says and where it ends.
    @inline(__always)
    static func scan(
        _ quote: UnsafePointer<UInt8>, _ fields: inout RecordFields
    ) throws(ScanFailure) -> (FieldSlot, UnsafePointer<UInt8>) {
        var seen = ByteSearch.Block.zero
        let end = ByteSearch.endOfPlainText(quote + 1, seen: &seen)
        guard end[0] == 0x22 else { return try scanEscaped(quote, &fields) }
        var slot = FieldSlot()
        slot.start = Int32(truncatingIfNeeded: quote + 1 - fields.input)
        slot.end = Int32(truncatingIfNeeded: end - fields.input)
        if ByteSearch.sawNonASCII(seen) { try check(fields.text(slot), fields) }
        return (slot, end + 1)
    }

    @inline(never)
    private static func check(_ text: ByteView, _ fields: borrowing RecordFields) throws(ScanFailure) {
        guard let index = UTF8Check.firstError(in: text) else { return }
        throw ScanFailure(
            "bad-utf8", "a text is not UTF-8", at: text.base + index - fields.input,
            help: "is the file in another encoding, such as Windows-1252?")
    }

    /// Reads a text with escapes into the memory of decoded texts.
    @inline(never)
    private static func scanEscaped(
        _ quote: UnsafePointer<UInt8>, _ fields: inout RecordFields
    ) throws(ScanFailure) -> (FieldSlot, UnsafePointer<UInt8>) {
        var slot = FieldSlot()
        slot.isDecoded = true
        slot.start = Int32(truncatingIfNeeded: fields.decodedCount)
        var at = quote + 1
        while at[0] != 0x22 {
            if at[0] < 0x20 { throw controlCharacter(at, fields) }
            if at[0] == 0x5c {
                at = try escape(at, &fields)
            } else {
                fields.decode(at[0])
                at += 1
            }
        }
        try check(ByteView(base: quote + 1, count: at - quote - 1), fields)
        slot.end = Int32(truncatingIfNeeded: fields.decodedCount)
        return (slot, at + 1)
    }

    private static func controlCharacter(
        _ at: UnsafePointer<UInt8>, _ fields: borrowing RecordFields
    ) -> ScanFailure {
        let isEnd = at[0] == 0x0a || at[0] == 0
        return ScanFailure(
            "bad-json", isEnd ? "the text is not closed by '\"'" : "a control character stands in a text unescaped",
            at: at - fields.input)
    }

    /// Decodes the escape that begins with the backslash there and returns where it ends.
    private static func escape(
        _ backslash: UnsafePointer<UInt8>, _ fields: inout RecordFields
    ) throws(ScanFailure) -> UnsafePointer<UInt8> {
        switch backslash[1] {
        case 0x22, 0x5c, 0x2f: fields.decode(backslash[1])
        case UInt8(ascii: "b"): fields.decode(0x08)
        case UInt8(ascii: "f"): fields.decode(0x0c)
        case UInt8(ascii: "n"): fields.decode(0x0a)
        case UInt8(ascii: "r"): fields.decode(0x0d)
        case UInt8(ascii: "t"): fields.decode(0x09)
        case UInt8(ascii: "u"): return try unicode(backslash, &fields)
        default:
            throw ScanFailure(
                "bad-json",
                "a backslash is followed by \(JSONScanner.name(of: backslash[1])), which is no escape of JSON",
                at: backslash - fields.input)
        }
        return backslash + 2
    }

    /// Decodes `\u` and four digits, or two of them that make one character.
    private static func unicode(
        _ backslash: UnsafePointer<UInt8>, _ fields: inout RecordFields
    ) throws(ScanFailure) -> UnsafePointer<UInt8> {
        guard let unit = hexadecimal(backslash + 2) else {
            throw ScanFailure(
                "bad-json", "\\u is not followed by four hexadecimal digits", at: backslash - fields.input)
        }
        var end = backslash + 6
        var code = UInt32(unit)
        if unit & 0xfc00 == 0xd800, end[0] == 0x5c, end[1] == UInt8(ascii: "u"), let low = hexadecimal(end + 2),
            low & 0xfc00 == 0xdc00
        {
            code = 0x10000 + (UInt32(unit) - 0xd800) << 10 + (UInt32(low) - 0xdc00)
            end += 6
        }
        guard let scalar = Unicode.Scalar(code) else {
            throw ScanFailure("bad-json", "half of a surrogate pair stands alone", at: backslash - fields.input)
        }
        for byte in UTF8.encode(scalar).map(Array.init) ?? [] { fields.decode(byte) }
        return end
    }

    private static func hexadecimal(_ digits: UnsafePointer<UInt8>) -> UInt16? {
        var value: UInt16 = 0
        for index in 0..<4 {
            let byte = digits[index]
            let digit: UInt8
            switch byte {
            case 0x30...0x39: digit = byte - 0x30
            case 0x41...0x46, 0x61...0x66: digit = (byte | 0x20) - 0x57
            default: return nil
            }
            value = value << 4 | UInt16(digit)
        }
        return value
    }
}
