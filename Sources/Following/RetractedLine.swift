import Monitoring

/// The line that takes back an alert of which no more is known than what was said last.
public enum RetractedLine {
    /// The line, from the one that was emitted last.
    public static func line(from last: [UInt8]) -> [UInt8] {
        var text = String(decoding: last, as: UTF8.self)
        // A quote within a text is escaped, so that these are found only where they are keys.
        cut(",\"replaces\":\"", through: "\"", of: &text)
        cut(",\"by_clock\":true", through: "", of: &text)
        if let peak = range(of: ",\"peak\":", in: text), let next = range(of: ",\"ceasefire\":", in: text),
            peak.lowerBound < next.lowerBound
        {
            text.removeSubrange(peak.lowerBound..<next.lowerBound)
        }
        let status = "\"status\":\""
        if let start = range(of: status, in: text), let end = text[start.upperBound...].firstIndex(of: "\"") {
            text.replaceSubrange(start.upperBound..<end, with: Alert.Status.retracted.rawValue)
        }
        if let start = range(of: ",\"explanation\":\"", in: text),
            !text[start.upperBound...].hasPrefix("Taken back")
        {
            text.insert(contentsOf: "Taken back, since no rule says so any more: ", at: start.upperBound)
        }
        return Array(text.utf8)
    }

    private static func cut(_ key: String, through end: String, of text: inout String) {
        guard let start = range(of: key, in: text) else { return }
        let rest = text[start.upperBound...]
        let last = end.isEmpty ? start.upperBound : rest.firstIndex(of: "\"").map { text.index(after: $0) }
        text.removeSubrange(start.lowerBound..<(last ?? start.upperBound))
    }

    private static func range(of part: String, in text: String) -> Range<String.Index>? { text.firstRange(of: part) }
}
