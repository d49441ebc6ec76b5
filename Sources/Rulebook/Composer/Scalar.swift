import Events

/// A scalar of YAML as written, and what it means by the core schema of YAML 1.2.
///
/// Quoted and block scalars are texts. Of plain ones only `true` and `false` (in three spellings) are booleans: `yes`,
/// `no`, `on` and `off` are texts, since they are names and answers in rules far more often than truth values.
struct Scalar: Sendable {
    /// What a scalar means.
    enum Value: Equatable, Sendable {
        case null
        case boolean(Bool)
        case number(Double)
        case text
    }

    /// The text, with escapes and folding done.
    let text: String
    /// Whether it was written without quotes and not as a block.
    let isPlain: Bool
    /// How many code points it takes in the file, quotes included.
    let span: Int
    /// What it means.
    let value: Value

    init(text: String, isPlain: Bool, span: Int, isText: Bool) {
        self.text = text
        self.isPlain = isPlain
        self.span = span
        value = isText ? .text : Scalar.resolve(text)
    }

    /// The point in time it is read as, the way those of events are; a number is none, though sources count seconds.
    func instant(in timeZone: TimeZoneRules) -> Instant? {
        guard case .text = Scalar.resolve(text) else { return nil }
        return TimeText.read(text, in: timeZone)?.instant
    }

    /// Whether it would be a number without its quotes.
    var readsAsNumber: Bool { if case .number = Scalar.resolve(text) { true } else { false } }

    /// What a plain scalar means.
    static func resolve(_ text: String) -> Value {
        switch text {
        case "", "~", "null", "Null", "NULL": .null
        case "true", "True", "TRUE": .boolean(true)
        case "false", "False", "FALSE": .boolean(false)
        case ".nan", ".NaN", ".NAN": .number(.nan)
        default: number(text).map { .number($0) } ?? .text
        }
    }

    private static func number(_ text: String) -> Double? {
        let bytes = Array(text.utf8.prefix(64))
        guard bytes.count == text.utf8.count, let first = bytes.first else { return nil }
        if bytes.starts(with: [0x30, 0x78]) { return UInt64(text.dropFirst(2), radix: 16).map { Double($0) } }
        if bytes.starts(with: [0x30, 0x6F]) { return UInt64(text.dropFirst(2), radix: 8).map { Double($0) } }
        let isSigned = first == 0x2B || first == 0x2D
        let digits = bytes.dropFirst(isSigned ? 1 : 0)
        if [".inf", ".Inf", ".INF"].contains(String(decoding: digits, as: UTF8.self)) {
            return first == 0x2D ? -.infinity : .infinity
        }
        guard isDecimal(digits) else { return nil }
        // The standard library does not read a number that ends in its decimal point.
        let readable = text.replacing(".e", with: ".0e").replacing(".E", with: ".0E")
        return Double(readable.hasSuffix(".") ? readable + "0" : readable)
    }

    /// Whether it is `[0-9]+(\.[0-9]*)?` or `\.[0-9]+`, with an exponent or without.
    private static func isDecimal(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        let whole = takeDigits(&rest)
        var fraction = 0
        if rest.first == 0x2E {
            rest = rest.dropFirst()
            fraction = takeDigits(&rest)
        }
        guard whole + fraction > 0 else { return false }
        guard rest.first == 0x65 || rest.first == 0x45 else { return rest.isEmpty }
        rest = rest.dropFirst()
        if rest.first == 0x2B || rest.first == 0x2D { rest = rest.dropFirst() }
        return takeDigits(&rest) > 0 && rest.isEmpty
    }

    private static func takeDigits(_ bytes: inout ArraySlice<UInt8>) -> Int {
        let digits = bytes.prefix { $0 >= 0x30 && $0 <= 0x39 }.count
        bytes = bytes.dropFirst(digits)
        return digits
    }
}
