/// Tells an object that wraps the records, `{"status": 200, "data": [..]}`, from a record.
enum EnvelopeProbe {
    enum Outcome: Equatable {
        /// The items begin there, behind the bracket.
        case envelope(items: Int)
        /// It is a record like any other.
        case record
        /// That cannot be told yet.
        case undecided
    }

    /// Keys that no wrapper has before its data.
    private static let recordKeys: Set<String> = ["time", "id", "event_date", "event_id_cnty"]

    /// Looks at the object that begins at a position.
    static func look(_ input: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Outcome {
        func spaces(_ from: Int) -> Int {
            var at = from
            while at < end, [0x20, 0x09, 0x0a, 0x0d].contains(input[at]) { at += 1 }
            return at
        }
        var at = spaces(start + 1)
        while at < end {
            guard input[at] == 0x22 else { return .record }
            guard let close = ItemScanner.end(input, from: at, to: end) else { return .undecided }
            let key = ByteView(base: input + at, count: close - at).text.dropFirst().dropLast()
            if recordKeys.contains(String(key)) { return .record }
            at = spaces(close)
            if at >= end { return .undecided }
            guard input[at] == 0x3a else { return .record }
            at = spaces(at + 1)
            if at >= end { return .undecided }
            if key == "data", input[at] == 0x5b {
                let first = spaces(at + 1)
                if first >= end { return .undecided }
                return input[first] == 0x7b || input[first] == 0x5d ? .envelope(items: at + 1) : .record
            }
            guard let after = ItemScanner.end(input, from: at, to: end) else { return .undecided }
            at = spaces(after)
            if at >= end { return .undecided }
            guard input[at] == 0x2c else { return .record }
            at = spaces(at + 1)
        }
        return .undecided
    }
}
