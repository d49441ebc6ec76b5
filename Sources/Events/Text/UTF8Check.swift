/// Whether bytes are UTF-8.
enum UTF8Check {
    /// The index of the first byte that belongs to no well-formed character; nil if there is none.
    static func firstError(in text: ByteView) -> Int? {
        var index = 0
        while index < text.count {
            let lead = text[index]
            if lead < 0x80 {
                index += 1
                continue
            }
            let length = length(at: index, in: text, lead: lead)
            if length == 0 { return index }
            index += length
        }
        return nil
    }

    /// The length of the character of several bytes there, 0 if it is malformed (overlong, a surrogate, out of range, cut).
    private static func length(at index: Int, in text: ByteView, lead: UInt8) -> Int {
        let left = text.count - index
        guard left >= 2 else { return 0 }
        let next = text[index + 1]
        switch lead {
        case 0xc2...0xdf: return isTrailing(next) ? 2 : 0
        case 0xe0...0xef:
            guard left >= 3, isTrailing(next), isTrailing(text[index + 2]) else { return 0 }
            let isWrong = (lead == 0xe0 && next < 0xa0) || (lead == 0xed && next >= 0xa0)
            return isWrong ? 0 : 3
        case 0xf0...0xf4:
            guard left >= 4, isTrailing(next), isTrailing(text[index + 2]), isTrailing(text[index + 3]) else {
                return 0
            }
            let isWrong = (lead == 0xf0 && next < 0x90) || (lead == 0xf4 && next >= 0x90)
            return isWrong ? 0 : 4
        default: return 0
        }
    }

    private static func isTrailing(_ byte: UInt8) -> Bool { byte & 0xc0 == 0x80 }
}
