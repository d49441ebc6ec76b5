/// What is known of a text that was met before, so that it need not be looked at again.
struct TextTraits: OptionSet {
    let rawValue: UInt8

    /// It is well-formed UTF-8, and stands in JSON and in cells without quotes as it is: no quote, backslash or control
    /// character is in it.
    static let plain = TextTraits(rawValue: 1)
    /// There is something in it, and nothing at its ends that would be trimmed.
    static let trimmed = TextTraits(rawValue: 2)

    init(rawValue: UInt8) { self.rawValue = rawValue }

    init(of text: ByteView) {
        let isPlain = text.buffer.allSatisfy { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5c }
        var traits: TextTraits = isPlain && UTF8Check.firstError(in: text) == nil ? .plain : []
        if !text.isEmpty, text.trimmed.count == text.count { traits.insert(.trimmed) }
        self = traits
    }
}
