import Diagnostics
import Events

/// JSON Lines, arrays and wrapped arrays: the same in one piece and in many, and a line is a record only if it is JSON.
struct JSONTarget: FuzzTarget {
    mutating func run(_ input: [UInt8]) {
        var draw = Draw(from: input)
        _ = Reading.checked(input, &draw)
        judgeLine(of: input)
    }

    /// Reads the first line behind one that settles that it is JSON Lines, and asks an independent judge whether it is JSON.
    private func judgeLine(of input: [UInt8]) {
        let line = input.prefix { $0 != 0x0a }
        guard line.contains(where: { $0 > 0x20 }) else { return }
        let reading = Reading([Array(#"{"id":"first","time":0}"#.utf8)[...], [0x0a], line])
        let refusals = reading.refusals.filter { $0.diagnostic.location.line == 2 }
        let syntax = ["bad-json", "bad-utf8", "too-deep"]
        let isRefused = refusals.contains { syntax.contains($0.diagnostic.id) }
        var judge = JSONJudge(Array(line))
        expect(isRefused != judge.isObject(), "\(refusals.map(\.diagnostic))")
    }
}

/// Tells whether bytes are one JSON object (RFC 8259) within the limits of the reader: numbers that are finite, no half of a
/// surrogate pair, nesting no deeper than 64.
private struct JSONJudge {
    private let bytes: [UInt8]
    private var at = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func isObject() -> Bool {
        guard String(validating: bytes, as: UTF8.self) != nil else { return false }
        skipSpaces()
        guard peek == UInt8(ascii: "{"), value(depth: 0) else { return false }
        skipSpaces()
        return at == bytes.count
    }

    private var peek: UInt8? { at < bytes.count ? bytes[at] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        at += 1
        return true
    }

    private mutating func skipSpaces() {
        while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0d { at += 1 }
    }

    private mutating func value(depth: Int) -> Bool {
        switch peek {
        case UInt8(ascii: "{"): return depth < 64 && members("{", "}", depth, isObject: true)
        case UInt8(ascii: "["): return depth < 64 && members("[", "]", depth, isObject: false)
        case UInt8(ascii: "\""): return text()
        case UInt8(ascii: "t"): return word("true")
        case UInt8(ascii: "f"): return word("false")
        case UInt8(ascii: "n"): return word("null")
        default: return number()
        }
    }

    private mutating func members(
        _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ depth: Int, isObject: Bool
    ) -> Bool {
        _ = take(open)
        skipSpaces()
        if take(close) { return true }
        while true {
            skipSpaces()
            if isObject {
                guard text() else { return false }
                skipSpaces()
                guard take(":") else { return false }
                skipSpaces()
            }
            guard value(depth: depth + 1) else { return false }
            skipSpaces()
            if take(close) { return true }
            guard take(",") else { return false }
        }
    }

    private mutating func word(_ word: String) -> Bool {
        guard bytes[at...].starts(with: word.utf8) else { return false }
        at += word.utf8.count
        return true
    }

    private mutating func number() -> Bool {
        let start = at
        _ = take("-")
        if !take("0") { guard digits() else { return false } }
        if take(".") { guard digits() else { return false } }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            guard digits() else { return false }
        }
        return Double(String(decoding: bytes[start..<at], as: UTF8.self))?.isFinite == true
    }

    private mutating func digits() -> Bool {
        let start = at
        while let byte = peek, byte >= 0x30, byte <= 0x39 { at += 1 }
        return at > start
    }

    private mutating func text() -> Bool {
        guard take("\"") else { return false }
        while let byte = peek {
            at += 1
            switch byte {
            case UInt8(ascii: "\""): return true
            case UInt8(ascii: "\\"): guard escape() else { return false }
            case 0..<0x20: return false
            default: continue
            }
        }
        return false
    }

    private mutating func escape() -> Bool {
        guard let byte = peek else { return false }
        at += 1
        if byte != UInt8(ascii: "u") { return Array(#""\/bfnrt"#.utf8).contains(byte) }
        guard let unit = hexadecimal() else { return false }
        if unit & 0xfc00 == 0xdc00 { return false }
        if unit & 0xfc00 != 0xd800 { return true }
        guard take("\\"), take("u"), let low = hexadecimal() else { return false }
        return low & 0xfc00 == 0xdc00
    }

    private mutating func hexadecimal() -> UInt16? {
        guard at + 4 <= bytes.count else { return nil }
        let digits = bytes[at..<at + 4]
        guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit && $0 < 0x80 }) else { return nil }
        at += 4
        return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
