import Events
import Foundation

/// A value of JSON as a strict reader takes it, with the members of objects in their order.
struct SimulatedJSON {
    private(set) var value: Value = .absent
    private(set) var items: [SimulatedJSON] = []
    private(set) var members: [Member] = []

    struct Member {
        var key: String
        var value: SimulatedJSON
    }

    subscript(key: String) -> SimulatedJSON? { members.first { $0.key == key }?.value }

    var text: String? { if case .text(let text) = value { text } else { nil } }
    var number: Double? { if case .number(let number) = value { number } else { nil } }

    /// The instant that a text in RFC 3339, in UTC, names.
    var instant: Instant? {
        guard let text, text.hasSuffix("Z") else { return nil }
        let format = Date.ISO8601FormatStyle(includingFractionalSeconds: text.contains("."))
        guard let date = try? format.parse(text) else { return nil }
        return Instant(milliseconds: Int64((date.timeIntervalSince1970 * 1000).rounded()))
    }

    /// Reads a text; nil if it is not JSON to its end.
    static func read(_ bytes: [UInt8]) -> SimulatedJSON? {
        var reader = Scanner(bytes: bytes[...])
        guard let json = reader.json(), reader.bytes.isEmpty else { return nil }
        return json
    }

    private struct Scanner {
        var bytes: ArraySlice<UInt8>

        private mutating func skip(_ byte: Character) -> Bool {
            guard bytes.first == byte.asciiValue else { return false }
            bytes.removeFirst()
            return true
        }

        mutating func json() -> SimulatedJSON? {
            switch bytes.first {
            case UInt8(ascii: "{"): return object()
            case UInt8(ascii: "["): return list()
            case UInt8(ascii: "\""): return string().map { SimulatedJSON(value: .text($0)) }
            default: return word()
            }
        }

        private mutating func object() -> SimulatedJSON? {
            guard skip("{") else { return nil }
            var json = SimulatedJSON()
            if skip("}") { return json }
            repeat {
                guard let key = string(), skip(":"), let value = self.json() else { return nil }
                json.members.append(Member(key: key, value: value))
            } while skip(",")
            return skip("}") ? json : nil
        }

        private mutating func list() -> SimulatedJSON? {
            guard skip("[") else { return nil }
            var json = SimulatedJSON()
            if skip("]") { return json }
            repeat {
                guard let item = self.json() else { return nil }
                json.items.append(item)
            } while skip(",")
            return skip("]") ? json : nil
        }

        /// Leaves what a text means to Foundation.
        private mutating func string() -> String? {
            guard bytes.first == UInt8(ascii: "\"") else { return nil }
            var end = bytes.startIndex + 1
            while end < bytes.endIndex, bytes[end] != UInt8(ascii: "\"") {
                if bytes[end] < 0x20 { return nil }
                end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
            }
            guard end < bytes.endIndex else { return nil }
            let text = Data(bytes[bytes.startIndex...end])
            bytes = bytes[(end + 1)...]
            return try? JSONSerialization.jsonObject(with: text, options: .fragmentsAllowed) as? String
        }

        private mutating func word() -> SimulatedJSON? {
            let word = String(decoding: bytes.prefix { !",]}".utf8.contains($0) }, as: UTF8.self)
            bytes = bytes.dropFirst(word.utf8.count)
            switch word {
            case "null": return SimulatedJSON()
            case "true", "false": return SimulatedJSON(value: .boolean(word == "true"))
            default: return Double(word).map { SimulatedJSON(value: .number($0)) }
            }
        }
    }
}
