/// What a compiled zone file (TZif, RFC 9636) says.
struct ZoneFile {
    private(set) var initialOffset = 0
    private(set) var transitions: [Int64] = []
    private(set) var offsets: [Int32] = []
    private(set) var footer: RecurringZoneRule?

    private struct Counts {
        var isUT: Int
        var isStandard: Int
        var leaps: Int
        var transitions: Int
        var types: Int
        var characters: Int

        /// How long the data are where times take so many bytes.
        func length(timeSize: Int) -> Int {
            transitions * (timeSize + 1) + types * 6 + characters + leaps * (timeSize + 4) + isStandard + isUT
        }
    }

    init?(_ bytes: [UInt8]) {
        guard let (version, counts) = ZoneFile.header(bytes, at: 0) else { return nil }
        if version == 0 {
            guard read(bytes, from: 44, counts, timeSize: 4) else { return nil }
            return
        }
        // Version 2 and later repeat everything with 64-bit times after the 32-bit data.
        let second = 44 + counts.length(timeSize: 4)
        guard let (_, wide) = ZoneFile.header(bytes, at: second),
            read(bytes, from: second + 44, wide, timeSize: 8)
        else { return nil }
        let end = second + 44 + wide.length(timeSize: 8)
        guard end < bytes.count, bytes[end] == 0x0a, let close = bytes[(end + 1)...].firstIndex(of: 0x0a) else {
            return nil
        }
        let text = bytes[(end + 1)..<close]
        if text.isEmpty { return }
        guard let rule = RecurringZoneRule(Array(text)) else { return nil }
        footer = rule
    }

    private static func header(_ bytes: [UInt8], at start: Int) -> (UInt8, Counts)? {
        guard start + 44 <= bytes.count, bytes[start..<(start + 4)].elementsEqual("TZif".utf8) else { return nil }
        let numbers = (0..<6).map { Int(big(bytes, at: start + 20 + $0 * 4, size: 4)) }
        guard numbers.allSatisfy({ $0 >= 0 && $0 <= 1 << 20 }) else { return nil }
        let version = bytes[start + 4]
        return (
            version == 0 ? 0 : version,
            Counts(
                isUT: numbers[0], isStandard: numbers[1], leaps: numbers[2], transitions: numbers[3],
                types: numbers[4], characters: numbers[5])
        )
    }

    private mutating func read(_ bytes: [UInt8], from start: Int, _ counts: Counts, timeSize: Int) -> Bool {
        guard counts.types > 0, start + counts.length(timeSize: timeSize) <= bytes.count else { return false }
        let kinds = start + counts.transitions * timeSize
        let types = kinds + counts.transitions
        initialOffset = Int(ZoneFile.big(bytes, at: types, size: 4))
        for index in 0..<counts.transitions {
            let kind = Int(bytes[kinds + index])
            let time = ZoneFile.big(bytes, at: start + index * timeSize, size: timeSize)
            guard kind < counts.types, transitions.last.map({ $0 < time }) ?? true else { return false }
            transitions.append(time)
            offsets.append(Int32(truncatingIfNeeded: ZoneFile.big(bytes, at: types + kind * 6, size: 4)))
        }
        return true
    }

    /// A signed number, most significant byte first.
    private static func big(_ bytes: [UInt8], at start: Int, size: Int) -> Int64 {
        var value: UInt64 = 0
        for byte in bytes[start..<(start + size)] { value = value << 8 | UInt64(byte) }
        return size == 8 ? Int64(bitPattern: value) : Int64(Int32(truncatingIfNeeded: value))
    }
}
